import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';

/**
 * Separates uses: every hash, signature and key derivation starts with `multaqa/v1/<label>` and a zero
 * byte, so that a valid byte string in the wrong place does not verify.
 */
export type Label =
	| 'account'
	| 'link'
	| 'user-log'
	| 'event'
	| 'envelope'
	| 'frontier'
	| 'log'
	| 'recipients'
	| 'commitment'
	| 'public-key'
	| 'index-stream'
	| 'moderation-stream'
	| 'letter'
	| 'handle'
	| 'words'
	| 'safety-code'
	| 'admission'
	| 'invitation-open'
	| 'session'
	| 'device-proof'
	| 'sheet'
	| 'identity-key'
	| 'account-secret'
	| 'sheet-unlock'
	| 'passphrase-unlock'
	| 'passkey-unlock'
	| 'passkey-salt'
	| 'invitation-signing'
	| 'invitation-kem'
	| 'invitation-sealing'
	| 'enrolment-id'
	| 'enrolment-sealing'
	| 'user-key'
	| 'vault'
	| 'vault-key'
	| 'local'
	| 'notebook'
	| 'blob'
	| 'blob-removal'
	| 'blob-lock'
	| 'sealed-stance'
	| 'stream'
	| 'generation'
	| 'back'
	| 'body-hash'
	| 'recovery-request'
	| 'recovery-kem'
	| 'recovery-signing'
	| 'recovery-box'
	| 'recovery-share'
	| 'recovery-approval'
	| 'recovery-collect'
	| 'recovery-end'
	| 'document'
	| 'document-source'
	| 'document-session'
	| 'order-seed'
	| 'order-place'
	| 'withheld';

const encoded = new Map<Label, Bytes>();

export function labelBytes(label: Label): Bytes {
	const known = encoded.get(label);
	if (known) return known;
	const bytes = utf8(`multaqa/v1/${label}\0`);
	encoded.set(label, bytes);
	return bytes;
}

/** SHA-256 (FIPS 180-4) of the label and the parts. 32 bytes. */
export function hash(label: Label, ...parts: readonly Uint8Array[]): Bytes {
	const digest = nobleSha256.create().update(labelBytes(label));
	for (const part of parts) digest.update(part);
	return new Uint8Array(digest.digest());
}

/** The same by WebCrypto: half the time for what arrives by the thousand, and asynchronous. */
export async function digest(label: Label, bytes: Uint8Array): Promise<Bytes> {
	return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', concatBytes(labelBytes(label), bytes)));
}

/** SHA-256 without a label: only of published files, which others hash with tools of their own. 32 bytes. */
export const sha256 = (bytes: Uint8Array): Bytes => new Uint8Array(nobleSha256(bytes));
