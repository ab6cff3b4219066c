import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';

const P = 2n ** 255n - 19n;

/** 32 little-endian bytes with the sign of x in the highest bit. */
export function encodePoint(y: bigint, sign: 0 | 1): Bytes {
	const bytes = new Uint8Array(32);
	for (let place = 0, rest = y; place < 32; place++, rest >>= 8n) bytes[place] = Number(rest & 255n);
	bytes[31] = (bytes[31] ?? 0) | (sign << 7);
	return bytes;
}

/** A point of order 8, and with it all eight small-order points. */
const TORSION = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');

/** The eight points of small order; the first is zero. */
export const weakPoints = Array.from({ length: 8 }, (_, times) =>
	times === 0 ? ed25519.Point.ZERO : TORSION.multiplyUnsafe(BigInt(times)),
);

/** The eight points of small order as RFC 8032 writes them. */
export const canonicalSmallOrderKeys: readonly Bytes[] = weakPoints.map((point) => new Uint8Array(point.toBytes()));

/** The same points with a sign for x = 0, or y written with p added: what careless decoders also take. */
export const nonCanonicalSmallOrderKeys: readonly Bytes[] = [
	encodePoint(1n, 1),
	encodePoint(P - 1n, 1),
	encodePoint(P, 0),
	encodePoint(P, 1),
	encodePoint(P + 1n, 0),
	encodePoint(P + 1n, 1),
];

export const smallOrderKeys: readonly Bytes[] = [...canonicalSmallOrderKeys, ...nonCanonicalSmallOrderKeys];

/** Every other y from p up to 2²⁵⁵: 17 values with both signs, most of them no points at all. */
export const nonCanonicalKeys: readonly Bytes[] = Array.from({ length: 17 }, (_, more) => P + 2n + BigInt(more)).flatMap((y) => [
	encodePoint(y, 0),
	encodePoint(y, 1),
]);

/** A good key with each of the seven torsion points added: verifiers disagree about its signatures. */
export const mixedOrderKeys = (goodKey: Uint8Array): readonly Bytes[] =>
	weakPoints.slice(1).map((torsion) => new Uint8Array(ed25519.Point.fromBytes(goodKey).add(torsion).toBytes()));

/** R = B, S = 1: under the identity as public key it signs everything. */
export const universalSignature: Bytes = concatBytes(ed25519.Point.BASE.toBytes(), Uint8Array.of(1), new Uint8Array(31));
