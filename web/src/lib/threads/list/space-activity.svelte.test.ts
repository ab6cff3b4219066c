import type { AccountId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { NOTHING_MISSING, type Missing } from '@multaqa/shared/client/pending';
import type { Client, StreamEvent } from '@multaqa/shared/client/types';
import type { Level } from '@multaqa/shared/notebook/content';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EVERYTHING, narrowed, tagsOf } from './listed.ts';
import { UNDO_TIME } from './soon.svelte.ts';
import { SpaceActivity } from './space-activity.svelte.ts';

const space = { id: 'space' as SpaceId, index: 'index'.padEnd(22, 'A') as StreamId };
const streamOf = (name: string) => name.padEnd(22, 'A') as StreamId;

/** An engine with what it was told, its notebook, and what it was asked. */
function engine() {
	const streams = new Map<string, StreamEvent[]>();
	const listeners = new Set<() => void>();
	const marks = new Map<string, number>();
	const levels = new Map<string, Level>();
	const missing = new Map<StreamId, Missing>();
	const declared: number[] = [];
	let position = 0;
	let looks = 0;
	const tell = () => {
		for (const listener of listeners) listener();
	};
	const put = (stream: StreamId, type: string, content: object, author = 'bob', role = 'member') => {
		const id = String(++position).padEnd(43, '0');
		const event = { verified: true, id, stream, type, content, author, role, time: position, waiting: false, position } as never;
		streams.set(stream, [...(streams.get(stream) ?? []), event]);
	};
	const client = {
		status: { account: 'me' as AccountId, phase: 'open' },
		watch: (_topic: string, listener: () => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		events: (_space: SpaceId, stream: StreamId) => {
			looks++;
			return streams.get(stream) ?? NONE;
		},
		backlog: { missing: (_: unknown, stream: StreamId) => missing.get(stream) ?? NOTHING_MISSING },
		reading: {
			markOf: (_space: SpaceId, stream: StreamId) => marks.get(stream) ?? 0,
			levelOf: (stream: StreamId) => levels.get(stream) ?? 'normal',
			readAll: async (_space: SpaceId, until: number) => void declared.push(until),
		},
	} as unknown as Client;
	return {
		client,
		put,
		tell,
		marks,
		levels,
		missing,
		declared,
		open: (name: string, author = 'bob', first = author) => {
			put(space.index, 'thread.open', { stream: streamOf(name), title: name }, author);
			put(streamOf(name), 'post.add', { text: 'x', reply: null }, first);
		},
		post: (name: string, author = 'bob') => put(streamOf(name), 'post.add', { text: 'x', reply: null }, author),
		looks: () => looks,
	};
}
const NONE: StreamEvent[] = [];
const titles = (activity: SpaceActivity) => activity.threads.map(({ thread }) => thread.title);

describe('the list of a space', () => {
	test('begins with what is pinned, then with the thread in which somebody wrote last', () => {
		const { client, open, post, put } = engine();
		for (const name of ['one', 'two', 'three']) open(name);
		post('one');
		put(space.index, 'thread.pin', { stream: streamOf('two'), on: true }, 'bob', 'facilitator');
		expect(titles(new SpaceActivity(client, space))).toEqual(['two', 'one', 'three']);
	});

	test('counts what others wrote and is not read, and nothing of a muted thread', () => {
		const { client, open, post, marks, levels } = engine();
		open('one', 'me');
		post('one');
		open('two');
		open('loud');
		levels.set(streamOf('loud'), 'mute');
		const activity = new SpaceActivity(client, space);
		expect(activity.unread.count).toBe(2);
		marks.set(streamOf('one'), 100);
		expect(activity.unread.count).toBe(1);
	});

	test('keeps the lines of threads in which nothing changed, so that they are not drawn again', () => {
		const { client, open, post, tell } = engine();
		for (const name of ['one', 'two', 'three']) open(name);
		const activity = new SpaceActivity(client, space);
		const seen: (readonly unknown[])[] = [];
		const stop = $effect.root(() => {
			const threads = $derived(activity.threads);
			$effect(() => void seen.push(threads));
		});
		flushSync();
		post('two');
		tell();
		flushSync();
		tell();
		flushSync();
		open('four');
		tell();
		flushSync();
		stop();
		const [before, after, later] = seen;
		expect(seen).toHaveLength(3);
		expect(after?.[1]).toBe(before?.[0]);
		expect(after?.[2]).toBe(before?.[2]);
		expect(after?.[0]).not.toBe(before?.[1]);
		expect(later?.slice(1)).toEqual(after);
		expect(later?.[3]).toBe(after?.[2]);
	});

	test('is narrowed to what is unread, followed, mine or tagged; the open thread stays when reading it changes that', () => {
		const { client, open, put, levels, marks } = engine();
		open('read');
		open('followed');
		open('mine', 'me');
		open('tagged');
		put(space.index, 'thread.tag', { stream: streamOf('tagged'), tags: ['ميزانية', 'جنيف'] });
		put(space.index, 'thread.tag', { stream: streamOf('mine'), tags: ['جنيف'] }, 'me');
		levels.set(streamOf('followed'), 'follow');
		marks.set(streamOf('read'), 100);
		const { threads } = new SpaceActivity(client, space);
		const shown = (show: Partial<typeof EVERYTHING>, opened?: string) =>
			narrowed(threads, { ...EVERYTHING, ...show }, opened && streamOf(opened)).map(({ thread }) => thread.title);
		expect(shown({ show: 'unread' })).toEqual(['tagged', 'followed']);
		expect(shown({ show: 'unread' }, 'read')).toEqual(['tagged', 'followed', 'read']);
		expect(shown({ show: 'followed' })).toEqual(['followed']);
		expect(shown({ show: 'mine' })).toEqual(['mine']);
		expect(shown({ tag: 'جنيف' })).toEqual(['tagged', 'mine']);
		expect(shown({ show: 'unread', tag: 'جنيف' })).toEqual(['tagged']);
		expect(tagsOf(threads)).toEqual(['جنيف', 'ميزانية']);
	});

	test('counts what is told of and not here as the most there can be, and puts its thread where something happened last', () => {
		const { client, open, missing } = engine();
		open('away');
		open('here');
		missing.set(streamOf('away'), { count: 7, here: 0, first: 50, last: 60 });
		const activity = new SpaceActivity(client, space);
		expect(titles(activity)).toEqual(['away', 'here']);
		expect(activity.threads[0]).toMatchObject({ unread: { coming: 7 }, end: 60 });
		expect(activity.unread.count - activity.unread.coming).toBe(2);
	});

	test('of a thousand threads is there, and again after each post', () => {
		const { client, open, post } = engine();
		for (let count = 0; count < 1000; count++) open(`t${count}`);
		const activity = new SpaceActivity(client, space);
		expect(activity.unread.count).toBe(1000);
		for (let count = 0; count < 20; count++) {
			post('t500');
			expect(titles(activity)[0]).toBe('t500');
		}
	});
});

describe('declaring everything read', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	test('shows at once, and is told to the engine when it is not taken back', () => {
		const { client, open, declared } = engine();
		open('one');
		const activity = new SpaceActivity(client, space);
		activity.readAll();
		expect([activity.unread.count, activity.mayUndo, declared]).toEqual([0, true, []]);
		vi.advanceTimersByTime(UNDO_TIME);
		expect([activity.unread.count, activity.mayUndo, declared]).toEqual([0, false, [2]]);
	});

	test('is undone without a trace', () => {
		const { client, open, declared } = engine();
		open('one');
		const activity = new SpaceActivity(client, space);
		activity.readAll();
		activity.undo();
		vi.advanceTimersByTime(UNDO_TIME * 2);
		expect([activity.unread.count, declared]).toEqual([1, []]);
	});

	test('does not reach what arrives while it can be taken back', () => {
		const { client, open, post, declared } = engine();
		open('one');
		const activity = new SpaceActivity(client, space);
		activity.readAll();
		post('one');
		expect(activity.unread.count).toBe(1);
		activity.settle();
		expect([activity.unread.count, declared]).toEqual([1, [2]]);
	});

	test('that cannot be kept is not pretended', async () => {
		const { client, open } = engine();
		open('one');
		const activity = new SpaceActivity(client, space);
		client.reading.readAll = () => Promise.reject(new Error('full'));
		activity.readAll();
		activity.settle();
		await vi.advanceTimersByTimeAsync(1);
		expect(activity.unread.count).toBe(1);
	});
});
