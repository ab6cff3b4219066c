import { beforeEach, expect, test } from 'vitest';
import { encodeCbor } from '../bytes/cbor.ts';
import { idBytes, idOf, type Hash } from '../bytes/ids.ts';
import { importSealingKey, seal } from '../crypto/seal.ts';
import { concatBytes, uint64, utf8 } from '../bytes/bytes.ts';
import { unsafeTestingRandom } from '../testing/random.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports } from './ports.ts';
import { Verified } from './verified.ts';

const random = unsafeTestingRandom('verified');
const newId = () => idOf<Hash>(random(32));
let store: MemoryStore;
let localKey: CryptoKey;

beforeEach(async () => {
	store = new MemoryStore();
	localKey = await importSealingKey(random(32));
});

/** The list as a visit finds it on this device. */
async function visit(of = 'links', key = localKey): Promise<Verified> {
	const verified = new Verified({ store, random, now: () => 1 } as unknown as Ports, { localKey: key }, of);
	await verified.load();
	return verified;
}
const planted = (value: Uint8Array, of = 'links') => store.write([{ bucket: 'notes', key: `verified/${of}/0-planted`, value }]);

test('what was checked on one visit counts on the next', async () => {
	const [one, other] = [newId(), newId()];
	const first = await visit();
	await first.remember([one]);
	await first.remember([one, other]);
	const next = await visit();
	expect([one, other, newId()].map((id) => next.has(id))).toEqual([true, true, false]);
});

test('what somebody wrote onto the device without the account’s key counts for nothing', async () => {
	const id = newId();
	const list = encodeCbor([idBytes(id)]);
	await planted(list);
	expect((await visit()).has(id)).toBe(false);
	await planted(new Uint8Array([...random(12), ...list, ...random(16)]));
	expect((await visit()).has(id)).toBe(false);
	await planted(await seal(await importSealingKey(random(32)), 'local', list, utf8('verified/links/'), random));
	expect((await visit()).has(id)).toBe(false);
});

test('what counts in one list does not count in another', async () => {
	const id = newId();
	await (await visit('a space')).remember([id]);
	const [piece] = await store.list<Uint8Array>('notes', 'verified/a space/');
	await planted(piece!.value);
	expect((await visit()).has(id)).toBe(false);
});

test('nothing counts any more once a key turned out to be weak', async () => {
	const id = newId();
	const first = await visit();
	await first.remember([id]);
	await first.forget();
	expect([first.has(id), (await visit()).has(id)]).toEqual([false, false]);
});

test('many pieces become one, and none is lost', async () => {
	const ids = Array.from({ length: 70 }, newId);
	const first = await visit();
	for (const id of ids) await first.remember([id]);
	expect(await store.list('notes', '')).toHaveLength(70);
	await visit();
	expect(await store.list('notes', '')).toHaveLength(1);
	const later = await visit();
	expect(ids.every((id) => later.has(id))).toBe(true);
});

test('after years of posts the list is still read', async () => {
	const ids = Array.from({ length: 101_000 }, (_, place) => idOf<Hash>(concatBytes(uint64(place), new Uint8Array(24))));
	const first = await visit();
	for (let start = 0; start < ids.length; start += 1_500) await first.remember(ids.slice(start, start + 1_500));
	await visit();
	const later = await visit();
	expect(ids.every((id) => later.has(id))).toBe(true);
	expect(await store.keys('notes', '')).toHaveLength(3);
});
