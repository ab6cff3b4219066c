import { Problem } from '../../problem.ts';
import { CLOSING_RULE, unescaped } from '../markdown.ts';
import { levelOf, Removals, taken, type Found, type Taken } from '../taken.ts';

/** Longest text that is read: both languages at their longest, and their marks. */
export const PLAIN_LIMIT = 1024 * 1024;

const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^( *)(?:[-*•–]|\(?\d{1,4}\)|\(?[a-z]\))\s+(.*)$/;
/** Not a year that ends a sentence. */
const NUMBERED = /^(?!(?:19|20)\d\d\.)\d{1,4}\.\s+(.*)$/;
const NOTE = /^\[\^(\w{1,20})\]:\s*(.*)$/;
const MARK = /\[\^(\w{1,20})\]$/;
const LONGEST_MARK = 23;
/** The elements that our own files put around each language. */
const DIRECTION = /^<\/?div(?: [^<>]*)?>$/;

/**
 * Takes a text of letters alone, a paragraph a line: with the marks of Markdown it is understood as it was meant, and what
 * `toMarkdown` wrote comes back as it was, without what stands after the text.
 * @throws Problem `too-large`; `text-empty`, `text-too-long`
 */
export function fromText(text: string): Taken {
	if (text.length > PLAIN_LIMIT) throw new Problem('too-large', { limit: PLAIN_LIMIT, actual: text.length });
	const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
	const isMarkdown = lines.some((line) => HEADING.test(line) || NOTE.test(line));
	const removals = new Removals();
	const body = isMarkdown ? withoutClosing(lines, removals) : lines;
	const notes = new Map(body.flatMap((line) => noteOf(line)));
	const found = body
		.filter((line) => line.trim() !== '' && !(isMarkdown && (DIRECTION.test(line) || NOTE.test(line))))
		.map((line) => paragraphOf(line, isMarkdown, notes));
	return taken(found, removals);
}

function noteOf(line: string): readonly (readonly [string, string])[] {
	const [, name, text] = NOTE.exec(line) ?? [];
	return name === undefined || text === undefined ? [] : [[name, unescaped(text)]];
}

/** From the rule to the end of its language. */
function withoutClosing(lines: readonly string[], removals: Removals): readonly string[] {
	let isClosing = false;
	return lines.filter((line) => {
		if (line === CLOSING_RULE) isClosing = true;
		else if (DIRECTION.test(line)) isClosing = false;
		if (isClosing && line !== CLOSING_RULE && line.trim() !== '') removals.add('closing');
		return !isClosing;
	});
}

function paragraphOf(line: string, isMarkdown: boolean, notes: ReadonlyMap<string, string>): Found {
	const { names, end } = isMarkdown ? marksOf(line) : { names: [], end: line.length };
	const known = names.flatMap((name) => notes.get(name) ?? []);
	const { text, ...kind } = kindOf(known.length > 0 ? line.slice(0, end) : line, isMarkdown);
	return { ...kind, text: isMarkdown ? unescaped(text) : text, notes: known };
}

/** The marks of notes at the end of a line, and where they begin; one after another, so that a million of them cost no more. */
function marksOf(line: string): { readonly names: readonly string[]; readonly end: number } {
	const names: string[] = [];
	for (let end = line.length; ;) {
		const [mark, name] = MARK.exec(line.slice(Math.max(0, end - LONGEST_MARK), end)) ?? [];
		if (mark === undefined || name === undefined) return { names: names.reverse(), end };
		names.push(name);
		end -= mark.length;
	}
}

function kindOf(line: string, isMarkdown: boolean): Omit<Found, 'notes'> {
	const [, hashes, heading] = (isMarkdown && HEADING.exec(line)) || [];
	if (hashes !== undefined)
		return { kind: hashes.length === 1 ? 'title' : 'heading', level: levelOf(hashes.length - 1), text: heading ?? '' };
	const [, indent, item] = ITEM.exec(line) ?? [];
	if (item !== undefined) return { kind: 'item', level: levelOf(Math.floor((indent ?? '').length / 3) || 1), text: item };
	return { kind: 'paragraph', level: 1, text: NUMBERED.exec(line)?.[1] ?? line };
}
