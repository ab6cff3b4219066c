import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalText } from '../documents/normal-text.ts';
import type { Level, Pair, PairKind } from '../documents/pair.ts';
import { exported, pairs } from '../testing/exported.ts';
import { fromDocx } from './docx/from-docx.ts';
import { toDocx } from './docx/write.ts';
import type { ExportedText, ExportLanguages } from './exported-text.ts';
import { toMarkdown } from './markdown.ts';
import { paired } from './paired.ts';
import { fromText } from './pasted/from-text.ts';
import { scriptOf } from './script.ts';

/** Out into a file and in again: what the other side gets. */
const ways = {
	DOCX: (text: ExportedText, languages: ExportLanguages, closing: boolean) => fromDocx(toDocx(text, { languages, closing })),
	Markdown: (text: ExportedText, languages: ExportLanguages, closing: boolean) => fromText(toMarkdown(text, { languages, closing })),
};

/** Letters of a language among everything that means something to one of the formats. */
const written = (language: 'ar' | 'en'): fc.Arbitrary<string> => {
	const own = language === 'ar' ? ['ا', 'لا', 'مُحَمَّد', 'ڕۆژ', 'هـ', 'می\u200Cخواهم'] : ['a', 'The', 'naïve', 'office', 'x'];
	const marks = [
		'*',
		'_',
		'#',
		'`',
		'[',
		']',
		'(',
		')',
		'<b>',
		'&amp;',
		'&',
		'\\',
		'|',
		'~',
		'1.',
		'2)',
		'-',
		'+',
		'---',
		'[^1]',
		'[^ar1]',
		'"',
		"'",
		'«',
		'😀',
		'١٩',
		'1996/31',
		'\u200F',
		'\u200E',
		'>',
		'=',
		'</div>',
	];
	const word = fc.oneof({ arbitrary: fc.constantFrom(...own), weight: 3 }, { arbitrary: fc.constantFrom(...marks), weight: 2 });
	return (
		fc
			.tuple(fc.array(word, { minLength: 1, maxLength: 12 }), fc.constantFrom('', ' '), fc.constantFrom('', ...marks))
			.map(([words, space, last]) => normalText(`${words.join(space)} ${own.slice(0, 3).join(' ')}${space}${last}`))
			// Clearly of its language: of a paragraph with as many letters of the other one, nobody could tell.
			.filter((text) => scriptOf(text) === language)
	);
};

const rest = fc.oneof(
	fc.record({ kind: fc.constantFrom<PairKind>('heading', 'item'), level: fc.constantFrom<Level>(1, 2, 3) }),
	fc.record({ kind: fc.constantFrom<PairKind>('paragraph', 'footnote'), level: fc.constant<Level>(1) }),
);
const pair = (kind: PairKind, level: Level): fc.Arbitrary<Pair> =>
	fc.record({ kind: fc.constant(kind), level: fc.constant(level), ar: written('ar'), en: written('en') });
const texts: fc.Arbitrary<readonly Pair[]> = fc
	.tuple(
		pair('title', 1),
		fc.array(
			rest.chain(({ kind, level }) => pair(kind, level)),
			{ maxLength: 12 },
		),
	)
	.map(([title, others]) => [title, ...others]);

describe.each(Object.entries(ways))('a text that went out as %s', (_, way) => {
	test('comes back as it was, in both languages, pair by pair, with its footnotes', () => {
		for (const authority of ['both', 'ar', 'en'] as const) {
			const { paragraphs } = way(exported({ authority }), 'both', true);
			expect(paired(paragraphs)).toEqual({ pairs, side: 'both', alone: [] });
		}
	});

	test.each(['ar', 'en'] as const)('comes back in %s alone, for that side', (language) => {
		const other = language === 'ar' ? 'en' : 'ar';
		const { paragraphs, removed } = way(exported(), language, true);
		expect(paired(paragraphs)).toEqual({ pairs: pairs.map((one) => ({ ...one, [other]: '' })), side: language, alone: [] });
		expect(removed.find(({ what }) => what === 'closing')?.count).toBeGreaterThan(8);
	});

	test('comes back whatever is written in it', () => {
		const property = fc.property(texts, fc.boolean(), (all, closing) => {
			const { paragraphs } = way(exported({ pairs: all, hash: null }), 'both', closing);
			expect(paired(paragraphs).pairs).toEqual(all);
		});
		fc.assert(property, { numRuns: 150 });
	});
});
