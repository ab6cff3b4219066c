import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { sfntOf } from './sfnt.ts';
import type { Typeface } from './typeface.ts';

/** A glyph made of others says so by a number of outlines below zero. */
const HAS_MORE = 0x0020;

/** An outline of one of our typefaces, drawn beside or above its place. */
export interface Shifted {
	readonly typeface: Typeface;
	/** `null`: nothing is drawn. */
	readonly glyph: number | null;
	readonly dx: number;
	readonly dy: number;
}

/**
 * One typeface whose glyphs are these, numbered from 1, whichever of ours they come from: a line in it is one piece to
 * whatever reads it. No names, no tables of letters. The licence of ours (SIL OFL) allows parts of a typeface inside of
 * a document.
 */
export function subsetOf(main: Typeface, wanted: readonly Shifted[]): Bytes {
	const kept = withParts(wanted);
	const numbers = new Map(kept.map(({ key }, place) => [key, wanted.length + 1 + place]));
	const outlines = [
		outlineOf(main, 0),
		...wanted.map((one) => (one.glyph === null ? new Uint8Array() : shifted(one, numbers.get(keyOf(one.typeface, one.glyph)) ?? 0))),
		...kept.map(({ typeface, glyph }) => renumbered(outlineOf(typeface, glyph), (part) => numbers.get(keyOf(typeface, part)) ?? 0)),
	];
	const { glyf, loca } = written(outlines);
	const [count, own] = [outlines.length, (tag: string) => copied(main, tag)];
	const tables = new Map<string, Uint8Array>([
		['glyf', glyf],
		['head', changed(own('head'), (head) => (head.setInt16(50, 1), head.setUint32(8, 0)))],
		['hhea', changed(own('hhea'), (hhea) => hhea.setUint16(34, count))],
		['hmtx', bearings(outlines)],
		['loca', loca],
		['maxp', maximumsOf([main, ...wanted.map(({ typeface }) => typeface)], count)],
	]);
	return sfntOf(tables);
}

interface Kept {
	readonly key: string;
	readonly typeface: Typeface;
	readonly glyph: number;
}

const keys = new WeakMap<Typeface, number>();
let typefaces = 0;

function keyOf(typeface: Typeface, glyph: number): string {
	if (!keys.has(typeface)) keys.set(typeface, ++typefaces);
	return `${keys.get(typeface)} ${glyph}`;
}

/** The outlines that these are made of, each once. */
function withParts(wanted: readonly Shifted[]): readonly Kept[] {
	const kept = new Map<string, Kept>();
	const keep = (typeface: Typeface, glyph: number): void => {
		const key = keyOf(typeface, glyph);
		if (kept.has(key)) return;
		kept.set(key, { key, typeface, glyph });
		for (const part of partsOf(outlineOf(typeface, glyph))) keep(typeface, part);
	};
	for (const { typeface, glyph } of wanted) if (glyph !== null) keep(typeface, glyph);
	return [...kept.values()];
}

/** The most that any of them needs of whatever draws it, and one level more, since outlines are shifted. */
function maximumsOf(all: readonly Typeface[], count: number): Bytes {
	const views = [...new Set(all)].map((typeface) => new DataView(copied(typeface, 'maxp').buffer));
	return changed(copied(all[0], 'maxp'), (maxp) => {
		for (let at = 6; at + 2 <= maxp.byteLength; at += 2) maxp.setUint16(at, Math.max(...views.map((view) => view.getUint16(at))));
		maxp.setUint16(30, maxp.getUint16(30) + 1);
		maxp.setUint16(4, count);
	});
}

function copied(typeface: Typeface | undefined, tag: string): Bytes {
	const view = typeface?.tables.get(tag);
	return view ? concatBytes(bytesOf(view)) : new Uint8Array(64);
}

/** A glyph that is another one at another place. */
function shifted({ typeface, glyph, dx, dy }: Shifted, number: number): Uint8Array {
	const outline = outlineOf(typeface, glyph ?? 0);
	if (outline.length < 10) return new Uint8Array();
	const [from, to] = [new DataView(outline.buffer, outline.byteOffset), new DataView(new ArrayBuffer(18))];
	to.setInt16(0, -1);
	for (const [place, shift] of [dx, dy, dx, dy].entries()) to.setInt16(2 + place * 2, from.getInt16(2 + place * 2) + shift);
	// Two words, and they are a distance.
	for (const [place, value] of [0x0003, number, dx & 0xffff, dy & 0xffff].entries()) to.setUint16(10 + place * 2, value);
	return new Uint8Array(to.buffer);
}

/** A glyph that is made of others names them by their new numbers. */
function renumbered(outline: Uint8Array, numberOf: (glyph: number) => number): Uint8Array {
	const copy = outline.slice();
	const view = new DataView(copy.buffer);
	for (const at of partPlaces(copy)) view.setUint16(at, numberOf(view.getUint16(at)));
	return copy;
}

/** Outlines begin where their coordinates say; how far a glyph goes on is said by the file. */
function bearings(outlines: readonly Uint8Array[]): Bytes {
	const view = new DataView(new ArrayBuffer(outlines.length * 4));
	for (const [place, outline] of outlines.entries()) {
		if (outline.length >= 10) view.setInt16(place * 4 + 2, new DataView(outline.buffer, outline.byteOffset).getInt16(2));
	}
	return new Uint8Array(view.buffer);
}

function changed(table: Bytes, change: (view: DataView) => void): Bytes {
	change(new DataView(table.buffer));
	return table;
}

function outlineOf({ tables, glyphs }: Typeface, glyph: number): Uint8Array {
	const [glyf, loca, head] = [tables.get('glyf'), tables.get('loca'), tables.get('head')];
	if (!glyf || !loca || !head || glyph >= glyphs) return new Uint8Array();
	const at = (place: number) => (head.getInt16(50) === 0 ? loca.getUint16(place * 2) * 2 : loca.getUint32(place * 4));
	return bytesOf(glyf).subarray(at(glyph), at(glyph + 1));
}

const partsOf = (outline: Uint8Array): readonly number[] =>
	partPlaces(outline).map((at) => new DataView(outline.buffer, outline.byteOffset).getUint16(at));

/** Where the numbers of its parts stand in an outline that is made of others. */
function partPlaces(outline: Uint8Array): readonly number[] {
	const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
	if (outline.length < 10 || view.getInt16(0) >= 0) return [];
	const places: number[] = [];
	for (let at = 10, more = true; more;) {
		const flags = view.getUint16(at);
		places.push(at + 2);
		at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
		more = (flags & HAS_MORE) !== 0;
	}
	return places;
}

function written(outlines: readonly Uint8Array[]): { readonly glyf: Bytes; readonly loca: Bytes } {
	const loca = new DataView(new ArrayBuffer((outlines.length + 1) * 4));
	const parts: Uint8Array[] = [];
	let length = 0;
	for (const [glyph, outline] of outlines.entries()) {
		const padding = -outline.length & 3;
		parts.push(outline, new Uint8Array(padding));
		length += outline.length + padding;
		loca.setUint32((glyph + 1) * 4, length);
	}
	return { glyf: concatBytes(...parts), loca: new Uint8Array(loca.buffer) };
}

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
