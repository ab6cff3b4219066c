import { encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type Hash, type OrganisationId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import type { Stance } from './events.ts';

/** What a sealed answer is bound to: in another round, or from another organisation, the same bytes open nothing. */
export interface SealedFor {
	readonly decision: Hash;
	readonly organisation: OrganisationId;
}

/**
 * What a sealed answer shows: SHA-256 over round, organisation, salt and answer (all of it but `after`), under a label of its own. With a random salt of 32 bytes
 * nobody can try out answers; nobody can open it as another answer; and a copy of somebody else's opens for nobody but them.
 * @param salt 32 random bytes, as base64url
 * @throws Problem `malformed` when the salt is not that
 */
export function commitmentOf({ decision, organisation }: SealedFor, salt: Hash, answer: Stance): Hash {
	// What was said before it is known from the order, and may be known to its author only when the answer is opened.
	const { after: _, ...said } = answer;
	const bound = [idBytes(decision), idBytes(organisation, SHORT_ID_LENGTH), idBytes(salt), said as unknown as Cbor];
	return idOf<Hash>(hash('sealed-stance', encodeCbor(bound)));
}

/** True when salt and answer are what was sealed. */
export function opens(commitment: Hash | null, sealedFor: SealedFor, salt: Hash, answer: Stance): boolean {
	try {
		return commitmentOf(sealedFor, salt, answer) === commitment;
	} catch {
		// A salt that is none opens nothing.
		return false;
	}
}
