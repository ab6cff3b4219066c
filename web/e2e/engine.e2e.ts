import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { spaces } from '@multaqa/shared/api/index';
import { Problem } from '@multaqa/shared/problem';
import { postsOf } from '@multaqa/shared/threads/posts';
import { threadsOf } from '@multaqa/shared/threads/threads';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';

let forum: TestForum;
let bob: Person;

beforeEach(async () => {
	forum = await startForum();
	bob = await forum.join('باسل');
});
afterEach(() => forum.stop());

const textsSeenBy = ({ client }: Pick<Person, 'client'>, stream: never) =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));

describe('two people', () => {
	test('talk: a post and its answer appear on the other side by themselves', async () => {
		const { stream, post } = await openThread(forum.alice, forum.space, 'أول موضوع', 'مرحبا');
		await until('Bob sees the thread', () => textsSeenBy(bob, stream as never).length === 1);
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'Hello', reply: post });
		await until('Alice sees the answer', () => textsSeenBy(forum.alice, stream as never).length === 2);
		expect(textsSeenBy(forum.alice, stream as never)).toEqual(['مرحبا', 'Hello']);
		expect(threadsOf(bob.client.events(forum.space.id, forum.space.index)).map(({ title }) => title)).toEqual(['أول موضوع']);
		expect([...forum.alice.client.findings, ...bob.client.findings]).toEqual([]);
	});

	test('see each other with name, organisation, role and who vouched', async () => {
		await until('Alice knows Bob', () => forum.alice.client.spaces[0]?.members.length === 2);
		await until('Bob’s name is known', () => forum.alice.client.spaces[0]!.members.some(({ name }) => name === 'باسل'));
		const [member] = forum.alice.client.spaces[0]!.members.filter(({ name }) => name === 'باسل');
		expect(member).toMatchObject({ organisationName: 'منظمة الاختبار', role: 'member', trust: 'vouched', voucherName: 'أليس' });
	});

	test('write at the same time: both histories hold the same posts in the same order', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'معًا', '0');
		await until('Bob sees the thread', () => textsSeenBy(bob, stream as never).length === 1);
		await Promise.all(
			Array.from({ length: 20 }, (_, place) => [
				forum.alice.client.append(forum.space.id, stream, 'post.add', { text: `a${place}`, reply: null }),
				bob.client.append(forum.space.id, stream, 'post.add', { text: `b${place}`, reply: null }),
			]).flat(),
		);
		await Promise.all([sent(forum.alice), sent(bob)]);
		await until(
			'all are seen by both',
			() => textsSeenBy(bob, stream as never).length === 41 && textsSeenBy(forum.alice, stream as never).length === 41,
		);
		expect(textsSeenBy(bob, stream as never)).toEqual(textsSeenBy(forum.alice, stream as never));
		expect([...forum.alice.client.findings, ...bob.client.findings]).toEqual([]);
	});

	test('an observer reads, says who it is, and cannot write', async () => {
		const observer = await forum.join('مراقبة', { role: 'observer' });
		const { stream } = await openThread(forum.alice, forum.space, 'للقراءة', 'نص');
		await until('the observer reads', () => textsSeenBy(observer, stream as never).length === 1);
		await expect(observer.client.append(forum.space.id, stream, 'post.add', { text: 'لا', reply: null })).rejects.toMatchObject({
			code: 'not-allowed',
		});
		await until('the name is known', () =>
			forum.alice.client.spaces[0]!.members.some(({ name, role }) => name === 'مراقبة' && role === 'observer'),
		);
	});
});

describe('an account', () => {
	test('is locked and opened again with its passphrase; a wrong one and a wrong name get the same answer', async () => {
		bob.client.lock();
		expect(bob.client.status.phase).toBe('locked');
		expect(bob.client.spaces).toEqual([]);
		await expect(bob.client.signIn({ kind: 'passphrase', passphrase: 'wrong' })).rejects.toMatchObject({ code: 'sign-in-failed' });
		await expect(bob.client.signIn({ kind: 'passphrase', handle: 'nobody', passphrase: 'wrong' })).rejects.toMatchObject({
			code: 'sign-in-failed',
		});
		await bob.client.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		expect(bob.client.spaces).toHaveLength(1);
	});

	test('comes to a second device with the recovery sheet, and everything is there', async () => {
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'قبل الجهاز الثاني');
		await sent(bob);
		const second = await openHeadless(headless(forum.server.url));
		await second.enrol({ from: { code: bob.client.recoverySheet().code.toLowerCase().replaceAll('-', ' ') }, secret: secretOf('باسل') });
		expect(textsSeenBy({ client: second }, stream as never)).toEqual(['قبل الجهاز الثاني']);
		await second.append(forum.space.id, stream, 'post.add', { text: 'من الجهاز الثاني', reply: null });
		await until('the first device sees it', () => textsSeenBy(bob, stream as never).length === 2);
		expect(bob.client.findings).toEqual([]);
		await second.close();
	});

	test('comes to a second device by a link that works once', async () => {
		const { fragment } = await bob.client.offerEnrolment();
		const second = await openHeadless(headless(forum.server.url));
		await second.enrol({ from: { fragment }, secret: secretOf('باسل') });
		expect(second.spaces).toHaveLength(1);
		const third = await openHeadless(headless(forum.server.url));
		await expect(third.enrol({ from: { fragment }, secret: secretOf('باسل') })).rejects.toMatchObject({ code: 'code-mismatch' });
		await second.close();
	});

	test('a mistyped sheet opens nothing', async () => {
		const second = await openHeadless(headless(forum.server.url));
		const { code } = bob.client.recoverySheet();
		const mistyped = (code.startsWith('A') ? 'B' : 'A') + code.slice(1);
		await expect(second.enrol({ from: { code: mistyped }, secret: secretOf('x') })).rejects.toMatchObject({
			code: expect.stringMatching(/code-mismatch|sign-in-failed/) as string,
		});
		expect(second.status.phase).toBe('new');
	});

	test('a stolen passphrase opens nothing on a device that was never enrolled', async () => {
		const thief = await openHeadless(headless(forum.server.url));
		await expect(
			thief.signIn({ kind: 'passphrase', handle: secretOf('باسل').handle, passphrase: secretOf('باسل').passphrase }),
		).rejects.toMatchObject({ code: 'not-allowed' });
	});

	test('waits for approval with the same six words on both sides, then enters and reads', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		const carol = await forum.join('كارول', { approval: true });
		expect(carol.client.spaces).toEqual([]);
		await until('Alice is asked', () => forum.alice.client.forum?.pending.length === 1);
		const [pending] = forum.alice.client.forum!.pending;
		expect(pending!.words).toEqual(carol.client.forum!.awaiting);
		await forum.alice.client.approve(pending!.account);
		await until('Carol is in', () => carol.client.spaces.length === 1);
		await until('Carol reads', () => textsSeenBy(carol, stream as never).length === 1);
		expect(carol.client.forum!.awaiting).toBeNull();
		expect(carol.client.findings).toEqual([]);
	});
});

describe('a bad line', () => {
	test('posts written offline wait in order, survive a reload, and are sent once', async () => {
		let cut = false;
		const send: typeof fetch = (input, init) => (cut ? Promise.reject(new TypeError('no line')) : fetch(input, init));
		const dana = await forum.join('دانا', { send });
		const { stream } = await openThread(dana, forum.space, 'موضوع', '1');
		await sent(dana);
		cut = true;
		await dana.client.append(forum.space.id, stream, 'post.add', { text: '2', reply: null });
		await dana.client.append(forum.space.id, stream, 'post.add', { text: '3', reply: null });
		expect(textsSeenBy(dana, stream as never)).toEqual(['1', '2', '3']);
		await dana.client.close();
		cut = false;
		const again = await openHeadless(dana.device);
		await again.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		await until('all are sent', () => again.status.waiting === 0);
		await until('Alice sees them', () => textsSeenBy(forum.alice, stream as never).length === 3);
		expect(textsSeenBy(forum.alice, stream as never)).toEqual(['1', '2', '3']);
		expect([...again.findings, ...forum.alice.client.findings]).toEqual([]);
		await again.close();
	});

	test('that was cut for requests only is found to be back, without anybody touching anything', async () => {
		let cut = false;
		const send: typeof fetch = (input, init) => (cut ? Promise.reject(new TypeError('no line')) : fetch(input, init));
		const dana = await forum.join('دانا', { send });
		await sent(dana);
		cut = true;
		await openThread(dana, forum.space, 'موضوع', 'نص');
		await until('the line is known to be lost', () => dana.client.status.connection === 'offline');
		cut = false;
		await until('the line is known to be back', () => dana.client.status.connection === 'online', 10_000);
		expect(dana.client.status.waiting).toBe(0);
	});

	test('an acknowledgement that is lost on the way leads to one post, not two', async () => {
		let losing = false;
		const send: typeof fetch = async (input, init) => {
			const response = await fetch(input, init);
			if (!losing || !String(input).endsWith('/events')) return response;
			losing = false;
			throw new TypeError('lost');
		};
		const dana = await forum.join('دانا', { send });
		await sent(dana);
		losing = true;
		const { stream } = await openThread(dana, forum.space, 'موضوع', 'مرة واحدة');
		await until('all are sent', () => dana.client.status.waiting === 0, 10_000);
		await until('Alice sees it', () => textsSeenBy(forum.alice, stream as never).length > 0);
		expect(textsSeenBy(forum.alice, stream as never)).toEqual(['مرة واحدة']);
	});

	test('a joiner whose answer is lost on the way has the account all the same', async () => {
		const fragment = await forum.invitation();
		let losing = true;
		const send: typeof fetch = async (input, init) => {
			const response = await fetch(input, init);
			if (!losing || !String(input).endsWith('/api/accounts')) return response;
			losing = false;
			throw new TypeError('lost');
		};
		const client = await openHeadless(headless(forum.server.url, { send }));
		const sheet = await client.join({ fragment, person: 'دانا', secret: secretOf('dana') });
		expect(client.spaces).toHaveLength(1);
		expect(sheet.code).toHaveLength(39);
		await client.close();
	});

	test('a joiner whose line breaks just then goes on with the same secret, or after a restart', async () => {
		const fragment = await forum.invitation();
		let cut = false;
		const send: typeof fetch = async (input, init) => {
			if (cut) throw new TypeError('no line');
			const response = await fetch(input, init);
			cut = String(input).endsWith('/api/accounts');
			if (cut) throw new TypeError('lost');
			return response;
		};
		const device = headless(forum.server.url, { send });
		const client = await openHeadless(device);
		await expect(client.join({ fragment, person: 'دانا', secret: secretOf('dana') })).rejects.toMatchObject({ code: 'offline' });
		cut = false;
		const restarted = await openHeadless(device);
		expect(restarted.status.phase).toBe('locked');
		await client.join({ fragment, person: 'دانا', secret: secretOf('dana') });
		expect(client.spaces).toHaveLength(1);
		await client.close();
		await restarted.signIn({ kind: 'passphrase', passphrase: secretOf('dana').passphrase });
		expect(restarted.spaces).toHaveLength(1);
		await restarted.close();
	});

	test('a server that cannot store answers with its problem, and the post waits', async () => {
		let full = false;
		const send: typeof fetch = async (input, init) =>
			full && String(input).endsWith('/events')
				? Response.json({ code: 'storage-full' }, { status: 507, headers: { 'content-type': 'application/problem+json' } })
				: fetch(input, init);
		const dana = await forum.join('دانا', { send });
		await sent(dana);
		full = true;
		const { stream } = await openThread(dana, forum.space, 'موضوع', 'في الانتظار');
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(dana.client.status.waiting).toBe(2);
		full = false;
		await until('sent after all', () => dana.client.status.waiting === 0, 10_000);
		expect(textsSeenBy(dana, stream as never)).toEqual(['في الانتظار']);
	});
});

describe('two tabs of one browser', () => {
	test('write a thousand posts into each other: no sequence of the device is lost or doubled', async () => {
		const other = await openHeadless(bob.device);
		await other.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		await bob.client.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'tab one');
		const EACH = 500;
		for (let place = 0; place < EACH; place++) {
			await Promise.all([
				other.append(forum.space.id, stream, 'post.add', { text: `two ${place}`, reply: null }),
				bob.client.append(forum.space.id, stream, 'post.add', { text: `one ${place}`, reply: null }),
			]);
		}
		await until('Alice sees all', () => textsSeenBy(forum.alice, stream as never).length === 2 * EACH + 1, 60_000);
		expect(new Set(textsSeenBy(forum.alice, stream as never)).size).toBe(2 * EACH + 1);
		expect(textsSeenBy(forum.alice, stream as never)).not.toContain('unverified');
		expect(forum.alice.client.findings).toEqual([]);
		await other.close();
	});

	test('that hear nothing of the server build on each other’s posts all the same', async () => {
		const dana = await forum.join('دانا', { deaf: true });
		await sent(dana);
		const other = await openHeadless(dana.device);
		await other.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		await dana.client.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		const { stream } = await openThread(dana, forum.space, 'موضوع', '0');
		for (const place of [1, 2, 3, 4, 5, 6]) {
			await until('everything sent', () => dana.client.status.waiting === 0 && other.status.waiting === 0);
			await (place % 2 ? other : dana.client).append(forum.space.id, stream, 'post.add', { text: `${place}`, reply: null });
		}
		await until('Alice sees all', () => textsSeenBy(forum.alice, stream as never).length === 7);
		expect(textsSeenBy(forum.alice, stream as never)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
		expect([...forum.alice.client.findings, ...dana.client.findings, ...other.findings]).toEqual([]);
		await other.close();
	});

	test('a draft written in both asks, and neither is lost', async () => {
		const other = await openHeadless(bob.device);
		await other.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		await bob.client.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		expect(await bob.client.writeDraft('t', 'mine', 0)).toBe(1);
		await expect(other.writeDraft('t', 'theirs', 0)).rejects.toBeInstanceOf(Problem);
		expect(await other.readDraft('t')).toEqual({ text: 'mine', revision: 1 });
		await other.close();
	});
});

test('a space one is not in looks like a space that does not exist', async () => {
	const secret = await forum.alice.client.createSpace('مساحة أخرى');
	const call = (space: string) =>
		bob.device.ports.transport.call(spaces.sync, {
			params: { space: space as never },
			request: { roster: 0, after: 0, generation: 0, whole: null },
		});
	await expect(call(secret)).rejects.toMatchObject({ code: 'not-found' });
	await expect(call('A'.repeat(43))).rejects.toMatchObject({ code: 'not-found' });
	expect(bob.client.spaces.map(({ title }) => title)).toEqual(['المساحة الأولى']);
});
