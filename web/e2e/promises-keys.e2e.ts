import { describe, expect, test } from 'vitest';
import { chains, spaces } from '@multaqa/shared/api/index';
import { idBytes, idOf, type AccountId, type ChainId, type DeviceId, type Hash } from '@multaqa/shared/bytes/ids';
import { generateSigningKey, type SigningKey } from '@multaqa/shared/crypto/sign';
import { kemKeyFromSeed, wrap } from '@multaqa/shared/crypto/wrap';
import { PASSPHRASE, secretOf, until, type Person } from './testing/forum.ts';
import { asServed } from './testing/links.ts';
import { accountOf, forged, found, members, rosterLinksOf } from './testing/lied-to.ts';
import { bob, forum, liar, looks, served } from './testing/each-lie.ts';

/** A server that lies, about who reads and writes. The table in SECURITY.md names these stories. */

const rosterLinks = () => rosterLinksOf(forum);

describe('G1: the server cannot add a reader', () => {
	/** A member.add of Mallory at the head of the roster, by whoever is said to have written it. */
	async function addition(by: { account: AccountId; device: DeviceId; key: SigningKey }, added: AccountId) {
		const roster = await rosterLinks();
		const directory = (await served()).filter(({ kind }) => kind === 'directory');
		const log = (await served()).filter((link) => link.kind === 'user' && link.by === by.account).at(-1)!;
		const theirs = (await served()).filter((link) => link.kind === 'user' && link.by === added).at(-1)!;
		const last = roster.at(-1)!;
		const cite = directory.at(-1)!;
		return forged(
			{
				kind: 'roster',
				chain: forum.space.id,
				seq: last.seq + 1,
				prev: last.hash,
				type: 'member.add',
				body: { account: idBytes(added), role: 'member', until: null, invitation: null, log: [theirs.seq, idBytes(theirs.hash)] },
				by: by.account,
				device: by.device,
				time: last.time,
				log: { seq: log.seq, head: log.hash },
				directory: { seq: cite.seq, head: cite.hash },
			},
			by.key,
		);
	}

	test('not by a key of its own, not in a member’s name, not through somebody outside', async () => {
		const mallory = await forum.join('مالوري');
		const stranger = await generateSigningKey();
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(mallory));
		await until('Mallory is out', () => !members(forum.alice).includes(accountOf(mallory)));
		await looks(bob);
		const device = (person: Person) => person.client.devices.find(({ current }) => current)!.id;
		const own = (await mallory.device.store.get<{ key: SigningKey }>('device', 'self'))!.key;
		const bobs = (await bob.device.store.get<{ key: SigningKey }>('device', 'self'))!.key;
		const attempts = {
			'a key of its own in the coordinator’s name': { account: accountOf(forum.alice), device: device(forum.alice), key: stranger },
			'a removed member': { account: accountOf(mallory), device: device(mallory), key: own },
			'an ordinary member': { account: accountOf(bob), device: device(bob), key: bobs },
		};
		for (const [what, by] of Object.entries(attempts)) {
			const link = await addition(by, accountOf(mallory));
			liar.about(spaces.sync, (answer) => ({ ...answer, links: [...answer.links, asServed(link)] }));
			await looks(bob);
			expect([what, members(bob).includes(accountOf(mallory))]).toEqual([what, false]);
			expect(found(bob).filter((finding) => finding.startsWith('link-refused')).length, what).toBeGreaterThan(0);
		}
		expect(found(bob)).toEqual(expect.arrayContaining(['link-refused:nobody-acts-upward']));
	});
});

describe('G2: the server cannot add a device', () => {
	test('one certified by its own key is refused, and what it writes is not shown', async () => {
		const links = await served();
		const log = links.filter((link) => link.kind === 'user' && link.by === accountOf(forum.alice)).at(-1)!;
		const mallory = await generateSigningKey();
		const link = await forged(
			{
				...log,
				seq: log.seq + 1,
				prev: log.hash,
				type: 'device.add',
				body: { device: mallory.publicKey },
				device: null,
				log: null,
				directory: null,
				chain: accountOf(forum.alice) as string as ChainId,
			},
			mallory,
		);
		liar.about(chains.read, (answer) => ({ ...answer, links: [...answer.links, asServed(link)], position: answer.position + 1 }));
		await looks(bob);
		expect(found(bob)).toContain('link-refused:tampered');
	});

	test('one that somebody adds with the recovery code raises an alarm on the person’s own devices until it is answered', async () => {
		const other = await forum.arrive();
		await other.client.enrol({ from: { code: forum.alice.client.recoverySheet().code }, secret: secretOf('a stranger') });
		await until('Alice hears', () => forum.alice.client.devices.some(({ known, current }) => !known && !current));
		const strange = forum.alice.client.devices.find(({ known }) => !known)!;
		await forum.alice.client.self.revokeDevice(strange.id);
		await until('the stranger is out', () => other.client.status.ended === 'device-revoked');
		expect(forum.alice.client.devices.find(({ id }) => id === strange.id)).toMatchObject({ revoked: true });
	});
});

describe('G4: keys reach exactly the roster', () => {
	test('a wrap of another key for one member only is found out by that member, and not used', async () => {
		const carol = await forum.join('كارول');
		await until('Alice knows Carol', () => members(forum.alice).length === 3);
		const bobsKey = (await served()).find((link) => link.type === 'identity.create' && link.by === accountOf(bob))!.body[
			'key'
		] as Uint8Array;
		const { keys } = await forum.alice.device.ports.transport.call(chains.keys, { params: {}, request: { hashes: [idOf<Hash>(bobsKey)] } });
		liar.about(spaces.sync, (answer) => ({ ...answer, wraps: answer.wraps.map((each) => ({ ...each, bytes: foreign })) }));
		const context = new Uint8Array([...idBytes(forum.space.id), 0, 0, 0, 0, 0, 0, 0, 2]);
		const foreign = await wrap(keys[0]!, 'generation', crypto.getRandomValues(new Uint8Array(32)), context);
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(carol));
		await looks(bob);
		expect(found(bob)).toContain('wrap-refused:wrap-opens-to-the-commitment');
		expect(bob.client.spaces[0]?.writable).toBe(false);
		liar.repent();
		await looks(bob);
		await bob.client.self.nameDevice(bob.client.devices[0]!.id, 'x');
		expect(bob.client.spaces[0]?.writable).toBe(true);
	});

	test('a wrap that is withheld is missed, loudly', async () => {
		const carol = await forum.join('كارول');
		await until('Alice knows Carol', () => members(forum.alice).length === 3);
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(carol));
		liar.about(spaces.sync, (answer) => ({ ...answer, wraps: [] }));
		bob.client.lock();
		await bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		expect(found(bob)).toContain('key-missing:wraps-reach-every-member');
	});

	test('another public key than the one its owner signed is not wrapped to', async () => {
		const carol = await forum.join('كارول');
		await until('Bob knows Carol', () => members(forum.alice).length === 3);
		await looks(bob);
		const { publicKey } = await kemKeyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
		liar.about(chains.keys, ({ keys }) => ({ keys: keys.map(() => publicKey) }));
		await carol.client.people.leave(forum.space.id);
		await looks(bob);
		await expect(bob.client.people.renew(forum.space.id)).rejects.toMatchObject({ detail: { rule: 'public-key-matches-its-hash' } });
	});
});
