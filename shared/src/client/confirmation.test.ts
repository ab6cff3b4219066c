import { beforeEach, expect, test } from 'vitest';
import type { Link } from '../chain/link.ts';
import { abridge } from '../chain/abridged.ts';
import { acceptLinks, emptyWorld } from '../chain/world.ts';
import { importSealingKey } from '../crypto/seal.ts';
import { idOf, type DeviceId } from '../bytes/ids.ts';
import { forgeLink } from '../testing/forge.ts';
import { onAnotherDevice } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, type Company } from '../testing/test-forum.ts';
import { mixedOrderKeys } from '../testing/weak-keys.ts';
import { Chains } from './chains.ts';
import { Findings } from './findings.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports, Transport } from './ports.ts';
import { Topics } from './topics.ts';

/** What a newcomer is shown with an invitation is taken quickly and looked at whole while the person reads. */

let story: Company;
let store: MemoryStore;
let localKey: CryptoKey;
/** The chains as a hostile server serves them: Mallory's last device has a key with torsion. */
let links: readonly Link[];
let weak: DeviceId;

beforeEach(async () => {
	story = await company();
	store = new MemoryStore();
	localKey = await importSealingKey(new Uint8Array(32));
	const { forum, mallory } = story;
	const honest = await onAnotherDevice(mallory);
	const added = await forum.fork().ofUser(mallory, 'device.add', { device: honest.device.publicKey });
	const [key] = mixedOrderKeys(honest.device.publicKey);
	weak = idOf<DeviceId>(key!);
	links = [...forum.links.filter(({ kind }) => kind !== 'roster'), await forgeLink(added, mallory.identity, { body: { device: key! } })];
});

/** One visit of the newcomer. */
function visit(): Chains {
	const transport = { call: () => Promise.reject(new Error('nothing is asked')) } as unknown as Transport;
	const ports = { transport, store, now: () => 0, random: story.alice.random } as unknown as Ports;
	const topics = new Topics();
	return new Chains(ports, topics, new Findings(ports, topics), { localKey });
}
const devices = ({ world }: Chains) => world.users.get(story.mallory.account)?.devices;

test('a key with torsion is found after the newcomer joined, and stands on no later visit, however often that is asked', async () => {
	await acceptLinks(emptyWorld, links);
	const first = visit();
	await first.keep({ links });
	await first.load();
	expect(devices(first)?.has(weak)).toBe(true);
	expect(await store.list('notes', 'verified/')).toEqual([]);
	expect(await refusalOf(first.confirm())).toBe('weak-key');
	await first.confirm();
	const later = visit();
	await later.load();
	expect(devices(later)?.has(weak)).not.toBe(true);
});

test('honest chains are looked at once, and stand on the next visit', async () => {
	const honest = links.slice(0, -1);
	await acceptLinks(emptyWorld, honest);
	const first = visit();
	await first.keep({ links: honest });
	await first.load();
	await first.confirm();
	const later = visit();
	await later.load();
	expect(devices(later)?.size).toBe(1);
	expect(later.position).toBe(honest.length);
});

test('a key that an invitation brought which was only read is found when the chains come again', async () => {
	await acceptLinks(emptyWorld, links);
	const chains = visit();
	await chains.takeShared(links.map(abridge), links.length);
	expect(await refusalOf(chains.confirm())).toBe('weak-key');
	const later = visit();
	await later.load();
	expect(devices(later)?.has(weak)).not.toBe(true);
});
