import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';

/**
 * Separates uses: every hash, signature and key derivation starts with `multaqa/v1/<label>` and a zero
 * byte, so that a valid byte string in the wrong place does not verify.
 */
export type Label =
	| 'account' | 'link' | 'user-log' | 'event' | 'envelope' | 'frontier' | 'recipients' | 'commitment' | 'public-key'
	| 'index-stream' | 'handle' | 'words' | 'admission' | 'invitation-open' | 'session' | 'device-proof' | 'sheet'
	| 'identity-key' | 'account-secret' | 'sheet-unlock' | 'passphrase-unlock' | 'passkey-unlock' | 'passkey-salt'
	| 'invitation-signing' | 'invitation-kem' | 'invitation-sealing' | 'enrolment-id' | 'enrolment-sealing'
	| 'user-key' | 'vault' | 'vault-key' | 'local' | 'stream' | 'generation' | 'back' | 'body-hash';

export const labelBytes = (label: Label): Bytes => utf8(`multaqa/v1/${label}\0`);

/** SHA-256 (FIPS 180-4) of the label and the parts. 32 bytes. */
export function hash(label: Label, ...parts: readonly Uint8Array[]): Bytes {
	return new Uint8Array(nobleSha256(concatBytes(labelBytes(label), ...parts)));
}
