import { describe, expect, test } from 'vitest';
import { hashOfText } from './canonical.ts';
import { pair, statement } from '../testing/drafted.ts';
import { refusalOf } from '../testing/refusal.ts';
import { freeze, freezeRefusals, nextNumber, refuseChange, refuseOtherText } from './freezing.ts';
import type { Authority, Draft, DraftPair } from './pair.ts';
import { confirmed, translationState, withText } from './translations.ts';

const translated = pair('paragraph', 'نطالب بالعدالة', 'We ask for justice');
const lone = pair('paragraph', 'نطالب بالعدالة', '');

describe('a translation', () => {
	test('is what is begun beside a text that is there, and stays current while it is written on', () => {
		const begun = withText(withText(lone, 'en', 'W'), 'en', 'We ask');
		expect(translationState(begun)).toEqual({ state: 'current' });
		expect(begun.translation?.language).toBe('en');
	});

	test.each([
		['its source was changed', withText(translated, 'ar', 'نطالب بالعدالة الآن'), { state: 'outdated', language: 'en' }],
		[
			'it was changed after its source',
			withText(withText(translated, 'ar', 'نطالب'), 'en', 'We ask'),
			{ state: 'outdated', language: 'en' },
		],
		['it alone was changed', withText(translated, 'en', 'We demand justice'), { state: 'current' }],
		['its source was changed back', withText(withText(translated, 'ar', 'x'), 'ar', 'نطالب بالعدالة'), { state: 'current' }],
		['its source was typed otherwise', withText(translated, 'ar', ' نطالب\u00A0بالعدالة\u202C'), { state: 'current' }],
		['its source was taken out', withText(translated, 'ar', ' '), { state: 'missing', language: 'ar' }],
		[
			'its source was taken out and another written',
			withText(withText(translated, 'ar', ''), 'ar', 'لا'),
			{ state: 'outdated', language: 'en' },
		],
		['it was taken out', withText(translated, 'en', ''), { state: 'missing', language: 'en' }],
		['both were taken out', withText(withText(translated, 'en', ''), 'ar', ''), { state: 'empty' }],
		['nobody has said that it is one', { ...translated, translation: null }, { state: 'unstated' }],
		['it was made of the English', withText(confirmed(translated, 'ar'), 'en', 'x'), { state: 'outdated', language: 'ar' }],
	])('where %s', (_, changed: DraftPair, state) => {
		expect(translationState(changed)).toEqual(state);
	});

	test('is current again when somebody says so, and not before it is there', () => {
		expect(translationState(confirmed(withText(translated, 'ar', 'نطالب بها'), 'en'))).toEqual({ state: 'current' });
		expect(confirmed(lone, 'en')).toBe(lone);
	});
});

describe('a draft', () => {
	const rules = (draft: Draft) => freezeRefusals(draft).map((refusal) => refusal.rule);
	const deciding = (authority: Authority, ...more: DraftPair[]): Draft => ({ ...statement(...more), authority });
	const outdated = withText(translated, 'ar', 'نطالب بالعدالة الآن');
	const onlyEnglish = pair('paragraph', '', 'We ask');

	test('that is whole and current is frozen, with number and hash', () => {
		expect(freezeRefusals(statement())).toEqual([]);
		expect(freeze(statement(), 3)).toMatchObject({ number: 3, hash: hashOfText(statement()) });
	});

	test.each([
		['a translation older than its source', outdated, 'both', ['translation-is-current']],
		['a translation older than its source, where Arabic decides', outdated, 'ar', []],
		['a translation older than its source, where English decides', outdated, 'en', []],
		['no English', lone, 'both', ['paragraph-is-there']],
		['no English, where Arabic decides', lone, 'ar', []],
		['no English, where English decides', lone, 'en', ['paragraph-is-there']],
		['no Arabic', onlyEnglish, 'both', ['paragraph-is-there']],
		['no Arabic, where English decides', onlyEnglish, 'en', []],
		['two languages of which nobody has said that they agree', { ...translated, translation: null }, 'both', ['translation-is-stated']],
		['nothing', pair('paragraph', '\u200B', ' '), 'ar', ['paragraph-is-not-empty']],
	] as const)('with %s', (_, more, authority, refused) => {
		expect(rules(deciding(authority, more))).toEqual(refused);
	});

	test('is told of everything at once, in the order of its pairs, with the language', () => {
		expect(freezeRefusals(statement(outdated, lone, onlyEnglish))).toEqual([
			{ rule: 'translation-is-current', pair: 5, language: 'en' },
			{ rule: 'paragraph-is-there', pair: 6, language: 'en' },
			{ rule: 'paragraph-is-there', pair: 7, language: 'ar' },
		]);
	});

	test('that is refused is not frozen all the same', async () => {
		expect(await refusalOf(async () => freeze(statement(outdated), 1))).toBe('translation-is-current');
	});
});

describe('a frozen version', () => {
	const frozen = freeze(statement(), 1);

	test('is not changed; the next one is opened for a reason', async () => {
		expect(await refusalOf(async () => refuseChange(frozen))).toBe('frozen-text-stays');
		expect(await refusalOf(async () => refuseChange(null))).toBe('accepted');
		expect(await refusalOf(async () => nextNumber(frozen, ' \u200B'))).toBe('new-version-has-a-reason');
		expect(nextNumber(frozen, 'تصويب')).toBe(2);
	});

	test('is what a decision named, or is not adopted', async () => {
		const other = freeze(statement(pair('item', 'و', 'a')), 2);
		expect(await refusalOf(async () => refuseOtherText(frozen, frozen.hash))).toBe('accepted');
		expect(await refusalOf(async () => refuseOtherText(frozen, other.hash))).toBe('text-is-the-one-decided');
		expect(await refusalOf(async () => refuseOtherText({ ...other, hash: frozen.hash }, frozen.hash))).toBe('text-is-the-one-decided');
	});
});
