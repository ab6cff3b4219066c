import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chains, session, spaces } from '@multaqa/shared/api/index';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import { openThread, PASSPHRASE, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { createLiar } from './testing/liar.ts';
import { readLinks } from './testing/links.ts';
import { Thief } from './testing/thief.ts';

/** Promise G3: who or what is removed opens nothing written afterwards, and nobody writes before the new key is there. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let forum: TestForum;
let bob: Person;
let carol: Person;
let clock = 0;

beforeEach(async () => {
	clock = 0;
	forum = await startForum(() => Date.now() + clock);
	bob = await forum.join('باسل', { now: () => Date.now() + clock });
	carol = await forum.join('كارول', { now: () => Date.now() + clock });
	await Promise.all([sent(bob), sent(carol)]);
	await until('every line is open', () => forum.server.context.realtime.openSessions.length === 3);
	await until('everybody knows everybody', () => [forum.alice, bob, carol].every(({ client }) => client.spaces[0]?.members.length === 3));
});
afterEach(() => forum.stop());

const accountOf = ({ client }: Person) => client.status.account!;
const texts = ({ client }: Person, stream: StreamId) =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const generation = ({ client }: Person) => client.spaces[0]?.generation.number;
const quiet = (...people: Person[]) => expect(people.flatMap(({ client }) => client.findings)).toEqual([]);

/** A second browser of the same person. */
async function anotherDevice(person: Person, handle: string): Promise<Person> {
	const device = await forum.arrive({ now: () => Date.now() + clock });
	await device.client.enrol({ from: { code: person.client.recoverySheet().code }, secret: secretOf(handle) });
	await until('the new device reads', () => device.client.spaces[0]?.synchronised === true);
	await until('the first device knows of it', () => person.client.devices.length === 2);
	return device;
}

async function positionNow(): Promise<number> {
	const thief = new Thief(forum.folder);
	const last = thief.events(forum.space.id).at(-1)?.position ?? 0;
	thief.close();
	return last;
}

/** What somebody who has a person's sheet, and so all keys that person ever held, reads in a copied database. */
async function readableWith(code: string): Promise<number[]> {
	const thief = new Thief(forum.folder);
	const { content } = await thief.openWithSheet(code);
	const readable = await thief.readable(forum.space.id, content);
	thief.close();
	return readable;
}

describe('a removed member', () => {
	test('is told, hears no more, and opens nothing of a copied database that was written afterwards', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'قبل', 'كان يُقرأ');
		await until('Bob reads', () => texts(bob, stream).length === 1);
		const { code } = bob.client.recoverySheet();
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(bob));
		await until('Bob’s space is gone', () => bob.client.spaces.length === 0);
		const before = await positionNow();
		await carol.client.append(forum.space.id, stream, 'post.add', { text: 'بعد', reply: null });
		await until('Alice reads on', () => texts(forum.alice, stream).includes('بعد'));
		expect(await positionNow()).toBeGreaterThan(before);
		expect(Math.max(...(await readableWith(code)))).toBeLessThanOrEqual(before);
		expect(Math.max(...(await readableWith(carol.client.recoverySheet().code)))).toBe(await positionNow());
		await expect(bob.client.append(forum.space.id, stream, 'post.add', { text: 'لا', reply: null })).rejects.toMatchObject({
			code: 'not-found',
		});
		quiet(forum.alice, bob, carol);
	});

	test('of the whole forum is locked out, and every space has a new key before anybody writes', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'قبل', 'نص');
		await until('Carol reads', () => texts(carol, stream).length === 1);
		await forum.alice.client.people.removeAccount(accountOf(bob));
		await until('Bob is out', () => bob.client.status.ended === 'account-removed');
		expect(bob.client.status.phase).toBe('new');
		await until('Carol has the new key', () => generation(carol) === 2 && carol.client.spaces[0]?.renewing === false);
		await carol.client.append(forum.space.id, stream, 'post.add', { text: 'بعد', reply: null });
		await until('Alice reads on', () => texts(forum.alice, stream).includes('بعد'));
		expect(carol.client.spaces[0]?.members).toHaveLength(2);
		quiet(forum.alice, carol);
	});

	test('takes a whole organisation along when the organisation is removed', async () => {
		const { organisation } = forum.alice.client.spaces[0]!.members.find(({ account }) => account === accountOf(bob))!;
		await forum.alice.client.people.removeOrganisation(organisation!);
		await until('both are out', () => [bob, carol].every(({ client }) => client.status.ended === 'account-removed'));
		expect(forum.alice.client.spaces[0]?.members).toHaveLength(1);
		await expect(forum.invitation()).rejects.toMatchObject({ code: 'rejected-link', detail: { rule: 'organisation-exists' } });
	});

	test('whose post waited offline is not heard; a member’s waiting post arrives under the new key', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		await until('all read', () => texts(bob, stream).length === 1 && texts(carol, stream).length === 1);
		let cut = false;
		const send: typeof fetch = (input, init) =>
			cut && String(input).includes('/events') ? Promise.reject(new TypeError('no line')) : fetch(input, init);
		const dana = await forum.join('دانا', { send, now: () => Date.now() + clock });
		await until('Dana reads', () => texts(dana, stream).length === 1);
		await sent(dana);
		// Dana's line breaks for posts only; meanwhile Bob is removed.
		cut = true;
		await dana.client.append(forum.space.id, stream, 'post.add', { text: 'كُتب قبل التجديد', reply: null });
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(bob));
		await until('Dana knows', () => generation(dana) === 2);
		cut = false;
		await until('Dana’s post arrives', () => texts(carol, stream).includes('كُتب قبل التجديد'), 15_000);
		const before = texts(dana, stream).filter((text) => text === 'كُتب قبل التجديد');
		expect(before).toHaveLength(1);
		quiet(forum.alice, carol);
	});
});

describe('nobody writes', () => {
	test('while a removal waits: the first who wants to write makes the new key', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		await until('Carol reads', () => texts(carol, stream).length === 1);
		await bob.client.people.leave(forum.space.id);
		await until('Carol sees that Bob left', () => carol.client.spaces[0]?.members.length === 2);
		await carol.client.append(forum.space.id, stream, 'post.add', { text: 'بعد الرحيل', reply: null });
		expect(generation(carol)).toBe(2);
		await until('Alice reads', () => texts(forum.alice, stream).includes('بعد الرحيل'));
		quiet(forum.alice, carol);
	});

	test('when the server takes no new key: the post is refused and nothing is sent', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		const liar = createLiar();
		const dana = await forum.join('دانا', { send: liar.send, deaf: true });
		liar.about(chains.append, () => ({ nothing: true }));
		liar.about(chains.keys, () => ({ keys: [] }));
		await carol.client.people.leave(forum.space.id);
		await dana.client.refresh(forum.space.id);
		if (dana.client.spaces[0]?.renewing)
			await expect(dana.client.append(forum.space.id, stream, 'post.add', { text: 'لا', reply: null })).rejects.toMatchObject({
				code: 'dirty',
			});
		expect(texts(dana, stream)).not.toContain('لا');
	});
});

describe('a guest', () => {
	test('whose time has come is out by itself, and the others have a new key', async () => {
		const guest = await forum.join('ضيفة', { role: 'guest', now: () => Date.now() + clock });
		await sent(guest);
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'للضيفة أيضا');
		await until('the guest reads', () => texts(guest, stream).length === 1);
		const { code } = guest.client.recoverySheet();
		clock = 4 * DAY;
		await carol.client.refresh(forum.space.id);
		await carol.client.append(forum.space.id, stream, 'post.add', { text: 'بعد انتهاء الضيافة', reply: null });
		await sent(carol);
		expect(generation(carol)).toBe(2);
		const last = await positionNow();
		expect(await readableWith(code)).not.toContain(last);
		expect(carol.client.spaces[0]?.members.map(({ account }) => account)).not.toContain(accountOf(guest));
	});
});

describe('a revoked device', () => {
	test('is signed out at once, its cookie opens nothing, and what it held opens nothing written afterwards', async () => {
		const second = await anotherDevice(bob, 'bob’s tablet');
		const cookie = second.device.cookies();
		const stolen = second.client.devices.find(({ current }) => current)!.id;
		await bob.client.self.nameDevice(stolen, 'لوح');
		expect(bob.client.devices.map(({ name }) => name)).toContain('لوح');
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		await until('the tablet reads', () => texts(second, stream).length === 1);
		const held = await heldBy(second);
		await bob.client.self.revokeDevice(stolen);
		await until('the tablet is out', () => second.client.status.phase === 'new');
		expect(second.client.status.ended).toBe('device-revoked');
		expect(await second.device.store.list('events', '')).toEqual([]);
		for (const route of [chains.read, session.read, spaces.list, session.list])
			expect(await statusOf(route.method, route.path, cookie)).toBe(401);
		await until('everybody has the new key', () => generation(carol) === 2 && generation(bob) === 2);
		await carol.client.append(forum.space.id, stream, 'post.add', { text: 'بعد الإلغاء', reply: null });
		await until('Bob’s first device reads on', () => texts(bob, stream).includes('بعد الإلغاء'));
		const thief = new Thief(forum.folder);
		expect(await thief.readable(forum.space.id, held)).not.toContain(await positionNow());
		thief.close();
		quiet(forum.alice, bob, carol);
	});

	test('that comes back with the right passphrase is told so, and keeps nothing', async () => {
		const second = await anotherDevice(bob, 'bob’s tablet');
		second.client.lock();
		await bob.client.self.revokeDevice(second.client.devices[0]?.id ?? bob.client.devices.find(({ current }) => !current)!.id);
		await expect(second.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'device-revoked' });
		expect(second.client.status).toMatchObject({ phase: 'new', ended: 'device-revoked' });
	});

	test('the other device goes on without signing in again, with the renewed vault', async () => {
		const second = await anotherDevice(bob, 'bob’s tablet');
		const third = await forum.arrive();
		await third.client.enrol({ from: { code: bob.client.recoverySheet().code }, secret: secretOf('bob’s phone') });
		await until('all know of it', () => bob.client.devices.length === 3);
		await bob.client.self.revokeDevice(second.client.devices.find(({ current }) => current)!.id);
		await until('the third has the new key', () => generation(third) === 2);
		await third.client.self.nameDevice(third.client.devices.find(({ current }) => current)!.id, 'هاتف');
		await until('Bob hears the name', () => bob.client.devices.some(({ name }) => name === 'هاتف'));
		third.client.lock();
		await third.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		expect(third.client.status.phase).toBe('open');
		quiet(forum.alice, bob, carol, third);
	});

	test('that was wiped in a hurry leaves nothing behind, and its owner’s other device renews what it held', async () => {
		const second = await anotherDevice(bob, 'bob’s tablet');
		const id = second.client.devices.find(({ current }) => current)!.id;
		await second.client.wipe();
		expect(second.client.status).toMatchObject({ phase: 'new', account: null });
		for (const bucket of ['device', 'links', 'events', 'outbox', 'drafts', 'notes'] as const)
			expect(await second.device.store.list(bucket, '')).toEqual([]);
		await until('the revocation is there', () => bob.client.devices.some((device) => device.id === id && device.revoked));
		await bob.client.refresh(forum.space.id);
		await until('the space has a new key', () => (generation(carol) ?? 0) >= 2, 15_000);
		quiet(forum.alice, carol);
	});
});

describe('keys that nobody has lost', () => {
	test('are renewed after a week in which something was written, by whoever is there', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		await until('Carol reads', () => texts(carol, stream).length === 1);
		clock = 8 * DAY;
		await carol.client.refresh(forum.space.id);
		await carol.client.verification.mark(accountOf(bob), 'match');
		await until('there is a new key', () => generation(carol) === 2, 15_000);
		quiet(carol);
	});

	test('stay as they are in a week in which nothing was written', async () => {
		await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		clock = 8 * DAY;
		await forum.alice.client.refresh(forum.space.id);
		await forum.alice.client.verification.mark(accountOf(bob), 'match');
		await until('there is a new key', () => generation(forum.alice) === 2, 15_000);
		clock = 16 * DAY;
		await forum.alice.client.refresh(forum.space.id);
		await forum.alice.client.verification.mark(accountOf(carol), 'match');
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		expect(generation(forum.alice)).toBe(2);
	});
});

describe('a person’s encryption key', () => {
	test('is renewed after a month, and the next key of a space is wrapped to the new one', async () => {
		clock = 31 * DAY;
		carol.client.lock();
		await carol.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		const { links } = await carol.device.ports.transport.call(chains.read, { params: {}, request: { after: 0 } });
		const renewals = readLinks(links).filter(({ type, by }) => type === 'key.new' && by === accountOf(carol));
		expect(renewals).toHaveLength(1);
		expect(carol.client.spaces[0]?.renewing).toBe(false);
		const guest = await forum.join('ضيف', { now: () => Date.now() + clock });
		await until('Alice knows the guest', () => forum.alice.client.spaces[0]!.members.length === 4);
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(guest));
		await until('Carol opens the new key', () => (generation(carol) ?? 0) > 1 && carol.client.spaces[0]?.writable === true);
		await openThread(carol, forum.space, 'بعد', 'تحت المفتاح الجديد');
		await sent(carol);
		const thief = new Thief(forum.folder);
		const { userKeys } = await heldBy(carol);
		const [old, renewed] = await Promise.all(userKeys.map((key) => thief.readable(forum.space.id, { generations: {}, userKeys: [key] })));
		thief.close();
		expect(userKeys).toHaveLength(2);
		expect(old).not.toContain(await positionNow());
		expect(renewed).toContain(await positionNow());
		quiet(carol);
	});
});

describe('a space that closes its history', () => {
	test('shows a newcomer what is written from then on, names included, and nothing before', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'قديم', 'سر قديم');
		await forum.alice.client.people.setHistory(forum.space.id, 'joining');
		const dana = await forum.join('دانا', { now: () => Date.now() + clock });
		await until('Dana has a key of her own', () => generation(dana) === 3 && dana.client.spaces[0]?.renewing === false, 15_000);
		await until('the title is told again', () => dana.client.spaces[0]?.title === 'المساحة الأولى', 15_000);
		const { stream: later } = await openThread(bob, forum.space, 'جديد', 'للجميع');
		await until('Dana reads on', () => texts(dana, later).includes('للجميع'));
		expect(texts(dana, stream)).toEqual([]);
		await until('names are told again', () => dana.client.spaces[0]!.members.every(({ name }) => name !== null), 15_000);
		const thief = new Thief(forum.folder);
		const { content } = await thief.openWithSheet(dana.client.recoverySheet().code);
		const first = thief.events(forum.space.id).find((event) => event.stream === stream)!.position;
		expect(await thief.readable(forum.space.id, content)).not.toContain(first);
		thief.close();
		quiet(forum.alice, bob, carol, dana);
	});
});

/** Keys a device holds now, as whoever takes it unlocked would have them. */
async function heldBy(person: Person) {
	const thief = new Thief(forum.folder);
	const { content } = await thief.openWithSheet(person.client.recoverySheet().code);
	thief.close();
	return content;
}

async function statusOf(method: string, path: string, cookie: string): Promise<number> {
	const headers = { cookie, origin: forum.server.url, 'content-type': 'application/cbor' };
	const body = method === 'GET' ? null : Uint8Array.from([0xa1, 0x65, 0x61, 0x66, 0x74, 0x65, 0x72, 0]);
	const response = await fetch(new URL(path, forum.server.url), { method, headers, body });
	await response.arrayBuffer();
	return response.status;
}
