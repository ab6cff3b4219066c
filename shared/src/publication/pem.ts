import { bytesToHex } from '@noble/hashes/utils.js';
import { concatBytes, equalBytes, fromBase64url, type Bytes } from '../bytes/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';

/** DER of an Ed25519 public key before its 32 bytes (RFC 8410 §4). */
const SPKI_PREFIX = Uint8Array.from([0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]);
const [BEGIN, END] = ['-----BEGIN PUBLIC KEY-----', '-----END PUBLIC KEY-----'];

const spkiOf = (key: Uint8Array): Bytes => concatBytes(SPKI_PREFIX, key);

/** A public key as `openssl` reads it (RFC 7468 §13). @param key base64url of 32 bytes, or the bytes */
export function pemOf(key: string | Uint8Array): string {
	const der = spkiOf(typeof key === 'string' ? fromBase64url(key) : key);
	return `${BEGIN}\n${btoa(String.fromCharCode(...der))}\n${END}\n`;
}

/** The 32 bytes of an Ed25519 key in {@link pemOf}'s spelling. @throws Problem `malformed` */
export function keyInPem(pem: string): Bytes {
	const [, body = ''] = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n-----END PUBLIC KEY-----\n$/.exec(pem) ?? [];
	const der = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
	const [prefix, key] = [der.subarray(0, SPKI_PREFIX.length), der.slice(SPKI_PREFIX.length)];
	if (key.length !== 32 || !equalBytes(prefix, SPKI_PREFIX)) throw new Problem('malformed', { reason: 'no Ed25519 key' });
	return key;
}

/**
 * What two people compare to know that they speak of one key: the first 128 bits of SHA-256 of its DER form, the same as
 * `openssl pkey -pubin -outform DER | openssl dgst -sha256` begins with.
 * @returns «3f9a 07c2 …», eight groups of four
 */
export function fingerprint(key: string | Uint8Array): string {
	const digits = bytesToHex(sha256(spkiOf(typeof key === 'string' ? fromBase64url(key) : key)));
	return (digits.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}
