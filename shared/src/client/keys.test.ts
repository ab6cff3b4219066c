import { beforeEach, describe, expect, test } from 'vitest';
import { vaults } from '../api/index.ts';
import type { InvitationId, SpaceId } from '../bytes/ids.ts';
import { kemKeyFromSeed } from '../crypto/wrap.ts';
import { Problem } from '../problem.ts';
import { keyHashOf, personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { emptyVault, withEntry } from '../vault/content.ts';
import { createVault, openVaultWithKey, sealVault, type Vault } from '../vault/vault.ts';
import { readDevice, writeDevice } from './device.ts';
import { Keys } from './keys.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports, Transport } from './ports.ts';

/** Keeps one vault, and every blob it was ever given. */
class VaultServer {
	version = 1;
	online = true;
	readonly blobs: Uint8Array[] = [];

	readonly transport = {
		call: async (route: unknown, { request }: { request: { expected: number; blob: Uint8Array } }) => {
			if (!this.online) throw new Problem('offline');
			if (route === vaults.read) return { version: this.version, blob: this.blobs.at(-1) };
			if (request.expected !== this.version) throw new Problem('stale');
			this.blobs.push(request.blob);
			return { version: ++this.version };
		},
	} as unknown as Transport;
}

let alice: Person;
let server: VaultServer;
let vault: Vault;
const space = 'A'.repeat(43) as SpaceId;

async function device(): Promise<{ keys: Keys; store: MemoryStore }> {
	const store = new MemoryStore();
	const ports = { transport: server.transport, store, random: alice.random, now: () => 0 } as unknown as Ports;
	await writeDevice(store, {
		account: alice.account,
		forum: space,
		key: alice.device,
		accountSecret: new Uint8Array(16),
		handle: null,
		serverKey: null,
		vaultVersion: 1,
		unlocks: [],
	});
	return { store, keys: await Keys.from(ports, vault, alice.device, { nonce: '', stored: 1 }) };
}

beforeEach(async () => {
	alice = await personNamed('Alice');
	server = new VaultServer();
	vault = createVault(alice.account, emptyVault(alice.random(19), alice.userKey.seed), alice.random);
	server.blobs.push(await sealVault(vault, alice.random));
});

describe('two devices of one person', () => {
	test('write one vault, and lose nothing of each other', async () => {
		const [phone, laptop] = [await device(), await device()];
		await phone.keys.rememberGeneration(space, 1, alice.random(32));
		await laptop.keys.rememberGeneration(space, 2, alice.random(32));
		await phone.keys.merge();
		for (const { keys } of [phone, laptop]) expect([1, 2].map((generation) => keys.generation(space, generation))).not.toContain(null);
	});

	test('keep what they learn without a line, and write it later', async () => {
		const { keys } = await device();
		server.online = false;
		await keys.rememberGeneration(space, 1, alice.random(32));
		server.online = true;
		await keys.rememberGeneration(space, 2, alice.random(32));
		const { content } = await openVaultWithKey(alice.account, server.blobs.at(-1) as Uint8Array, vault.key, 0);
		expect(Object.keys(content.generations)).toEqual([`${space}/1`, `${space}/2`]);
	});

	test('are not shut out by what one of them only ever knew offline', async () => {
		const [phone, laptop] = [await device(), await device()];
		server.online = false;
		for (const generation of [1, 2, 3]) await phone.keys.rememberGeneration(space, generation, alice.random(32));
		server.online = true;
		await laptop.keys.rememberGeneration(space, 4, alice.random(32));
		await phone.keys.merge();
		const served = await openVaultWithKey(alice.account, server.blobs.at(-1) as Uint8Array, vault.key, 0);
		const pinned = (await readDevice(phone.store))?.vaultVersion;
		expect(pinned).toBe(served.content.version);
	});
});

test('a key that is learned while the vault is on its way stays, and goes with the next change', async () => {
	const { keys } = await device();
	await keys.replaceWith(
		(current) => current,
		async ({ expected, blob }) => {
			keys.learnGeneration(space, 7, alice.random(32));
			return server.transport.call(vaults.write, { params: {}, request: { expected, blob } });
		},
	);
	expect(keys.generation(space, 7)).not.toBe(null);
	await keys.update((content) => content);
	const { content } = await openVaultWithKey(alice.account, server.blobs.at(-1) as Uint8Array, vault.key, 0);
	expect(Object.keys(content.generations)).toEqual([`${space}/7`]);
});

test('keys that this device learned and has not written yet stay when it takes what another one wrote', async () => {
	const [phone, laptop] = [await device(), await device()];
	phone.keys.learnGeneration(space, 7, alice.random(32));
	const [ours, theirs] = [alice.random(32), alice.random(32)];
	server.online = false;
	await phone.keys.update((content) => ({ ...content, userKeys: [...content.userKeys, ours] }));
	server.online = true;
	await laptop.keys.update((content) => ({ ...content, userKeys: [...content.userKeys, theirs] }));
	await phone.keys.merge();
	expect(phone.keys.generation(space, 7)).not.toBe(null);
	expect(phone.keys.content.userKeys).toEqual([alice.userKey.seed, ours, theirs]);
});

test('two changes at once are made one after the other, and neither is lost', async () => {
	const { keys } = await device();
	const invitation = 'B'.repeat(43) as InvitationId;
	await Promise.all([
		keys.replaceWith(
			(current) => ({ ...current, content: withEntry(current.content, 'people', alice.account, { outcome: 'match', since: 1 }) }),
			({ expected, blob }) => server.transport.call(vaults.write, { params: {}, request: { expected, blob } }),
		),
		keys.rememberInvitation(invitation, alice.random(16)),
	]);
	const { content } = await openVaultWithKey(alice.account, server.blobs.at(-1) as Uint8Array, vault.key, 0);
	for (const each of [content, keys.content]) {
		expect(Object.keys(each.invitations)).toEqual([invitation]);
		expect(Object.keys(each.people)).toEqual([alice.account]);
	}
});

test('an own encryption key is found by the name that links have for it, and by no other', async () => {
	const { keys } = await device();
	const next = await kemKeyFromSeed(alice.random(32));
	await keys.update((content) => ({ ...content, userKeys: [...content.userKeys, next.seed] }));
	expect(await keys.userKey(keyHashOf(alice.userKey))).toEqual(alice.userKey.seed);
	expect(await keys.userKey(keyHashOf(next))).toEqual(next.seed);
	expect(await keys.userKey(keyHashOf(await kemKeyFromSeed(alice.random(32))))).toBeNull();
});

test('a server that hands out an old vault as news is refused', async () => {
	const { keys } = await device();
	await keys.rememberGeneration(space, 1, alice.random(32));
	server.blobs.push(server.blobs[0] as Uint8Array);
	server.version += 5;
	expect(await refusalOf(keys.merge())).toBe('stale');
	expect(keys.generation(space, 1)).not.toBe(null);
});
