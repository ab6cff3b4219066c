import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { spaces } from '@multaqa/shared/api/index';
import type { AnnouncedEvents, StoredEvent } from '@multaqa/shared/api/log';
import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { moderationStreamOf } from '@multaqa/shared/log/derived-streams';
import { postsOf } from '@multaqa/shared/threads/posts';
import { openThread, PASSPHRASE, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openHeadless } from './testing/headless.ts';
import { createLiar, flipped, type Liar } from './testing/liar.ts';

/** So much was written in the busy thread meanwhile: more than is sent without being asked for. */
const MANY = 60;
const LONG = 'كلمة '.repeat(300);

let forum: TestForum;
let liar: Liar;
let bob: Person;
let saving: boolean;
/** What Bob's device asked for, stream by stream; while it is cut off, nothing of it arrives. */
let asked: string[];
let cutOff: boolean;
let busy: StreamId;
let quiet: StreamId;

const watched: typeof fetch = async (input, init) => {
	const path = new URL(String(input)).pathname;
	if (path.endsWith('/events') && !path.includes('/streams/')) {
		if (cutOff) throw new TypeError('no line');
		asked.push(path);
	}
	return liar.send(input, init);
};

/** Bob has seen both threads and goes away; Alice goes on writing. */
beforeEach(async () => {
	[saving, cutOff, asked, liar] = [true, false, [], createLiar()];
	forum = await startForum();
	bob = await forum.join('باسل', { send: watched, savesData: () => saving });
	busy = (await openThread(forum.alice, forum.space, 'كثير', 'أول')).stream;
	quiet = (await openThread(forum.alice, forum.space, 'قليل', 'أول')).stream;
	await sent(forum.alice);
	await until('Bob has both', () => texts(bob.client, busy).length === 1 && texts(bob.client, quiet).length === 1);
	await bob.client.append(forum.space.id, busy, 'post.add', { text: 'من باسل', reply: null });
	await sent(bob);
	await bob.client.reading.readAll(forum.space.id);
	await bob.client.close();
	for (let count = 0; count < MANY; count++) await say(busy, `${count} ${LONG}`);
	for (const text of ['ثان', 'ثالث']) await say(quiet, text);
	await sent(forum.alice);
});
afterEach(() => forum.stop());

const say = (stream: StreamId, text: string): Promise<Hash> =>
	forum.alice.client.append(forum.space.id, stream, 'post.add', { text, reply: null });
const texts = (client: Client, stream: StreamId) =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const missing = (client: Client, stream: StreamId, mark = 0) => client.backlog.missing(forum.space.id, stream, mark).count;
const silenced = (client: Client, account: string) =>
	client.spaces[0]?.members.find((member) => member.account === account)?.silencedUntil !== null;
const found = (client: Client) => client.findings.map(({ kind, code, rule }) => rule ?? `${kind}:${code}`);

async function back(): Promise<Client> {
	const client = await openHeadless(bob.device);
	await client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	bob = { ...bob, client };
	// What lies on the device is opened in spare moments.
	await until('what lies here is open', () => [busy, quiet].every((stream) => client.backlog.missing(forum.space.id, stream).here === 0));
	return client;
}

describe('after a long absence', () => {
	test('one knows what there is before it is here; saving data, only what is opened is fetched', async () => {
		const client = await back();
		expect([missing(client, busy), missing(client, quiet)]).toEqual([MANY, 2]);
		expect(texts(client, quiet)).toEqual(['أول']);
		expect(asked).toEqual([]);
		client.backlog.want(forum.space.id, quiet);
		await until('the opened thread is here', () => missing(client, quiet) === 0);
		expect(texts(client, quiet)).toEqual(['أول', 'ثان', 'ثالث']);
		expect([missing(client, busy), asked.length]).toEqual([MANY, 1]);
		client.backlog.want(forum.space.id, busy);
		await until('the long one too, in portions', () => client.backlog.total === 0);
		expect(texts(client, busy)).toHaveLength(MANY + 2);
		expect(asked.length).toBeGreaterThan(2);
		expect(found(client)).toEqual([]);
	});

	test('without saving data the rest follows by itself', async () => {
		saving = false;
		const client = await back();
		await until('everything is here', () => client.backlog.total === 0);
		expect([texts(client, busy).length, texts(client, quiet).length]).toEqual([MANY + 2, 3]);
		await until('nothing is said to be under way', () => client.status.synchronising === null);
		expect(found(client)).toEqual([]);
	});

	test('what is only told of when one asks again follows by itself too', async () => {
		const { client } = await forum.arrive({ deaf: true });
		await client.enrol({ from: { code: forum.alice.client.recoverySheet().code }, secret: secretOf('deaf') });
		await until('everything is here', () => client.backlog.total === 0 && texts(client, busy).length === MANY + 2);
		for (let count = 0; count < MANY; count++) await say(busy, `${count} ${LONG}`);
		await sent(forum.alice);
		await client.refresh(forum.space.id);
		await until('the new posts too', () => client.backlog.total === 0 && texts(client, busy).length === 2 * MANY + 2);
	});

	test('what was told of is still known without a line and after a reload, and comes with the line', async () => {
		cutOff = true;
		saving = false;
		const first = await back();
		await until('the line is seen to be bad', () => first.status.connection === 'offline');
		expect([missing(first, busy), missing(first, quiet)]).toEqual([MANY, 2]);
		await first.close();
		const again = await back();
		expect([missing(again, busy), missing(again, quiet)]).toEqual([MANY, 2]);
		cutOff = false;
		await again.refresh(forum.space.id);
		again.backlog.want(forum.space.id, busy);
		await until('everything is here', () => again.backlog.total === 0);
		expect(texts(again, busy)).toHaveLength(MANY + 2);
		await again.close();
		asked = [];
		const later = await back();
		expect([texts(later, busy).length, later.backlog.total, asked.length]).toEqual([MANY + 2, 0, 0]);
		expect(found(later)).toEqual([]);
	});

	test('what is written meanwhile waits for what stands before it, and other threads do not', async () => {
		const client = await back();
		await say(busy, 'الأحدث');
		await say(forum.space.index, 'بلا أثر').catch(() => undefined);
		await until('it is told', () => missing(client, busy) === MANY + 1);
		expect(texts(client, busy)).toEqual(['أول', 'من باسل']);
		const other = (await openThread(forum.alice, forum.space, 'جديد', 'هنا')).stream;
		await until('another thread is read at once', () => texts(client, other).length === 1);
		client.backlog.want(forum.space.id, busy);
		await until('all of it is here', () => missing(client, busy) === 0);
		expect(texts(client, busy).at(-1)).toBe('الأحدث');
		expect(found(client)).toEqual([]);
	});

	test('one answers before everything is here, and everybody reads both', async () => {
		const client = await back();
		await client.append(forum.space.id, busy, 'post.add', { text: 'قبل أن يصل الباقي', reply: null });
		await sent(bob);
		await until('Alice reads it', () => texts(forum.alice.client, busy).includes('قبل أن يصل الباقي'));
		client.backlog.want(forum.space.id, busy);
		await until('all of it is here', () => missing(client, busy) === 0);
		expect(texts(client, busy)).toHaveLength(MANY + 3);
		expect([...found(client), ...found(forum.alice.client)]).toEqual([]);
	});

	test('what is read elsewhere does not count what is not here, and what is not here stays unread', async () => {
		const client = await back();
		const { space } = forum;
		client.backlog.want(space.id, quiet);
		await until('the quiet thread is here', () => missing(client, quiet) === 0);
		await client.reading.read(space.id, quiet, client.events(space.id, quiet).at(-1)?.position ?? 0);
		expect(missing(client, busy, client.reading.markOf(space.id, busy))).toBe(MANY);
		await client.reading.readAll(space.id);
		expect(missing(client, busy, client.reading.markOf(space.id, busy))).toBe(0);
		expect(missing(client, busy)).toBe(MANY);
	});

	test('a decision about a post that is not here is understood all the same: what it needs is fetched unasked', async () => {
		const carol = await forum.join('كارول');
		const post = await carol.client.append(forum.space.id, busy, 'post.add', { text: 'إهانة', reply: null });
		await sent(carol);
		await until('Alice reads it', () => texts(forum.alice.client, busy).includes('إهانة'));
		const said = { stream: busy, post, days: 1, reason: 'إساءة' };
		await forum.alice.client.append(forum.space.id, moderationStreamOf(forum.space.id), 'moderation.silence', said);
		await sent(forum.alice);
		const client = await back();
		const account = carol.client.status.account!;
		await until('Carol is known to be silenced', () => silenced(client, account));
		expect(missing(client, quiet)).toBe(2);
		expect(found(client)).toEqual([]);
	});

	test('for a newcomer, what was written before counts as read', async () => {
		const carol = await forum.join('كارول', { savesData: () => true });
		await until('Carol has looked', () => missing(carol.client, busy) > 0);
		await until('it counts as read', () => missing(carol.client, busy, carol.client.reading.markOf(forum.space.id, busy)) === 0);
		await say(quiet, 'بعد مجيئها');
		await until(
			'what comes then does not',
			() => carol.client.backlog.missing(forum.space.id, quiet, carol.client.reading.markOf(forum.space.id, quiet)).count === 1,
		);
	});
});

describe('a device that lost what it wrote itself', () => {
	beforeEach(async () => bob.device.store.clear('events'));

	test('fetches that before it writes on, and contradicts itself nowhere', async () => {
		const client = await back();
		expect(texts(client, busy)).toEqual([]);
		await client.append(forum.space.id, busy, 'post.add', { text: 'تتمة', reply: null });
		await sent(bob);
		await until('Alice reads both', () => texts(forum.alice.client, busy).includes('تتمة'));
		expect(texts(client, busy).slice(0, 2)).toEqual(['أول', 'من باسل']);
		expect([...found(client), ...found(forum.alice.client)]).toEqual([]);
	});

	test('writes nothing while it cannot', async () => {
		cutOff = true;
		const client = await back();
		await expect(client.append(forum.space.id, busy, 'post.add', { text: 'تتمة', reply: null })).rejects.toMatchObject({ code: 'offline' });
		expect(client.status.waiting).toBe(0);
	});
});

describe('a server that', () => {
	const lieAboutEnvelopes = (lie: (events: StoredEvent[]) => StoredEvent[]) =>
		liar.about(spaces.read, (answer) => ({ ...answer, events: lie(answer.events) }));
	const lieAboutNames = (lie: (group: AnnouncedEvents) => AnnouncedEvents) =>
		liar.about(spaces.sync, (answer) => ({ ...answer, announced: answer.announced.map(lie) }));

	test.each([
		['sends nothing of what it told', () => lieAboutEnvelopes(() => [])],
		[
			'sends something else under the same name',
			() => lieAboutEnvelopes((events) => events.map((event) => ({ ...event, envelope: flipped(event.envelope) as never }))),
		],
		['leaves out the first', () => lieAboutEnvelopes((events) => events.slice(1))],
		['tells of another place', () => lieAboutEnvelopes((events) => events.map((event) => ({ ...event, position: event.position + 1 })))],
	])('%s shows nothing by it, is not asked without end, and is found out', async (_, lie) => {
		lie();
		const client = await back();
		client.backlog.want(forum.space.id, quiet);
		await until('it is found out', () => found(client).includes('announced-is-served'));
		expect(texts(client, quiet)).toEqual(['أول']);
		client.backlog.want(forum.space.id, quiet);
		expect(asked.length).toBeLessThan(3);
	});

	test('tells of a key under which a post is not sealed is found out by the post', async () => {
		lieAboutNames((group) => ({ ...group, generation: group.generation + 1 }));
		const client = await back();
		client.backlog.want(forum.space.id, quiet);
		await until('the posts came', () => missing(client, quiet) === 0);
		expect(found(client)).toContain('event-is-as-told');
		expect(texts(client, quiet)).toEqual(['أول', 'unverified', 'unverified']);
	});

	test('tells of the same post in two threads is found out at once', async () => {
		lieAboutNames((group) =>
			group.stream === quiet
				? { ...group, events: group.events.map(([place, id], at) => (at === 1 ? [place, group.events[0]![1]] : [place, id])) }
				: group,
		);
		const client = await back();
		expect(found(client)).toContain('event-comes-once');
	});
});
