import { describe, expect, test } from 'vitest';
import { accounts, session, vaults } from '@multaqa/shared/api/index';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { openThread, PASSPHRASE, secretOf, sent, until } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';
import { Thief } from './testing/thief.ts';
import { accountOf } from './testing/lied-to.ts';
import { bob, forum, liar, looks, texts } from './testing/each-lie.ts';

/** A server that lies, about what was copied or lost. The table in SECURITY.md names these stories. */

describe('G8: a copied database', () => {
	test('with the server’s secrets and the right passphrase opens nothing; with the account secret it would', async () => {
		const { stream } = await openThread(bob, forum.space, 'سر', 'لا يقرأه أحد');
		await sent(bob);
		const thief = new Thief(forum.folder);
		expect(await thief.openWithPassphrase(accountOf(bob), secretOf('باسل').handle, PASSPHRASE, null)).toBe('wrong-key');
		const self = await bob.device.store.get<{ accountSecret: Uint8Array }>('device', 'self');
		expect(await thief.openWithPassphrase(accountOf(bob), secretOf('باسل').handle, PASSPHRASE, self!.accountSecret)).toBe('opened');
		expect(await thief.readable(forum.space.id, { generations: {}, userKeys: [] })).toEqual([]);
		expect(thief.events(forum.space.id).some((event) => event.stream === stream)).toBe(true);
		thief.close();
	});

	test('has no row by which a session could be taken over, and a stolen cookie reaches neither vault nor devices', async () => {
		const thief = new Thief(forum.folder);
		for (const { id } of thief.sessions()) {
			const response = await fetch(new URL('/api/session', forum.server.url), {
				headers: { cookie: `session=${id}`, origin: forum.server.url },
			});
			expect(response.status).toBe(401);
		}
		thief.close();
		const stolen = headless(forum.server.url, { send: (input, init) => fetch(input, withCookie(init, bob.device.cookies())), deaf: true });
		const forgedProof = async () => `${bob.client.devices[0]!.id}.${toBase64url(new Uint8Array(64))}`;
		const call = (route: typeof vaults.read | typeof session.list | typeof session.bind, prove?: () => Promise<string>) =>
			stolen.ports.transport.call(route, { params: {}, request: {}, ...(prove ? { prove } : {}) } as never);
		for (const route of [vaults.read, session.list, session.bind]) {
			await expect(call(route)).rejects.toMatchObject({ code: 'device-proof-required' });
			await expect(call(route, forgedProof)).rejects.toMatchObject({ code: 'device-proof-required' });
		}
		const credential = { kind: 'passphrase' as const, handle: 'x'.repeat(43), record: 'x' };
		await expect(
			stolen.ports.transport.call(accounts.addCredential, {
				params: {},
				request: { credential, vault: { expected: 1, blob: new Uint8Array(1) } },
			}),
		).rejects.toMatchObject({ code: 'device-proof-required' });
	});
});

describe('G11: a device that lost its storage', () => {
	test('gets everything back from vault and server, with the same heads', async () => {
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'نص');
		await sent(bob);
		await forum.alice.client.verification.mark(accountOf(bob), 'match');
		const words = await bob.client.verification.chainWords(forum.space.id);
		const { code } = bob.client.recoverySheet();
		const again = await forum.arrive();
		await again.client.enrol({ from: { code }, secret: secretOf('again') });
		await until('all is there', () => texts(again, stream).length === 1);
		expect(await again.client.verification.chainWords(forum.space.id)).toEqual(words);
		expect(again.client.findings).toEqual([]);
	});

	test.for(['events', 'links'] as const)('half of its %s: what a torn write left out is fetched again', async (bucket) => {
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'نص');
		await sent(bob);
		await looks(bob);
		const { store } = bob.device;
		const kept = await store.list(bucket, '');
		await bob.client.close();
		for (const key of [kept[1]!.key, kept.at(-1)!.key]) await store.write([{ bucket, key, value: undefined }]);
		const client = await openHeadless(bob.device);
		await client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		await until('all is there', () => texts({ ...bob, client }, stream).length === 1);
		expect(client.findings).toEqual([]);
		await client.close();
	});

	test('a vault that is rolled back is not taken for new', async () => {
		const thief = new Thief(forum.folder);
		const old = thief.vaultOf(accountOf(bob));
		thief.close();
		await bob.client.self.nameDevice(bob.client.devices[0]!.id, 'جهاز');
		liar.about(session.passphraseFinish, (answer) => ({ ...answer, vault: { ...answer.vault, blob: new Uint8Array(old) } }));
		bob.client.lock();
		await expect(bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'stale' });
	});
});

function withCookie(init: RequestInit | undefined, cookie: string): RequestInit {
	const headers = new Headers(init?.headers);
	headers.set('cookie', cookie);
	return { ...init, headers };
}
