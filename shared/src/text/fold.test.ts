import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOf } from './fold.ts';

const folded = (text: string) => wordsOf(text).map(({ word }) => word);
const heard = (text: string) => wordsOf(text).map(({ word, hamza }) => hamza ?? word);
const cut = (text: string) => wordsOf(text).map(({ start, end }) => text.slice(start, end));

test.each([
	['hamza above and below alef', 'إعلان أحمد آذار ٱلله', 'اعلان احمد اذار الله'],
	['tatweel', 'إعـــلان', 'اعلان'],
	['vowel marks', 'مُحَمَّدٌ إعلانًا', 'محمد اعلانا'],
	['teh marbuta and heh', 'منظمة العدالة', 'منظمه العداله'],
	['alef maqsura and yeh', 'إلى ليلى مستشفى', 'الي ليلي مستشفي'],
	['hamza on its seat', 'مؤتمر رئيس شؤون', 'موتمر رييس شوون'],
	['a hamza at the end that many leave out', 'رجاء علماء إنشاء', 'رجا علما انشا'],
	['yeh and kaf of a Persian keyboard', 'کریم', 'كريم'],
	['heh of a Kurdish keyboard', 'ھەولێر', 'ههولير'],
	['letters that an Arabic keyboard lacks', 'پاريس ڤيينا چای', 'باريس فيينا جاي'],
	['Arabic-Indic digits', 'البند ٤ من ٢٠٢٦', 'البند 4 من 2026'],
	['Persian digits', '۱۲۳', '123'],
	['a hamza at the end, in its presentation form', 'رجاﺀ', 'رجا'],
	['presentation forms and ligatures', 'ﻣﺤﻤﺪ ﷲ ﻷﻥ', 'محمد الله لان'],
	['full width', 'Ｈｏｐｅ', 'hope'],
	['Latin case', 'Human RIGHTS', 'human rights'],
	['accents', 'Zéïn Çelik Şêx İdil', 'zein celik sex idil'],
	['accents that stand by themselves', 'Ze\u0301in', 'zein'],
	['letters with a stroke', 'Søren Łódź straße', 'soren lodz strasse'],
	['apostrophes of every kind', "Qur'an Qur’an ʿAlī", 'quran quran ali'],
	['a zero-width non-joiner', 'می\u200Cخواهم', 'ميخواهم'],
	['marks of direction', '\u200Fسلام\u202E\u2069', 'سلام'],
])('%s does not count: %s', (_, text, same) => {
	expect(folded(text).join(' ')).toBe(same);
});

test.each([
	['مسؤول', 'مسئول'],
	['شؤون', 'شئون'],
	['هيئة', 'هيأة'],
	['مسألة', 'مسئلة'],
	['قراءة', 'قرائة'],
	['سيئ', 'سيء'],
	['سيﺀ', 'سيء'],
	['𐀀أب', '𐀀ؤب'],
	['و\u0654', 'ؤ'],
])('a hamza is heard whatever it sits on: %s and %s', (one, other) => {
	expect(heard(one)).toEqual(heard(other));
});

test.each([
	['a hamza that keeps words apart', 'بئر', 'بر'],
	['a hamza of a short word', 'ماء', 'ما'],
	['dots', 'خبر', 'حبر'],
	['seen and sad', 'سورة', 'صورة'],
	['a letter more', 'إعلان', 'علان'],
	['another letter', 'إعلان', 'إعلام'],
])('%s counts: %s and %s', (_, one, other) => {
	expect(heard(one)).not.toEqual(heard(other));
});

test('a hamza at the beginning, and after what a word may wear, is the first letter', () => {
	for (const text of ['أكد', 'وأكد', 'الإعلان', 'وبالأمس', 'للأسف']) expect(wordsOf(text)[0]?.hamza).toBeNull();
	expect(wordsOf('إلهام الهام').map(({ led }) => led)).toEqual([true, false]);
});

test.each([
	['(A/HRC/58)', ['A', 'HRC', '58']],
	['«الإعلانُ»، نصّ.', ['الإعلانُ', 'نصّ']],
	['ﷲ 😀 ok', ['ﷲ', 'ok']],
	["'quoted'", ['quoted']],
	['\u200Fسـلام\u200F', ['سـلام']],
	['𝐇𝐨𝐩𝐞!', ['𝐇𝐨𝐩𝐞']],
])('the words of %s are where they stand', (text, words) => {
	expect(cut(text)).toEqual(words);
});

test('a word without end is cut in what is known of it, not in where it stands', () => {
	const [word] = wordsOf('x'.repeat(20_000));
	expect(word).toMatchObject({ start: 0, end: 20_000 });
	expect(word?.word.length).toBeLessThan(100);
});

describe('of every text', () => {
	const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

	test('words stand one after another, in the text, and are not empty', () => {
		fc.assert(
			fc.property(text, (any) => {
				let last = 0;
				for (const { start, end, word } of wordsOf(any)) {
					expect(start).toBeGreaterThanOrEqual(last);
					expect(end).toBeGreaterThan(start);
					expect(word).not.toBe('');
					last = end;
				}
				expect(last).toBeLessThanOrEqual(any.length);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('what was folded folds to itself', () => {
		fc.assert(
			fc.property(text, (any) => {
				for (const word of folded(any)) expect(folded(word).join('')).toBe(word);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('nothing unheard makes a difference, wherever it stands', () => {
		const unheard = fc.constantFrom('\u200C', '\u200F', '\u0640', '\u064E', '\u0301', '\u202E', "'");
		fc.assert(
			fc.property(fc.constantFrom('إعلان', 'مسؤولية', 'hope', 'والمنظمات'), fc.nat(), unheard, (word, at, put) => {
				const place = at % (word.length + 1);
				expect(folded(word.slice(0, place) + put + word.slice(place))).toEqual(folded(word));
			}),
		);
	});
});
