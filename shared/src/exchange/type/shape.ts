import { Positioning } from './position.ts';
import type { Form, Slot } from './slot.ts';
import { Substitution } from './substitute.ts';
import { coverageAt, type GlyphMap } from './tables.ts';
import type { Typeface } from './typeface.ts';

/** A glyph at its place, in units of its typeface, from the left edge of its run. */
export interface Placed {
	readonly glyph: number;
	readonly x: number;
	readonly y: number;
	/** Where the room that it takes begins, and how wide it is. */
	readonly pen: number;
	readonly advance: number;
	/** Its letter's place in the text that was shaped. */
	readonly from: number;
	readonly isMark: boolean;
}

/** Letters of one direction in one typeface, joined and placed. */
export interface Shaped {
	/** From left to right. */
	readonly glyphs: readonly Placed[];
	readonly width: number;
}

const TATWEEL = 0x0640;
const ZWJ = 0x200d;
/** What is not drawn, and stands in nobody's way: joiners aside, marks of direction and selectors. */
const UNDRAWN = /^[\p{Join_Control}\p{Bidi_Control}\p{Variation_Selector}]$/u;
const TRANSPARENT = /^[\p{Mn}\p{Me}\p{Bidi_Control}]$/u;

/**
 * Sets letters in a typeface of ours. It knows what Arabic, Kurdish and Latin need in the typefaces that come with the
 * program (joining, ligatures, kerning, marks) and nothing of other scripts; the test holds it against HarfBuzz.
 */
export class Shaper {
	readonly typeface: Typeface;
	readonly #substitution: Substitution;
	readonly #positioning: Positioning;
	readonly #joining: readonly [initial: ReadonlySet<number>, final: ReadonlySet<number>];

	constructor(typeface: Typeface) {
		this.typeface = typeface;
		this.#substitution = new Substitution(typeface);
		this.#positioning = new Positioning(typeface);
		this.#joining = [covered(typeface, 'init'), covered(typeface, 'fina')];
	}

	/** @param text of one direction, whose letters this typeface has */
	shape(text: string, direction: 'rtl' | 'ltr'): Shaped {
		const letters = lettersOf(text);
		const forms = this.#formsOf(letters.map(({ letter }) => letter));
		let slots = letters.flatMap(({ letter, from }, place) => this.#slot(letter, from, forms[place] ?? null));
		slots = this.#substitution.apply(slots, 'ccmp');
		for (const form of ['fina', 'medi', 'init'] as const) slots = this.#substitution.apply(slots, form, (slot) => slot.form === form);
		for (const feature of ['rlig', 'calt', 'liga']) slots = this.#substitution.apply(slots, feature);
		for (const slot of slots) slot.advance = this.typeface.advanceOf(slot.glyph);
		this.#positioning.apply(slots);
		for (const slot of slots) if (this.typeface.isMark(slot.glyph)) slot.advance = 0;
		return placed(slots, direction, this.typeface);
	}

	#slot(letter: string, from: number, form: Form): Slot[] {
		const glyph = this.typeface.letters.get(letter.codePointAt(0) ?? 0);
		if (glyph === undefined && UNDRAWN.test(letter)) return [];
		return [{ glyph: glyph ?? 0, from, form, components: 1, component: 0, advance: 0, dx: 0, dy: 0, base: null }];
	}

	/** The typeface says which letters join: one with an initial shape to both sides, one with only a final shape to the one before. */
	#formsOf(letters: readonly string[]): readonly Form[] {
		const kinds = letters.map((letter) => this.#joins(letter));
		const forms: Form[] = letters.map(() => null);
		let before: number | null = null;
		for (const [place, kind] of kinds.entries()) {
			if (kind === 'transparent') continue;
			const joined = before !== null && joinsNext(kinds[before]) && (kind === 'both' || kind === 'before' || kind === 'causes');
			if (joined && before !== null) forms[before] = forms[before] === 'fina' ? 'medi' : 'init';
			forms[place] = joined ? 'fina' : null;
			before = place;
		}
		return forms.map((form, place) => (kinds[place] === 'causes' ? null : form));
	}

	#joins(letter: string): Joins {
		const code = letter.codePointAt(0) ?? 0;
		if (code === TATWEEL || code === ZWJ) return 'causes';
		if (TRANSPARENT.test(letter)) return 'transparent';
		const glyph = this.typeface.letters.get(code) ?? -1;
		const [initial, final] = this.#joining;
		return initial.has(glyph) ? 'both' : final.has(glyph) ? 'before' : 'none';
	}
}

type Joins = 'both' | 'before' | 'causes' | 'transparent' | 'none';
const joinsNext = (kind: Joins | undefined): boolean => kind === 'both' || kind === 'causes';

function covered({ substitutions }: Typeface, feature: string): ReadonlySet<number> {
	const parts = (substitutions?.features.get(feature) ?? []).flatMap((rule) => substitutions?.lookups[rule]?.parts ?? []);
	const maps: readonly GlyphMap[] = substitutions
		? parts.map((at) => coverageAt(substitutions.view, at + substitutions.view.getUint16(at + 2)))
		: [];
	return new Set(maps.flatMap((map) => [...map.keys()]));
}

interface Letter {
	readonly letter: string;
	readonly from: number;
}

function lettersOf(text: string): readonly Letter[] {
	let from = 0;
	return Array.from(text, (letter) => {
		from += letter.length;
		return { letter, from: from - letter.length };
	});
}

function placed(slots: readonly Slot[], direction: 'rtl' | 'ltr', typeface: Typeface): Shaped {
	const visual = direction === 'rtl' ? slots.toReversed() : slots;
	const origins = new Map<Slot, number>();
	let width = 0;
	for (const slot of visual) {
		origins.set(slot, width);
		width += slot.advance;
	}
	const glyphs = visual.map((slot): Placed => {
		const [x, y] = placeOf(slot, origins);
		return {
			glyph: slot.glyph,
			x,
			y,
			pen: origins.get(slot) ?? 0,
			advance: slot.advance,
			from: slot.from,
			isMark: typeface.isMark(slot.glyph),
		};
	});
	return { glyphs, width };
}

/** Where a glyph begins: a mark is placed from the letter below it. */
function placeOf(slot: Slot, origins: ReadonlyMap<Slot, number>): readonly [x: number, y: number] {
	if (!slot.base) return [(origins.get(slot) ?? 0) + slot.dx, slot.dy];
	const [x, y] = placeOf(slot.base, origins);
	return [x + slot.dx, y + slot.dy];
}
