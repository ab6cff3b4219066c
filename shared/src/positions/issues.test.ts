import { expect, test } from 'vitest';
import { Council, fatima } from '../testing/council.ts';
import { said, streamId } from '../testing/said.ts';
import { issuesOf } from './issues.ts';

const about = (name: string, ar: string, en = '') => ({ stream: streamId(name), title: { ar, en }, question: null });

test('an issue is opened once, and changed by whoever opened it or facilitates', () => {
	const index = [
		said('a', 'issue.open', about('one', 'العدالة')),
		said('b', 'issue.open', about('two', 'المفقودون')),
		said('c', 'issue.open', about('one', 'انتحال'), { author: 'mallory' }),
		said('d', 'issue.change', about('one', 'انتحال'), { author: 'mallory' }),
		said('e', 'issue.change', about('two', 'المفقودون والمفقودات', 'The missing'), { author: 'fatima', role: 'facilitator' }),
		said('f', 'issue.change', about('one', 'العدالة الانتقالية')),
		said('g', 'issue.change', about('three', 'لا شيء')),
	];
	const titles = (events: typeof index) => issuesOf(events).map(({ title, opener }) => [title.ar, opener]);
	const expected = [
		['المفقودون والمفقودات', 'alice'],
		['العدالة الانتقالية', 'alice'],
	];
	expect(titles(index)).toEqual(expected);
	expect(titles(index.toReversed())).toEqual(expected);
});

test('the same rule answers whoever wants to change one', () => {
	const room = new Council();
	const refusal = (by: string) => room.refusal(by, 'issue.change', about('one', 'العدالة'));
	expect(refusal('sham.rima')).toEqual({ rule: 'issue-is-changed-by-its-opener' });
	expect([refusal(room.opener), refusal(fatima), room.refusal('sham.rima', 'issue.open', about('one', 'العدالة'))]).toEqual([
		null,
		null,
		null,
	]);
});

test('an issue without a title in either language is none', () => {
	expect(issuesOf([said('h', 'issue.open', about('four', ' '))])).toEqual([]);
});
