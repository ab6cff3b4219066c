import { Problem } from '../problem.ts';
import type { Bytes } from './bytes.ts';

const STEP = 256;
const STEPS_UP_TO = 4096;
const LENGTH_PREFIX = 4;

/**
 * The length something of `length` bytes is padded to: steps of 256 bytes up to 4 KiB, above it Padmé
 * (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", §4), which
 * wastes at most 12 %.
 */
export function paddedLength(length: number): number {
	if (length <= STEPS_UP_TO) return Math.max(STEP, Math.ceil(length / STEP) * STEP);
	const exponent = Math.floor(Math.log2(length));
	const mantissaBits = Math.floor(Math.log2(exponent)) + 1;
	const step = 2 ** (exponent - mantissaBits);
	return Math.ceil(length / step) * step;
}

/** A four-byte big-endian length, the payload, zeros. */
export function pad(payload: Uint8Array): Bytes {
	const padded = new Uint8Array(paddedLength(LENGTH_PREFIX + payload.length));
	new DataView(padded.buffer).setUint32(0, payload.length);
	padded.set(payload, LENGTH_PREFIX);
	return padded;
}

/** @throws Problem `malformed` when the length, the padded length or a padding byte is not as {@link pad} makes it */
export function unpad(padded: Uint8Array): Bytes {
	if (padded.length < LENGTH_PREFIX) throw new Problem('malformed', { reason: 'padding' });
	const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
	const end = LENGTH_PREFIX + length;
	if (paddedLength(end) !== padded.length || !isZero(padded, end)) throw new Problem('malformed', { reason: 'padding' });
	return padded.subarray(LENGTH_PREFIX, end) as Bytes;
}

function isZero(bytes: Uint8Array, from: number): boolean {
	for (let place = from; place < bytes.length; place++) if (bytes[place] !== 0) return false;
	return true;
}
