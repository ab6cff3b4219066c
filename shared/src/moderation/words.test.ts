import { describe, expect, test } from 'vitest';
import { isSameWord, refusalOfWord, wordsFoundIn } from './words.ts';

const found = (text: string, ...words: string[]) => wordsFoundIn(text, words).map(({ start, end }) => text.slice(start, end));

describe('a watch-word', () => {
	test.each([
		['خائن', 'هذا خائن', 'خائن'],
		['خائن', 'هو خائـــــن!', 'خائـــــن'],
		['خائن', 'أيها الخَائِنُ', 'الخَائِنُ'],
		['خائن', 'خاااائن', 'خاااائن'],
		['خائن', 'خ ا ئ ن', 'خ ا ئ ن'],
		['خائن', 'خ.ا.ئ.ن والسلام', 'خ.ا.ئ.ن'],
		['خائن', 'وللخائنين حسابهم', 'وللخائنين'],
		['خائن', 'خاين', 'خاين'],
		['إرهابي', 'ارهابيون وإرهابيين', 'ارهابيون'],
		['عميلة', 'يا عميله', 'عميله'],
		['عميلة', 'عميلات السفارات', 'عميلات'],
		['كلاب السلطة', 'هؤلاء كلاب السُّلطة', 'كلاب السُّلطة'],
		['traitor', 'these TRAITORS', 'TRAITORS'],
		['traitor', 't-r-a-i-t-o-r', 't-r-a-i-t-o-r'],
	])('%s is caught in «%s» as %s', (word, text, expected) => {
		expect(found(text, word)[0] ?? null).toBe(expected);
	});

	test.each([
		['كلب', 'الكلباني في قلب الحدث'],
		['خائن', 'خزائن الدولة'],
		['قتل', 'المقاتلون والمقتول'],
		['traitor', 'portrait of a trait'],
	])('%s is not caught in «%s»', (word, text) => {
		expect(found(text, word)).toEqual([]);
	});

	test('is one word however it is spelt', () => {
		expect(isSameWord('إرهابى', 'ارهابي')).toBe(true);
		expect(isSameWord('خائن', 'خاسر')).toBe(false);
	});
});

describe('a word that would be of no use is refused', () => {
	test('with fewer than three letters, drawn out or not', () => {
		for (const word of ['في', 'لا', 'مـــن', 'ههههه', '...', '']) expect(refusalOfWord(word, [])?.kind).toBe('too-short');
		expect(refusalOfWord('كلب', [])).toBeNull();
	});

	test('when it stands in more than every fiftieth post, with how many', () => {
		const posts = Array.from({ length: 100 }, (_, place) => (place < 3 ? 'كل الناس' : 'نص آخر'));
		expect(refusalOfWord('ناس', posts)).toEqual({ kind: 'too-broad', hits: 3, of: 100 });
		expect(refusalOfWord('ناس', [...posts.slice(1), 'نص'])).toBeNull();
		expect(refusalOfWord('ناس', ['الناس'])).toBeNull();
	});
});

test('twenty thousand characters are looked through for two hundred words', () => {
	const words = Array.from({ length: 200 }, (_, place) => `كلمة${place}`);
	expect(found(`${'نص طويل '.repeat(2_500)}كلمة7`, ...words)).toEqual(['كلمة7']);
});
