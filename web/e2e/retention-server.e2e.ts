import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openThread, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';

/** What SECURITY.md says of words that have disappeared: what stays on the server, who gets it, and who notices if not. */
const DAY = 24 * 60 * 60 * 1000;
let ahead = 0;
const now = () => Date.now() + ahead;
let forum: TestForum;
let stream: StreamId;

/** A thread in which a word has had its week, and another one has not. */
beforeEach(async () => {
	ahead = 0;
	forum = await startForum(now);
	await forum.alice.client.retention.setSpace(forum.space.id, 7);
	({ stream } = await openThread(forum.alice, forum.space, 'موضوع', 'الأول'));
	await sent(forum.alice);
	before = await events();
	ahead = 8 * DAY;
	await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: 'الثاني', reply: null });
	await sent(forum.alice);
	await forum.alice.client.retention.setOwn(null);
	expect(shown(forum.alice)).toEqual(['الثاني']);
});
afterEach(() => forum.stop());

type Row = Awaited<ReturnType<typeof events>>[number];
let before: readonly Row[];
const events = () =>
	forum.server.context.db.selectFrom('events').select(['position', 'envelope']).where('stream', '=', stream).orderBy('position').execute();
const shown = ({ client }: Person): string[] =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const found = ({ client }: Person) => client.findings.map(({ kind }) => kind);

/** Somebody who joins now and reads the thread. */
async function newcomer(name: string): Promise<Person> {
	const person = await forum.join(name, { now });
	await until('the newcomer has everything', () => person.client.events(forum.space.id, stream).length > 0);
	return person;
}

test('the server keeps the sealed word; a newcomer checks the others by it and is shown nothing of it', async () => {
	expect((await events()).slice(0, before.length)).toEqual(before);
	const salma = await newcomer('سلمى');
	expect(shown(salma)).toEqual(['الثاني']);
	expect(found(salma)).toEqual([]);
	const kept = await salma.device.store.list<{ stream: StreamId }>('events', `${forum.space.id}/`);
	expect(kept.filter(({ value }) => value.stream === stream && 'envelope' in value)).toHaveLength(1);
});

test('a server that puts nothing in place of a sealed word, or drops its row, is found out by whoever comes later', async () => {
	const { db } = forum.server.context;
	const [{ position }] = before as [Row];
	const at = db.updateTable('events').where('stream', '=', stream).where('position', '=', position);
	for (const size of [0, 600]) {
		await at.set({ envelope: encodeCbor([1, 1, new Uint8Array(size)]) }).execute();
		const late = await newcomer(`بعد ${size}`);
		expect(found(late)).toContain('event-refused');
		expect(shown(late)).toContain('unverified');
	}
	await db.deleteFrom('events').where('stream', '=', stream).where('position', '=', position).execute();
	expect(found(await newcomer('زياد'))).toContain('event-refused');
	// Whoever saw it in its time goes on undisturbed.
	expect(found(forum.alice)).toEqual([]);
	expect(shown(forum.alice)).toEqual(['الثاني']);
});
