import { Problem } from '../../problem.ts';
import { Shaper } from '../type/shape.ts';
import type { Shifted } from '../type/subset.ts';
import { readTypeface } from '../type/typeface.ts';
import type { Cell } from './cells.ts';

/** What is drawn where, and which letters it stands for: one code of a line. */
export interface Code extends Omit<Cell, 'x'>, Shifted {
	readonly code: number;
}

/** The typefaces of one weight; each letter is set in the first that has it. In the file they are one. */
export interface Faces {
	readonly shapers: readonly [Shaper, ...Shaper[]];
	/** By what they draw and stand for; 0 is never used. */
	readonly codes: Map<string, Code>;
}

/** Two weights, as files: Arabic first, then those that have what it has not. */
export interface TypefaceFiles {
	readonly regular: readonly Uint8Array[];
	readonly strong: readonly Uint8Array[];
}

export function facesOf(files: readonly Uint8Array[]): Faces {
	const [main, ...others] = files.map((file) => new Shaper(readTypeface(file)));
	if (!main) throw new Problem('internal', { reason: 'no typeface' });
	return { shapers: [main, ...others], codes: new Map() };
}

/** What belongs to the letter before it: marks, joiners, marks of direction and selectors. */
const CLINGS = /^[\p{M}\p{Join_Control}\p{Bidi_Control}]$/u;

const has = ({ typeface }: Shaper, letter: string): boolean => typeface.letters.has(letter.codePointAt(0) ?? 0);

/** What sets a letter; a mark, what set its letter, so that it stands where it belongs. */
export function shaperFor({ shapers }: Faces, letter: string, before: Shaper | null): Shaper {
	if (before && CLINGS.test(letter) && (has(before, letter) || !shapers.some((shaper) => has(shaper, letter)))) return before;
	return shapers.find((shaper) => has(shaper, letter)) ?? shapers[0];
}

/** The number under which something is drawn. */
export function codeOf({ codes, shapers }: Faces, { typeface }: Shaper, { glyph, dx, dy, advance, text }: Cell): number {
	const key = [shapers.findIndex((shaper) => shaper.typeface === typeface), glyph, dx, dy, advance, text].join(' ');
	const known = codes.get(key) ?? { code: codes.size + 1, typeface, glyph, dx, dy, advance, text };
	codes.set(key, known);
	return known.code;
}

/** Letters that none of the typefaces has, each once: they are in the file as text, and drawn as a box. */
export const undrawnIn = (text: string, { shapers }: Faces): readonly string[] =>
	[...new Set(text)].filter((letter) => !CLINGS.test(letter) && !shapers.some((shaper) => has(shaper, letter)));
