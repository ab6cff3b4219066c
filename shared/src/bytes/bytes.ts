import { base64url } from '@scure/base';
import { Problem } from '../problem.ts';

/** Bytes whose buffer is not shared: what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
	const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		joined.set(part, offset);
		offset += part.length;
	}
	return joined;
}

/** Not constant time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	// A plain loop: this runs over every byte that arrives, and `every` with a callback costs five times as much.
	for (let place = 0; place < a.length; place++) if (a[place] !== b[place]) return false;
	return true;
}

/** Eight bytes, big-endian: a number inside a hash or a context. */
export function uint64(value: number): Bytes {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
	return bytes;
}

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** A byte order mark is a character like any other: what is read is what was written. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws Problem `malformed` when the bytes are not UTF-8 */
export function fromUtf8(bytes: Uint8Array): string {
	try {
		return strictUtf8.decode(bytes);
	} catch {
		throw new Problem('malformed', { reason: 'not UTF-8' });
	}
}

/**
 * base64url without padding (RFC 4648 §5): how every id and secret is written as text. By way of the padded form: for
 * that one the library uses what the browser has built in, ten times as fast, and ids are written by the thousand.
 */
export function toBase64url(bytes: Uint8Array): string {
	const padded = base64url.encode(bytes);
	return padded.slice(0, padded.length - paddingOf(bytes.length));
}

const paddingOf = (length: number): number => (3 - (length % 3)) % 3;

/** @throws Problem `malformed` */
export function fromBase64url(text: string): Bytes {
	if (text.includes('=')) throw new Problem('malformed', { reason: 'not base64url' });
	try {
		return new Uint8Array(base64url.decode(text.padEnd(Math.ceil(text.length / 4) * 4, '=')));
	} catch {
		throw new Problem('malformed', { reason: 'not base64url' });
	}
}
