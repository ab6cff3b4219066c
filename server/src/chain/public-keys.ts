import type { Connection } from '@multaqa/db/database';
import { insertPublicKeys } from '@multaqa/db/public-keys';
import { idOf, type Hash } from '@multaqa/shared/bytes/ids';
import type { Link } from '@multaqa/shared/chain/link';
import { hash } from '@multaqa/shared/crypto/hash';
import { Problem } from '@multaqa/shared/problem';

/**
 * The public keys of a batch under their hashes. Exactly those that its links name: a key that nobody can
 * fetch would keep every space of its owner from rotating.
 * @throws Problem `rejected-link`
 */
export function namedKeys(links: readonly Link[], keys: readonly Uint8Array[]): ReadonlyMap<Hash, Uint8Array> {
	const byHash = new Map(keys.map((key) => [idOf<Hash>(hash('public-key', key)), key]));
	const named = new Set(links.map(newKeyOf).filter((name) => name !== null));
	const isComplete = [...named].every((name) => byHash.has(name));
	const isExact = [...byHash.keys()].every((name) => named.has(name));
	if (!isComplete || !isExact) throw new Problem('rejected-link', { rule: 'keys-come-with-the-links-that-name-them' });
	return byHash;
}

/** The hash of the encryption key that a link brings into the world. An admission repeats one of the user log. */
function newKeyOf({ type, body }: Link): Hash | null {
	const field = type === 'invitation.create' ? body['kem'] : type === 'identity.create' || type === 'key.new' ? body['key'] : null;
	return field instanceof Uint8Array ? idOf<Hash>(field) : null;
}

export const storePublicKeys = (db: Connection, keys: ReadonlyMap<Hash, Uint8Array>): Promise<void> => insertPublicKeys(db, keys);
