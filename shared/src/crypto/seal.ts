import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { Problem } from '../problem.ts';
import { labelBytes, type Label } from './hash.ts';

const { subtle } = globalThis.crypto;
export const IV_LENGTH = 12;
export const TAG_LENGTH = 16;

/** A 256-bit AES-GCM key that cannot be read back. */
export function importSealingKey(bytes: Uint8Array): Promise<CryptoKey> {
	return subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV in front.
 * @param context what the text belongs to; opening needs the same
 * @returns IV ‖ ciphertext ‖ 16-byte tag
 */
export async function seal(
	key: CryptoKey,
	label: Label,
	plaintext: Uint8Array,
	context: Uint8Array,
	random: (length: number) => Bytes,
): Promise<Bytes> {
	const iv = random(IV_LENGTH);
	const sealed = await subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: concatBytes(labelBytes(label), context) },
		key,
		plaintext as Bytes,
	);
	return concatBytes(iv, new Uint8Array(sealed));
}

/** @throws Problem `tampered` when key, label, context or one bit of `sealed` is not the one it was made with */
export async function open(key: CryptoKey, label: Label, sealed: Uint8Array, context: Uint8Array): Promise<Bytes> {
	if (sealed.length < IV_LENGTH + TAG_LENGTH) throw new Problem('malformed', { reason: 'sealed text too short' });
	// Views, not copies: every event of a long thread passes here.
	const iv = sealed.subarray(0, IV_LENGTH) as Bytes;
	try {
		const additionalData = concatBytes(labelBytes(label), context);
		return new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed.subarray(IV_LENGTH) as Bytes));
	} catch {
		throw new Problem('tampered');
	}
}
