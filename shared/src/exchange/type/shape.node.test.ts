import * as fc from 'fast-check';
import * as hb from 'harfbuzzjs';
import { expect, test } from 'vitest';
import { typefaceFiles } from '../../testing/typeface-files.ts';
import { Shaper } from './shape.ts';
import { sfntOf } from './sfnt.ts';
import { readTypeface } from './typeface.ts';

const faces = (await Promise.all([typefaceFiles(400), typefaceFiles(600)])).flat().map((file) => {
	const typeface = readTypeface(file);
	const whole = sfntOf(
		new Map([...typeface.tables].map(([tag, view]) => [tag, new Uint8Array(view.buffer, view.byteOffset, view.byteLength)])),
	);
	return { typeface, shaper: new Shaper(typeface), font: new hb.Font(new hb.Face(new hb.Blob(whole))) };
});

type Face = (typeof faces)[number];
type Direction = 'rtl' | 'ltr';

/** What HarfBuzz makes of the same letters: every glyph with its place, from the left. */
function byHarfBuzz({ font }: Face, text: string, direction: Direction) {
	const buffer = new hb.Buffer();
	buffer.addText(text);
	buffer.setDirection(direction === 'rtl' ? hb.Direction.RTL : hb.Direction.LTR);
	buffer.setScript(direction === 'rtl' ? 'Arab' : 'Latn');
	hb.shape(font, buffer);
	const positions = buffer.getGlyphPositions();
	let pen = 0;
	const infos = buffer.getGlyphInfos();
	// What is not drawn stands there as a space without width.
	const isDrawn = (place: number) => !/^[\u200C\u200D]$/.test(text[infos[place]?.cluster ?? 0] ?? '');
	const glyphs = infos.map(({ codepoint }, place) => {
		const { xAdvance, xOffset, yOffset } = positions[place] as { xAdvance: number; xOffset: number; yOffset: number };
		pen += xAdvance;
		return [codepoint, pen - xAdvance + xOffset, yOffset];
	});
	return { glyphs: sorted(glyphs.filter((_, place) => isDrawn(place))), width: pen };
}

const byUs = ({ shaper }: Face, text: string, direction: Direction) => {
	const { glyphs, width } = shaper.shape(text, direction);
	return { glyphs: sorted(glyphs.map(({ glyph, x, y }) => [glyph, x, y])), width };
};

/** Marks over one letter may be drawn in any order. */
const sorted = (glyphs: readonly (readonly number[])[]) =>
	glyphs.toSorted((one, other) => Number(one[1]) - Number(other[1]) || Number(one[0]) - Number(other[0]));

const [arabic, latin] = faces;
if (!arabic || !latin) throw new Error('no typefaces');

const ARABIC = [
	'السلام',
	'السَّلامُ',
	'لا',
	'الآن',
	'للأطفال',
	'اللّٰه',
	'الإلهيّ',
	'مُحَمَّدٌ',
	'ڕۆژئاوا',
	'کوردستان',
	'هێڵەکان',
	'ژیان',
	'ـه',
	'هـ',
	'١٤٤٨',
	'ﷺ',
	'ﻻ',
	'می\u200Cخواهم',
	'لَآ',
	'لِلّٰهِ',
	'وَالْعَدَالَةُ',
];
const LATIN = ['Tofu', 'AVATAR', 'office', 'flow', '“To”', '1996/31', 'naïve', 'Çözüm', 'L’État'];

test.each(ARABIC)('«%s» stands as HarfBuzz would have it', (word) => {
	for (const face of [faces[0], faces[3]]) expect(face && byUs(face, word, 'rtl')).toEqual(face && byHarfBuzz(face, word, 'rtl'));
});

test.each(LATIN)('“%s” stands as HarfBuzz would have it', (word) => {
	for (const face of [faces[1], faces[4]]) expect(face && byUs(face, word, 'ltr')).toEqual(face && byHarfBuzz(face, word, 'ltr'));
});

test('so does whatever else is written with the letters and marks of Arabic and Kurdish', () => {
	const letter = fc.constantFrom(...'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئپچژگڤڕڵۆێەیکـ١٥');
	const mark = fc.constantFrom(
		'',
		'',
		'',
		'\u064B',
		'\u064E',
		'\u064F',
		'\u0650',
		'\u0651',
		'\u0652',
		'\u0651\u064E',
		'\u0651\u064F',
		'\u0651\u0650',
		'\u0651\u064B',
		'\u0651\u064D',
		'\u0651\u0670',
		'\u0670',
	);
	const word = fc.array(fc.tuple(letter, mark), { minLength: 1, maxLength: 10 }).map((letters) => letters.flat().join('').normalize('NFC'));
	const property = fc.property(word, (text) => void expect(byUs(arabic, text, 'rtl')).toEqual(byHarfBuzz(arabic, text, 'rtl')));
	fc.assert(property, { numRuns: 2_000 });
});

test('so does whatever is written with the letters of Latin', () => {
	const word = fc.stringMatching(/^[A-Za-z0-9À-ÖØ-öø-ÿ.,;:()“”‘’–-]{1,12}$/);
	const property = fc.property(word, (text) => void expect(byUs(latin, text, 'ltr')).toEqual(byHarfBuzz(latin, text, 'ltr')));
	fc.assert(property, { numRuns: 1_000 });
});
