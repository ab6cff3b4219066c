import { beforeAll, describe, expect, test } from 'vitest';
import { cleanFile } from '../../attachments/clean/clean.ts';
import { latin } from '../../attachments/clean/octets.ts';
import type { Language, Pair } from '../../documents/pair.ts';
import { drawnPages, poppler, requirePoppler } from '../../testing/drawn-text.ts';
import { exported, pairs } from '../../testing/exported.ts';
import { typefaceFiles } from '../../testing/typeface-files.ts';
import { sheetsOf } from '../blocks.ts';
import type { ExportedText } from '../exported-text.ts';
import { toPdf } from './pdf.ts';

beforeAll(requirePoppler, 300_000);

const typefaces = { regular: await typefaceFiles(400), strong: await typefaceFiles(600) };
const made = (text: ExportedText, languages: Language | 'both', closing = true) => toPdf(text, { languages, closing }, typefaces);

/** Lines and pages break where there is a space. */
const flowing = (text: string): string => text.replaceAll(/\s+/g, ' ');
/** Where words are longer than a line. */
const letters = (text: string): string => text.replaceAll(/\s/g, '');

/** What is left of a page when every text was found in it, in order. */
function withoutTexts(page: string, texts: readonly string[]): string {
	let rest = flowing(page);
	let before = '';
	for (const text of texts) {
		const at = rest.indexOf(flowing(text));
		expect(at, text).toBeGreaterThanOrEqual(0);
		before += rest.slice(0, at);
		rest = rest.slice(at + text.length);
	}
	return before + rest;
}

const paragraph = (ar: string, en: string, kind: Pair['kind'] = 'paragraph'): Pair => ({ kind, level: 1, ar, en });

describe.each(['ar', 'en'] as const)('a PDF in %s', (language) => {
	test('says every letter of the frozen text, in order, and besides only numbers, marks and the foot of the page', () => {
		const [page = ''] = drawnPages(made(exported(), language, false).bytes);
		const [{ blocks } = { blocks: [] }] = sheetsOf(exported(), { languages: language, closing: false });
		const notes = blocks.flatMap((block) => block.notes.map(({ text }) => text));
		expect(withoutTexts(page, [...blocks.map(({ text }) => text), ...notes])).toMatch(
			/^[\d.,() ]+[0-9a-f]{4} [0-9a-f]{4} \d (?:من|of) \d $/,
		);
	});

	test('says signatories, reservations, credit and version after it', () => {
		const text = drawnPages(made(exported(), language).bytes).join('');
		const [{ blocks } = { blocks: [] }] = sheetsOf(exported(), { languages: language, closing: true });
		const closing = blocks.filter(({ kind }) => kind === 'subheading' || kind === 'line').filter((block) => block.language === language);
		expect(closing.length).toBeGreaterThan(8);
		for (const { text: line } of closing) expect(flowing(text)).toContain(line.replaceAll('\u200E', ''));
	});
});

test.each([
	['vowels and shadda', 'السَّلامُ عَلَيْكُمْ ورَحمةُ اللهِ وبَرَكاتُهُ'],
	['lam-alef in all its shapes', 'لا ولأ ولإ ولآ والأطفال للأمان فلا'],
	['marks between lam and alef', 'لَا وَلَآ'],
	['Kurdish letters', 'هێڵەکان و ڕۆژئاوا، ژیان ئازادی، کوردستان، گەلۆ، چۆن، پێ، ژن، ڤان'],
	['a joiner that is not seen', 'می‌خواهم'],
	['brackets and quotation marks', '(نعم) «لا» [ربما]'],
	['Arabic digits', 'المادة ١٩ من العهد'],
])('%s come out of it as they went in', (_, text) => {
	const [page = ''] = drawnPages(
		made(exported({ pairs: [paragraph('عنوان', 'Title', 'title'), paragraph(text, 'x')] }), 'ar', false).bytes,
	);
	expect(page).toContain(text);
});

test('a text of many pages loses nothing where pages, lines and words break', () => {
	const long = Array.from({ length: 60 }, (_, place) => [
		paragraph(
			`فقرة طويلة ${'من كلمات كثيرة لا تنتهي '.repeat(20)}`.trim(),
			`Paragraph ${place} ${'of many words that never end '.repeat(20)}`.trim(),
		),
		paragraph(`حاشية ${place}`, `Note ${place}`, 'footnote'),
	]);
	const endless = paragraph('ا'.repeat(3_000), 'x'.repeat(3_000));
	const text = exported({ pairs: [paragraph('عنوان', 'Title', 'title'), ...long.flat(), endless] });
	const drawn = drawnPages(made(text, 'en', false).bytes);
	expect(drawn.length).toBeGreaterThan(10);
	const whole = letters(drawn.join(''));
	for (let place = 0; place < 60; place++) expect(whole).toContain(`Note${place}`);
	expect(whole.match(/ofmanywordsthatneverend/g)?.length).toBeGreaterThan(60 * 20 - drawn.length);
	expect(whole.match(/x/g)?.length).toBe(3_000);
	expect(
		letters(drawnPages(made(text, 'ar', false).bytes).join(''))
			.match(/ا{40,}/g)
			?.join('').length,
	).toBeGreaterThanOrEqual(3_000);
});

test('a note that is longer than a page goes on at the foot of the next', () => {
	const note = 'a note without an end '.repeat(400).trim();
	const text = exported({ pairs: [...pairs, paragraph('ح', note, 'footnote')] });
	const drawn = drawnPages(made(text, 'en', false).bytes);
	expect(drawn.length).toBeGreaterThan(2);
	expect(letters(drawn.join('')).match(/anotewithoutanend|anotewitho|utanend/g)?.length).toBeGreaterThanOrEqual(395);
});

test('it tells nothing of its maker: nothing is left to be taken out, and twice the same is the same', () => {
	const { bytes } = made(exported(), 'both');
	expect(cleanFile(bytes, 'a.pdf')).toMatchObject({ removed: [], kept: [] });
	expect(latin(bytes)).not.toMatch(/\/(?:Info|ID|Metadata|Producer|Creator|CreationDate)\b/);
	expect(made(exported(), 'both').bytes).toEqual(bytes);
	const info = poppler('pdfinfo', bytes);
	expect(info).toMatch(/Tagged: +yes/);
	expect(info).toMatch(/Page size: .*A4/);
	expect(info).not.toMatch(/Title|Author|Date|Producer/);
});

test('its typefaces are parts of ours, inside of the file, with the letters that they stand for', () => {
	const fonts = poppler('pdffonts', made(exported(), 'both').bytes).trim().split('\n').slice(2);
	expect(fonts).toHaveLength(2);
	for (const font of fonts) expect(font).toMatch(/^AAAAA[AB]\+\S+ +CID TrueType +Identity-H +yes yes yes/);
});

test('headings, items and notes are tagged as what they are, each with its language', () => {
	const tags = poppler('pdfinfo', made(exported(), 'both').bytes, '-struct');
	for (const tag of ['H1', 'H2', 'H3', 'P', 'L', 'LI', 'LBody', 'Note']) expect(tags).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'));
});

test('what no typeface can draw is told, and still in the text', () => {
	const text = exported({ pairs: [paragraph('عنوان', 'Title', 'title'), paragraph('شكرًا 😀 для 谢', 'x')] });
	const { bytes, undrawn } = made(text, 'ar', false);
	expect(undrawn).toEqual(['😀', 'д', 'л', 'я', '谢']);
	expect(drawnPages(bytes)[0]).toContain('😀');
});

test('a draft says that it is one', () => {
	const [page] = drawnPages(made(exported({ hash: null }), 'en').bytes);
	expect(page).toContain('Draft');
	expect(page).not.toMatch(/[0-9a-f]{4} [0-9a-f]{4}/);
});
