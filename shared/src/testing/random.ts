import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';

/** Bytes that look random and are the same in every run. Never outside tests and vectors. */
export function unsafeTestingRandom(seed: string): (length: number) => Bytes {
	let counter = 0;
	return (length) => {
		const bytes = new Uint8Array(length);
		for (let offset = 0; offset < length; offset += 32) {
			bytes.set(sha256(concatBytes(utf8(seed), encodeCbor(counter++))).subarray(0, length - offset), offset);
		}
		return bytes;
	};
}

/** `bytes` with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Bytes {
	const flipped = new Uint8Array(bytes);
	flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return flipped;
}
