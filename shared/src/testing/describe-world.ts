import { encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { toBase64url } from '../bytes/bytes.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import type { World } from '../chain/world.ts';

/**
 * Everything the chains say, as plain CBOR: maps become lists of pairs, sets lists, both in the order of their
 * keys. Two devices that agree give the same bytes.
 */
export function describeWorld(world: World): Cbor {
	return plain(world);
}

/** SHA-256 of {@link describeWorld}, base64url. */
export const worldDigest = (world: World): string => toBase64url(sha256(encodeCbor(describeWorld(world))));

function plain(value: unknown): Cbor {
	if (value instanceof Uint8Array) return toBase64url(value);
	if (value instanceof Map) return [...value].sort(byKey).map(([key, entry]) => [plain(key), plain(entry)]);
	if (value instanceof Set) return [...value].sort().map(plain);
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
	return value as Cbor;
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
