import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recoveries } from '@multaqa/shared/api/index';
import type { RecoveryRequestView } from '@multaqa/shared/client/types';
import { postsOf } from '@multaqa/shared/threads/posts';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless, type HeadlessOptions } from './testing/headless.ts';
import { createLiar, type Liar } from './testing/liar.ts';

const HOUR = 3_600_000;

let forum: TestForum;
let liar: Liar;
/** Alice coordinates the host, Carol another organisation; Bob and Dana belong to Carol's. */
let alice: Person;
let carol: Person;
let bob: Person;
let dana: Person;
const opened: Person[] = [];

beforeEach(async () => {
	forum = await startForum();
	liar = createLiar();
	({ alice } = forum);
	carol = await forum.join('كارول', { send: liar.send });
	bob = await forum.join('باسل');
	dana = await forum.join('دانا');
	await alice.client.people.addCoordinator(carol.client.status.account!);
	await until('Bob hears of the coordinators', () => bob.client.forum!.ownRecovery.possible);
	await until('Carol hears of it', () => carol.client.forum!.coordinator);
}, 60_000);
afterEach(async () => {
	await Promise.all(opened.splice(0).map(({ client }) => client.close()));
	await forum.stop();
});

async function newPhone(options: HeadlessOptions = {}): Promise<Person> {
	const device = headless(forum.server.url, options);
	const person = { device, client: await openHeadless(device) };
	opened.push(person);
	return person;
}

const linkFor = (person: Person) => alice.client.recovery.link(person.client.status.account!);

/** Bob's new phone has asked; what it shows. */
async function ask(options: HeadlessOptions = {}) {
	const phone = await newPhone(options);
	await phone.client.beginRecovery(linkFor(bob));
	const { words } = (await phone.client.pollRecovery())!;
	return { phone, words };
}

async function seenBy({ client }: Person): Promise<readonly RecoveryRequestView[]> {
	await client.recovery.look();
	return client.forum!.recoveryRequests;
}

/** A coordinator approves whatever request shows these words. */
async function approve(person: Person, words: readonly number[]) {
	const request = (await seenBy(person)).find((candidate) => `${candidate.words}` === `${words}`);
	if (!request) throw new Error('no request with these words');
	await person.client.recovery.approve(request.key);
}

describe('recovery by two', () => {
	test('Bob lost every device: two coordinators of different organisations bring him back, with everything he could read', async () => {
		const { stream } = await openThread(bob, forum.space, 'موضوع قديم', 'كلام قديم');
		await sent(bob);
		await bob.client.recovery.enable();
		expect(bob.client.forum!.ownRecovery.since).not.toBeNull();
		const { phone, words } = await ask();
		await approve(alice, words);
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'waiting', approvals: 1 });
		await approve(carol, words);
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'ready', approvals: 2 });
		await phone.client.enrol({ from: { recovery: true }, secret: secretOf('Bob again') });
		expect(phone.client.status.account).toBe(bob.client.status.account);
		const posts = postsOf(phone.client.events(forum.space.id, stream));
		expect(posts.map((post) => (post.kind === 'post' ? post.text : post.kind))).toEqual(['كلام قديم']);
		expect(phone.client.forum!.ownRecovery.since).not.toBeNull();
		expect(await seenBy(alice)).toEqual([]);
	});

	test('everybody of his organisation and his other devices are told from the first approval on; others are not', async () => {
		const erin = await alice.client.addOrganisation('منظمة ثالثة').then(async (organisation) => {
			const input = { organisation, role: 'member' as const, approval: false, spaces: [forum.space.id] };
			const { fragment } = await alice.client.invite(input);
			const person = await newPhone();
			await person.client.join({ fragment, person: 'إيرين', secret: secretOf('Erin') });
			return person;
		});
		await bob.client.recovery.enable();
		const { words } = await ask();
		expect(dana.client.forum!.recoveries).toEqual([]);
		await approve(alice, words);
		await until('Dana is told', () => dana.client.forum!.recoveries.length === 1);
		await until('Bob is told', () => bob.client.forum!.recoveries.length === 1);
		const told = { state: 'open', name: 'باسل', approvedBy: [{ name: 'أليس' }] };
		expect(dana.client.forum!.recoveries).toMatchObject([{ ...told, self: false, mayRefuse: false }]);
		expect(bob.client.forum!.recoveries).toMatchObject([{ ...told, self: true, mayRefuse: true }]);
		await erin.client.refresh(forum.space.id);
		expect(erin.client.forum!.recoveries).toEqual([]);
	});

	test('Bob, who lost nothing, refuses from his own device: the second approval is not possible any more', async () => {
		await bob.client.recovery.enable();
		const { phone, words } = await ask();
		await approve(alice, words);
		await until('Bob is told', () => bob.client.forum!.recoveries.length === 1);
		const [attempt] = bob.client.forum!.recoveries;
		await bob.client.recovery.refuse(attempt!.account, attempt!.key);
		await until('Carol is told', () => carol.client.forum!.recoveries[0]?.state === 'refused');
		expect(await seenBy(carol)).toEqual([]);
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'waiting', approvals: 0 });
	});

	test('one organisation is not two: Alice cannot approve twice', async () => {
		await bob.client.recovery.enable();
		const { phone, words } = await ask();
		await approve(alice, words);
		expect((await seenBy(alice))[0]).toMatchObject({ mayApprove: 'organisation-approved', approvals: 1 });
		await expect(approve(alice, words)).rejects.toMatchObject({ detail: { rule: 'recovery-takes-two-organisations' } });
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'waiting' });
		await expect(phone.client.enrol({ from: { recovery: true }, secret: secretOf('Bob again') })).rejects.toMatchObject({
			code: 'not-found',
		});
	});

	test('a request that is older than 48 hours ends on the phone too, and begins anew with other words', async () => {
		await bob.client.recovery.enable();
		let ahead = 0;
		const { phone, words } = await ask({ now: () => Date.now() + ahead });
		ahead = 49 * HOUR;
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'expired' });
		const again = await phone.client.beginRecovery(linkFor(bob));
		expect(again.words).not.toEqual(words);
	});

	test('a reload or a dead phone loses nothing: the same words, the same request', async () => {
		await bob.client.recovery.enable();
		const { phone, words } = await ask();
		const reloaded = await newPhone({ store: phone.device.store });
		expect((await reloaded.client.beginRecovery(linkFor(bob))).words).toEqual(words);
		await reloaded.client.pollRecovery();
		expect(await seenBy(alice)).toHaveLength(1);
	});

	test('for an account that deposited nothing it looks the same to whoever asks; coordinators see why it cannot work', async () => {
		const { phone } = await ask();
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'waiting', approvals: 0 });
		expect(await seenBy(alice)).toMatchObject([{ mayApprove: 'nothing-deposited' }]);
	});

	test('a coordinator who comes later holds a share from Bob’s next visit on', async () => {
		await bob.client.recovery.enable();
		await alice.client.people.addCoordinator(dana.client.status.account!);
		await until('Dana coordinates', () => dana.client.forum!.coordinator);
		const { words } = await ask();
		expect(await seenBy(dana)).toMatchObject([{ mayApprove: 'no-share' }]);
		bob.client.lock();
		await bob.client.signIn({ kind: 'passphrase', passphrase: secretOf('').passphrase });
		expect(await seenBy(dana)).toMatchObject([{ mayApprove: 'yes' }]);
		await approve(dana, words);
	});

	test('who turns it off leaves nothing that could be approved', async () => {
		await bob.client.recovery.enable();
		await ask();
		await bob.client.recovery.disable();
		expect(bob.client.forum!.ownRecovery.since).toBeNull();
		expect(await seenBy(alice)).toEqual([]);
	});
});

describe('a server that lies', () => {
	test('shows a key of its own: the words differ, and what is approved for it opens nothing for Bob', async () => {
		await bob.client.recovery.enable();
		const { phone, words } = await ask();
		const attacker = await newPhone();
		await attacker.client.beginRecovery(linkFor(bob));
		await attacker.client.pollRecovery();
		await carol.client.recovery.look();
		const genuine = carol.client.forum!.recoveryRequests.find((request) => `${request.words}` === `${words}`)!;
		liar.about(recoveries.list, ({ requests }) => {
			const [own, other] = requests;
			return { requests: own && other ? [{ ...other, publicKey: own.publicKey, signingKey: own.signingKey }] : requests };
		});
		const [shown] = await seenBy(carol);
		expect(shown!.words).not.toEqual(words);
		expect(shown!.key).not.toBe(genuine.key);
		await approve(alice, words);
		await carol.client.recovery.approve(shown!.key);
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'waiting', approvals: 1 });
		expect(await attacker.client.pollRecovery()).toMatchObject({ state: 'waiting', approvals: 1 });
	});

	test('hands out one organisation’s share twice, or a changed box: nothing opens, and the phone says so', async () => {
		await bob.client.recovery.enable();
		const { phone, words } = await ask({ send: liar.send });
		await approve(alice, words);
		await approve(carol, words);
		liar.about(recoveries.collect, ({ approvals, approved }) => {
			const [share] = approved!.shares;
			return { approvals, approved: { ...approved!, shares: [share, share] } };
		});
		await expect(phone.client.pollRecovery()).rejects.toMatchObject({ code: 'tampered' });
		liar.about(recoveries.collect, ({ approvals, approved }) => ({
			approvals,
			approved: { ...approved!, box: approved!.box.toReversed() },
		}));
		await expect(phone.client.enrol({ from: { recovery: true }, secret: secretOf('Bob again') })).rejects.toMatchObject({
			code: 'tampered',
		});
		liar.repent();
		expect(await phone.client.pollRecovery()).toMatchObject({ state: 'ready' });
	});
});
