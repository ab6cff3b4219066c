import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { PIECE } from '@multaqa/shared/client/kept-outline';
import { MemoryStore } from '@multaqa/shared/client/memory-store';
import { NOTHING_MISSING } from '@multaqa/shared/client/pending';
import { BUCKETS, type Store } from '@multaqa/shared/client/ports';
import type { Client } from '@multaqa/shared/client/types';
import { postsOf } from '@multaqa/shared/threads/posts';
import { openThread, PASSPHRASE, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';

/** More than a piece of the outline, so that a visit begins with names instead of texts. */
const MANY = PIECE + 100;
const IN_OLD = MANY - MANY / 4;
const PATIENCE = 60_000;

let forum: TestForum;
/** What Bob's device kept when he left: more than a thousand posts, all of them read but the last. */
let left: Store;
let store: Store;
let bob: Client;
let hasLine: boolean;
let old: StreamId;
let fresh: StreamId;

const send: typeof fetch = async (...asked) => {
	if (!hasLine) throw new TypeError('no line');
	return await fetch(...asked);
};

beforeAll(async () => {
	hasLine = true;
	forum = await startForum();
	const person = await forum.join('باسل', { send });
	await sent(person);
	await person.client.close();
	old = (await openThread(forum.alice, forum.space, 'قديم', 'أول')).stream;
	fresh = (await openThread(forum.alice, forum.space, 'جديد', 'أول')).stream;
	for (let count = 0; count < MANY; count++) await say(forum.alice.client, count % 4 === 0 ? fresh : old, `رقم ${count}`);
	await arrived(forum.alice);
	const client = await openHeadless(person.device);
	await client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	await until('Bob has it all', () => texts(client, old).length + texts(client, fresh).length === MANY + 2, PATIENCE);
	await client.reading.readAll(forum.space.id);
	await say(forum.alice.client, fresh, 'غير مقروء');
	await until('Bob has the last', () => texts(client, fresh).at(-1) === 'غير مقروء', PATIENCE);
	await client.close();
	left = person.device.store;
}, PATIENCE);
afterEach(() => bob.close());
afterAll(() => forum.stop());

const arrived = ({ client }: Person) => until('everything is sent', () => client.status.waiting === 0, PATIENCE);
const say = (client: Client, stream: StreamId, text: string): Promise<Hash> =>
	client.append(forum.space.id, stream, 'post.add', { text, reply: null });
const texts = (client: Client, stream: StreamId) =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const here = (client: Client, stream: StreamId) => client.backlog.missing(forum.space.id, stream).here;
const isAwake = (client: Client) => here(client, old) === 0 && here(client, fresh) === 0;
const atRest = (client: Client) => until('nothing is under way', () => isAwake(client) && client.status.synchronising === null, PATIENCE);
const keptOf = async (stream: StreamId) =>
	(await store.list<{ stream: StreamId; envelope: Uint8Array }>('events', `${forum.space.id}/`)).filter(
		({ value }) => value.stream === stream,
	);

/** Bob's device as he left it. */
async function asLeft(): Promise<void> {
	hasLine = true;
	store = new MemoryStore();
	for (const bucket of BUCKETS) await store.write((await left.list(bucket, '')).map(({ key, value }) => ({ bucket, key, value })));
}

/** Bob comes back. `atFirst`: the moment when the forum can be read. */
async function back(atFirst: (client: Client) => void = () => undefined): Promise<Client> {
	bob = await openHeadless(headless(forum.server.url, { store, send }));
	await bob.signIn({ kind: 'passphrase', passphrase: PASSPHRASE }, undefined, () => atFirst(bob));
	return bob;
}

test('what is unread is open when the forum can be read; whatever else lies on the device follows by itself', async () => {
	await asLeft();
	let seen: readonly number[] = [];
	await back((client) => {
		const mark = client.reading.markOf(forum.space.id, fresh);
		const unread = client.events(forum.space.id, fresh).filter(({ position }) => position > mark);
		seen = [unread.length, here(client, fresh), texts(client, old).length, here(client, old)];
	});
	expect(seen).toEqual([1, 0, 0, IN_OLD + 1]);
	await atRest(bob);
	expect(texts(bob, old)).toHaveLength(IN_OLD + 1);
	expect(texts(bob, old).at(-1)).toBe(`رقم ${MANY - 1}`);
	expect(bob.findings).toEqual([]);
});

test('nothing in a thread that sleeps counts as unread, and its place in the list is the one it had', async () => {
	await asLeft();
	let missing = NOTHING_MISSING;
	await back((client) => (missing = client.backlog.missing(forum.space.id, old, client.reading.markOf(forum.space.id, old))));
	await atRest(bob);
	expect(missing).toMatchObject({ count: 0, here: 0, last: bob.events(forum.space.id, old).at(-1)?.position });
});

test('who writes in a thread that sleeps goes on where they were, and it is opened before the others', async () => {
	await asLeft();
	let said: Promise<Hash> | null = null;
	await back((client) => (said = say(client, old, 'من باسل')));
	await said;
	expect(texts(bob, old).slice(-2)).toEqual([`رقم ${MANY - 1}`, 'من باسل']);
	await until('it is sent', () => bob.status.waiting === 0, PATIENCE);
	await until('Alice has it', () => texts(forum.alice.client, old).at(-1) === 'من باسل', PATIENCE);
	expect(bob.findings).toEqual([]);
});

test('search says that it has not come to its end before everything is open', async () => {
	await asLeft();
	await back((client) => client.search.begin());
	await until('search is through', () => bob.search.progress === null, PATIENCE);
	expect(isAwake(bob)).toBe(true);
	expect(bob.search.find({ text: `"رقم ${MANY - 1}"`, order: 'newest', most: 10 })).toMatchObject({ state: 'found', total: 1 });
});

test('what was taken away or put elsewhere on the device is never shown, and fetched again at the next visit', async () => {
	await asLeft();
	await (await back()).close();
	const kept = await keptOf(old);
	const [missing, changed] = [kept[300]!, kept[400]!];
	await store.write([
		{ bucket: 'events', key: missing.key, value: undefined },
		{ bucket: 'events', key: changed.key, value: kept[401]!.value },
	]);
	await back();
	await until('what is there before it is open', () => texts(bob, old).length === 300, PATIENCE);
	await until('the other one is open', () => here(bob, fresh) === 0, PATIENCE);
	expect(texts(bob, old)).toHaveLength(300);
	expect(bob.backlog.total).toBeGreaterThan(0);
	await bob.close();
	await back();
	await until('everything is here', () => texts(bob, old).length > IN_OLD && bob.backlog.total === 0, PATIENCE);
	expect(new Set(texts(bob, old)).size).toBe(texts(bob, old).length);
});

test('who changes the names of what lies here only makes the next visit look at everything', async () => {
	await asLeft();
	await (await back()).close();
	const [piece] = await store.list<Uint8Array>('notes', `outline/${forum.space.id}/`);
	await store.write([{ bucket: 'notes', key: piece!.key, value: piece!.value.map((byte, place) => (place === 40 ? byte ^ 1 : byte)) }]);
	await back();
	await atRest(bob);
	expect(texts(bob, old).length).toBeGreaterThanOrEqual(IN_OLD + 1);
	expect(bob.findings).toEqual([]);
});
