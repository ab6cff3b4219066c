import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { cleanFile } from '../attachments/clean/clean.ts';
import { fromUtf8, utf8 } from '../bytes/bytes.ts';
import { withheldWords } from '../documents/withheld.ts';
import { exported } from '../testing/exported.ts';
import { toDocx } from './docx/write.ts';
import { creditOf, languagesIn } from './exported-text.ts';
import { toMarkdown } from './markdown.ts';
import { toPlain } from './plain.ts';
import { dayWords } from './wording.ts';

const short = exported({
	pairs: [
		{ kind: 'title', level: 1, ar: 'بيان', en: 'Statement' },
		{ kind: 'footnote', level: 1, ar: 'حاشية', en: 'A note' },
		{ kind: 'paragraph', level: 1, ar: 'UNHCR قالت *نعم*', en: '«لا» means [no]' },
		{ kind: 'item', level: 2, ar: 'نقطة', en: 'An item' },
		{ kind: 'paragraph', level: 1, ar: 'وحدها', en: '' },
	],
	authority: 'ar',
});
const everywhere = (make: (languages: 'ar' | 'en' | 'both') => string) => [make('ar'), make('en'), make('both')];

describe('plain text', () => {
	test('gives each line the direction of its language, with a mark only where its first letter would say otherwise', () => {
		expect(toPlain(short, { languages: 'both', closing: false })).toBe(
			[
				'بيان [1]\n\n\u200F1. UNHCR قالت *نعم*\n    (1) نقطة\n\n2. وحدها\n\n[1] حاشية\n',
				'Statement [1]\n\n\u200E1. «لا» means [no]\n    (1) An item\n\n2. [not yet translated]\n\n[1] A note\n',
			].join('\n\n* * *\n\n'),
		);
	});
});

describe('Markdown', () => {
	test('has headings, numbers and notes, and no letter of the text is a mark', () => {
		expect(toMarkdown(short, { languages: 'ar', closing: false })).toBe(
			'<div lang="ar" dir="rtl">\n\n# بيان[^ar1]\n\n1. UNHCR قالت \\*نعم\\*\n\n      1) نقطة\n\n2. وحدها\n\n[^ar1]: حاشية\n\n</div>\n',
		);
	});
});

describe('a document for Word', () => {
	const partsOf = (languages: 'ar' | 'en' | 'both') =>
		Object.fromEntries(
			Object.entries(unzipSync(toDocx(exported(), { languages, closing: true }))).map(([path, bytes]) => [path, fromUtf8(bytes)]),
		);

	test('is from right to left in Arabic down to its runs, and from left to right in English', () => {
		const [arabic, english] = [partsOf('ar')['word/document.xml'] ?? '', partsOf('en')['word/document.xml'] ?? ''];
		expect(arabic).toContain('<w:pStyle w:val="Title"/><w:bidi/>');
		expect(arabic).toMatch(/<w:rtl\/><w:lang w:bidi="ar-SY"\/><\/w:rPr><w:t xml:space="preserve">بيان مشترك/);
		expect(arabic).toContain('<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">UNHCR</w:t></w:r>');
		expect(arabic).toMatch(/<w:bidi\/><\/w:sectPr><\/w:body>/);
		expect(english.match(/<w:bidi\/>/g)).toHaveLength(1); // The reservation that was written in Arabic.
		expect(english).toMatch(/<w:rtl\/><w:lang w:bidi="ar-SY"\/><\/w:rPr><w:t xml:space="preserve">هێڵەکان و ڕۆژئاوا<\/w:t>/);
	});

	test('keeps the numbers of Arabic paragraphs out of the margin, for programs that know «left» and no leading edge', () => {
		const { 'word/numbering.xml': numbering = '', 'word/document.xml': text = '' } = partsOf('both');
		const edgeOf = (list: string): string[] => {
			const form = new RegExp(`<w:num w:numId="${list}"><w:abstractNumId w:val="(\\d)"`).exec(numbering)?.[1];
			const levels = new RegExp(`<w:abstractNum w:abstractNumId="${form}">(.*?)</w:abstractNum>`).exec(numbering)?.[1] ?? '';
			return [...new Set([...levels.matchAll(/<w:lvlJc w:val="(\w+)"\/>/g)].map(([, edge]) => edge ?? ''))];
		};
		const lists = [...text.matchAll(/<w:numId w:val="(\d+)"\/><\/w:numPr>(<w:bidi\/>)?/g)];
		expect(lists.length).toBeGreaterThan(4);
		for (const [, list = '', isArabic] of lists) expect(edgeOf(list)).toEqual([isArabic ? 'center' : 'left']);
	});

	test('has notes that are notes, which its program numbers through both languages', () => {
		const both = partsOf('both');
		expect(both['word/footnotes.xml']?.match(/<w:footnote w:id="[1-9]"><w:p>.*?<w:footnoteRef\/>/g)).toHaveLength(6);
		expect(both['word/document.xml']?.match(/<w:footnoteReference w:id="[1-6]"\/>/g)).toHaveLength(6);
	});

	test('tells nothing of its maker: nothing is left to be taken out, and twice the same is the same', () => {
		for (const languages of ['ar', 'en', 'both'] as const) {
			const file = toDocx(exported(), { languages, closing: true });
			expect(cleanFile(file, 'a.docx')).toMatchObject({ removed: [], kept: [] });
			expect(toDocx(exported(), { languages, closing: true })).toEqual(file);
		}
		expect(Object.keys(partsOf('ar')).filter((path) => path.startsWith('docProps'))).toEqual([]);
	});
});

test('texts as files have nothing to be taken out either', () => {
	for (const text of [
		...everywhere((languages) => toPlain(exported(), { languages, closing: true })),
		...everywhere((languages) => toMarkdown(exported(), { languages, closing: true })),
	]) {
		expect(cleanFile(utf8(text), 'a.txt')).toMatchObject({ removed: [], kept: [] });
	}
});

test('no format names the forum or a program', () => {
	const all = [
		...everywhere((languages) => toPlain(exported(), { languages, closing: true })),
		...everywhere((languages) => toMarkdown(exported(), { languages, closing: true })),
		...Object.values(unzipSync(toDocx(exported(), { languages: 'both', closing: true }))).map((bytes) => fromUtf8(bytes)),
	].join('');
	expect(all).not.toMatch(/multaqa|ملتقى|creator|application>/i);
});

test('authors are named when all of them have agreed to it, and otherwise nobody is', () => {
	const [one, other] = [
		{ ar: 'نساء الآن', en: 'Women Now' },
		{ ar: '', en: 'Lawyers' },
	];
	const agreed = creditOf([
		{ name: one, agreed: true },
		{ name: other, agreed: true },
	]);
	const refused = creditOf([
		{ name: one, agreed: true },
		{ name: other, agreed: false },
	]);
	const options = { languages: 'ar', closing: true } as const;
	expect(toPlain(exported({ credit: agreed }), options)).toContain('الصياغة: نساء الآن، Lawyers.');
	expect(toPlain(exported({ credit: refused }), options)).toContain('صاغته الجهات الموقّعة معًا.');
	expect(toPlain(exported({ credit: refused }), options)).not.toContain('Lawyers');
	expect(creditOf([])).toBeNull();
});

test('withheld names are counted and nothing more, reservations keep their language, and the text alone is the text alone', () => {
	const names = [{ ar: 'نساء الآن', en: 'Women Now' }];
	const withheld = { ar: withheldWords(4, 1, 'ar'), en: withheldWords(4, 1, 'en') };
	const text = exported({ signatories: { names, withheld } });
	const english = toPlain(text, { languages: 'en', closing: true });
	expect(english).toContain('Women Now\nand 4 organisations whose names are withheld for security reasons');
	expect(english).toContain('Syrian Centre for Media (wording, paragraph 2):\nلا نوافق على عبارة «أمّا الآخرون فلا».');
	expect(toPlain(text, { languages: 'en', closing: false })).not.toMatch(/Women Now\n|Reservations|Version|hash/);
});

test('the language that decides comes first, and days have the names of their months that are used there', () => {
	expect(languagesIn(exported({ authority: 'en' }), 'both')).toEqual(['en', 'ar']);
	expect(languagesIn(exported({ authority: 'both' }), 'both')).toEqual(['ar', 'en']);
	expect([dayWords('2027-03-05', 'ar'), dayWords('2027-03-05', 'en'), dayWords('no day', 'en')]).toEqual([
		'5 آذار/مارس 2027',
		'5 March 2027',
		'',
	]);
});
