import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes/bytes.ts';
import { encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { pair, statement } from '../testing/drafted.ts';
import { refusalOf } from '../testing/refusal.ts';
import { canonicalBytes, decodeText, hashOfText, normalised, shortHash, textHash } from './canonical.ts';
import { MOST_PAIRS, PAIR_LIMIT, type BilingualText, type PairKind } from './pair.ts';

const text = statement();
const bytes = canonicalBytes(text);
const rows = text.pairs.map(({ kind, level, ar, en }) => [kind, level, ar, en]);
const changed = (place: number, change: object): BilingualText => ({
	...text,
	pairs: text.pairs.with(place, { ...text.pairs[place]!, ...change }),
});

describe('the hash of a text', () => {
	test('is of the words, whoever wrote them and however they were typed', () => {
		const retyped = { ...text, pairs: text.pairs.map((one) => ({ ...one, id: 'other', translation: null, ar: ` ${one.ar}\u202C\n` })) };
		expect(hashOfText(retyped)).toBe(hashOfText(text));
	});

	test.each([
		['a letter of the Arabic', changed(3, { ar: 'منذ القرار 1996/31 لم يتغير شيء.' })],
		['a full stop of the English', changed(3, { en: 'Nothing has changed since resolution 1996/31' })],
		['the kind of a pair', changed(3, { kind: 'item' })],
		['its level', changed(2, { level: 1 })],
		['which language decides', { ...text, authority: 'ar' as const }],
		['the order', { ...text, pairs: [...text.pairs.slice(0, 3), ...text.pairs.slice(3).toReversed()] }],
		['the languages, changed for each other', changed(3, { ar: text.pairs[3]!.en, en: text.pairs[3]!.ar })],
		['one pair less', { ...text, pairs: text.pairs.slice(0, -1) }],
	])('is another with %s', (_, other) => {
		expect(hashOfText(other)).not.toBe(hashOfText(text));
	});

	test('is short enough to be compared at a glance, and nothing else is', () => {
		expect(shortHash(textHash(bytes))).toMatch(/^[0-9a-f]{4} [0-9a-f]{4}$/);
		expect(shortHash(toBase64url(Uint8Array.from({ length: 32 }, (_, at) => 0xab + at)))).toBe('abac adae');
		expect(shortHash('<script>')).toBe('');
	});
});

describe('a frozen text', () => {
	test('is read as it was written', () => {
		expect(decodeText(bytes)).toEqual(normalised(text));
	});

	const form = (...parts: readonly Cbor[]) => encodeCbor(parts);
	test.each([
		['another form', form(2, 'both', rows as Cbor)],
		['more behind it', form(1, 'both', rows as Cbor, null)],
		['no pairs', form(1, 'both', [])],
		['no title', form(1, 'both', rows.slice(1) as Cbor)],
		['two titles', form(1, 'both', [...rows, rows[0]] as Cbor)],
		['a text turned by an override', form(1, 'both', [['title', 1, 'ندين\u202E', 'x']])],
		['a text that ends in a blank', form(1, 'both', [['title', 1, 'سلام ', 'x']])],
		['a letter of two characters', form(1, 'both', [['title', 1, 'سلام', 'e\u0301']])],
		['a pair without words', form(1, 'ar', [...rows, ['paragraph', 1, '', '']] as Cbor)],
		['a pair missing where both languages decide', form(1, 'both', [...rows, ['paragraph', 1, 'x', '']] as Cbor)],
		['a pair missing in the language that decides', form(1, 'en', [...rows, ['paragraph', 1, 'x', '']] as Cbor)],
		['a paragraph at the level of a subheading', form(1, 'both', [...rows, ['paragraph', 2, 'x', 'y']] as Cbor)],
		['a level that there is not', form(1, 'both', [...rows, ['heading', 4, 'x', 'y']] as Cbor)],
		['a kind nobody knows', form(1, 'both', [...rows, ['script', 1, 'x', 'y']] as Cbor)],
		['a paragraph without end', form(1, 'both', [...rows, ['paragraph', 1, 'x'.repeat(PAIR_LIMIT + 1), 'y']] as Cbor)],
	])('with %s is refused', async (_, hostile) => {
		expect(await refusalOf(async () => decodeText(hostile))).toBe('malformed');
	});

	test('of any words comes back as the same bytes', () => {
		const any = fc.array(
			fc.tuple(
				fc.constantFrom<PairKind>('heading', 'paragraph', 'item', 'footnote'),
				fc.string({ unit: 'binary' }),
				fc.string({ unit: 'grapheme' }),
			),
		);
		fc.assert(
			fc.property(any, (all) => {
				const pairs = all.map(([kind, ar, en]) => pair(kind, `و${ar}`, `a${en}`));
				const written = canonicalBytes(statement(...pairs));
				expect(canonicalBytes(decodeText(written))).toEqual(written);
			}),
		);
	});
});

test('what has no title, no words or no end is not frozen, by name', async () => {
	const refused = (other: BilingualText) => refusalOf(async () => canonicalBytes(other));
	expect(await refused({ authority: 'both', pairs: [] })).toBe('text-is-there');
	expect(await refused({ ...text, pairs: text.pairs.slice(1) })).toBe('title-comes-first');
	expect(await refused(changed(3, { level: 3 }))).toBe('level-fits-the-kind');
	expect(await refused(statement(pair('paragraph', '\u200B', ' ')))).toBe('paragraph-is-not-empty');
	expect(await refused(statement(pair('paragraph', 'ا'.repeat(PAIR_LIMIT + 1), 'x')))).toBe('paragraph-has-an-end');
	expect(await refused(statement(...Array.from({ length: MOST_PAIRS }, () => pair('item', 'ا', 'x'))))).toBe('text-has-an-end');
	expect(await refused(statement(...Array.from({ length: 40 }, () => pair('item', 'ا'.repeat(9_000), 'x'))))).toBe('text-has-an-end');
});
