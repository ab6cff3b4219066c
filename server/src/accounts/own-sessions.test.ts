import { accounts, session, vaults } from '@multaqa/shared/api/accounts';
import { chains } from '@multaqa/shared/api/chain';
import { spaces } from '@multaqa/shared/api/log';
import { idOf, type DeviceId } from '@multaqa/shared/bytes/ids';
import { generateSigningKey } from '@multaqa/shared/crypto/sign';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuthenticator } from '../testing/authenticator.ts';
import { openForum, passkeyOf, signInElsewhere, VAULT, type TestForum } from '../testing/forum.ts';
import { inBrowser, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const sessionsOf = async (person: Person) => (await person.browser.call(session.list, { prove: person.prove })).sessions;

test('a session says of which device it is, once, and only with that device’s signature', async () => {
	const member = await home.join(await home.invite());
	expect(await sessionsOf(member)).toMatchObject([{ device: null, current: true }]);
	expect(await member.browser.refused(session.bind)).toMatchObject({ code: 'device-proof-required' });
	await member.browser.call(session.bind, { prove: member.prove });
	expect(await sessionsOf(member)).toMatchObject([{ device: member.device, current: true, since: new Date().toISOString().slice(0, 10) }]);
});

test('a session stays of the device that proved itself in it first, whichever signs later', async () => {
	const member = await home.join(await home.invite());
	await member.browser.call(session.bind, { prove: member.prove });
	const deviceKey = await generateSigningKey();
	const tablet = inBrowser({ ...member, deviceKey, device: idOf<DeviceId>(deviceKey.publicKey) }, server.url);
	Object.assign(tablet.browser, { cookie: member.browser.cookie });
	tablet.nonce = member.nonce;
	expect(await tablet.browser.refused(session.bind, { prove: tablet.prove })).toMatchObject({ code: 'device-proof-required' });
	await home.append(member, [{ kind: 'user', chain: member.account as never, type: 'device.add', body: { device: deviceKey.publicKey } }]);
	await tablet.browser.call(session.bind, { prove: tablet.prove });
	expect(await sessionsOf(member)).toMatchObject([{ device: member.device }]);
});

test('a browser is signed out from another one, and a stranger’s is not', async () => {
	const member = await home.join(await home.invite());
	const other = await signInElsewhere(member);
	const line = await openLine(server.url, { cookie: other.browser.cookie });
	const elsewhere = (await sessionsOf(member)).find(({ current }) => !current)!;
	await member.browser.call(session.endOne, { request: { id: elsewhere.id }, prove: member.prove });
	await line.next('ended');
	expect(await other.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
	const [founders] = await sessionsOf(home.founder);
	expect(await member.browser.refused(session.endOne, { request: { id: founders!.id }, prove: member.prove })).toMatchObject({
		code: 'not-found',
	});
});

test('a revoked device loses its sessions on every route and socket; the others keep theirs', async () => {
	const member = await home.join(await home.invite());
	await member.browser.call(session.bind, { prove: member.prove });
	const stolen = await signInElsewhere(member);
	const line = await openLine(server.url, { cookie: stolen.browser.cookie });
	// A session in which no device has proved itself may be the lost one's.
	await home.append(member, [
		{ kind: 'user', chain: member.account as never, type: 'device.revoke', body: { device: member.deviceKey.publicKey } },
	]);
	await line.next('ended');
	for (const person of [stolen, member]) {
		for (const route of [session.read, spaces.list]) expect(await person.browser.refused(route)).toMatchObject({ code: 'unauthenticated' });
		expect(await person.browser.refused(chains.read, { request: { after: 0 } })).toMatchObject({ code: 'unauthenticated' });
	}
	const gone = await member.browser.send(session.read);
	expect(gone.headers.get('set-cookie')).toMatch(/^session=; .*Max-Age=0/);
	expect((await sessionsOf(home.founder)).length).toBeGreaterThan(0);
});

test('a credential and the vault it opens are stored together or not at all', async () => {
	const member = await home.join(await home.invite());
	const { version } = await member.browser.call(vaults.read, { prove: member.prove });
	const add = async (expected: number) => ({
		request: { credential: await passkeyOf({ ...member, authenticator: openAuthenticator() }), vault: { expected, blob: VAULT } },
		prove: member.prove,
	});
	expect(await member.browser.refused(accounts.addCredential, await add(version + 1))).toMatchObject({ code: 'stale' });
	const count = async () =>
		(await server.context.db.selectFrom('passkeys').select('id').where('account', '=', member.account).execute()).length;
	expect(await count()).toBe(1);
	await member.browser.call(accounts.addCredential, await add(version));
	expect(await count()).toBe(2);
});

test('the last way to sign in stays, and nobody takes away another’s', async () => {
	const member = await home.join(await home.invite());
	const passkeys = await server.context.db.selectFrom('passkeys').select(['id', 'account']).execute();
	const own = passkeys.find(({ account }) => account === member.account)!.id;
	const founders = passkeys.find(({ account }) => account === home.founder.account)!.id;
	const { version } = await member.browser.call(vaults.read, { prove: member.prove });
	const remove = (id: string) => ({
		request: { kind: 'passkey' as const, id, vault: { expected: version, blob: VAULT } },
		prove: member.prove,
	});
	expect(await member.browser.refused(accounts.removeCredential, remove(own))).toMatchObject({ code: 'last-way' });
	await member.browser.call(accounts.removeCredential, remove(founders));
	expect((await server.context.db.selectFrom('passkeys').select('id').where('id', '=', founders).execute()).length).toBe(1);
});
