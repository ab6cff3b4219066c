import { accounts, forum, session, vaults } from '@multaqa/shared/api/accounts';
import { sessionMessage } from '@multaqa/shared/api/proof';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { idBytes } from '@multaqa/shared/bytes/ids';
import { sign } from '@multaqa/shared/crypto/sign';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { founding, openForum, passkeyOf, signInElsewhere, VAULT, type TestForum } from '../testing/forum.ts';
import { openBrowser } from '../testing/http.ts';
import { loginRequest, registerPassphrase, startPassphrase } from '../testing/passphrase.ts';
import { newPerson, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

/** What stands for a vault, in place of the one that is there. */
async function nextVault(person: Person): Promise<{ expected: number; blob: Bytes }> {
	const { version } = await person.browser.call(vaults.read, { prove: person.prove });
	return { expected: version, blob: VAULT };
}

const freshHandle = () => randomBytes(32).toString('base64url');

describe('setting a forum up', () => {
	let server: TestServer;
	beforeAll(async () => void (server = await openTestServer()));
	afterAll(() => server.close());

	test('a wrong token is refused like any token of a forum that is set up', async () => {
		const { request } = await founding(server);
		const wrong = { ...request, token: randomBytes(32).toString('base64url') };
		expect(await openBrowser(server.url).refused(forum.setup, { request: wrong })).toMatchObject({ code: 'setup-closed' });
		expect(await openBrowser(server.url).refused(forum.probe, { request: { token: 'x' } })).toMatchObject({ code: 'setup-closed' });
	});

	test('links that found no forum leave no account behind', async () => {
		const { request } = await founding(server);
		const answer = await openBrowser(server.url).refused(forum.setup, {
			request: { ...request, links: request.links.slice(0, 2), wraps: [] },
		});
		expect(answer).toMatchObject({ code: 'rejected-link', rule: 'setup-creates-the-forum' });
		expect(server.context.ledger.world.users.size).toBe(0);
	});

	test('of five founders at once one gets the forum, and its session works', async () => {
		const all = await Promise.all(Array.from({ length: 5 }, () => founding(server)));
		const responses = await Promise.all(all.map(({ person, request }) => person.browser.send(forum.setup, { request })));
		expect(responses.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
		const winner = all[responses.findIndex(({ ok }) => ok)]!.person;
		expect(await winner.browser.call(session.read)).toMatchObject({ account: winner.account });
		expect(await openBrowser(server.url).call(forum.read)).toEqual({ forum: server.context.ledger.world.directory?.id, waiting: false });
	});

	test('the link is dead afterwards, and after a restart there is none', async () => {
		expect(await openBrowser(server.url).refused(forum.probe, { request: { token: server.token } })).toMatchObject({
			code: 'setup-closed',
		});
		server = await server.restart();
		expect(server.setupLink).toBeNull();
	});
});

describe('accounts', () => {
	let server: TestServer;
	let home: TestForum;
	beforeAll(async () => {
		server = await openTestServer();
		home = await openForum(server);
	});
	afterAll(() => server.close());

	test('of ten people with the same invitation one gets in', async () => {
		const invited = await home.invite();
		const joiners = await Promise.all(Array.from({ length: 10 }, () => home.joining(invited)));
		const responses = await Promise.all(joiners.map(({ person, request }) => person.browser.send(accounts.create, { request })));
		expect(responses.filter(({ ok }) => ok)).toHaveLength(1);
		const refused = await Promise.all(responses.filter(({ ok }) => !ok).map((response) => response.json() as Promise<{ code: string }>));
		expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['invitation-invalid']));
	});

	test('an invitation is of no use after its end by the clock of the server, whatever time the joiner claims', async () => {
		const invited = await home.invite({ lifetime: 60 });
		const { person, request } = await home.joining(invited);
		server.advance(61_000);
		expect(await person.browser.refused(accounts.create, { request })).toMatchObject({ code: 'invitation-invalid' });
		server.advance(-61_000);
		expect((await person.browser.send(accounts.create, { request })).ok).toBe(true);
	});

	test('who is refused leaves nothing behind: no account, no credential, no vault', async () => {
		const invited = await home.invite();
		const { person, request } = await home.joining(invited);
		const stranger = { space: home.space, generation: 9, recipient: person.account as string, bytes: Uint8Array.from([1]) };
		expect(await person.browser.refused(accounts.create, { request: { ...request, wraps: [stranger] } })).toMatchObject({
			code: 'rejected-link',
		});
		expect((await person.browser.send(accounts.create, { request })).ok).toBe(true);
	});

	test('sending a join again, as anybody could who has seen its links, opens no session', async () => {
		const invited = await home.invite();
		const { person, request } = await home.joining(invited);
		await person.browser.call(accounts.create, { request });
		const thief = await newPerson(server.url);
		const replay = { ...request, credential: await passkeyOf(thief), invitation: (await home.invite()).id };
		expect(await thief.browser.refused(accounts.create, { request: replay })).toMatchObject({ code: 'stale' });
		expect(await thief.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
	});

	test('a member signs in with the passkey elsewhere, and out again', async () => {
		const elsewhere = await signInElsewhere(home.founder);
		const vault = await elsewhere.browser.call(vaults.read, { prove: elsewhere.prove });
		expect(vault).toEqual({ version: 1, blob: VAULT });
		await elsewhere.browser.call(session.end);
		expect(await elsewhere.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
		expect(await home.founder.browser.call(session.read)).toMatchObject({ account: home.founder.account });
	});

	test('a passkey answer is good once, and only for the challenge it was made for', async () => {
		const browser = openBrowser(server.url);
		const { attempt, options } = await browser.call(session.passkeyStart);
		const response = home.founder.authenticator.get(options, server.url);
		const other = await browser.call(session.passkeyStart);
		expect(await browser.refused(session.passkeyFinish, { request: { attempt: other.attempt, response } })).toMatchObject({
			code: 'sign-in-failed',
		});
		await browser.call(session.passkeyFinish, { request: { attempt, response } });
		expect(await browser.refused(session.passkeyFinish, { request: { attempt, response } })).toMatchObject({ code: 'sign-in-failed' });
		const phished = await browser.call(session.passkeyStart);
		const stolen = home.founder.authenticator.get(phished.options, 'https://evil.example');
		expect(await browser.refused(session.passkeyFinish, { request: { attempt: phished.attempt, response: stolen } })).toMatchObject({
			code: 'sign-in-failed',
		});
	});

	test('a passphrase opens the account; a wrong one does not, and nothing tells the two apart from an unknown name', async () => {
		const { founder } = home;
		const handle = freshHandle();
		const credential = await registerPassphrase(founder.browser, handle, 'right');
		await founder.browser.call(accounts.addCredential, { request: { credential, vault: await nextVault(founder) }, prove: founder.prove });
		const browser = openBrowser(server.url);
		const right = await startPassphrase(browser, handle, 'right');
		expect(await browser.call(session.passphraseFinish, { request: { attempt: right.attempt, finish: right.finish! } })).toMatchObject({
			account: founder.account,
		});
		const wrong = await startPassphrase(openBrowser(server.url), handle, 'wrong');
		const unknown = await startPassphrase(openBrowser(server.url), freshHandle(), 'right');
		expect([wrong.finish, unknown.finish]).toEqual([null, null]);
		expect(wrong.response.length).toBe(unknown.response.length);
		for (const { attempt } of [wrong, unknown]) {
			const answer = await openBrowser(server.url).refused(session.passphraseFinish, { request: { attempt, finish: right.finish! } });
			expect(answer).toEqual({ type: 'about:blank', title: 'sign-in-failed', status: 401, code: 'sign-in-failed' });
		}
	});

	test('guessing is slowed down alike for a known and an unknown name, by registration messages too', async () => {
		const { founder } = home;
		const handle = freshHandle();
		const credential = await registerPassphrase(founder.browser, handle, 'right');
		await founder.browser.call(accounts.addCredential, { request: { credential, vault: await nextVault(founder) }, prove: founder.prove });
		const answers = [];
		for (const name of [handle, freshHandle()]) {
			const browser = openBrowser(server.url);
			for (let guess = 0; guess < 5; guess++) await startPassphrase(browser, name, `guess ${guess}`);
			answers.push(await browser.refused(session.passphraseStart, { request: { handle: name, request: await loginRequest('guess') } }));
			answers.push(await browser.refused(accounts.passphraseStart, { request: { handle: name, request: 'anything' } }));
		}
		for (const answer of answers) expect(answer).toMatchObject({ code: 'too-many-attempts', status: 429, retryAfter: 30 });
		server.advance(31_000);
		await startPassphrase(openBrowser(server.url), handle, 'guess');
		expect(await openBrowser(server.url).refused(accounts.passphraseStart, { request: { handle, request: 'x' } })).toMatchObject({
			retryAfter: 60,
		});
	});

	test('a name that is taken stays with whom it belongs to', async () => {
		const handle = freshHandle();
		const { founder } = home;
		await founder.browser.call(accounts.addCredential, {
			request: { credential: await registerPassphrase(founder.browser, handle, 'mine'), vault: await nextVault(founder) },
			prove: founder.prove,
		});
		const { person, request } = await home.joining(await home.invite());
		const credential = await registerPassphrase(person.browser, handle, 'theirs');
		expect(await person.browser.refused(accounts.create, { request: { ...request, credential } })).toMatchObject({ code: 'handle-taken' });
	});

	test('the identity key signs in without any credential; a signature by another key does not', async () => {
		const browser = openBrowser(server.url);
		const { account, identity } = home.founder;
		const first = await browser.call(session.identityStart);
		const signature = await sign(identity, 'session', sessionMessage(account, first.nonce));
		expect(await browser.call(session.identityFinish, { request: { attempt: first.attempt, account, signature } })).toMatchObject({
			account,
			vault: { version: (await nextVault(home.founder)).expected },
		});
		expect(await browser.refused(session.identityFinish, { request: { attempt: first.attempt, account, signature } })).toMatchObject({
			code: 'sign-in-failed',
		});
		const stranger = await newPerson(server.url);
		const second = await browser.call(session.identityStart);
		const forged = await sign(stranger.identity, 'session', sessionMessage(account, second.nonce));
		expect(
			await browser.refused(session.identityFinish, { request: { attempt: second.attempt, account, signature: forged } }),
		).toMatchObject({ code: 'sign-in-failed' });
	});

	test('a removed account is signed out and cannot sign in', async () => {
		const gone = await home.join(await home.invite());
		await home.append(home.founder, [
			{ kind: 'directory', chain: home.id, type: 'account.remove', body: { account: idBytes(gone.account) } },
		]);
		expect(await gone.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
		await expect(signInElsewhere(gone)).rejects.toThrow('sign-in-failed');
	});
});
