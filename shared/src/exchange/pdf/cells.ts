import type { Placed, Shaped } from '../type/shape.ts';

/** One code of a line, at its place, that stands for letters. In units of the typeface. */
export interface Cell {
	/** `null`: nothing is drawn. */
	readonly glyph: number | null;
	/** Where it is drawn, from where its code stands. */
	readonly dx: number;
	readonly dy: number;
	/** Where its code stands, from the left edge of the piece. */
	readonly x: number;
	/** How far its code goes on. */
	readonly advance: number;
	readonly text: string;
}

/** Codes without width that stand at one place are this far from one another, so that nobody takes one for the other's shadow. */
const APART = 2;

/**
 * The codes of a piece, from left to right, such that whatever reads them finds the letters in their order. Readers turn
 * what is written from right to left around letter by letter, as codes lie beside each other on the line; so there each
 * code stands for one letter: a glyph for the first of its letters, and for the others codes without width at its left
 * edge. Marks are codes on the line that draw above it; raised by an operator, they would be read as a line of their own.
 */
export function cellsOf(text: string, { glyphs, width }: Shaped, direction: 'rtl' | 'ltr'): readonly Cell[] {
	const logical = glyphs.toSorted((one, other) => one.from - other.from || Number(one.isMark) - Number(other.isMark));
	const first = logical[0]?.from ?? text.length;
	const before = Array.from(text.slice(0, first), (letter) => nothing(letter, direction === 'rtl' ? width : 0));
	const cells = [...before];
	let [edge, extras] = [0, 0];
	for (const [place, glyph] of logical.entries()) {
		const letters = fenced(text.slice(glyph.from, next(logical, place) ?? text.length), direction);
		if (!glyph.isMark || place === 0) [edge, extras] = [glyph.pen + (direction === 'rtl' ? 0 : glyph.advance), 0];
		const away = () => edge + (direction === 'rtl' ? -APART : APART) * ++extras;
		const own = direction === 'rtl' ? (letters.shift() ?? '') : letters.splice(0).join('');
		cells.push(glyph.isMark && place > 0 ? drawnAt(glyph, away(), own) : drawnAt(glyph, glyph.pen, own));
		cells.push(...letters.map((letter) => nothing(letter, away())));
	}
	return direction === 'rtl' ? cells.toReversed() : cells;
}

/** What the bidirectional algorithm counts to numbers when it stands between some (ES, CS, ET). */
const OF_NUMBERS = /^[#$%+,\-./:،٪٫٬°€£]$/u;

/** From right to left, a mark that is not seen follows these: Poppler takes them, and the space behind them, for a number. */
const fenced = (text: string, direction: 'rtl' | 'ltr'): string[] =>
	Array.from(text).flatMap((letter) => (direction === 'rtl' && OF_NUMBERS.test(letter) ? [letter, '\u200F'] : [letter]));

/** Where the letters of the next glyph begin that has some of its own. */
const next = (glyphs: readonly Placed[], place: number): number | undefined =>
	glyphs.slice(place + 1).find(({ from }) => from >= (glyphs[place]?.from ?? 0))?.from;

const nothing = (text: string, x: number): Cell => ({ glyph: null, dx: 0, dy: 0, x, advance: 0, text });

const drawnAt = ({ glyph, x, y, advance }: Placed, at: number, text: string): Cell => ({
	glyph,
	dx: x - at,
	dy: y,
	x: at,
	advance,
	text,
});
