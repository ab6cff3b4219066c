import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { labelBytes, type Label } from './hash.ts';

const { subtle } = globalThis.crypto;
const NO_SALT = new Uint8Array(32);

/**
 * HKDF-SHA256 (RFC 5869) of a uniformly random secret.
 * @param context what the key is for, beyond the label: ids, in a fixed order and of fixed lengths
 * @returns `length` bytes
 */
export async function derive(secret: Uint8Array, label: Label, context: readonly Uint8Array[] = [], length = 32): Promise<Bytes> {
	const key = await subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits']);
	const info = concatBytes(labelBytes(label), ...context);
	return new Uint8Array(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: NO_SALT, info }, key, length * 8));
}
