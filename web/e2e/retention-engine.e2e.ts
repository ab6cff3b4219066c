import type { Attachment } from '@multaqa/shared/attachments/manifest';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openThread, PASSPHRASE, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openHeadless } from './testing/headless.ts';

const DAY = 24 * 60 * 60 * 1000;
let ahead = 0;
const now = () => Date.now() + ahead;
let forum: TestForum;
let bob: Person;
let stream: StreamId;

beforeEach(async () => {
	ahead = 0;
	forum = await startForum(now);
	bob = await forum.join('باسل', { now });
	({ stream } = await openThread(forum.alice, forum.space, 'موضوع', 'الأول'));
	await sent(forum.alice);
	await until('Bob sees it', () => shown(bob).length === 1);
});
afterEach(() => forum.stop());

const shown = ({ client }: Pick<Person, 'client'>): string[] =>
	postsOf(client.events(forum.space.id, stream)).flatMap((item) => (item.kind === 'post' ? [item.text] : [item.kind]));
const says = async (person: Person, text: string, content: object = {}) => {
	const event = await person.client.append(forum.space.id, stream, 'post.add', { text, reply: null, ...content } as Cbor);
	await sent(person);
	for (const { client } of [bob, forum.alice]) await until(`${text} is seen`, () => shown({ client }).includes(text));
	return event;
};
const hours = async (person: Person, days: number) => {
	ahead += days * DAY;
	await person.client.refresh(forum.space.id);
	// What the hourly look does.
	await person.client.retention.setOwn(person.client.retention.own);
};
const picture: Pick<Attachment, 'name' | 'type' | 'pixels'> = { name: 'صورة', type: 'image/png', pixels: [10, 10] };
const pieces = async () => (await forum.server.context.db.selectFrom('blobs').select('id').execute()).length;
const keptWhole = async ({ device }: Person) =>
	(await device.store.list<{ stream: StreamId }>('events', `${forum.space.id}/`)).filter(
		({ value }) => value.stream === stream && 'envelope' in value,
	);
const again = async (person: Person): Promise<Person> => {
	await person.client.close();
	const client = await openHeadless(person.device);
	await client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	return { device: person.device, client };
};

test('what a space keeps for a week is gone from a device after it, with its bytes, and the chain still holds', async () => {
	await forum.alice.client.retention.setSpace(forum.space.id, 7);
	await until('Bob hears of it', () => bob.client.retention.of(forum.space.id).space === 7);
	await hours(bob, 5);
	await says(forum.alice, 'الثاني');
	await hours(bob, 3);
	expect(shown(bob)).toEqual(['الثاني']);
	expect(await keptWhole(bob)).toHaveLength(1);
	const reloaded = await again(bob);
	expect(shown(reloaded)).toEqual(['الثاني']);
	await reloaded.client.append(forum.space.id, stream, 'post.add', { text: 'الثالث', reply: null });
	await until('Alice takes what Bob builds on it', () => shown(forum.alice).includes('الثالث'));
	expect([reloaded.client.findings, forum.alice.client.findings]).toEqual([[], []]);
	await reloaded.client.close();
});

test('a shorter time of one’s own holds on every own device and on nobody else’s', async () => {
	const { fragment } = await bob.client.offerEnrolment();
	const phone = await forum.arrive({ now });
	await phone.client.enrol({ from: { fragment }, secret: { kind: 'passphrase', handle: 'phone of bob', passphrase: PASSPHRASE } });
	await bob.client.retention.setOwn(3);
	expect(bob.client.retention.of(forum.space.id)).toMatchObject({ space: null, own: 3, effective: 3 });
	await bob.client.refresh(forum.space.id);
	await until('the phone knows', () => phone.client.retention.own === 3, 20_000);
	await hours(bob, 4);
	await hours(phone, 0);
	expect([shown(bob), shown(phone)]).toEqual([[], []]);
	expect(shown(forum.alice)).toEqual(['الأول']);
	await expect(bob.client.retention.setOwn(5 as never)).rejects.toMatchObject({ code: 'malformed' });
	expect(bob.client.retention.own).toBe(3);
});

test('a shorter rule holds for what is there, a longer one prolongs nothing, and only coordinators make one', async () => {
	await forum.alice.client.retention.setSpace(forum.space.id, 30);
	await forum.alice.client.retention.setSpace(forum.space.id, 7);
	await says(forum.alice, 'قصير');
	await forum.alice.client.retention.setSpace(forum.space.id, null);
	await says(forum.alice, 'باق');
	await bob.client.append(forum.space.id, forum.space.index, 'space.retention', { days: 7 });
	await sent(bob);
	await hours(bob, 8);
	expect(shown(bob)).toEqual(['باق']);
	expect(bob.client.retention.of(forum.space.id).space).toBeNull();
	await expect(forum.alice.client.retention.setSpace(forum.space.id, 8 as never)).rejects.toMatchObject({ code: 'malformed' });
});

test('what hung on a post goes with it, and what had its time proves nothing any more', async () => {
	const bytes = new Uint8Array(2_000).fill(7);
	const attachment = await bob.client.attachments.attach(forum.space.id, { bytes, ...picture });
	const post = await says(bob, 'مع صورة', { attachments: [attachment] });
	expect(await bob.client.attachments.isHere(forum.space.id, attachment)).toBe(true);
	await bob.client.retention.setOwn(1);
	await hours(bob, 2);
	expect(await bob.client.attachments.isHere(forum.space.id, attachment)).toBe(false);
	await expect(bob.client.evidence.of(forum.space.id, post)).rejects.toMatchObject({ code: 'not-found' });
	await sent(bob);
	expect(await forum.alice.client.attachments.open(forum.space.id, attachment)).toEqual(bytes);
});

test('files of what a space keeps for a week are taken from the server by their author’s program, and by nobody else’s', async () => {
	await forum.alice.client.retention.setSpace(forum.space.id, 7);
	await until('Bob hears of it', () => bob.client.retention.of(forum.space.id).space === 7);
	const attachment = await bob.client.attachments.attach(forum.space.id, { bytes: new Uint8Array(500), ...picture });
	await says(bob, 'مع صورة', { attachments: [attachment] });
	await hours(forum.alice, 8);
	expect(shown(forum.alice)).toEqual([]);
	await sent(forum.alice);
	expect(await pieces()).toBe(1);
	await hours(bob, 0);
	await expect.poll(pieces).toBe(0);
});

test('files that were gone from their author’s device sooner are taken from the server when the space says so', async () => {
	await forum.alice.client.retention.setSpace(forum.space.id, 7);
	await until('Bob hears of it', () => bob.client.retention.of(forum.space.id).space === 7);
	const attachment = await bob.client.attachments.attach(forum.space.id, { bytes: new Uint8Array(500), ...picture });
	await says(bob, 'مع صورة', { attachments: [attachment] });
	await bob.client.retention.setOwn(1);
	await hours(bob, 2);
	expect(shown(bob)).toEqual([]);
	await sent(bob);
	expect(await pieces()).toBe(1);
	await hours(bob, 6);
	await expect.poll(pieces).toBe(0);
});

test('whoever does not coordinate sets no time for a space: it is refused before anything is signed', async () => {
	const facilitator = await forum.join('فاطمة', { role: 'facilitator', now });
	for (const { client } of [bob, facilitator]) {
		const index = () =>
			client.events(forum.space.id, forum.space.index).filter((event) => event.verified && event.type === 'space.retention');
		await expect(client.retention.setSpace(forum.space.id, 7)).rejects.toMatchObject({
			code: 'not-allowed',
			detail: { rule: 'only-coordinators-set-retention' },
		});
		expect([index(), client.retention.of(forum.space.id).space]).toEqual([[], null]);
	}
});
