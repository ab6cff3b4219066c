import { describe, expect, test } from 'vitest';
import { markupOf } from './markup.ts';
import { occursIn, ownPlainOf, plainOf } from './markup-plain.ts';

test.each([
	['# عنوان\n\n**نص** و`code`', 'عنوان\nنص وcode'],
	['- a\n  - b\n- c', 'a\nb\nc'],
	['[التقرير](https://a.example/r) https://b.example', 'التقرير https://a.example/r https://b.example/'],
	[`@[ليلى](account:${'q'.repeat(43)}) هنا`, '@ليلى هنا'],
	['> مقتبس\n\nقولي', 'مقتبس\nقولي'],
])('a reader reads of %j: %j', (text, words) => expect(plainOf(markupOf(text))).toBe(words));

test('what somebody quotes are not their own words', () => {
	expect(ownPlainOf(markupOf('> لا نوافق\n\nنوافق'))).toBe('نوافق');
});

describe('a quote', () => {
	test.each([
		['نوافق على النص', 'قلنا إننا نوافق على النص كله.'],
		['نوافق\nعلى', 'نوافق على'],
		['agree', '“agree”'],
		['نوافق', 'لا\u202E نوافق'],
		['a', 'ba a'],
	])('%j is in %j', (quoted, text) => expect(occursIn(quoted, text)).toBe(true));

	test.each([
		['نوافق', 'لا نوافقكم'],
		['agree', 'disagree'],
		['نوافق على النص', 'نوافق على هذا النص'],
		['نوافِق', 'نوافق'],
		['', 'نص'],
		[' \n', 'نص'],
		['نص أطول', 'نص'],
	])('%j is not in %j', (quoted, text) => expect(occursIn(quoted, text)).toBe(false));
});
