import { chains } from '@multaqa/shared/api/chain';
import { recoveries } from '@multaqa/shared/api/recoveries';
import { idBytes, idOf, type AccountId, type Hash } from '@multaqa/shared/bytes/ids';
import { recoveryKey } from '@multaqa/shared/chain/recovery';
import { sign, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { openBrowser, type Browser } from '../testing/http.ts';
import { newPerson, random, signLinks, type Draft, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { sweepRecoveries } from './sweep.ts';

const HOUR = 3_600_000;

let server: TestServer;
let home: TestForum;
/** Bob lost every device; Alice (the founder) and Anna coordinate the host, Carol another organisation. */
let alice: Person;
let anna: Person;
let carol: Person;
let bob: Person;

beforeEach(async () => {
	server = await openTestServer();
	home = await openForum(server);
	alice = home.founder;
	const organisation = random(16);
	await home.append(alice, [directory('organisation.add', { organisation })]);
	anna = await home.join(await home.invite());
	bob = await home.join(await home.invite());
	carol = await home.join(await home.invite({ organisation }));
	await home.append(
		alice,
		[anna, carol].map(({ account }) => directory('coordinator.add', { account: idBytes(account) })),
	);
});
afterEach(() => server.close());

const directory = (type: string, body: Draft['body']): Draft => ({ kind: 'directory', chain: home.id, type, body });

const organisationOf = (person: Person) => home.world.directory!.accounts.get(person.account)!.organisation;

async function deposit(person: Person, holders: readonly Person[] = [alice, anna, carol]) {
	const shares = holders.map((holder) => ({ organisation: organisationOf(holder), coordinator: holder.account, bytes: random(80) }));
	const request = { id: idOf(random(16)), box: random(60), shares };
	await person.browser.call(recoveries.deposit, { request, prove: person.prove });
	return request;
}

/** A browser that knows nothing but the link. */
interface Asking {
	readonly browser: Browser;
	readonly key: SigningKey;
	readonly id: Hash;
	readonly account: AccountId;
}

async function ask(account: AccountId = bob.account): Promise<Asking> {
	const browser = openBrowser(server.url);
	const key = await signingKeyFromSeed(random(32));
	const publicKey = random(1216);
	expect(await browser.call(recoveries.ask, { request: { account, publicKey, signingKey: key.publicKey } })).toEqual({});
	return { browser, key, account, id: recoveryKey(account, publicKey, key.publicKey) };
}

async function collect({ browser, key, id }: Asking) {
	const signature = await sign(key, 'recovery-collect', idBytes(id));
	return browser.call(recoveries.collect, { request: { id, signature } });
}

const approval = ({ account, id }: Asking, whom = account) => directory('recovery.approve', { account: idBytes(whom), key: idBytes(id) });

async function approving(by: Person, drafts: readonly Draft[], share: Uint8Array<ArrayBuffer> | null) {
	const { links } = await signLinks(by, home.world, drafts);
	const request = { links: links.map(({ bytes }) => bytes), wraps: [], publicKeys: [], ...(share ? { share } : {}) };
	return { request };
}

async function approve(by: Person, asking: Asking) {
	const share = random(90);
	await by.browser.call(chains.append, await approving(by, [approval(asking)], share));
	return { organisation: organisationOf(by), bytes: share };
}

const listed = async (person: Person) => (await person.browser.call(recoveries.list)).requests;
const NOTHING = { approvals: 0, approved: null };

describe('a request', () => {
	test('is handed box and shares once two organisations approved, and not before', async () => {
		const request = await deposit(bob);
		const asking = await ask();
		expect(await collect(asking)).toEqual(NOTHING);
		const first = await approve(alice, asking);
		expect(await collect(asking)).toEqual({ approvals: 1, approved: null });
		const second = await approve(carol, asking);
		const { approvals, approved } = await collect(asking);
		expect(approvals).toBe(2);
		expect(approved).toMatchObject({ deposit: request.id });
		expect(Buffer.from(approved!.box).equals(request.box)).toBe(true);
		const plain = (shares: readonly { organisation: string; bytes: Uint8Array }[]) =>
			shares.map(({ organisation, bytes }) => `${organisation} ${Buffer.from(bytes).toString('hex')}`).sort();
		expect(plain(approved!.shares)).toEqual(plain([first, second]));
	});

	test('is not opened by one approver, nor by the same organisation twice', async () => {
		await deposit(bob);
		const asking = await ask();
		await approve(alice, asking);
		const twice = signLinks(anna, home.world, [approval(asking)]);
		await expect(twice).rejects.toMatchObject({ detail: { rule: 'recovery-takes-two-organisations' } });
		expect(await collect(asking)).toEqual({ approvals: 1, approved: null });
	});

	test('is over after 48 hours, approved or not', async () => {
		await deposit(bob);
		const asking = await ask();
		await approve(alice, asking);
		await approve(carol, asking);
		server.advance(49 * HOUR);
		expect(await collect(asking)).toEqual(NOTHING);
		expect(await listed(carol)).toEqual([]);
		await sweepRecoveries(server.context);
		expect(await server.context.db.selectFrom('recovery_requests').selectAll().execute()).toEqual([]);
		expect(await server.context.db.selectFrom('recovery_approvals').selectAll().execute()).toEqual([]);
	});

	test('is approved only with a share, and a share comes only with an approval', async () => {
		await deposit(bob);
		const asking = await ask();
		const bare = await approving(alice, [approval(asking)], null);
		expect(await alice.browser.refused(chains.append, bare)).toMatchObject({ rule: 'approvals-come-with-their-share' });
		const stray = await approving(alice, [directory('organisation.add', { organisation: random(16) })], random(20));
		expect(await alice.browser.refused(chains.append, stray)).toMatchObject({ rule: 'approvals-come-with-their-share' });
	});

	test('is approved only as it was asked: not for a key nobody holds, not for somebody else, not after its time', async () => {
		await deposit(bob);
		const asking = await ask();
		const unasked = { ...asking, id: idOf<Hash>(random(32)) };
		for (const draft of [approval(unasked), approval(asking, carol.account)]) {
			const sent = await approving(alice, [draft], random(20));
			expect(await alice.browser.refused(chains.append, sent)).toMatchObject({ rule: 'recovery-was-asked-for' });
		}
		server.advance(49 * HOUR);
		const late = await approving(alice, [approval(asking)], random(20));
		expect(await alice.browser.refused(chains.append, late)).toMatchObject({ rule: 'recovery-was-asked-for' });
	});

	test('for nobody, for somebody without a deposit and for somebody with one look the same, and take the same time', async () => {
		await deposit(bob);
		const nobody = (await newPerson(server.url)).account;
		for (const account of [nobody, carol.account, bob.account]) {
			const begun = performance.now();
			const asking = await ask(account);
			const asked = performance.now();
			expect(await collect(asking)).toEqual(NOTHING);
			for (const ms of [asked - begun, performance.now() - asked]) expect(ms).toBeGreaterThan(145);
		}
	});

	test('is answered only to whoever holds its key', async () => {
		await deposit(bob);
		const asking = await ask();
		await approve(alice, asking);
		await approve(carol, asking);
		expect(await collect({ ...asking, key: bob.deviceKey })).toEqual(NOTHING);
		const signature = await sign(bob.deviceKey, 'recovery-end', idBytes(asking.id));
		await asking.browser.call(recoveries.end, { request: { id: asking.id, signature } });
		expect((await collect(asking)).approvals).toBe(2);
	});

	test('is forgotten when the account is restored', async () => {
		await deposit(bob);
		const asking = await ask();
		await approve(alice, asking);
		await approve(carol, asking);
		const signature = await sign(asking.key, 'recovery-end', idBytes(asking.id));
		await asking.browser.call(recoveries.end, { request: { id: asking.id, signature } });
		expect(await collect(asking)).toEqual(NOTHING);
		expect(await server.context.db.selectFrom('recovery_approvals').selectAll().execute()).toEqual([]);
	});

	test('whose signing key lets everything verify is refused', async () => {
		const request = { account: bob.account, publicKey: random(1216), signingKey: new Uint8Array(32) };
		expect(await openBrowser(server.url).refused(recoveries.ask, { request })).toMatchObject({ code: 'malformed' });
	});
});

describe('coordinators', () => {
	test('see every request with their own share; others see requests about themselves', async () => {
		const request = await deposit(bob, [alice, carol]);
		const asking = await ask();
		await ask(carol.account);
		expect((await listed(alice)).map(({ account }) => account)).toEqual([carol.account, bob.account]);
		const [, seen] = await listed(alice);
		expect(recoveryKey(seen!.account, seen!.publicKey, seen!.signingKey)).toBe(asking.id);
		expect(Buffer.from(seen!.share!.bytes).equals(request.shares[0]!.bytes)).toBe(true);
		expect((await listed(anna))[1]).toMatchObject({ deposited: true, share: null });
		expect((await listed(carol))[0]).toMatchObject({ deposited: false, share: null });
		expect((await listed(bob)).map(({ account }) => account)).toEqual([bob.account]);
	});

	test('dismiss what nobody approved; what was approved is refused in sight of all', async () => {
		await deposit(bob);
		const [first, second] = [await ask(), await ask()];
		await anna.browser.call(recoveries.dismiss, { request: { id: first.id } });
		await approve(alice, second);
		expect(await anna.browser.refused(recoveries.dismiss, { request: { id: second.id } })).toMatchObject({ code: 'stale' });
		await home.append(anna, [directory('recovery.refuse', { account: idBytes(bob.account), key: idBytes(second.id) })]);
		expect(await collect(second)).toEqual(NOTHING);
		expect(await listed(anna)).toEqual([]);
	});

	test('only: somebody else is told that there is no such request', async () => {
		await deposit(bob);
		const asking = await ask(carol.account);
		expect(await bob.browser.refused(recoveries.dismiss, { request: { id: asking.id } })).toMatchObject({ code: 'not-found' });
		const own = await ask();
		await bob.browser.call(recoveries.dismiss, { request: { id: own.id } });
		expect(await listed(bob)).toEqual([]);
	});
});

describe('a deposit', () => {
	test('is left by a device, not by a cookie', async () => {
		const request = { id: idOf(random(16)), box: random(60), shares: [] };
		expect(await bob.browser.refused(recoveries.deposit, { request })).toMatchObject({ code: 'device-proof-required' });
		expect(await bob.browser.refused(recoveries.withdraw)).toMatchObject({ code: 'device-proof-required' });
	});

	test('stays as it is while an approved request relies on it', async () => {
		await deposit(bob);
		await approve(alice, await ask());
		await expect(deposit(bob)).rejects.toThrow('stale');
		server.advance(49 * HOUR);
		await deposit(bob);
	});

	test('that is withdrawn stops an attempt under way', async () => {
		await deposit(bob);
		const asking = await ask();
		await approve(alice, asking);
		await approve(carol, asking);
		await bob.browser.call(recoveries.withdraw, { prove: bob.prove });
		expect(await collect(asking)).toEqual(NOTHING);
		expect(await server.context.db.selectFrom('recovery_shares').selectAll().execute()).toEqual([]);
	});

	test('of somebody who was removed is forgotten', async () => {
		await deposit(bob);
		await home.append(alice, [directory('account.remove', { account: idBytes(bob.account) })]);
		await sweepRecoveries(server.context);
		expect(await server.context.db.selectFrom('recovery_deposits').selectAll().execute()).toEqual([]);
	});
});
