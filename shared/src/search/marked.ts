import { wordsOf } from '../text/fold.ts';

/** A stretch of somebody's text, and whether it is what was looked for. */
export interface MarkedPiece {
	readonly text: string;
	readonly hit: boolean;
}

/** A text, or the part of it around what was found. */
export interface Marked {
	readonly pieces: readonly MarkedPiece[];
	/** More comes before or after. */
	readonly cutBefore: boolean;
	readonly cutAfter: boolean;
}

interface Range {
	readonly start: number;
	readonly end: number;
}

/** Where stretches of words stand in the text, those that touch as one. */
export function rangesOf(text: string, stretches: readonly (readonly [number, number])[]): readonly Range[] {
	const words = wordsOf(text);
	const ranges: { start: number; end: number }[] = [];
	for (const [first, last] of stretches) {
		const start = words[first]?.start ?? 0;
		const end = words[last]?.end ?? 0;
		const before = ranges.at(-1);
		if (before && start <= before.end) before.end = Math.max(before.end, end);
		else ranges.push({ start, end });
	}
	return ranges;
}

/** All of a text, with what was found. */
export const markedWhole = (text: string, ranges: readonly Range[]): Marked => markedBetween(text, ranges, { start: 0, end: text.length });

/** One of several texts that were searched as one. */
export const markedBetween = (text: string, ranges: readonly Range[], part: Range): Marked => ({
	pieces: piecesIn(text, ranges, part),
	cutBefore: false,
	cutAfter: false,
});

/** The part of a text, of about `length` characters, in which most was found. */
export function markedPart(text: string, ranges: readonly Range[], length = 200): Marked {
	if (text.length <= length) return markedWhole(text, ranges);
	const anchor = densest(ranges, length);
	const start = wordBoundary(text, Math.max(0, anchor.start - Math.floor(length / 4)), anchor.start);
	const end = text.length - start <= length ? text.length : endBoundary(text, start + length, anchor.end);
	return { pieces: piecesIn(text, ranges, { start, end }), cutBefore: start > 0, cutAfter: end < text.length };
}

/** The first of those that have the most others close behind. */
function densest(ranges: readonly Range[], length: number): Range {
	let best: Range = ranges[0] ?? { start: 0, end: 0 };
	let most = 0;
	for (const [place, range] of ranges.entries()) {
		let behind = place;
		while ((ranges[behind + 1]?.end ?? Infinity) - range.start < length / 2) behind++;
		if (behind - place <= most) continue;
		most = behind - place;
		best = range;
	}
	return best;
}

const SPACE = /\s/;
/** How far a cut is moved so as to fall between words. */
const NEAR = 40;

/** The first place after a space, from `from` on and before `limit`; otherwise `from`, but never inside of a character. */
function wordBoundary(text: string, from: number, limit: number): number {
	if (from === 0) return 0;
	for (let at = from; at < Math.min(limit, from + NEAR); at++) if (SPACE.test(text[at - 1] ?? '')) return at;
	return characterBoundary(text, from);
}

/** The last place before a space, up to `from`; what was found is not cut, unless it is longer than everything. */
function endBoundary(text: string, from: number, least: number): number {
	for (let at = from; at > Math.max(least, from - NEAR); at--) if (SPACE.test(text[at] ?? ' ')) return at;
	return characterBoundary(text, from);
}

/** Never between a letter and its marks, or in the middle of a pair. */
function characterBoundary(text: string, at: number): number {
	let moved = at;
	while (moved > 0 && moved < text.length && /^[\p{M}\u200D\uDC00-\uDFFF]/u.test(text.slice(moved))) moved--;
	return moved;
}

function piecesIn(text: string, ranges: readonly Range[], part: Range): readonly MarkedPiece[] {
	const pieces: MarkedPiece[] = [];
	let at = part.start;
	for (const range of ranges) {
		const start = Math.max(at, range.start);
		const end = Math.min(part.end, range.end);
		if (end <= start) continue;
		if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
		pieces.push({ text: text.slice(start, end), hit: true });
		at = end;
	}
	if (at < part.end) pieces.push({ text: text.slice(at, part.end), hit: false });
	return pieces;
}
