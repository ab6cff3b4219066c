import { describe, expect, test } from 'vitest';
import { post, refused, said, streamId, type Speaker } from '../testing/said.ts';
import { EDIT_WINDOW, MOST_TAGS, TITLE_LIMIT } from './events.ts';
import { threadsOf } from './threads.ts';

const open = (name: string, title: string, speaker?: Speaker) => said(name, 'thread.open', { stream: streamId(name), title }, speaker);
const about = (type: string, content: object, speaker?: Speaker) =>
	said(`${type}-event`, type, { stream: streamId('one'), ...content }, speaker);
const facilitator = { author: 'fatima', role: 'facilitator' } as const;

describe('threads of a space', () => {
	test('stand with the newest first', () => {
		expect(threadsOf([open('one', 'أول'), open('two', 'ثان')]).map(({ title }) => title)).toEqual(['ثان', 'أول']);
	});

	test('keep the title they were opened with: nobody opens one a second time', () => {
		const stolen = said('x', 'thread.open', { stream: streamId('one'), title: 'عنوان مسروق' }, { author: 'mallory' });
		expect(threadsOf([open('one', 'عنوان'), stolen])).toMatchObject([{ title: 'عنوان', author: 'alice' }]);
	});

	test('do not come from what could not be verified, is of another type or has no title', () => {
		const none = [
			refused('one'),
			said('two', 'post.add', { stream: streamId('two'), title: 'x' }),
			open('three', ' \n '),
			open('four', 'x'.repeat(TITLE_LIMIT + 1)),
			said('five', 'thread.open', null),
			post('six'),
			said('seven', 'toString', {}),
		];
		expect(threadsOf(none)).toEqual([]);
	});
});

describe('a thread', () => {
	const changed = (...events: ReturnType<typeof said>[]) => threadsOf([open('one', 'أول'), ...events])[0];

	test('is renamed by whoever opened it while that is young, and by facilitators at any time', () => {
		const rename = (speaker: Speaker) => changed(about('thread.rename', { title: 'جديد' }, speaker))?.title;
		expect(rename({ time: 1 + EDIT_WINDOW })).toBe('جديد');
		expect(rename({ time: 2 + EDIT_WINDOW })).toBe('أول');
		expect(rename({ author: 'bob' })).toBe('أول');
		expect(rename({ ...facilitator, time: 9_999_999 })).toBe('جديد');
	});

	test('has each tag once, at most a few, and takes them from whoever opened it or a facilitator', () => {
		expect(changed(about('thread.tag', { tags: ['جنيف', ' جنيف ', 'UPR'] }))?.tags).toEqual(['جنيف', 'UPR']);
		expect(changed(about('thread.tag', { tags: ['x'] }, { author: 'bob' }))?.tags).toEqual([]);
		expect(changed(about('thread.tag', { tags: Array.from({ length: MOST_TAGS + 1 }, String) }))?.tags).toEqual([]);
	});

	test('is pinned above newer ones by a facilitator alone', () => {
		const order = (speaker: Speaker) =>
			threadsOf([open('one', 'أول'), open('two', 'ثان'), about('thread.pin', { on: true }, speaker)]).map(({ title }) => title);
		expect(order(facilitator)).toEqual(['أول', 'ثان']);
		expect(order({ author: 'alice' })).toEqual(['ثان', 'أول']);
	});

	test('is closed and opened again by a facilitator alone, with a reason that all read', () => {
		const close = about('thread.close', { on: true, reason: 'اكتمل النقاش' }, facilitator);
		expect(changed(close)?.closed).toMatchObject({ by: 'fatima', reason: 'اكتمل النقاش' });
		expect(changed(close, about('thread.close', { on: false, reason: null }, facilitator))?.closed).toBeNull();
		expect(changed(about('thread.close', { on: true, reason: null }))?.closed).toBeNull();
	});

	test('remembers each time it was closed, also when it is closed twice', () => {
		const close = (on: boolean) => about('thread.close', { on, reason: null }, facilitator);
		const events = [close(true), close(true), close(false), close(true)];
		const places = events.map(({ position }) => position);
		expect(changed(...events)?.closedTimes).toEqual([
			{ from: places[0], until: places[2] },
			{ from: places[3], until: Infinity },
		]);
	});
});
