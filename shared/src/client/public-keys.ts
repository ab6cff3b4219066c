import { chains as chainsApi } from '../api/index.ts';
import { idOf, type Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';
import type { Ports } from './ports.ts';

/** As many as the server answers at once. */
const MOST_AT_ONCE = 512;
const PREFIX = 'public-key/';

export const publicKeyHash = (key: Uint8Array): Hash => idOf<Hash>(hash('public-key', key));

/**
 * Public encryption keys (1,216 bytes each) by the hashes that links name them by. Kept on this device: they never
 * change, and a renewal needs those of all members.
 * @throws Problem `tampered` when the server serves another key or none, `offline`
 */
export async function publicKeys(ports: Ports, wanted: readonly Hash[]): Promise<ReadonlyMap<Hash, Uint8Array>> {
	const keys = new Map<Hash, Uint8Array>();
	for (const { key, value } of await ports.store.list<Uint8Array>('notes', PREFIX)) keys.set(key.slice(PREFIX.length) as Hash, value);
	const missing = [...new Set(wanted)].filter((name) => !keys.has(name));
	for (let start = 0; start < missing.length; start += MOST_AT_ONCE) {
		const hashes = missing.slice(start, start + MOST_AT_ONCE);
		for (const [name, key] of await fetched(ports, hashes)) keys.set(name, key);
	}
	return keys;
}

async function fetched(ports: Ports, hashes: readonly Hash[]): Promise<readonly (readonly [Hash, Uint8Array])[]> {
	const answer = await ports.transport.call(chainsApi.keys, { params: {}, request: { hashes: [...hashes] } });
	const served = new Map(answer.keys.map((key) => [publicKeyHash(key), key]));
	const keys = hashes.map((name) => [name, served.get(name) ?? refuse()] as const);
	await ports.store.write(keys.map(([name, value]) => ({ bucket: 'notes', key: PREFIX + name, value })));
	return keys;
}

function refuse(): never {
	throw new Problem('tampered', { rule: 'public-key-matches-its-hash' });
}
