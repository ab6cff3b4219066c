/** What the tables of OpenType have in common: lists of glyphs, classes, and where parts of a table are. */

/** Whatever is asked of a glyph: its place in a list, its class. */
export type GlyphMap = ReadonlyMap<number, number>;

/** The places that a list of 16-bit offsets leads to; each is counted from where the table begins. */
export function offsetsAt(view: DataView, table: number, at: number): readonly number[] {
	const count = view.getUint16(at);
	return Array.from({ length: count }, (_, place) => table + view.getUint16(at + 2 + place * 2));
}

/** So many 16-bit numbers. */
export const numbersAt = (view: DataView, at: number, count: number): readonly number[] =>
	Array.from({ length: count }, (_, place) => view.getUint16(at + place * 2));

/** Which glyphs a rule is about, each with its place in the rule's list. */
export function coverageAt(view: DataView, at: number): GlyphMap {
	const places = new Map<number, number>();
	const count = view.getUint16(at + 2);
	for (let place = 0; place < count; place++) {
		if (view.getUint16(at) === 1) places.set(view.getUint16(at + 4 + place * 2), place);
		else eachInRange(view, at + 4 + place * 6, (glyph, first) => places.set(glyph, view.getUint16(at + 8 + place * 6) + glyph - first));
	}
	return places;
}

/** The class of each glyph; what is not in it is of class 0. */
export function classesAt(view: DataView, at: number): GlyphMap {
	const classes = new Map<number, number>();
	if (view.getUint16(at) === 1) {
		const first = view.getUint16(at + 2);
		for (const [place, value] of numbersAt(view, at + 6, view.getUint16(at + 4)).entries()) classes.set(first + place, value);
		return classes;
	}
	const count = view.getUint16(at + 2);
	for (let place = 0; place < count; place++) {
		eachInRange(view, at + 4 + place * 6, (glyph) => classes.set(glyph, view.getUint16(at + 8 + place * 6)));
	}
	return classes;
}

function eachInRange(view: DataView, at: number, act: (glyph: number, first: number) => void): void {
	const [first, last] = [view.getUint16(at), view.getUint16(at + 2)];
	for (let glyph = first; glyph <= last; glyph++) act(glyph, first);
}
