import { ed25519 } from '@noble/curves/ed25519.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { concatBytes, equalBytes, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { breathe } from '../breathe.ts';
import { Problem } from '../problem.ts';
import { labelBytes, type Label } from './hash.ts';
import { checkSignature, type SignatureCheck } from './verify.ts';

const { subtle } = globalThis.crypto;
const ED25519 = { name: 'Ed25519' };
/** DER prefix of an Ed25519 private key (RFC 8410 §7). */
const PKCS8_PREFIX = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);
const admitted = new Set<string>();
const MOST_ADMITTED = 20_000;
/** Canonical keys not of small order, whose torsion nobody has looked at yet. */
const provisional = new Map<string, Bytes>();
/** Each takes a millisecond or more: the page breathes in between. */
const CONFIRMED_AT_ONCE = 8;

/** An Ed25519 key pair (RFC 8032) whose private half may be non-extractable. */
export interface SigningKey {
	/** 32 bytes. */
	readonly publicKey: Bytes;
	readonly privateKey: CryptoKey;
}

/** A fresh pair that cannot be exported: a device key. */
export async function generateSigningKey(): Promise<SigningKey> {
	const pair = (await subtle.generateKey(ED25519, false, ['sign', 'verify'])) as CryptoKeyPair;
	return { publicKey: new Uint8Array(await subtle.exportKey('raw', pair.publicKey)), privateKey: pair.privateKey };
}

/** The pair of a 32-byte seed: identity and invitation keys. */
export async function signingKeyFromSeed(seed: Uint8Array): Promise<SigningKey> {
	const privateKey = await subtle.importKey('pkcs8', concatBytes(PKCS8_PREFIX, seed), ED25519, false, ['sign']);
	return { publicKey: new Uint8Array(ed25519.getPublicKey(seed)), privateKey };
}

/** Ed25519 over the label and the message. 64 bytes. */
export async function sign(key: SigningKey, label: Label, message: Uint8Array): Promise<Bytes> {
	return new Uint8Array(await subtle.sign(ED25519, key.privateKey, concatBytes(labelBytes(label), message)));
}

/** Ed25519 verification. The key must have passed {@link admitKey}. */
export const verify = (publicKey: Uint8Array, label: Label, message: Uint8Array, signature: Uint8Array): Promise<boolean> =>
	checkSignature(signatureCheck(publicKey, label, message, signature));

/**
 * Ed25519 over a file as it is, so that anybody's tools can check it (`openssl pkeyutl -verify -rawin`). Only for keys
 * that sign nothing else, and texts whose first line says what they are: there is no label that keeps uses apart.
 */
export const signFile = async (key: SigningKey, file: Uint8Array): Promise<Bytes> =>
	new Uint8Array(await subtle.sign(ED25519, key.privateKey, file as BufferSource));

/** Verifies {@link signFile}. The key must have passed {@link admitKey}. */
export const verifyFile = (publicKey: Uint8Array, file: Uint8Array, signature: Uint8Array): Promise<boolean> =>
	checkSignature({ publicKey, message: file, signature });

/** The same, to be checked together with others. */
export const signatureCheck = (publicKey: Uint8Array, label: Label, message: Uint8Array, signature: Uint8Array): SignatureCheck => ({
	publicKey,
	message: concatBytes(labelBytes(label), message),
	signature,
});

/**
 * Lets a public key in: canonical encoding, not of small order, in the prime-order group. Otherwise two
 * honest clients could disagree about a signature, or every message would verify.
 * @throws Problem `weak-key`
 */
export function admitKey(publicKey: Uint8Array): Bytes {
	if (publicKey.length !== 32) throw new Problem('weak-key');
	const name = toBase64url(publicKey);
	if (!admitted.has(name) && !provisional.has(name)) {
		if (!isAdmissible(publicKey)) throw new Problem('weak-key');
		rememberAdmitted(publicKey);
	}
	return new Uint8Array(publicKey);
}

/** y-coordinates of the eight points of small order, little-endian. */
const SMALL_ORDER = [
	'00'.repeat(32),
	`01${'00'.repeat(31)}`,
	`ec${'ff'.repeat(30)}7f`,
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map(hexToBytes);
/** 2²⁵⁵ − 19, little-endian. */
const PRIME = hexToBytes(`ed${'ff'.repeat(30)}7f`);

/**
 * Lets a key in for now: canonical and not of small order, under which every message would verify. That it has no
 * torsion, about which two programs might disagree, costs a thousand times more: {@link confirmAdmitted} looks at that
 * while the person reads.
 * @throws Problem `weak-key`
 */
export function admitForNow(publicKey: Uint8Array): void {
	if (publicKey.length !== 32) throw new Problem('weak-key');
	const name = toBase64url(publicKey);
	if (admitted.has(name)) return;
	const y = Uint8Array.from(publicKey, (byte, place) => (place === 31 ? byte & 0x7f : byte));
	if (!isBelow(y, PRIME) || SMALL_ORDER.some((point) => equalBytes(point, y))) throw new Problem('weak-key');
	provisional.set(name, new Uint8Array(publicKey));
}

/**
 * Looks whole at every key that was let in for now, a few at a time, also at those that count as admitted since: who
 * took them from a link that was checked a moment ago has not looked either.
 * @throws Problem `weak-key` when all of them have been looked at
 */
export async function confirmAdmitted(): Promise<void> {
	let weak = 0;
	for (const [name, key] of provisional) {
		provisional.delete(name);
		if (isAdmissible(key)) rememberAdmitted(key);
		else {
			admitted.delete(name);
			weak++;
		}
		if (provisional.size % CONFIRMED_AT_ONCE === 0) await breathe();
	}
	if (weak > 0) throw new Problem('weak-key');
}

function isBelow(number: Uint8Array, limit: Uint8Array): boolean {
	for (let place = 31; place >= 0; place--) {
		const difference = (number[place] ?? 0) - (limit[place] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return false;
}

/** Keys that passed {@link admitKey}, here or (as this device noted under its own seal) on an earlier visit: it costs 2 ms. */
export function rememberAdmitted(publicKey: Uint8Array): void {
	if (admitted.size >= MOST_ADMITTED) admitted.clear();
	admitted.add(toBase64url(publicKey));
}

function isAdmissible(publicKey: Uint8Array): boolean {
	try {
		const point = ed25519.Point.fromBytes(publicKey, false);
		return !point.isSmallOrder() && point.isTorsionFree();
	} catch {
		return false;
	}
}
