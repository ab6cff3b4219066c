import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords } from '../un/words.ts';
import { normalText } from './normal-text.ts';

test.each([
	['white space of every kind, also at both ends', ' \t نطالب\u00A0 \u2028بالعدالة\r\n\u3000', 'نطالب بالعدالة'],
	['nothing but white space', ' \n\u00A0\u0085 ', ''],
	['one space', ' ', ''],
	['an override that turns a text', 'ندين\u202E محكمة\u202C', 'ندين محكمة'],
	['embeddings and isolates', '\u202Aa\u202B\u2066b\u2067\u2068c\u2069\u202D', 'abc'],
	['invisible separators', 'حـ\u200Bق\u2060 \uFEFFالحياة\u00AD', 'حـق الحياة'],
	['controls and a line without end', 'a\u0000b\u001Bc\u007Fd\u0090e', 'abcde'],
	['letters of two characters', 'Ze\u0301in و\u0654', 'Zéin ؤ'],
	['tags and marks that show nothing', 'a\u{E0041}\u{E01EF}\uFFF9b\uFFFE', 'ab'],
	['half a surrogate pair', 'a\uD800b', 'a\uFFFDb'],
	['a mark between letters that are one then', 'e\u200B\u0301', 'é'],
])('%s makes no other text', (_, typed, normal) => {
	expect(normalText(typed)).toBe(normal);
});

test.each([
	['marks that honest mixed text needs', 'الوثيقة A/HRC/58\u200F (الفقرة 5)\u200E\u061C'],
	['joiners of Kurdish and Persian', 'می\u200Cخواهم ه\u200D'],
	['vowel marks and tatweel', 'المُنظَّمـة'],
	['an emoji with its selector', '❤\uFE0F'],
	['a presentation form, which no one has typed by chance', '\uFEFB'],
	['case and punctuation', '«نعم»، – No…'],
])('%s: kept', (_, text) => {
	expect(normalText(text)).toBe(text);
});

describe('of every text', () => {
	const any = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({ unit: 'grapheme' }),
		fc
			.array(fc.constantFrom(' ', '\n', '\u200B', '\u202E', '\u0301', '\u0654', 'ا', 'e', '\uFEFF', '\uD83D', '\u0085', '\u00A0'))
			.map((all) => all.join('')),
	);

	test('what is normal stays as it is', () => {
		fc.assert(
			fc.property(any, (text) => {
				expect(normalText(normalText(text))).toBe(normalText(text));
			}),
			{ numRuns: 5_000 },
		);
	});

	test('the count of words is that of its normal text', () => {
		fc.assert(
			fc.property(any, (text) => {
				expect(countWords(normalText(text))).toBe(countWords(text));
			}),
			{ numRuns: 5_000 },
		);
	});
});
