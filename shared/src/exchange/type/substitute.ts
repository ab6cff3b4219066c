import type { Lookup } from './lookups.ts';
import { IGNORES_MARKS, type Slot } from './slot.ts';
import { coverageAt, numbersAt, offsetsAt, type GlyphMap } from './tables.ts';
import type { Typeface } from './typeface.ts';

const SINGLE = 1;
const LIGATURE = 4;
const CHAIN = 6;
/** Rules of a chain may name chains again; ours never do. */
const MOST_NESTED = 4;

/** Applies the rules of GSUB to one run, in the order of its letters. */
export class Substitution {
	readonly #typeface: Typeface;
	readonly #coverages = new Map<number, GlyphMap>();
	#slots: Slot[] = [];

	constructor(typeface: Typeface) {
		this.#typeface = typeface;
	}

	/** @param takes which slots a feature is about */
	apply(slots: Slot[], feature: string, takes: (slot: Slot) => boolean = () => true): Slot[] {
		const layout = this.#typeface.substitutions;
		this.#slots = slots;
		for (const rule of layout?.features.get(feature) ?? []) {
			const lookup = layout?.lookups[rule];
			if (!lookup) continue;
			for (let place = 0; place < this.#slots.length; place++) {
				const slot = this.#slots[place];
				if (slot && takes(slot) && !this.#passes(lookup, slot)) this.#applyAt(lookup, place, 0);
			}
		}
		return this.#slots;
	}

	get #view(): DataView {
		return this.#typeface.substitutions?.view ?? new DataView(new ArrayBuffer(0));
	}

	#passes({ flags }: Lookup, { glyph }: Slot): boolean {
		return (flags & IGNORES_MARKS) !== 0 && this.#typeface.isMark(glyph);
	}

	#coverage(at: number): GlyphMap {
		const known = this.#coverages.get(at) ?? coverageAt(this.#view, at);
		this.#coverages.set(at, known);
		return known;
	}

	#applyAt(lookup: Lookup, place: number, nested: number): void {
		for (const part of lookup.parts) {
			if (lookup.kind === SINGLE && this.#single(part, place)) return;
			if (lookup.kind === LIGATURE && this.#ligature(lookup, part, place)) return;
			if (lookup.kind === CHAIN && nested < MOST_NESTED && this.#chain(lookup, part, place, nested)) return;
		}
	}

	#single(part: number, place: number): boolean {
		const slot = this.#slots[place];
		const index = slot && this.#coverage(part + this.#view.getUint16(part + 2)).get(slot.glyph);
		if (slot === undefined || index === undefined) return false;
		const value = this.#view.getUint16(part + 4 + (this.#view.getUint16(part) === 1 ? 0 : 2 + index * 2));
		slot.glyph = this.#view.getUint16(part) === 1 ? (slot.glyph + value) & 0xffff : value;
		return true;
	}

	#ligature(lookup: Lookup, part: number, place: number): boolean {
		const slot = this.#slots[place];
		const index = slot && this.#coverage(part + this.#view.getUint16(part + 2)).get(slot.glyph);
		if (slot === undefined || index === undefined) return false;
		const set = offsetsAt(this.#view, part, part + 4)[index] ?? 0;
		for (const rule of offsetsAt(this.#view, set, set)) {
			const wanted = numbersAt(this.#view, rule + 4, this.#view.getUint16(rule + 2) - 1);
			const places = this.#matched(
				lookup,
				place + 1,
				wanted.map((glyph) => (found: number) => found === glyph),
			);
			if (!places) continue;
			this.#join(slot, this.#view.getUint16(rule), places);
			return true;
		}
		return false;
	}

	/** Letters become one glyph; marks between them stay, each over its own part of it. */
	#join(slot: Slot, glyph: number, places: readonly number[]): void {
		const last = places.at(-1) ?? 0;
		const start = this.#slots.indexOf(slot);
		let component = slot.components - 1;
		for (let place = start + 1; place < this.#slots.length; place++) {
			const other = this.#slots[place];
			if (!other) break;
			if (places.includes(place)) component += other.components;
			else if (!this.#typeface.isMark(other.glyph)) break;
			else if (place < last || component > 0) other.component += component;
		}
		if (!this.#typeface.isMark(slot.glyph)) slot.components = component + 1;
		slot.glyph = glyph;
		this.#slots = this.#slots.filter((_, place) => !places.includes(place));
	}

	/** Where the next glyphs stand that are looked for, passing over what the rule does not see. */
	#matched(lookup: Lookup, from: number, wanted: readonly ((glyph: number) => boolean)[], step: 1 | -1 = 1): number[] | null {
		const places: number[] = [];
		let place = from;
		for (const isWanted of wanted) {
			let slot = this.#slots[place];
			while (slot && this.#passes(lookup, slot)) slot = this.#slots[(place += step)];
			if (!slot || !isWanted(slot.glyph)) return null;
			places.push(place);
			place += step;
		}
		return places;
	}

	/** Format 3, the only one that our typefaces have: before, at and after the place, a list of glyphs each. */
	#chain(lookup: Lookup, part: number, place: number, nested: number): boolean {
		if (this.#view.getUint16(part) !== 3) return false;
		const lists = [part + 2];
		for (let list = 0; list < 3; list++) lists.push((lists[list] ?? 0) + 2 + this.#view.getUint16(lists[list] ?? 0) * 2);
		const [before, input, after] = lists.slice(0, 3).map((at) => this.#lists(part, at));
		const places = this.#matched(lookup, place, input ?? []);
		if (!places || !this.#matched(lookup, place - 1, before ?? [], -1)) return false;
		if (!this.#matched(lookup, (places.at(-1) ?? place) + 1, after ?? [])) return false;
		const records = lists[3] ?? 0;
		for (let record = 0; record < this.#view.getUint16(records); record++) {
			const at = places[this.#view.getUint16(records + 2 + record * 4)];
			const rule = this.#typeface.substitutions?.lookups[this.#view.getUint16(records + 4 + record * 4)];
			if (at !== undefined && rule) this.#applyAt(rule, at, nested + 1);
		}
		return true;
	}

	#lists(part: number, at: number): ((glyph: number) => boolean)[] {
		return offsetsAt(this.#view, part, at).map((list) => (glyph) => this.#coverage(list).has(glyph));
	}
}
