import type { AccountId, StreamId } from '@multaqa/shared/bytes/ids';
import type { HeldView, Measure } from '@multaqa/shared/client/types';
import type { Post } from '@multaqa/shared/threads/posts';
import { expect, test } from 'vitest';
import { freeAt, paceIn } from './pace.ts';

const stream = 'thread' as StreamId;
const self = 'self' as AccountId;
const slow = (id: string, seconds: number, about: Partial<Measure> = {}) =>
	[id, { kind: 'slow', stream, seconds, lifted: null, ...about } as Measure] as const;
const post = (author: string, time: number) => ({ kind: 'post', author, time }) as Post;
const going = (due: number, problem: string | null = null) =>
	({ due, problem, said: [{ stream, type: 'post.add', content: {} }] }) as unknown as HeldView;

test('the slowest pace in force holds; what was lifted, and other threads, do not count', () => {
	const lifted = { lifted: {} as Measure['lifted'] };
	const measures = new Map([slow('a', 60), slow('b', 300), slow('c', 3600, lifted), slow('d', 900, { stream: 'other' as StreamId })]);
	expect([paceIn(measures, stream), paceIn(new Map(), stream)]).toEqual([300, 0]);
});

test('one waits from the own last post on, not from that of others', () => {
	expect(freeAt(60, [post('self', 100), post('other', 150)], [], stream, self)).toBe(160);
});

test('whoever has not posted yet, or posts where nothing is slowed, waits for nothing', () => {
	expect(freeAt(60, [post('other', 150)], [], stream, self)).toBe(0);
	expect(freeAt(0, [post('self', 150)], [], stream, self)).toBe(0);
});

test('a post that can still be taken back counts from when it goes; one that came back does not', () => {
	expect(freeAt(60, [post('self', 100)], [going(200_000)], stream, self)).toBe(260);
	expect(freeAt(60, [post('self', 100)], [going(200_000, 'cancelled')], stream, self)).toBe(160);
});
