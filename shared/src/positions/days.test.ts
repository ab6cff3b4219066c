import { expect, test } from 'vitest';
import { aYearAfter, dayAt, todayAnywhere, todayHere } from './days.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const day = (text: string): number => at(text) / 86_400;

test('today is another day in Damascus than in Geneva, late in the evening', () => {
	const time = at('2027-03-14T22:30:00Z');
	expect([dayAt(time, 3 * 3600), dayAt(time, 3600)]).toEqual([day('2027-03-15'), day('2027-03-14')]);
	expect(todayHere(time, 3 * 3600)).toEqual({ earliest: day('2027-03-15'), latest: day('2027-03-15') });
});

test('what an author may have called today reaches from the last place on earth to the first', () => {
	expect(todayAnywhere(at('2027-03-14T11:59:59Z'))).toEqual({ earliest: day('2027-03-13'), latest: day('2027-03-15') });
	expect(todayAnywhere(at('2027-03-14T09:59:59Z'))).toEqual({ earliest: day('2027-03-13'), latest: day('2027-03-14') });
	expect(todayAnywhere(at('2027-03-14T12:00:00Z'))).toEqual({ earliest: day('2027-03-14'), latest: day('2027-03-15') });
});

test.each([
	['2026-11-23T10:00:00Z', '2027-11-23T10:00:00Z'],
	['2027-03-01T00:00:00Z', '2028-03-01T00:00:00Z'],
	['2028-02-29T10:00:00Z', '2029-03-01T10:00:00Z'],
])('twelve months after %s is %s', (from, until) => {
	expect(aYearAfter(at(from))).toBe(at(until));
});
