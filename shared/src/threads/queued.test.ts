import { expect, test } from 'vitest';
import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import type { VerifiedEvent } from '../client/types.ts';
import { queuedCount, queuedIn } from './queued.ts';

const space = 'S'.repeat(43) as SpaceId;
const index = 'I'.repeat(22) as StreamId;
const stream = 'T'.repeat(22) as StreamId;
const post = 'P'.repeat(43);
let count = 0;
const waits = (type: string, content: Cbor, of = stream) => ({
	space,
	event: { verified: true, id: `${++count}` as Hash, stream: of, type, content } as unknown as VerifiedEvent,
});

test('what waits is counted as its author would: a discussion that was opened is one post, marks are no posts', () => {
	const queued = queuedIn([
		waits('thread.open', { stream, title: 'عنوان' }, index),
		waits('post.add', { text: 'أول', reply: null }),
		waits('post.add', { text: 'ثانٍ', reply: null }),
		waits('post.edit', { post, text: 'أول، مصححًا' }),
		waits('post.react', { post, emoji: '🙏', on: true }),
		waits('attest', { position: 3 }, index),
		waits('profile.set', { name: 'لينا' }, index),
	]);
	expect(queued).toMatchObject([{ space, stream, posts: 2, changes: 1, reactions: 1, text: 'أول' }]);
	expect(queuedCount(queued)).toEqual({ posts: 2, changes: 1, reactions: 1 });
});

test('what was said about a thread waits with the thread, and every thread by itself', () => {
	const other = 'U'.repeat(22) as StreamId;
	const queued = queuedIn([waits('thread.tag', { stream: other, tags: [] }, index), waits('post.delete', { post })]);
	expect(queued.map((one) => [one.stream, one.changes, one.text])).toEqual([
		[other, 1, null],
		[stream, 1, null],
	]);
});
