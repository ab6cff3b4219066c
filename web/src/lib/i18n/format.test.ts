import { describe, expect, test } from 'vitest';
import { formatFor } from './format.ts';

const january = Date.UTC(2027, 0, 15, 12) / 1000;
const bare = (text: string) => text.replaceAll(/[\u200E\u200F\u061C\u2066-\u2069]/g, '');

describe('dates and numbers', () => {
	test('months have their Levant names, digits are Latin until chosen otherwise', () => {
		expect(bare(formatFor('ar', 'latn').day(january))).toBe('15 كانون الثاني 2027');
		expect(bare(formatFor('ar', 'arab').day(january))).toBe('١٥ كانون الثاني ٢٠٢٧');
		expect(formatFor('en', 'arab').day(january)).toBe('15 January 2027');
	});

	test('Arabic-Indic digits are for Arabic only', () => {
		expect(formatFor('ar', 'arab').number(1234)).toBe('١٬٢٣٤');
		expect(formatFor('en', 'arab').number(1234)).toBe('1,234');
	});

	test('what was just written says so, what is old says its day', () => {
		const format = formatFor('en', 'latn');
		expect(format.ago(january - 20, january)).toBe('now');
		expect(format.ago(january - 3 * 3600, january)).toBe('3 hours ago');
		expect(format.ago(january - 9 * 86_400, january)).toBe('6 January 2027');
	});

	test('a clock that runs ahead never shows a post from the future', () => {
		expect(formatFor('en', 'latn').ago(january + 3600, january)).toBe('now');
	});

	test('how long something lasts is told in its largest unit, inflected', () => {
		const [ar, en] = [formatFor('ar', 'latn'), formatFor('en', 'latn')];
		expect([3 * 86_400, 2 * 86_400, -7200, 20].map(ar.span).map(bare)).toEqual(['3 أيام', 'يومان', 'ساعتان', 'دقيقة']);
		expect([3 * 86_400, -7200, 300].map(en.span)).toEqual(['3 days', '2 hours', '5 minutes']);
	});

	test('days are those of the calendar: what ends in two days and 23 hours does not end the day after tomorrow', () => {
		const format = formatFor('en', 'latn');
		expect(format.until(january + 3 * 86_400 - 3600, january)).toBe('in 3 days');
		expect(format.until(january + 25 * 3600, january)).toBe('tomorrow');
		expect(format.ago(january - 47 * 3600, january)).toBe('2 days ago');
	});

	test('an invitation that is over does not end in the past', () => {
		expect(formatFor('en', 'latn').until(january - 60, january)).toBe('now');
	});
});

test.each([
	['en', ['رابطة عائلات الانتظار', 'Open Record Initiative'], '\u2068رابطة عائلات الانتظار\u2069 and Open Record Initiative'],
	['ar', ['رابطة عائلات الانتظار', 'Open Record Initiative'], 'رابطة عائلات الانتظار و\u2068Open Record Initiative\u2069'],
	['ar', ['صوت', '3 ك.ب'], 'صوت و3 ك.ب'],
] as const)('in %s a list reads in the order of its items, whichever way they run', (language, items, text) => {
	expect(formatFor(language, 'latn').list(items)).toBe(text);
});
