/** A field as it stands: its text, and what is selected of it. */
export interface Written {
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

/** One change of a field: `insert` in place of what stands between `from` and `to`, and what is selected afterwards. */
export interface Edit {
	readonly from: number;
	readonly to: number;
	readonly insert: string;
	readonly start: number;
	readonly end: number;
}

export type Mark = '**' | '*';
export type LineMark = 'bullet' | 'number' | 'quote' | 'heading';

/** What begins a line: quote signs, indent, and the mark of an item. */
export const LINE_HEAD =
	/^(?<quote>(?:> ?)*)(?<indent>[ \t]*)(?<mark>(?:[-*+•]|(?<digits>\d{1,3}|[٠-٩]{1,3}|[۰-۹]{1,3})(?<after>[.)-]))[ \t]+)?/;

/** Puts `mark` around what is selected, line by line, or takes it away. */
export function withMark({ text, start, end }: Written, mark: Mark): Edit {
	if (start === end) return withMarkAtCaret(text, start, mark);
	const [from, to] = trimmed(text, start, end);
	const inner = text.slice(from, to);
	const size = mark.length;
	if (isAround(text.slice(0, from), text.slice(to), mark)) {
		return { from: from - size, to: to + size, insert: inner, start: from - size, end: to - size };
	}
	if (inner.length > 2 * size && isAround(inner.slice(0, size), inner.slice(-size), mark)) {
		const bare = inner.slice(size, -size);
		return { from, to, insert: bare, start: from, end: from + bare.length };
	}
	if (!inner.includes('\n')) return { from, to, insert: mark + inner + mark, start: from + size, end: to + size };
	const insert = inner
		.split('\n')
		.map((line) => wrapped(line, mark))
		.join('\n');
	return { from, to, insert, start: from, end: from + insert.length };
}

/** Between two marks nothing is left but to go behind them. */
function withMarkAtCaret(text: string, caret: number, mark: Mark): Edit {
	const size = mark.length;
	const [before, after] = [text.slice(0, caret), text.slice(caret)];
	if (isAround(before, after, mark)) return { from: caret - size, to: caret + size, insert: '', start: caret - size, end: caret - size };
	const line = before.slice(before.lastIndexOf('\n') + 1);
	const behind = runBefore(after, true) === size && line.includes(mark);
	if (behind) return { from: caret, to: caret, insert: '', start: caret + size, end: caret + size };
	return { from: caret, to: caret, insert: mark + mark, start: caret + size, end: caret + size };
}

/** Three stars are both marks, so of `*` there is an odd number and of `**` two or three. */
function isAround(before: string, after: string, mark: Mark): boolean {
	const runs = [runBefore(before, false), runBefore(after, true)];
	return runs.every((run) => (mark === '*' ? run === 1 || run === 3 : run === 2 || run === 3));
}

function runBefore(text: string, forwards: boolean): number {
	return (forwards ? /^\**/ : /\**$/).exec(text)?.[0].length ?? 0;
}

function wrapped(line: string, mark: Mark): string {
	const head = LINE_HEAD.exec(line)?.[0] ?? '';
	const words = line.slice(head.length);
	return words.trim() === '' ? line : `${head}${mark}${words.trimEnd()}${mark}`;
}

function trimmed(text: string, start: number, end: number): readonly [number, number] {
	const inner = text.slice(start, end);
	if (inner.trim() === '') return [start, end];
	return [start + inner.length - inner.trimStart().length, end - (inner.length - inner.trimEnd().length)];
}

/** Makes the selected lines items, quotes or headings; if all of them are, nothing of it any more. */
export function withLines({ text, start, end }: Written, mark: LineMark): Edit {
	const [from, to] = linesAround(text, start, end);
	const lines = text.slice(from, to).split('\n');
	const changed = mark === 'heading' ? lines.map(nextHeading) : withHeads(lines, mark);
	const insert = changed.join('\n');
	const caret = start === end ? from + Math.max(0, insert.length - (to - end)) : null;
	return { from, to, insert, start: caret ?? from, end: caret ?? from + insert.length };
}

function withHeads(lines: readonly string[], mark: Exclude<LineMark, 'heading'>): string[] {
	const filled = lines.filter((line) => line.trim() !== '');
	const remove = filled.length > 0 && filled.every((line) => isMarked(line, mark));
	let number = 0;
	return lines.map((line) => {
		if (line.trim() === '' && lines.length > 1) return line;
		if (mark === 'quote') return remove ? line.replace(/^> ?/, '') : `> ${line}`;
		const { quote, indent, rest } = partsOf(line);
		if (remove) return quote + indent + rest;
		return `${quote}${indent}${mark === 'bullet' ? '-' : `${++number}.`} ${rest}`;
	});
}

function isMarked(line: string, mark: Exclude<LineMark, 'heading'>): boolean {
	if (mark === 'quote') return line.startsWith('>');
	const { sign, digits } = partsOf(line);
	return sign !== '' && (mark === 'number') === (digits !== undefined);
}

/** Words, heading, smaller heading, words. */
function nextHeading(line: string): string {
	const signs = /^(#{1,6})[ \t]+/.exec(line);
	const words = signs ? line.slice(signs[0].length) : line;
	if (line.trim() === '') return `# ${line}`;
	return signs === null ? `# ${words}` : signs[1] === '#' ? `## ${words}` : words;
}

/** The parts of a line: what begins it, and the rest. */
export function partsOf(line: string) {
	const { quote = '', indent = '', mark = '', digits, after } = LINE_HEAD.exec(line)?.groups ?? {};
	return { quote, indent, sign: mark, digits, after: after ?? '.', rest: line.slice(quote.length + indent.length + mark.length) };
}

/** A link around what is selected; what is still missing of it is selected afterwards. */
export function withLink({ text, start, end }: Written): Edit {
	const [from, to] = trimmed(text, start, end);
	const inner = text
		.slice(from, to)
		.replaceAll(/[[\]\n]/g, ' ')
		.trim();
	if (/^https?:\/\/\S+$/.test(inner)) return { from, to, insert: `[](${inner})`, start: from + 1, end: from + 1 };
	const address = from + inner.length + 3;
	if (inner !== '') return { from, to, insert: `[${inner}](https://)`, start: address, end: address + 8 };
	return { from, to, insert: '[](https://)', start: from + 1, end: from + 1 };
}

/** Where the lines begin and end that hold a selection. */
export function linesAround(text: string, start: number, end: number): readonly [number, number] {
	const next = text.indexOf('\n', end);
	return [text.lastIndexOf('\n', start - 1) + 1, next < 0 ? text.length : next];
}
