import type { AccountId, DeviceId, Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, Said, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Threads } from './threads.svelte.ts';

const OVERRIDE = String.fromCodePoint(0x202e);
const POP = String.fromCodePoint(0x202c);
const space = { id: 'space' as SpaceId, index: 'index' as StreamId } as SpaceView;

/** An engine that says at once what it should hold, and tells whoever watches. */
function engine() {
	const streams = new Map<string, readonly StreamEvent[]>();
	const listeners = new Set<() => void>();
	let count = 0;
	const put = (stream: string, event: StreamEvent) => {
		streams.set(stream, [...(streams.get(stream) ?? []), event]);
		for (const listener of listeners) listener();
	};
	const client = {
		watch: (_topic: string, listener: () => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		events: (_space: SpaceId, stream: StreamId) => streams.get(stream) ?? [],
		newStream: () => `stream-${++count}-padded-xx`.slice(0, 22).padEnd(22, 'x') as StreamId,
		held: {
			hold: async (_space: SpaceId, said: readonly Said[]) => {
				for (const { stream, type, content } of said) {
					put(stream, {
						verified: true,
						id: String(++count).padEnd(43, '0') as Hash,
						stream,
						generation: 1,
						type,
						content,
						voice: 'person',
						author: 'me' as AccountId,
						role: 'member',
						directory: 0,
						parents: [],
						device: 'd' as DeviceId,
						time: count,
						waiting: true,
						position: Infinity,
					});
				}
				return String(count).padEnd(43, '0');
			},
		},
	} as unknown as Client;
	return { client, put };
}

test('a new discussion stands first in the list and holds its first post', async () => {
	const { client } = engine();
	const threads = new Threads(client, space);
	await threads.open('الأول', 'نص');
	const stream = await threads.open('الثاني', 'نص آخر');
	expect(threads.list.map((thread) => thread.title)).toEqual(['الثاني', 'الأول']);
	expect(threads.posts(stream).shown.map(({ item }) => item.kind === 'post' && item.text)).toEqual(['نص آخر']);
});

test('a new discussion goes out with its tags, and none of them is said without it', async () => {
	const { client } = engine();
	const threads = new Threads(client, space);
	const stream = await threads.open('بوسوم', 'نص', ['ميزانية']);
	expect(threads.find(stream)?.tags).toEqual(['ميزانية']);
	await expect(threads.open('بوسم طويل', 'نص', ['و'.repeat(41)])).rejects.toMatchObject({ code: 'text-too-long' });
	expect(threads.list).toHaveLength(1);
});

test('characters that turn the reading direction never reach the log', async () => {
	const { client } = engine();
	const threads = new Threads(client, space);
	const stream = await threads.open(`ti${OVERRIDE}tle`, `bo${POP}dy`);
	expect(threads.find(stream)?.title).toBe('title');
	await threads.posts(stream).reply(`user${OVERRIDE}txt.exe`, null);
	expect(threads.posts(stream).shown.map(({ item }) => item.kind === 'post' && item.text)).toEqual(['body', 'usertxt.exe']);
});

test('an empty post, one of spaces, and one of hidden characters only are refused', async () => {
	const posts = new Threads(engine().client, space).posts('s' as StreamId);
	for (const text of ['', ' \n\t', `${OVERRIDE}${POP}`])
		await expect(posts.reply(text, null)).rejects.toMatchObject({ code: 'text-empty' });
});

test('a post of 20,001 characters is refused with the count, one of 20,000 is not', async () => {
	const posts = new Threads(engine().client, space).posts('s' as StreamId);
	await expect(posts.reply('ش'.repeat(20_001), null)).rejects.toMatchObject({
		code: 'text-too-long',
		detail: { limit: 20_000, actual: 20_001 },
	});
	await expect(posts.reply('ش'.repeat(20_000), null)).resolves.toBeTruthy();
});

test('by branch an answer stands below what it answers, by time at the end', async () => {
	const { client } = engine();
	const posts = new Threads(client, space).posts('s' as StreamId);
	const first = (await posts.reply('first', null)) as Hash;
	await posts.reply('second', null);
	await posts.reply('answer to the first', first);
	const texts = () => posts.shown.map(({ item, depth }) => `${depth}:${item.kind === 'post' ? item.text : ''}`);
	expect(texts()).toEqual(['0:first', '0:second', '0:answer to the first']);
	posts.order = 'branch';
	expect(texts()).toEqual(['0:first', '1:answer to the first', '0:second']);
});

test('a view hears of a post that arrives, and sees no text of one that fails its checks', () => {
	const { client, put } = engine();
	const posts = new Threads(client, space).posts('s' as StreamId);
	const seen: string[][] = [];
	const stop = $effect.root(() => {
		$effect(() => {
			seen.push(posts.shown.map(({ item }) => item.kind));
		});
	});
	flushSync();
	put('s', { verified: false, id: 'e' as never, stream: 's' as StreamId, reason: 'tampered', position: 1 });
	flushSync();
	stop();
	expect(seen).toEqual([[], ['unverified']]);
	expect(posts.shown[0]?.item).not.toHaveProperty('text');
});
