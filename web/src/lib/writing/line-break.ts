import { linesAround, partsOf, type Edit, type Written } from './writing.ts';

const STEP = '  ';

/** What Enter does in a list or a quote: the next item, or out of it when this one is empty. `null`: an ordinary line break. */
export function lineBreak({ text, start, end }: Written): Edit | null {
	if (start !== end) return null;
	const [from, to] = linesAround(text, start, end);
	const line = text.slice(from, to);
	const { quote, indent, sign, rest } = partsOf(line);
	const head = quote.length + indent.length + sign.length;
	if ((sign === '' && quote === '') || start < from + head) return null;
	if (rest.trim() === '') return leave(from, to, quote, indent, sign);
	const next = `\n${quote}${sign === '' ? '' : indent + following(sign, 1)}`;
	const caret = start + next.length;
	const renumbered = sign === '' ? null : renumber(text, to, line);
	if (!renumbered) return { from: start, to: start, insert: next, start: caret, end: caret };
	return { from: start, to: renumbered.to, insert: next + text.slice(start, to) + renumbered.insert, start: caret, end: caret };
}

/** Out of the nested list, then out of the list, then out of the quote. */
function leave(from: number, to: number, quote: string, indent: string, sign: string): Edit {
	const left = sign === '' ? '' : indent === '' ? quote : quote + indent.slice(0, -STEP.length) + sign;
	return { from, to, insert: left, start: from + left.length, end: from + left.length };
}

/** The mark of an item so many further on, in the digits it is written in. */
function following(sign: string, by: number): string {
	const digits = /^\p{Nd}+/u.exec(sign)?.[0];
	if (digits === undefined) return sign;
	const zero = (digits.codePointAt(0) ?? 0) & ~0xf;
	const number = [...digits].reduce((sum, digit) => sum * 10 + ((digit.codePointAt(0) ?? 0) & 0xf), 0) + by;
	const written = [...String(Math.min(number, 999))].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
	return written + sign.slice(digits.length);
}

/** The items that follow, one number further: as long as they count on from this one. */
function renumber(text: string, to: number, line: string): { readonly to: number; readonly insert: string } | null {
	const { quote, indent, sign, digits } = partsOf(line);
	if (digits === undefined) return null;
	let end = to;
	let expected = sign;
	const changed: string[] = [];
	while (end < text.length) {
		const [from, next] = linesAround(text, end + 1, end + 1);
		const below = text.slice(from, next);
		const parts = partsOf(below);
		expected = following(expected, 1);
		if (parts.quote !== quote || parts.indent !== indent || parts.sign !== expected) break;
		changed.push(`\n${quote}${indent}${following(parts.sign, 1)}${parts.rest}`);
		end = next;
	}
	return changed.length === 0 ? null : { to: end, insert: changed.join('') };
}

/** Moves the selected items one step in or out; lists nest once. `null` when there is nothing to move. */
export function indented({ text, start, end }: Written, inwards: boolean): Edit | null {
	const [from, to] = linesAround(text, start, end);
	const lines = text.slice(from, to).split('\n');
	const moved = lines.map((line) => moveLine(line, inwards));
	const insert = moved.join('\n');
	if (insert === text.slice(from, to)) return null;
	const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
	return { from, to, insert, start: Math.max(from, start + first), end: Math.max(from, end + insert.length - (to - from)) };
}

function moveLine(line: string, inwards: boolean): string {
	const { quote, indent, sign, rest } = partsOf(line);
	if (sign === '') return line;
	if (inwards) return indent === '' ? quote + STEP + sign + rest : line;
	return quote + indent.replace(/^(?:\t| {1,2})/, '') + sign + rest;
}
