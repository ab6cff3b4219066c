import { concatBytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type ChainId, type Hash, type InvitationId } from '../bytes/ids.ts';
import { labelBytes } from '../crypto/hash.ts';

export const WORDS = 6;
/** A request to be restored waits for up to two days, in which a server could search: 64 bits, 2⁸¹ hashes. */
const RECOVERY_WORDS = 8;
/** Stretching makes a search for a matching key 2¹⁷ times dearer than the 48 bits alone. */
const ITERATIONS = 2 ** 17;
const { subtle } = globalThis.crypto;

/**
 * Six places (0–255) in the word list, from PBKDF2-HMAC-SHA256 (RFC 8018) over what two people compare aloud.
 * 48 bits: whoever wants another key to give the same words has 2⁶⁵ hashes to do while the two are talking.
 */
export const sixWords = (...parts: readonly Uint8Array[]): Promise<readonly number[]> => wordsOf(WORDS, parts);

async function wordsOf(count: number, parts: readonly Uint8Array[]): Promise<readonly number[]> {
	const key = await subtle.importKey('raw', concatBytes(...parts), 'PBKDF2', false, ['deriveBits']);
	const bits = await subtle.deriveBits(
		{ name: 'PBKDF2', hash: 'SHA-256', salt: labelBytes('words'), iterations: ITERATIONS },
		key,
		count * 8,
	);
	return [...new Uint8Array(bits)];
}

/** What an invitee and a coordinator compare before the member is added. */
export const admissionWords = (forum: ChainId, invitation: InvitationId, account: AccountId): Promise<readonly number[]> =>
	sixWords(idBytes(forum), idBytes(invitation), idBytes(account));

/** What a coordinator and somebody who lost every device compare before anything is approved. */
export const recoveryWords = (forum: ChainId, account: AccountId, key: Hash): Promise<readonly number[]> =>
	wordsOf(RECOVERY_WORDS, [idBytes(forum), idBytes(account), idBytes(key)]);
