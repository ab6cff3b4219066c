import { readNotebook } from '@multaqa/db/notebooks';
import { notebooks } from '@multaqa/shared/api/index';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { emptyNotebook, encodeNotebook } from '@multaqa/shared/notebook/content';
import { unreadAfter } from '@multaqa/shared/threads/unread';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';
import { createLiar } from './testing/liar.ts';

let forum: TestForum;
let bob: Person;
beforeEach(async () => {
	forum = await startForum();
	bob = await forum.join('باسل');
});
afterEach(() => forum.stop());

type Reader = Pick<Person, 'client'>;
const unread = ({ client }: Reader, stream: StreamId) =>
	unreadAfter(client.events(forum.space.id, stream), client.reading.markOf(forum.space.id, stream), client.status.account!).count;
const seen = ({ client }: Reader, stream: StreamId, count: number) =>
	until('the posts are here', () => client.events(forum.space.id, stream).length === count);
const readAll = ({ client }: Reader, stream: StreamId) =>
	client.reading.read(forum.space.id, stream, client.events(forum.space.id, stream).at(-1)!.position);
const write = async (stream: StreamId, ...texts: string[]) => {
	for (const text of texts) await forum.alice.client.append(forum.space.id, stream, 'post.add', { text, reply: null });
	await sent(forum.alice);
};

async function secondDevice({ client }: Reader, send?: ReturnType<typeof createLiar>['send']): Promise<Reader> {
	const other = { client: await openHeadless(headless(forum.server.url, send ? { send } : {})) };
	await other.client.enrol({ from: { code: client.recoverySheet().code }, secret: secretOf('second') });
	return other;
}

describe('how far somebody has read', () => {
	test('is the same on two devices, and counts only what others wrote', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'واحد');
		await write(stream, 'اثنان', 'ثلاثة');
		await seen(bob, stream, 3);
		const phone = await secondDevice(bob);
		await seen(phone, stream, 3);
		expect([unread(bob, stream), unread(phone, stream)]).toEqual([3, 3]);
		await readAll(bob, stream);
		expect(unread(bob, stream)).toBe(0);
		bob.client.lock();
		await until('the phone has heard', () => unread(phone, stream) === 0);
		await phone.client.append(forum.space.id, stream, 'post.add', { text: 'جوابي', reply: null });
		await write(stream, 'أربعة');
		await seen(phone, stream, 5);
		expect(unread(phone, stream)).toBe(1);
		await phone.client.close();
	});

	test('survives a reload, and what was read without a line is sent when it is back', async () => {
		let online = true;
		const send: typeof fetch = async (input, init) => {
			if (!online) throw new TypeError('no line');
			return fetch(input, init);
		};
		const phone = headless(forum.server.url, { send });
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'واحد');
		await seen(bob, stream, 1);
		const first = { client: await openHeadless(phone) };
		await first.client.enrol({ from: { code: bob.client.recoverySheet().code }, secret: secretOf('second') });
		await seen(first, stream, 1);
		online = false;
		await readAll(first, stream);
		first.client.lock();
		const again = { client: await openHeadless(phone) };
		online = true;
		await again.client.signIn(secretOf('second'));
		expect(unread(again, stream)).toBe(0);
		await until('the other device knows', () => unread(bob, stream) === 0);
		await again.client.close();
	});

	test('begins, for a newcomer, where they came', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'قديم', 'قبل');
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		const carol = await forum.join('كارول');
		await seen(carol, stream, 1);
		await until('the beginning is known', () => unread(carol, stream) === 0);
		await write(stream, 'بعد');
		await seen(carol, stream, 2);
		expect(unread(carol, stream)).toBe(1);
	});

	test('is never less than before, whatever old state the server replays or invents', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'واحد');
		await seen(bob, stream, 1);
		const liar = createLiar();
		const phone = await secondDevice(bob, liar.send);
		await seen(phone, stream, 1);
		let old: unknown;
		liar.about(notebooks.read, (answer) => (old ??= answer) as typeof answer);
		await readAll(phone, stream);
		phone.client.lock();
		await phone.client.signIn(secretOf('second'));
		expect(unread(phone, stream)).toBe(0);
		liar.about(notebooks.read, (answer) => ({ ...answer, version: 99, blob: encodeNotebook(emptyNotebook) }));
		await phone.client.refresh(forum.space.id);
		phone.client.lock();
		await phone.client.signIn(secretOf('second'));
		expect(unread(phone, stream)).toBe(0);
		await phone.client.close();
	});
});

describe('how loud a thread is', () => {
	test('is the same on two devices; a level that there is not is refused, and the old one stays', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'واحد');
		await seen(bob, stream, 1);
		const phone = await secondDevice(bob);
		await bob.client.reading.setLevel(stream, 'mute');
		await expect(bob.client.reading.setLevel(stream, 'shout' as 'mute')).rejects.toMatchObject({ code: 'malformed' });
		expect(bob.client.reading.levelOf(stream)).toBe('mute');
		bob.client.lock();
		await until('the phone has heard', () => phone.client.reading.levelOf(stream) === 'mute');
		await phone.client.close();
	});
});

describe('everything of a space', () => {
	test('is read up to where it was declared, and no further', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'واحد');
		await write(stream, 'اثنان', 'ثلاثة');
		await seen(bob, stream, 3);
		const [, second] = bob.client.events(forum.space.id, stream);
		await bob.client.reading.readAll(forum.space.id, second!.position);
		expect(unread(bob, stream)).toBe(1);
		await bob.client.reading.readAll(forum.space.id);
		expect(unread(bob, stream)).toBe(0);
	});
});

describe('what the server holds of it', () => {
	test('neither names a space or thread nor tells how many were read', async () => {
		const threads = [];
		for (const title of ['أ', 'ب', 'ج']) threads.push(await openThread(forum.alice, forum.space, title, 'نص'));
		for (const { stream } of threads) await seen(bob, stream, 1);
		const account = bob.client.status.account!;
		const kept = async () => {
			bob.client.lock();
			await new Promise((resolve) => setTimeout(resolve, 200));
			const row = await readNotebook(forum.server.context.db, account);
			await bob.client.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
			return row!;
		};
		await readAll(bob, threads[0]!.stream);
		const one = await kept();
		await readAll(bob, threads[1]!.stream);
		await readAll(bob, threads[2]!.stream);
		const three = await kept();
		expect(three.version).toBeGreaterThan(one.version);
		expect(three.blob.length).toBe(one.blob.length);
		const text = Buffer.from(three.blob).toString('latin1');
		for (const hidden of [forum.space.id, ...threads.map(({ stream }) => stream)]) expect(text).not.toContain(hidden);
	});
});
