import { KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from '@panva/hpke-noble';
import { AEAD_AES_256_GCM, CipherSuite } from 'hpke';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { Problem } from '../problem.ts';
import { labelBytes, type Label } from './hash.ts';

/**
 * HPKE (RFC 9180, base mode) with X-Wing (X25519 + ML-KEM-768), HKDF-SHA256, AES-256-GCM. HKDF on this thread: ten short
 * hashes by WebCrypto wait for other threads half as long as everything else takes.
 */
const suite = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
/** Length of X-Wing's encapsulated secret, in front of every wrap. */
export const ENCAPSULATED_LENGTH = 1120;
export const KEM_PUBLIC_KEY_LENGTH = 1216;

export interface KemKey {
	/** 1,216 bytes. */
	readonly publicKey: Bytes;
	/** 32 bytes of key material from which the pair is derived: what is kept. */
	readonly seed: Bytes;
}

/** The X-Wing pair of 32 random or derived bytes (`DeriveKeyPair`, RFC 9180 §7.1.3). */
export async function kemKeyFromSeed(seed: Uint8Array): Promise<KemKey> {
	const pair = await suite.DeriveKeyPair(new Uint8Array(seed));
	return { publicKey: new Uint8Array(await suite.SerializePublicKey(pair.publicKey)), seed: new Uint8Array(seed) };
}

/**
 * Seals `plaintext` so that only the holder of the private half opens it. 1,136 bytes longer.
 * @throws Problem `malformed` when `publicKey` is none
 */
export async function wrap(publicKey: Uint8Array, label: Label, plaintext: Uint8Array, context: Uint8Array): Promise<Bytes> {
	try {
		const key = await suite.DeserializePublicKey(new Uint8Array(publicKey));
		const { encapsulatedSecret, ciphertext } = await suite.Seal(key, plaintext, { info: concatBytes(labelBytes(label), context) });
		return concatBytes(encapsulatedSecret, ciphertext);
	} catch {
		throw new Problem('malformed', { reason: 'public encryption key' });
	}
}

/** Opens a wrap with the seed of {@link kemKeyFromSeed}. @throws Problem `wrong-key`, `malformed` */
export async function unwrap(seed: Uint8Array, label: Label, wrapped: Uint8Array, context: Uint8Array): Promise<Bytes> {
	if (wrapped.length < ENCAPSULATED_LENGTH + 16) throw new Problem('malformed', { reason: 'wrap too short' });
	try {
		const pair = await suite.DeriveKeyPair(new Uint8Array(seed));
		const info = concatBytes(labelBytes(label), context);
		return new Uint8Array(
			await suite.Open(pair, wrapped.subarray(0, ENCAPSULATED_LENGTH), wrapped.subarray(ENCAPSULATED_LENGTH), { info }),
		);
	} catch {
		throw new Problem('wrong-key');
	}
}
