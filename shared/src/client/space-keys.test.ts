import { beforeEach, describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type SpaceId } from '../bytes/ids.ts';
import { kemKeyFromSeed, type KemKey } from '../crypto/wrap.ts';
import type { Problem } from '../problem.ts';
import { keyHashBytes, type Person } from '../testing/person.ts';
import { company, type Company, type TestForum } from '../testing/test-forum.ts';
import { emptyVault } from '../vault/content.ts';
import { createVault } from '../vault/vault.ts';
import { commitmentOf, wrapGeneration } from './generations.ts';
import { Keys } from './keys.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports } from './ports.ts';
import { SpaceKeys } from './space-keys.ts';

let story: Company;
let forum: TestForum;
let space: SpaceId;
/** What was found about each generation. */
let found: string[];

beforeEach(async () => {
	story = await company();
	({ forum, space } = story);
	found = [];
});

/** A device of somebody whose vault holds these encryption keys, the newest last, and no key of a space. */
async function deviceOf({ account, device, random }: Person, userKeys: readonly KemKey[]) {
	const ports = { store: new MemoryStore(), random, now: () => forum.now * 1000 } as unknown as Ports;
	const content = { ...emptyVault(random(19), random(32)), userKeys: userKeys.map(({ seed }) => seed) };
	const keys = await Keys.from(ports, createVault(account, content, random), device, { nonce: '', stored: 1 });
	const report = async (kind: string, generation: number, error: unknown) => {
		const { code, detail } = error as Problem;
		found.push(`${kind} ${generation}: ${String(detail.rule ?? code)}`);
	};
	return { keys, space: new SpaceKeys(space, { chains: { world: forum.world }, keys, report }) };
}

const keyOf = (generation: number) => forum.generationKeys.get(`${space}/${generation}`) as Bytes;
const wrapFor = async ({ publicKey }: KemKey, generation: number, key = keyOf(generation)) => ({
	generation,
	bytes: await wrapGeneration(publicKey, space, generation, key),
});
/** A person's next encryption key, in the own log. */
async function renewed(person: Person, generation: number): Promise<KemKey> {
	const key = await kemKeyFromSeed(person.random(32));
	await forum.ofUser(person, 'key.new', { generation, key: keyHashBytes(key) });
	return key;
}
const declared = (person: Person) =>
	forum.ofSpace(story.alice, space, 'member.rekey', { account: idBytes(person.account), log: forum.citeOf(person) });

describe('the wrap of a new key', () => {
	test('that an insider makes for what a revoked device still holds is refused', async () => {
		const { bob, alice } = story;
		await forum.ofUser(bob, 'device.revoke', { device: bob.device.publicKey });
		const key = await renewed(bob, 2);
		await declared(bob);
		await forum.rotate(alice, space);
		const laptop = await deviceOf(bob, [bob.userKey, key]);
		await laptop.space.takeWraps([await wrapFor(bob.userKey, 2)]);
		expect(laptop.keys.generation(space, 2)).toBeNull();
		expect(found).toEqual(['wrap-refused 2: wrong-key']);
		await laptop.space.takeWraps([await wrapFor(key, 2)]);
		expect(laptop.keys.generation(space, 2)).toEqual(keyOf(2));
	});

	test('is for the encryption key that its rotation commits to, not for one that the space had not heard of', async () => {
		const { bob, alice } = story;
		const [second, third] = [await renewed(bob, 2), await renewed(bob, 3)];
		await forum.rotate(alice, space);
		await declared(bob);
		await forum.rotate(alice, space);
		const { keys, space: bobs } = await deviceOf(bob, [bob.userKey, second, third]);
		await bobs.takeWraps([await wrapFor(second, 2), await wrapFor(third, 2), await wrapFor(bob.userKey, 3), await wrapFor(second, 3)]);
		expect(found).toEqual([
			'wrap-refused 2: wrong-key',
			'wrap-refused 2: wrong-key',
			'wrap-refused 3: wrong-key',
			'wrap-refused 3: wrong-key',
		]);
		await bobs.takeWraps([await wrapFor(bob.userKey, 2), await wrapFor(third, 3)]);
		expect([2, 3].map((generation) => keys.generation(space, generation))).toEqual([keyOf(2), keyOf(3)]);
		expect(found).toHaveLength(4);
	});

	test('of a person who makes it counts what the space knew before it, as it does for everybody', async () => {
		const { alice } = story;
		const next = await renewed(alice, 2);
		await forum.rotate(alice, space);
		const { keys, space: alices } = await deviceOf(alice, [alice.userKey, next]);
		await alices.takeWraps([await wrapFor(alice.userKey, 2)]);
		expect(keys.generation(space, 2)).toEqual(keyOf(2));
	});
});

describe('somebody who comes later', () => {
	test('has the key in force wrapped to the encryption key of that day', async () => {
		const { alice, mallory } = story;
		const then = await renewed(mallory, 2);
		await forum.addMember(alice, space, mallory, 'member');
		const now = await renewed(mallory, 3);
		await declared(mallory);
		const { keys, space: theirs } = await deviceOf(mallory, [mallory.userKey, then, now]);
		await theirs.takeWraps([await wrapFor(mallory.userKey, 1), await wrapFor(now, 1)]);
		expect(found).toEqual(['wrap-refused 1: wrong-key', 'wrap-refused 1: wrong-key']);
		await theirs.takeWraps([await wrapFor(then, 1)]);
		expect(keys.generation(space, 1)).toEqual(keyOf(1));
	});

	test('reads back as far as history is open', async () => {
		const { bob, alice } = story;
		await forum.rotate(alice, space);
		await forum.rotate(alice, space);
		const { keys, space: bobs } = await deviceOf(bob, [bob.userKey]);
		await bobs.takeWraps([await wrapFor(bob.userKey, 3)]);
		expect([1, 2, 3].map((generation) => keys.generation(space, generation))).toEqual([keyOf(1), keyOf(2), keyOf(3)]);
		expect(found).toEqual([]);
	});
});

describe('the audit', () => {
	test('misses the key in force when no wrap of it came, unless a new one is due anyway', async () => {
		const { bob, alice, carol } = story;
		await forum.rotate(alice, space);
		const { space: bobs } = await deviceOf(bob, [bob.userKey]);
		await bobs.audit(forum.now);
		expect(found).toEqual(['key-missing 2: wraps-reach-every-member']);
		found = [];
		await forum.removeMember(alice, space, carol);
		const later = await deviceOf(bob, [bob.userKey]);
		await later.space.audit(forum.now);
		expect(found).toEqual([]);
	});

	test('finds a key in the vault that is not what everybody was promised', async () => {
		const { bob } = story;
		const { keys, space: bobs } = await deviceOf(bob, [bob.userKey]);
		const another = bob.random(32);
		expect(commitmentOf(space, 1, another)).not.toEqual(forum.roster(space).generations[0]!.commitment);
		keys.learnGeneration(space, 1, another);
		await bobs.audit(forum.now);
		expect(found).toEqual(['wrap-refused 1: wrap-opens-to-the-commitment']);
	});
});
