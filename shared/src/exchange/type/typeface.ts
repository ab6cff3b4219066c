import { layoutOf, type Layout } from './lookups.ts';
import { tablesOf, type Tables } from './sfnt.ts';
import { classesAt, type GlyphMap } from './tables.ts';

/** Class of a mark in GDEF. */
const MARK = 3;

/** A typeface, read as far as a text is set with it. */
export interface Typeface {
	readonly tables: Tables;
	readonly unitsPerEm: number;
	readonly ascent: number;
	readonly descent: number;
	readonly glyphs: number;
	/** Glyph of each code point that it has. */
	readonly letters: GlyphMap;
	readonly substitutions: Layout | null;
	readonly positions: Layout | null;
	isMark(glyph: number): boolean;
	advanceOf(glyph: number): number;
}

/** @throws Problem `internal` for what is none: typefaces come with the program */
export function readTypeface(file: Uint8Array): Typeface {
	const tables = tablesOf(file);
	const table = (tag: string): DataView => tables.get(tag) ?? new DataView(new ArrayBuffer(64));
	const [head, hhea, hmtx, gdef] = [table('head'), table('hhea'), table('hmtx'), tables.get('GDEF')];
	const classes: GlyphMap = gdef && gdef.getUint16(4) > 0 ? classesAt(gdef, gdef.getUint16(4)) : new Map();
	const measured = hhea.getUint16(34);
	return {
		tables,
		unitsPerEm: head.getUint16(18),
		ascent: hhea.getInt16(4),
		descent: hhea.getInt16(6),
		glyphs: table('maxp').getUint16(4),
		letters: lettersOf(table('cmap')),
		substitutions: layoutOf(tables.get('GSUB'), 7),
		positions: layoutOf(tables.get('GPOS'), 9),
		isMark: (glyph) => classes.get(glyph) === MARK,
		advanceOf: (glyph) => hmtx.getUint16(Math.min(glyph, measured - 1) * 4),
	};
}

function lettersOf(cmap: DataView): GlyphMap {
	const letters = new Map<number, number>();
	for (let place = 0; place < cmap.getUint16(2); place++) {
		const at = cmap.getUint32(4 + place * 8 + 4);
		if (cmap.getUint16(at) === 4) readSegments(cmap, at, letters);
		if (cmap.getUint16(at) === 12) readGroups(cmap, at, letters);
	}
	return letters;
}

/** Format 12: ranges of code points. */
function readGroups(cmap: DataView, at: number, letters: Map<number, number>): void {
	for (let place = 0; place < cmap.getUint32(at + 12); place++) {
		const group = at + 16 + place * 12;
		const [first, last, glyph] = [cmap.getUint32(group), cmap.getUint32(group + 4), cmap.getUint32(group + 8)];
		for (let letter = first; letter <= last; letter++) letters.set(letter, glyph + letter - first);
	}
}

/** Format 4: segments of the basic plane, each with a difference, or a list of its own. */
function readSegments(cmap: DataView, at: number, letters: Map<number, number>): void {
	const twice = cmap.getUint16(at + 6);
	for (let segment = 0; segment < twice; segment += 2) {
		const last = cmap.getUint16(at + 14 + segment);
		const firstAt = at + 16 + twice + segment;
		const [first, delta, range] = [cmap.getUint16(firstAt), cmap.getUint16(firstAt + twice), cmap.getUint16(firstAt + twice * 2)];
		for (let letter = first; letter <= last && letter < 0xffff; letter++) {
			const listed = range === 0 ? letter : cmap.getUint16(firstAt + twice * 2 + range + (letter - first) * 2);
			const glyph = range > 0 && listed === 0 ? 0 : (listed + delta) & 0xffff;
			if (glyph !== 0) letters.set(letter, glyph);
		}
	}
}
