import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { labelBytes, type Label } from '../crypto/hash.ts';
import { weakPoints } from './weak-keys.ts';

const ORDER = ed25519.Point.Fn.ORDER;
const numberOf = (bytes: Uint8Array): bigint => bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);

function littleEndian(number: bigint): Bytes {
	return Uint8Array.from({ length: 32 }, (_, place) => Number((number >> BigInt(8 * place)) & 255n));
}

const challenge = (R: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint =>
	numberOf(sha512(concatBytes(R, publicKey, message))) % ORDER;

/** Signs without any private key: `R = B`, `S = 1` holds for every message whose challenge is a multiple of eight. */
export function forgeUnderSmallOrder(publicKey: Uint8Array, label: Label): { message: Bytes; signature: Bytes } {
	const R = new Uint8Array(ed25519.Point.BASE.toBytes());
	for (let counter = 0; ; counter++) {
		const message = Uint8Array.of(counter);
		if (challenge(R, publicKey, concatBytes(labelBytes(label), message)) % 8n === 0n)
			return { message, signature: concatBytes(R, littleEndian(1n)) };
	}
}

/** A signature whose `R` has a torsion point in it: verifiers that multiply by the cofactor take it, ours must not. */
export function signWithTorsion(seed: Uint8Array, label: Label, message: Uint8Array): Bytes {
	const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(seed);
	const nonce = numberOf(sha512(concatBytes(seed, message))) % ORDER;
	const R = ed25519.Point.BASE.multiply(nonce)
		.add(weakPoints[1] as (typeof weakPoints)[number])
		.toBytes();
	const k = challenge(R, pointBytes, concatBytes(labelBytes(label), message));
	return concatBytes(R, littleEndian((nonce + k * scalar) % ORDER));
}

/** The same signature with the group order added to `S`: a second form that must not pass. */
export function withLargeS(signature: Uint8Array): Bytes {
	return concatBytes(signature.subarray(0, 32), littleEndian(numberOf(signature.subarray(32)) + ORDER));
}
