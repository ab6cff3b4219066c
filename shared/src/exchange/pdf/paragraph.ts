import makeBidi, { type Bidi } from 'bidi-js';
import { cellsOf, type Cell } from './cells.ts';
import type { Shaper } from '../type/shape.ts';
import { shaperFor, type Faces } from './faces.ts';

/** Its types say that it is a module; Node reads it as CommonJS, bundlers as what it says. */
const bidi = (makeBidi as unknown as () => Bidi)();

/** Letters of one direction and one typeface between two spaces, shaped; or the space itself. */
export interface Piece {
	readonly shaper: Shaper;
	/** As they are written, in the order in which they are read. */
	readonly text: string;
	readonly cells: readonly Cell[];
	/** In points. */
	readonly width: number;
	/** By the bidirectional algorithm; odd is from right to left. */
	readonly level: number;
	/** Of its size, against that of its line. */
	readonly scale: number;
	/** Shorter ones that say the same, none of them wider than this: a word may be longer than a line. */
	split(width: number): readonly Piece[];
}

/** What no line breaks: pieces up to the next space. */
export interface Word {
	readonly pieces: readonly Piece[];
	readonly width: number;
	/** What stands before it, unless it begins a line. */
	readonly space: Piece | null;
}

/** @param size in points */
export function wordsOf(text: string, direction: 'rtl' | 'ltr', faces: Faces, size: number): readonly Word[] {
	const levels = levelsOf(text, direction);
	const words: Word[] = [];
	let space: Piece | null = null;
	for (const { 0: letters, index } of text.matchAll(/ |[^ ]+/g)) {
		const pieces = piecesOf(letters, levels.subarray(index, index + letters.length), faces, size);
		if (letters === ' ') space = pieces[0] ?? null;
		else words.push({ pieces, width: widthOf(pieces), space });
	}
	return words;
}

export const widthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { width }) => sum + width, 0);

/** The algorithm of the library looks at halves of a pair alone, and takes them for Latin letters. */
const levelsOf = (text: string, direction: 'rtl' | 'ltr'): Uint8Array =>
	bidi.getEmbeddingLevels(text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFC\uFFFC'), direction).levels;

function piecesOf(text: string, levels: Uint8Array, faces: Faces, size: number): readonly Piece[] {
	const pieces: Piece[] = [];
	let [start, at] = [0, 0];
	let shaper: Shaper | null = null;
	const close = () => {
		if (shaper !== null && at > start) pieces.push(shaped(text.slice(start, at), levels[start] ?? 0, shaper, size));
		start = at;
	};
	for (const letter of text) {
		const next = shaperFor(faces, letter, shaper);
		if (next !== shaper || levels[at] !== levels[start]) close();
		shaper = next;
		at += letter.length;
	}
	close();
	return pieces;
}

function shaped(text: string, level: number, shaper: Shaper, size: number): Piece {
	const isRtl = level % 2 === 1;
	const direction = isRtl ? 'rtl' : 'ltr';
	const run = shaper.shape(isRtl ? mirrored(text) : text, direction);
	const width = (run.width * size) / shaper.typeface.unitsPerEm;
	const piece = { shaper, text, cells: cellsOf(text, run, direction), width, level, scale: 1 };
	return { ...piece, split: (most) => halved(text, width, most).map((part) => shaped(part, level, shaper, size)) };
}

/** Parts of a long word; never between a letter and what clings to it. */
function halved(text: string, width: number, most: number): readonly string[] {
	const letters = text.match(/.[\p{M}\p{Join_Control}\p{Bidi_Control}]*/gsu) ?? [];
	// A third less than what should fit: letters differ in width.
	const each = Math.max(1, Math.floor((letters.length * most * 0.66) / Math.max(width, 1)));
	return Array.from({ length: Math.ceil(letters.length / each) }, (_, part) => letters.slice(part * each, (part + 1) * each).join(''));
}

/** Brackets open the other way from right to left. */
const mirrored = (text: string): string => Array.from(text, (letter) => bidi.getMirroredCharacter(letter) ?? letter).join('');

/**
 * The pieces of a line as they stand from left to right (UAX #9, L2). Where the direction changes, a mark of the line's
 * own stands that is not seen: readers that order letters by their places, as Poppler's do, otherwise take spaces and
 * full stops for a part of the number or the name beside them.
 */
export function inSight(line: readonly Piece[], direction: 'rtl' | 'ltr'): readonly Piece[] {
	const base = direction === 'rtl' ? 1 : 0;
	const pieces = ordered(line);
	return pieces.flatMap((piece, place) => {
		const turns = (other: Piece | undefined) => piece.level % 2 !== base && (other === undefined || other.level % 2 === base);
		return [...(turns(pieces[place - 1]) ? [markOf(piece, base)] : []), piece, ...(turns(pieces[place + 1]) ? [markOf(piece, base)] : [])];
	});
}

function markOf({ shaper, scale }: Piece, level: 0 | 1): Piece {
	const cell = { glyph: null, dx: 0, dy: 0, x: 0, advance: 0, text: level === 1 ? '\u200F' : '\u200E' };
	const mark = { shaper, text: '', cells: [cell], width: 0, level, scale };
	return { ...mark, split: () => [{ ...mark, split: () => [] }] };
}

function ordered(line: readonly Piece[]): readonly Piece[] {
	const pieces = [...line];
	const highest = Math.max(0, ...pieces.map(({ level }) => level));
	for (let level = highest; level > 0; level--) {
		for (let from = 0; from < pieces.length; from++) {
			let to = from;
			while (to < pieces.length && (pieces[to]?.level ?? 0) >= level) to++;
			if (to > from) pieces.splice(from, to - from, ...pieces.slice(from, to).reverse());
			from = Math.max(from, to - 1);
		}
	}
	return pieces;
}
