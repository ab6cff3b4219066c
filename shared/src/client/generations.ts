import { concatBytes, equalBytes, uint64, type Bytes } from '../bytes/bytes.ts';
import { idBytes, type SpaceId } from '../bytes/ids.ts';
import type { Generation, Roster } from '../chain/roster.ts';
import { hash } from '../crypto/hash.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { unwrap, wrap } from '../crypto/wrap.ts';
import { Problem } from '../problem.ts';

const contextOf = (space: SpaceId, generation: number): Bytes => concatBytes(idBytes(space), uint64(generation));

/** What `key.rotate` commits to: nobody can be given another key than the rest. */
export const commitmentOf = (space: SpaceId, generation: number, key: Uint8Array): Bytes =>
	hash('commitment', contextOf(space, generation), key);

/** A generation key for one recipient's public key. */
export const wrapGeneration = (publicKey: Uint8Array, space: SpaceId, generation: number, key: Uint8Array): Promise<Bytes> =>
	wrap(publicKey, 'generation', key, contextOf(space, generation));

/**
 * Opens a wrap and holds it against the roster's commitment.
 * @param seed of the one encryption key that the wrap must be for
 * @throws Problem `wrong-key` when the seed does not open it, `tampered` when it is not the committed key
 */
export async function unwrapGeneration(seed: Uint8Array, wrapped: Uint8Array, roster: Roster, generation: number): Promise<Bytes> {
	const key = await unwrap(seed, 'generation', wrapped, contextOf(roster.id, generation)).catch(() => null);
	if (!key) throw new Problem('wrong-key');
	return checked(key, roster, generation);
}

/** The key before, sealed under its successor. */
export async function sealBack(
	space: SpaceId,
	generation: number,
	key: Uint8Array,
	previous: Uint8Array,
	random: (length: number) => Bytes,
): Promise<Bytes> {
	return seal(await importSealingKey(key), 'back', previous, contextOf(space, generation), random);
}

/** Walks one step back in a space's keys. @throws Problem `tampered`, `not-allowed` where history is closed */
export async function openBack(roster: Roster, generation: Generation, key: Uint8Array): Promise<Bytes> {
	if (generation.back === null) throw new Problem('not-allowed', { rule: 'history-is-closed' });
	const previous = await open(await importSealingKey(key), 'back', generation.back, contextOf(roster.id, generation.generation));
	return checked(previous, roster, generation.generation - 1);
}

function checked(key: Bytes, roster: Roster, generation: number): Bytes {
	const entry = roster.generations.find((candidate) => candidate.generation === generation);
	if (!entry || !equalBytes(commitmentOf(roster.id, generation, key), entry.commitment)) {
		throw new Problem('tampered', { rule: 'wrap-opens-to-the-commitment' });
	}
	return key;
}
