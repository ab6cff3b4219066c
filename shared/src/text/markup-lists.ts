import { inlinesOf } from './markup-inline.ts';
import type { Item, Line, List, Numerals } from './markup-tree.ts';

/** A point, or up to three digits of one kind as people number here: `1.` `1)` `1-` `١-` `۱.` */
const ITEM = /^([ \t]*)(?:[-*+•]|(\d{1,3}|[٠-٩]{1,3}|[۰-۹]{1,3})[.)-])[ \t]+(\S.*)$/;
const INDENTED = /^(?: {2}|\t)[ \t]*(\S.*)$/;

interface Point {
	readonly nested: boolean;
	readonly numerals: Numerals | null;
	readonly number: number;
	readonly text: string;
}

/** A list while it is read. */
interface Growing extends List {
	readonly items: GrowingItem[];
}

interface GrowingItem extends Item {
	readonly lines: Line[];
	readonly lists: Growing[];
}

/** True when the line begins a list or goes on with one. */
export const isItem = (line: string): boolean => ITEM.test(line);

/** The list that begins at a line that {@link isItem}, and the line after it. */
export function listAt(lines: readonly string[], at: number): { readonly block: List; readonly end: number } {
	const first = pointOf(lines[at] ?? '');
	const list: Growing = { kind: 'list', numerals: first?.numerals ?? null, items: [] };
	let end = at;
	for (; end < lines.length; end++) {
		const line = lines[end] ?? '';
		const point = pointOf(line);
		const goesOn = point ? addPoint(list, point) : addLine(list, line);
		if (goesOn) continue;
		const next = line.trim() === '' ? afterBlanks(lines, end) : end;
		if (next === end || !isSameList(list, lines[next])) break;
		end = next - 1;
	}
	return { block: list, end };
}

function pointOf(line: string): Point | null {
	const found = ITEM.exec(line);
	if (!found) return null;
	const [, indent = '', digits, text = ''] = found;
	return {
		nested: indent.includes('\t') || indent.length >= 2,
		numerals: digits === undefined ? null : numeralsOf(digits),
		number: digits === undefined ? 0 : numberOf(digits),
		text: text.trimEnd(),
	};
}

const numeralsOf = (digits: string): Numerals => (digits < '٠' ? 'latin' : digits < '۰' ? 'arabic' : 'persian');
/** The last four bits of a digit are its value, in each of the three kinds. */
const numberOf = (digits: string): number => [...digits].reduce((sum, digit) => sum * 10 + ((digit.codePointAt(0) ?? 0) & 0xf), 0);

/** Puts an item in; `false` when it begins another list. */
function addPoint(list: Growing, { nested, numerals, number, text }: Point): boolean {
	const item: GrowingItem = { number, lines: [inlinesOf(text)], lists: [] };
	const above = list.items.at(-1);
	if (!nested || !above) {
		if (numerals !== list.numerals) return false;
		list.items.push(item);
		return true;
	}
	const last = above.lists.at(-1);
	if (last && last.numerals === numerals) last.items.push(item);
	else above.lists.push({ kind: 'list', numerals, items: [item] });
	return true;
}

/** An indented line goes on with the last item. */
function addLine(list: Growing, line: string): boolean {
	const words = INDENTED.exec(line)?.[1];
	const above = list.items.at(-1);
	if (words === undefined || !above) return false;
	const last = above.lists.at(-1)?.items.at(-1) ?? above;
	last.lines.push(inlinesOf(words.trimEnd()));
	return true;
}

function afterBlanks(lines: readonly string[], at: number): number {
	let next = at;
	while (next < lines.length && lines[next]?.trim() === '') next++;
	return next;
}

/** Points may stand apart from each other and are one list nevertheless. */
function isSameList(list: List, line: string | undefined): boolean {
	const point = pointOf(line ?? '');
	return point !== null && (point.nested || point.numerals === list.numerals);
}
