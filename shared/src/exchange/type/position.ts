import type { Lookup } from './lookups.ts';
import { IGNORES_MARKS, type Slot } from './slot.ts';
import { classesAt, coverageAt, offsetsAt, type GlyphMap } from './tables.ts';
import type { Typeface } from './typeface.ts';

const PAIR = 2;
const MARK_TO_LIGATURE = 5;
const MARK_TO_MARK = 6;
const FEATURES = ['kern', 'mark', 'mkmk'];

/** Applies the rules of GPOS to one run, in the order of its letters. */
export class Positioning {
	readonly #typeface: Typeface;
	readonly #coverages = new Map<number, GlyphMap>();
	readonly #classes = new Map<number, GlyphMap>();

	constructor(typeface: Typeface) {
		this.#typeface = typeface;
	}

	apply(slots: readonly Slot[]): void {
		const layout = this.#typeface.positions;
		const rules = FEATURES.flatMap((feature) => layout?.features.get(feature) ?? []).sort((one, other) => one - other);
		for (const rule of rules) {
			const lookup = layout?.lookups[rule];
			if (!lookup) continue;
			for (let place = 0; place < slots.length; place++) this.#applyAt(lookup, slots, place);
		}
	}

	get #view(): DataView {
		return this.#typeface.positions?.view ?? new DataView(new ArrayBuffer(0));
	}

	#coverage(at: number): GlyphMap {
		const known = this.#coverages.get(at) ?? coverageAt(this.#view, at);
		this.#coverages.set(at, known);
		return known;
	}

	#classOf(at: number, glyph: number): number {
		const known = this.#classes.get(at) ?? classesAt(this.#view, at);
		this.#classes.set(at, known);
		return known.get(glyph) ?? 0;
	}

	#applyAt(lookup: Lookup, slots: readonly Slot[], place: number): void {
		const slot = slots[place];
		if (!slot || ((lookup.flags & IGNORES_MARKS) !== 0 && this.#typeface.isMark(slot.glyph))) return;
		for (const part of lookup.parts)
			if (lookup.kind === PAIR ? this.#pair(lookup, part, slots, place) : this.#mark(lookup, part, slots, place)) return;
	}

	#pair(lookup: Lookup, part: number, slots: readonly Slot[], place: number): boolean {
		const first = slots[place];
		const index = first && this.#coverage(part + this.#view.getUint16(part + 2)).get(first.glyph);
		if (!first || index === undefined) return false;
		const ignores = (lookup.flags & IGNORES_MARKS) !== 0;
		const second = slots.slice(place + 1).find(({ glyph }) => !ignores || !this.#typeface.isMark(glyph));
		if (!second) return false;
		const values = this.#view.getUint16(part) === 1 ? this.#pairListed(part, index, second) : this.#pairByClass(part, first, second);
		if (values === null) return false;
		const formats = [this.#view.getUint16(part + 4), this.#view.getUint16(part + 6)] as const;
		this.#shift(first, values, formats[0]);
		this.#shift(second, values + widthOf(formats[0]), formats[1]);
		return true;
	}

	#pairListed(part: number, index: number, second: Slot): number | null {
		const set = offsetsAt(this.#view, part, part + 8)[index] ?? 0;
		const size = 2 + widthOf(this.#view.getUint16(part + 4)) + widthOf(this.#view.getUint16(part + 6));
		for (let place = 0; place < this.#view.getUint16(set); place++) {
			const record = set + 2 + place * size;
			if (this.#view.getUint16(record) === second.glyph) return record + 2;
		}
		return null;
	}

	#pairByClass(part: number, first: Slot, second: Slot): number {
		const size = widthOf(this.#view.getUint16(part + 4)) + widthOf(this.#view.getUint16(part + 6));
		const one = this.#classOf(part + this.#view.getUint16(part + 8), first.glyph);
		const other = this.#classOf(part + this.#view.getUint16(part + 10), second.glyph);
		return part + 16 + (one * this.#view.getUint16(part + 14) + other) * size;
	}

	#shift(slot: Slot, at: number, format: number): void {
		const value = (bit: number) => (format & bit ? this.#view.getInt16(at + widthOf(format & (bit - 1))) : 0);
		slot.dx += value(1);
		slot.dy += value(2);
		slot.advance += value(4);
	}

	/** A mark over its letter, over its part of several, or over the mark before it. */
	#mark(lookup: Lookup, part: number, slots: readonly Slot[], place: number): boolean {
		const [mark, base] = [slots[place], this.#baseOf(lookup, slots, place)];
		if (!mark || !base) return false;
		const index = this.#coverage(part + this.#view.getUint16(part + 2)).get(mark.glyph);
		const under = this.#coverage(part + this.#view.getUint16(part + 4)).get(base.glyph);
		if (index === undefined || under === undefined) return false;
		const record = part + this.#view.getUint16(part + 8) + 2 + index * 4;
		const own = part + this.#view.getUint16(part + 8) + this.#view.getUint16(record + 2);
		const anchor = this.#anchorOn(lookup, part, under, this.#view.getUint16(record), mark);
		if (anchor === null) return false;
		mark.base = base;
		mark.dx = this.#view.getInt16(anchor + 2) - this.#view.getInt16(own + 2);
		mark.dy = this.#view.getInt16(anchor + 4) - this.#view.getInt16(own + 4);
		return true;
	}

	#baseOf({ kind }: Lookup, slots: readonly Slot[], place: number): Slot | undefined {
		const [slot, before] = [slots[place], slots[place - 1]];
		if (kind !== MARK_TO_MARK) return slots.slice(0, place).findLast(({ glyph }) => !this.#typeface.isMark(glyph));
		return before && this.#typeface.isMark(before.glyph) && before.component === slot?.component ? before : undefined;
	}

	#anchorOn({ kind }: Lookup, part: number, under: number, markClass: number, mark: Slot): number | null {
		const [classes, bases] = [this.#view.getUint16(part + 6), part + this.#view.getUint16(part + 10)];
		if (kind !== MARK_TO_LIGATURE) return this.#anchorAt(bases, bases + 2 + (under * classes + markClass) * 2);
		const attach = bases + this.#view.getUint16(bases + 2 + under * 2);
		const component = Math.min(mark.component, this.#view.getUint16(attach) - 1);
		return this.#anchorAt(attach, attach + 2 + (component * classes + markClass) * 2);
	}

	#anchorAt(table: number, at: number): number | null {
		const offset = this.#view.getUint16(at);
		return offset === 0 ? null : table + offset;
	}
}

/** Bytes of a value: two for each thing that it changes. */
function widthOf(format: number): number {
	let bits = 0;
	for (let rest = format & 0xff; rest > 0; rest >>= 1) bits += rest & 1;
	return bits * 2;
}
