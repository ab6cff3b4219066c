import { octets } from '../../attachments/clean/octets.ts';
import type { PdfDict, PdfName, PdfRef } from '../../attachments/clean/pdf/objects.ts';
import { subsetOf } from '../type/subset.ts';
import type { Typeface } from '../type/typeface.ts';
import type { Code, Faces } from './faces.ts';
import { dict, hex, name, raw, stream, utf16, type PdfObjects } from './objects.ts';

/** Most lines in one list of a character map. */
const MOST_LINES = 100;

/** @param tag six capital letters, as the name of a part of a typeface has to begin */
export function embed(objects: PdfObjects, faces: Faces, tag: string): PdfRef {
	const codes = [...faces.codes.values()];
	const base = name(`${tag}+Typeface`);
	const descendant = objects.add(
		dict({
			Type: name('Font'),
			Subtype: name('CIDFontType2'),
			BaseFont: base,
			CIDSystemInfo: dict({ Registry: raw('(Adobe)'), Ordering: raw('(Identity)'), Supplement: 0 }),
			FontDescriptor: objects.add(descriptor(objects, faces, base)),
			CIDToGIDMap: name('Identity'),
			DW: 0,
			W: [1, codes.map(({ advance, typeface }) => thousandths(typeface, advance))],
		}),
	);
	return objects.add(
		dict({
			Type: name('Font'),
			Subtype: name('Type0'),
			BaseFont: base,
			Encoding: name('Identity-H'),
			DescendantFonts: [descendant],
			ToUnicode: objects.add(stream(octets(characterMap(codes)))),
		}),
	);
}

const thousandths = (typeface: Typeface, units: number): number => Math.round((units * 1000) / typeface.unitsPerEm);

function descriptor(objects: PdfObjects, { shapers, codes }: Faces, base: PdfName): PdfDict {
	const { typeface } = shapers[0];
	const head = typeface.tables.get('head');
	const box = [36, 38, 40, 42].map((at) => thousandths(typeface, head?.getInt16(at) ?? 0));
	const file = subsetOf(typeface, [...codes.values()]);
	return dict({
		Type: name('FontDescriptor'),
		FontName: base,
		// Symbolic: its numbers are its own.
		Flags: 4,
		FontBBox: box,
		ItalicAngle: 0,
		Ascent: thousandths(typeface, typeface.ascent),
		Descent: thousandths(typeface, typeface.descent),
		CapHeight: 700,
		StemV: 80,
		FontFile2: objects.add(stream(file, { Length1: file.length })),
	});
}

/** Which letters each number stands for: what is found, copied and read aloud. */
function characterMap(codes: readonly Code[]): string {
	const lines = codes.filter(({ text }) => text !== '').map(({ code, text }) => `<${hex(code)}> <${utf16(text)}>`);
	const lists: string[] = [];
	for (let at = 0; at < lines.length; at += MOST_LINES) {
		const list = lines.slice(at, at + MOST_LINES);
		lists.push(`${list.length} beginbfchar\n${list.join('\n')}\nendbfchar`);
	}
	return [
		'/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap',
		'/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
		'/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def',
		'1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange',
		...lists,
		'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend',
	].join('\n');
}
