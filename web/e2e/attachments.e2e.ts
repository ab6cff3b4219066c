import { blobs } from '@multaqa/shared/api/index';
import { ATTACHMENT_LIMIT, DESCRIPTION_LIMIT, type Attachment } from '@multaqa/shared/attachments/manifest';
import { PIECE } from '@multaqa/shared/attachments/pieces';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf, type Post } from '@multaqa/shared/threads/posts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openHeadless } from './testing/headless.ts';
import { createLiar } from './testing/liar.ts';

let forum: TestForum;
let bob: Person;
let stream: StreamId;
const liar = createLiar();
let cut = false;
/** The forum has no more room for attachments. */
let full = false;

beforeEach(async () => {
	cut = full = false;
	liar.about(blobs.read, (answer) => answer);
	forum = await startForum();
	bob = await forum.join('باسل', { send });
	({ stream } = await openThread(bob, forum.space, 'موضوع', 'نص'));
	await sent(bob);
});
afterEach(() => forum.stop());

const noRoom = () => Response.json({ code: 'storage-full' }, { status: 507, headers: { 'content-type': 'application/problem+json' } });
const send: typeof fetch = async (input, init) => {
	if (cut) throw new TypeError('no line');
	return full && String(input).endsWith('/blobs') ? noRoom() : liar.send(input, init);
};
const file = (length: number) => Uint8Array.from({ length }, (_, place) => (place * 7) % 253);
const described: Pick<Attachment, 'name' | 'type' | 'pixels'> = { name: 'خريطة', type: 'image/png', pixels: [640, 480] };
const attach = (bytes: Uint8Array) => bob.client.attachments.attach(forum.space.id, { bytes, ...described });
const post = (attachments: readonly Attachment[]) =>
	bob.client.append(forum.space.id, stream, 'post.add', { text: 'انظروا', reply: null, attachments });
const shown = (person: Pick<Person, 'client'>) =>
	postsOf(person.client.events(forum.space.id, stream)).filter((item): item is Post => item.kind === 'post');
const pieces = async () =>
	(await forum.server.context.db.selectFrom('blobs').select(['id', 'bytes']).execute()).map(({ bytes }) => Buffer.from(bytes));

describe('a file that hangs on a post', () => {
	test('is opened by another member as it was, and is nothing but noise to the server', async () => {
		const bytes = file(2 * PIECE + 99);
		bytes.set(new TextEncoder().encode('بيانات سرية في الملف'), 1_000);
		await post([await attach(bytes)]);
		await until('Alice sees the post', () => shown(forum.alice).length === 2);
		const [attachment] = shown(forum.alice)[1]!.attachments;
		expect(attachment).toMatchObject({ ...described, size: bytes.length });
		expect(await forum.alice.client.attachments.isHere(forum.space.id, attachment!)).toBe(false);
		expect(await forum.alice.client.attachments.open(forum.space.id, attachment!)).toEqual(bytes);
		expect(await forum.alice.client.attachments.isHere(forum.space.id, attachment!)).toBe(true);
		expect(await pieces()).toHaveLength(3);
		for (const piece of await pieces()) expect(piece.includes(Buffer.from('سرية'))).toBe(false);
	});

	test('waits for the line with its post, survives a reload, and arrives before it', async () => {
		cut = true;
		const bytes = file(PIECE + 1);
		await post([await attach(bytes)]);
		expect(await pieces()).toEqual([]);
		await bob.client.close();
		cut = false;
		const again = await openHeadless(bob.device);
		await again.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		await until('Alice sees the post', () => shown(forum.alice).length === 2);
		expect(await forum.alice.client.attachments.open(forum.space.id, shown(forum.alice)[1]!.attachments[0]!)).toEqual(bytes);
		expect(await pieces()).toHaveLength(2);
		await again.close();
	});

	test('for which the forum has no room waits, and no words wait for it', async () => {
		full = true;
		await post([await attach(file(500))]);
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'كلام بعده', reply: null });
		await until('Alice sees the words', () => shown(forum.alice).length === 3);
		const [attachment] = shown(forum.alice)[1]!.attachments;
		await expect(forum.alice.client.attachments.open(forum.space.id, attachment!)).rejects.toMatchObject({ code: 'not-found' });
		full = false;
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'اتسع المكان', reply: null });
		await until('Alice sees the next words', () => shown(forum.alice).length === 4);
		expect(await forum.alice.client.attachments.open(forum.space.id, attachment!)).toEqual(file(500));
	});

	test('that the server alters on the way is refused, whole', async () => {
		await post([await attach(file(500))]);
		await until('Alice sees the post', () => shown(forum.alice).length === 2);
		const carol = await forum.join('كارول', { send: liar.send });
		await until('Carol sees the post', () => shown(carol).length === 2);
		liar.about(blobs.read, (answer) => ({ ...answer, bytes: answer.bytes.with(60, (answer.bytes[60] ?? 0) ^ 1) }));
		const [attachment] = shown(carol)[1]!.attachments;
		await expect(carol.client.attachments.open(forum.space.id, attachment!)).rejects.toMatchObject({ code: 'tampered' });
		liar.about(blobs.read, (answer) => answer);
		expect(await carol.client.attachments.open(forum.space.id, attachment!)).toEqual(file(500));
	});

	test('is refused when it is empty or too large, and one that was not sent leaves nothing', async () => {
		await expect(attach(new Uint8Array())).rejects.toMatchObject({ code: 'malformed' });
		await expect(attach(new Uint8Array(ATTACHMENT_LIMIT + 1))).rejects.toMatchObject({ code: 'too-large' });
		await bob.client.attachments.discard(forum.space.id, await attach(file(500)));
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'بلا مرفق', reply: null });
		await sent(bob);
		expect(await pieces()).toEqual([]);
		expect(await bob.device.store.list('blobs', '')).toEqual([]);
	});

	test('leaves the device with the post it hangs on, and not before', async () => {
		const attachment = await attach(file(PIECE + 1));
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'كلام بلا ملف', reply: null });
		await sent(bob);
		expect(await pieces()).toEqual([]);
		await post([attachment]);
		await until('Alice sees the post', () => shown(forum.alice).length === 3);
		expect(await pieces()).toHaveLength(2);
	});

	test('goes from the server when its post is taken back, even when the line broke in between', async () => {
		const [attachment, other] = [await attach(file(PIECE + 1)), await attach(file(9))];
		const event = await post([attachment]);
		await post([other]);
		await sent(bob);
		expect(await pieces()).toHaveLength(3);
		cut = true;
		await bob.client.append(forum.space.id, stream, 'post.delete', { post: event });
		await bob.client.attachments.withdraw(forum.space.id, attachment);
		await bob.client.close();
		cut = false;
		const again = await openHeadless(bob.device);
		await again.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		await expect.poll(async () => (await pieces()).length).toBe(1);
		expect(await forum.alice.client.attachments.open(forum.space.id, other)).toEqual(file(9));
		await again.close();
	});

	test('stays on the server when somebody else would have it removed', async () => {
		const attachment = await attach(file(9));
		await post([attachment]);
		await sent(bob);
		await forum.alice.client.attachments.withdraw(forum.space.id, attachment);
		await expect.poll(async () => (await forum.alice.device.store.list('outbox', 'gone/')).length).toBe(0);
		expect(await pieces()).toHaveLength(1);
		await bob.client.attachments.withdraw(forum.space.id, attachment);
		await expect.poll(async () => (await pieces()).length).toBe(0);
	});

	test('that another tab has sent meanwhile is not lost by being thrown out of the draft', async () => {
		cut = true;
		const attachment = await attach(file(9));
		await post([attachment]);
		await bob.client.attachments.discard(forum.space.id, attachment);
		const held = await attach(file(10));
		const said = { stream, type: 'post.add', content: { text: 'بعد قليل', reply: null, attachments: [held] } };
		const id = await bob.client.held.hold(forum.space.id, [said]);
		await bob.client.attachments.discard(forum.space.id, held);
		cut = false;
		await bob.client.held.sendNow(id);
		await until('Alice sees the posts', () => shown(forum.alice).length === 3);
		expect(await forum.alice.client.attachments.open(forum.space.id, attachment)).toEqual(file(9));
		expect(await forum.alice.client.attachments.open(forum.space.id, held)).toEqual(file(10));
	});

	test('is no attachment when its description is not what it should be', async () => {
		const good = await attach(file(10));
		for (const bad of [
			{ ...good, type: 'text/html' },
			{ ...good, pieces: [] },
			{ ...good, key: new Uint8Array(3) },
			{ ...good, name: '' },
			{ ...good, description: 'و'.repeat(DESCRIPTION_LIMIT + 1) },
		]) {
			await post([bad as never]);
		}
		await post([good]);
		await sent(bob);
		expect(shown(bob).map(({ attachments }) => attachments.length)).toEqual([0, 1]);
	});
});
