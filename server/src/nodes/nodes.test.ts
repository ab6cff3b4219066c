import { openRequests } from '@multaqa/db/recoveries';
import { readSetting } from '@multaqa/db/settings';
import { ask, startPostgres } from '@multaqa/db/testing/postgres-server';
import { accounts, forum, session } from '@multaqa/shared/api/accounts';
import { chains } from '@multaqa/shared/api/chain';
import { sessionMessage } from '@multaqa/shared/api/proof';
import { spaces } from '@multaqa/shared/api/log';
import { recoveries } from '@multaqa/shared/api/recoveries';
import { idBytes, type StreamId } from '@multaqa/shared/bytes/ids';
import { generateSigningKey, sign } from '@multaqa/shared/crypto/sign';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { founding, openForum, signInElsewhere, VAULT, type TestForum } from '../testing/forum.ts';
import { openBrowser, type Browser } from '../testing/http.ts';
import { registerPassphrase, startPassphrase } from '../testing/passphrase.ts';
import { newEnvelope, newPerson, random, signLinks, type Draft, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

const postgres = await startPostgres();
if (!postgres) console.warn('No PostgreSQL runs here: several nodes were not tried.');
afterAll(() => postgres?.close());

const addressOf = (server: TestServer) => `http://localhost:${server.port}`;
const newStream = () => Buffer.from(random(16)).toString('base64url') as StreamId;

/** The same session, spoken with through another node. */
function through(server: TestServer, { cookie }: Browser): Browser {
	return Object.assign(openBrowser(addressOf(server)), { cookie });
}

describe.skipIf(!postgres)('two nodes on one PostgreSQL', { timeout: 60_000 }, () => {
	let databaseUrl: string;
	let one: TestServer;
	let other: TestServer;
	let home: TestForum;

	beforeAll(async () => {
		databaseUrl = await postgres!.newDatabase();
		one = await openTestServer({ databaseUrl });
		other = await openTestServer({ databaseUrl, publicUrl: one.url });
		home = await openForum(one);
	}, 60_000);
	afterAll(async () => {
		await one?.close();
		await other?.close();
	});

	const write = (browser: Browser, stream: StreamId, envelope = newEnvelope()) =>
		browser.call(spaces.append, { params: { space: home.space, stream }, request: { envelopes: [envelope] } });

	/** What was said before something that has been heard was heard before it. */
	async function everythingHeard(from: TestServer, to: TestServer): Promise<void> {
		const line = await openLine(addressOf(to), { cookie: home.founder.browser.cookie });
		await write(through(from, home.founder.browser), newStream());
		await line.next('event');
		line.close();
	}

	test('what is written at one node is heard at the other, everything once and in its order, long or short', async () => {
		const line = await openLine(addressOf(other), { cookie: home.founder.browser.cookie });
		const stream = newStream();
		const sizes = [300, 30_000, 50, 9_000, 300];
		for (const size of sizes) await write(home.founder.browser, stream, newEnvelope(1, size));
		await expect.poll(() => line.heard.length).toBe(sizes.length);
		const events = line.heard.map(({ payload }) => payload['event'] as unknown as { seq: number; envelope: Uint8Array });
		expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
		expect(events.map(({ envelope }) => envelope.length > 8_000)).toEqual([false, true, false, true, false]);
		line.close();
	});

	test('both write into one stream at once: every place is given once', async () => {
		const stream = newStream();
		const browsers = [home.founder.browser, through(other, home.founder.browser)];
		const places = await Promise.all(Array.from({ length: 80 }, (_, place) => write(browsers[place % 2]!, stream)));
		const seqs = places.map(({ acknowledgements }) => acknowledgements[0]!.seq).sort((a, b) => a - b);
		expect(seqs).toEqual(Array.from({ length: 80 }, (_, place) => place + 1));
	});

	test('an envelope that is sent again through the other node keeps its place', async () => {
		const [stream, envelope] = [newStream(), newEnvelope()];
		const first = await write(home.founder.browser, stream, envelope);
		expect(await write(through(other, home.founder.browser), stream, envelope)).toEqual(first);
	});

	test('whoever joins through one node is a member at the other at once, begun there or here', async () => {
		const { person, request } = await home.joining(await home.invite());
		const there = openBrowser(addressOf(other));
		await there.call(accounts.create, { request });
		expect(await through(one, there).call(session.read)).toMatchObject({ account: person.account });
		await write(through(one, there), newStream());
	});

	test('a line that is open at one node hears of a space its account came into at the other, and no more after leaving', async () => {
		const member = await home.join(await home.invite({ spaces: [] }));
		const line = await openLine(addressOf(other), { cookie: member.browser.cookie });
		const change = (role: string | null) => home.append(home.founder, [memberDraft(home, member, role)]);
		await change('member');
		await line.next('links');
		await write(home.founder.browser, newStream());
		expect(await line.next('event')).toBeDefined();
		await change(null);
		await write(home.founder.browser, newStream());
		await expect(write(through(other, member.browser), newStream())).rejects.toThrow('not-found');
		// Something that reaches this line after whatever was said before it.
		await home.append(member, [{ kind: 'user', chain: member.account as never, type: 'device.add', body: { device: await newKey() } }]);
		await expect.poll(() => line.heard.filter(({ name }) => name === 'links').length).toBeGreaterThan(1);
		expect(line.heard.filter(({ name }) => name === 'event')).toEqual([]);
		line.close();
	});

	test('a session that is ended at one node opens nothing at the other, and its line there is closed with its reason', async () => {
		const elsewhere = await signInElsewhere(home.founder);
		const there = through(other, elsewhere.browser);
		await there.call(session.read);
		const line = await openLine(addressOf(other), { cookie: elsewhere.browser.cookie });
		await elsewhere.browser.call(session.end);
		expect(await line.next('ended')).toEqual({});
		await expect.poll(() => line.socket.connected).toBe(false);
		expect(await there.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
	});

	test('a sign-in that was begun at one node is finished at the other, once', async () => {
		const member = await home.join(await home.invite());
		const [here, there] = [openBrowser(one.url), openBrowser(addressOf(other))];
		const { attempt, options } = await here.call(session.passkeyStart);
		const response = member.authenticator.get(options, one.url);
		const signedIn = await there.call(session.passkeyFinish, { request: { attempt, response } });
		expect(signedIn.account).toBe(member.account);
		const { account } = member;
		const begun = await here.call(session.identityStart);
		const signature = await sign(member.identity, 'session', sessionMessage(account, begun.nonce));
		const request = { attempt: begun.attempt, account, signature };
		await there.call(session.identityFinish, { request });
		await everythingHeard(other, one);
		expect(await here.refused(session.identityFinish, { request })).toMatchObject({ code: 'sign-in-failed' });
	});

	test('a passphrase is of the whole forum: set at one node, asked at the other, finished at the first', async () => {
		const member = await home.join(await home.invite());
		const handle = Buffer.from(random(32)).toString('base64url');
		const credential = await registerPassphrase(through(other, member.browser), handle, 'سر');
		await member.browser.call(accounts.addCredential, {
			request: { credential, vault: { expected: 1, blob: VAULT } },
			prove: member.prove,
		});
		const { attempt, finish } = await startPassphrase(openBrowser(addressOf(other)), handle, 'سر');
		const signedIn = await openBrowser(one.url).call(session.passphraseFinish, { request: { attempt, finish: finish! } });
		expect(signedIn.account).toBe(member.account);
	});

	test('guesses are counted by both together', async () => {
		const handle = Buffer.from(random(32)).toString('base64url');
		const [here, there] = [openBrowser(one.url), openBrowser(addressOf(other))];
		for (let guess = 0; guess < 3; guess++) await startPassphrase(here, handle, 'falsch');
		await everythingHeard(one, other);
		for (let guess = 0; guess < 2; guess++) await startPassphrase(there, handle, 'falsch');
		await expect(startPassphrase(there, handle, 'falsch')).rejects.toThrow('too-many-attempts');
	});

	test('links that are signed at both nodes at once are all taken, in one order that both know', async () => {
		const members: Person[] = [];
		for (let count = 0; count < 4; count++) members.push(await home.join(await home.invite({ spaces: [] })));
		const before = await home.founder.browser.call(chains.read, { request: { after: 0 } });
		await Promise.all(
			members.map(async (member, place) => {
				const browser = through(place % 2 === 0 ? one : other, member.browser);
				let { world } = home;
				for (let count = 0; count < 5; count++) {
					const draft: Draft = { kind: 'user', chain: member.account as never, type: 'device.add', body: { device: await newKey() } };
					const signed = await signLinks(member, world, [draft]);
					await browser.call(chains.append, { request: { links: signed.links.map(({ bytes }) => bytes), wraps: [], publicKeys: [] } });
					({ world } = signed);
				}
			}),
		);
		const [here, there] = await Promise.all(
			[one, other].map((server) => through(server, home.founder.browser).call(chains.read, { request: { after: 0 } })),
		);
		expect(here!.links.length).toBe(before.links.length + 20);
		expect(there!.links).toEqual(here!.links);
		const again = await openTestServer({ databaseUrl, publicUrl: one.url });
		expect(again.setupLink).toBeNull();
		await again.close();
	});

	test('many requests for recovery at once get the same answer whether or not there is such an account', async () => {
		const ask = async (account: Person['account'], place: number) => {
			const signingKey = await newKey();
			const request = { account, publicKey: random(1216), signingKey };
			return openBrowser(addressOf(place % 2 === 0 ? one : other)).send(recoveries.ask, { request });
		};
		const strangers = await newPerson(one.url);
		for (const account of [home.founder.account, strangers.account]) {
			const answers = await Promise.all(Array.from({ length: 24 }, (_, place) => ask(account, place)));
			expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		}
		expect(await openRequests(one.context.db, new Date().toISOString(), home.founder.account)).toHaveLength(3);
	});

	test('one of them leads; when it stops the other does', async () => {
		const third = await openTestServer({ databaseUrl, publicUrl: one.url });
		const nodes = [one, other, third].map(({ context }) => context.nodes);
		const leading = async () => (await Promise.all(nodes.map((node) => node.leads()))).filter(Boolean).length;
		expect(await leading()).toBe(1);
		expect(await leading()).toBe(1);
		await third.close();
		await expect.poll(leading).toBe(1);
	});

	test('a node that hears the others no more lets go of its lines, takes none, says so, and takes them again', async () => {
		const line = await openLine(addressOf(other), { cookie: home.founder.browser.cookie });
		const readyOf = async () => (await fetch(`${addressOf(other)}/readyz`)).status;
		expect(await readyOf()).toBe(200);
		await ask(
			databaseUrl,
			`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and (query ilike 'listen%' or query like '%try_advisory%')`,
		);
		await expect.poll(() => line.socket.connected).toBe(false);
		await expect.poll(readyOf, { timeout: 10_000 }).toBe(200);
		const again = await openLine(addressOf(other), { cookie: home.founder.browser.cookie });
		await expect.poll(() => one.context.nodes.hearing, { timeout: 10_000 }).toBe(true);
		await write(home.founder.browser, newStream());
		expect(await again.next('event')).toBeDefined();
		again.close();
	});

	test('after PostgreSQL itself was started anew both go on; meanwhile they say that it is not there', async () => {
		const there = through(other, home.founder.browser);
		const answers = new Set<string>();
		const over = new AbortController();
		const asking = [one, other].map(async (server) => {
			while (!over.signal.aborted) {
				const response = await through(server, home.founder.browser).send(spaces.list);
				answers.add(response.ok ? 'ok' : ((await response.json()) as { code: string }).code);
			}
		});
		await postgres!.restart();
		over.abort();
		await Promise.all(asking);
		expect([...answers].filter((code) => code !== 'ok')).toEqual(['storage-unavailable']);
		await expect
			.poll(
				() =>
					there.call(session.read).then(
						() => true,
						() => false,
					),
				{ timeout: 15_000 },
			)
			.toBe(true);
		await expect.poll(() => one.context.nodes.hearing && other.context.nodes.hearing, { timeout: 15_000 }).toBe(true);
		const line = await openLine(one.url, { cookie: home.founder.browser.cookie });
		await write(there, newStream());
		expect(await line.next('event')).toBeDefined();
		line.close();
	});
});

describe.skipIf(!postgres)('the first start of two nodes at once', { timeout: 60_000 }, () => {
	test('makes the tables once, prints one link, and each secret exists once', async () => {
		const databaseUrl = await postgres!.newDatabase();
		const push = { subject: 'mailto:operator@example.org', services: ['push.example.org'] };
		const nodes = await Promise.all([0, 1].map(() => openTestServer({ databaseUrl, push, publicUrl: 'http://localhost:1' })));
		const [one, other] = nodes as [TestServer, TestServer];
		expect(one.setupLink).toBe(other.setupLink);
		expect(one.context.notifier.push!.publicKey).toEqual(other.context.notifier.push!.publicKey);
		const { request } = await founding({ url: addressOf(one), token: one.token });
		await openBrowser(addressOf(other)).call(forum.probe, { request: { token: request.token } });
		expect(await readSetting(one.context.db, 'setup-token')).not.toBeNull();
		await Promise.all(nodes.map((node) => node.close()));
	});

	test('a link that was used at one node is closed at the other', async () => {
		const databaseUrl = await postgres!.newDatabase();
		const one = await openTestServer({ databaseUrl });
		const other = await openTestServer({ databaseUrl, publicUrl: one.url });
		await openForum(one);
		expect(await openBrowser(addressOf(other)).refused(forum.probe, { request: { token: one.token } })).toMatchObject({
			code: 'setup-closed',
		});
		expect(await readSetting(one.context.db, 'setup-token')).toBeNull();
		await Promise.all([one.close(), other.close()]);
	});
});

const newKey = async () => (await generateSigningKey()).publicKey;

function memberDraft(home: TestForum, member: Person, role: string | null): Draft {
	const account = idBytes(member.account);
	const { seq, head } = home.world.users.get(member.account)!;
	const body = role === null ? { account } : { account, role, until: null, invitation: null, log: [seq, idBytes(head)] };
	return { kind: 'roster', chain: home.space, type: role === null ? 'member.remove' : 'member.add', body };
}
