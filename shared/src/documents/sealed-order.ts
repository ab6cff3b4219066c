import { encodeCbor } from '../bytes/cbor.ts';
import { toBase64url } from '../bytes/bytes.ts';
import type { Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';

/** Bytes of a seed, random. */
export const SEED_LENGTH = 32;

/**
 * What is fixed at the opening of a round in place of a seed: nobody learns the seed from it, and no other seed fits.
 * @param round names the sign-on round, so that a seed seals one order only
 * @returns base64url of SHA-256 under the label `order-seed`
 * @throws Problem `malformed` for a seed of another length
 */
export function sealSeed(round: string, seed: Uint8Array): Hash {
	if (seed.length !== SEED_LENGTH) throw new Problem('malformed', { reason: 'seed length' });
	return toBase64url(hash('order-seed', encodeCbor([round.toWellFormed(), seed]))) as Hash;
}

/**
 * The random order that was sealed at the opening. Whoever knew the only seed could choose, while nobody looks, one
 * that puts an organisation first; so several coordinators seal one each, and one honest one among them is enough.
 * Whoever has sealed and does not open holds the order up instead of choosing another.
 * @param sealed what was fixed at the opening, in its order
 * @param seeds the opened seeds, one for each, in the same order
 * @returns the same signatories, the same for everybody, whatever order they come in
 * @throws Problem `not-allowed` `every-seed-is-opened`, `order-was-sealed`; `tampered` when a seed is not the one that was sealed
 */
export function sealedOrder<Someone extends { readonly id: string }>(
	signatories: readonly Someone[],
	{ round, sealed, seeds }: { readonly round: string; readonly sealed: readonly string[]; readonly seeds: readonly Uint8Array[] },
): readonly Someone[] {
	if (sealed.length === 0) throw new Problem('not-allowed', { rule: 'order-was-sealed' });
	if (seeds.length !== sealed.length) throw new Problem('not-allowed', { rule: 'every-seed-is-opened' });
	if (seeds.some((seed, place) => sealSeed(round, seed) !== sealed[place])) throw new Problem('tampered', { reason: 'seed of the order' });
	const placed = signatories.map((signatory) => ({ signatory, place: placeOf(round, seeds, signatory.id) }));
	placed.sort((one, other) => (one.place === other.place ? 0 : one.place < other.place ? -1 : 1));
	return placed.map(({ signatory }) => signatory);
}

const placeOf = (round: string, seeds: readonly Uint8Array[], id: string): string =>
	Array.from(hash('order-place', encodeCbor([round.toWellFormed(), seeds, id.toWellFormed()])), (byte) =>
		byte.toString(16).padStart(2, '0'),
	).join('');
