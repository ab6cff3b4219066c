import { describe, expect, test } from 'vitest';
import type { AccountId } from '../bytes/ids.ts';
import type { Moderated, StreamEvent } from '../client/types.ts';
import { id, named, post, refused, said } from '../testing/said.ts';
import { activityOf } from './activity.ts';
import { writtenBetween } from './digest.ts';
import { unreadAfter } from './unread.ts';

const bob = { author: 'bob' } as const;
const self = 'alice' as AccountId;
const waiting = (event: StreamEvent): StreamEvent => ({ ...event, waiting: true, position: Infinity }) as StreamEvent;
const placeOf = (event: StreamEvent | undefined) => event?.position ?? -1;

describe('what is unread in a thread', () => {
	test('is what others wrote after the mark, and begins with the first of it', () => {
		const stream = [post('one', null, 'x', bob), post('mine'), post('two', null, 'x', bob), post('three', null, 'x', bob)];
		expect(unreadAfter(stream, placeOf(stream[0]), self)).toEqual({ count: 2, first: id('two') });
		expect(unreadAfter(stream, placeOf(stream[3]), self)).toEqual({ count: 0, first: null });
	});

	test('does not stick at what nobody can see: a post that was taken back, one that is none, one that failed its checks', () => {
		const stream = [
			post('gone', null, 'x', bob),
			said('take', 'post.delete', { post: id('gone') }, bob),
			said('broken', 'post.add', { text: '', reply: null }, bob),
			refused('forged'),
		];
		expect(unreadAfter(stream, -1, self).count).toBe(0);
	});

	test('leaves out what facilitators keep out, since nobody is shown it', () => {
		const kept: Moderated = { barred: 'closed', measures: [] };
		const stream = [post('one', null, 'x', bob), { ...post('late', null, 'x', bob), moderated: kept }, post('word', null, 'x', bob)];
		expect(unreadAfter(stream, -1, self)).toEqual({ count: 2, first: id('one') });
		expect(activityOf(stream.slice(0, 2), -1, self).position).toBe(placeOf(stream[0]));
	});

	test('is not lowered by somebody who takes back what others wrote', () => {
		const stream = [post('one', null, 'x', bob), said('take', 'post.delete', { post: id('one') }, { author: 'mallory' })];
		expect(unreadAfter(stream, -1, self).count).toBe(1);
	});
});

describe('the activity of a thread', () => {
	test('is its last post, by the order of the server: a clock that runs ahead does not make a thread the newest', () => {
		const ahead = [post('one', null, 'x', { ...bob, time: 9_999_999_999 })];
		const after = [post('two', null, 'x', { ...bob, time: 5 })];
		expect(activityOf(after, -1, self).position).toBeGreaterThan(activityOf(ahead, -1, self).position);
		expect(activityOf(after, -1, self).last).toMatchObject({ author: 'bob', time: 5 });
	});

	test('is not a reaction, an edit, or a post that was taken back', () => {
		const stream = [
			post('one', null, 'x', bob),
			post('two'),
			said('react', 'post.react', { post: id('one'), emoji: '👍', on: true }, bob),
			said('take', 'post.delete', { post: id('two') }),
		];
		expect(activityOf(stream, -1, self)).toMatchObject({ last: { author: 'bob' }, end: placeOf(stream[3]) });
	});

	test('tells how many own posts still wait, and reads past them to the server’s last', () => {
		const stream = [post('one', null, 'x', bob), waiting(post('two')), waiting(post('three'))];
		expect(activityOf(stream, -1, self)).toMatchObject({ waiting: 2, position: Infinity, end: placeOf(stream[0]) });
	});

	test('of a thread without a post is nothing', () => {
		expect(activityOf([], -1, self)).toEqual({ last: null, position: 0, end: 0, unread: { count: 0, first: null }, waiting: 0 });
	});
});

describe('a digest', () => {
	test('counts what others wrote in its time: from its beginning on, and not at its end', () => {
		const stream = [
			post('before', null, 'x', { ...bob, time: 99 }),
			post('first', null, 'x', { ...bob, time: 100 }),
			post('mine', null, 'x', { time: 150 }),
			post('second', null, 'x', { author: 'carol', time: 199 }),
			post('after', null, 'x', { ...bob, time: 200 }),
		];
		const written = writtenBetween(stream, { from: 100, to: 200 }, self);
		expect(written).toMatchObject({ posts: 2, people: 2 });
		expect(named(written!.first)).toBe('first');
		expect(writtenBetween(stream, { from: 300, to: 400 }, self)).toBeNull();
	});
});
