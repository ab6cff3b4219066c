import { toBase64url } from '../bytes/bytes.ts';

const { subtle } = globalThis.crypto;
/** Imported public keys. They are public, few and asked for with every event. */
const imported = new Map<string, Promise<CryptoKey>>();
const MOST_IMPORTED = 2_000;
/** Fewer than this are done sooner than they are sent away. */
const FEW = 16;

/** One Ed25519 signature (RFC 8032) to be checked. */
export interface SignatureCheck {
	/** 32 bytes, admitted before: WebCrypto alone accepts keys under which every message verifies. */
	readonly publicKey: Uint8Array;
	/** What was signed, its label before it. */
	readonly message: Uint8Array;
	/** 64 bytes. */
	readonly signature: Uint8Array;
}

/** Other threads that check signatures. */
export interface Verifiers {
	/** Many are about to come. */
	prepare(): void;
	/** May fail as a whole: then they are checked here. */
	check(checks: readonly SignatureCheck[]): Promise<readonly boolean[]>;
}

/** Chromium verifies on the thread that asks: a page is not to stand still while a thousand posts are opened. */
let elsewhere: Verifiers | null = null;
export function verifyElsewhere(verifiers: Verifiers | null): void {
	elsewhere = verifiers;
}

export const prepareToVerify = (): void => elsewhere?.prepare();

/** By WebCrypto, on this thread. */
export async function checkSignature({ publicKey, message, signature }: SignatureCheck): Promise<boolean> {
	try {
		return await subtle.verify('Ed25519', await importPublicKey(publicKey), signature as BufferSource, message as BufferSource);
	} catch {
		return false;
	}
}

/** Each of many; on other threads where there are some. */
export async function checkSignatures(checks: readonly SignatureCheck[]): Promise<readonly boolean[]> {
	const here = () => Promise.all(checks.map(checkSignature));
	return elsewhere === null || checks.length < FEW ? here() : elsewhere.check(checks).catch(here);
}

function importPublicKey(publicKey: Uint8Array): Promise<CryptoKey> {
	const name = toBase64url(publicKey);
	const known = imported.get(name);
	if (known) return known;
	if (imported.size >= MOST_IMPORTED) imported.clear();
	const key = subtle.importKey('raw', new Uint8Array(publicKey), { name: 'Ed25519' }, false, ['verify']);
	imported.set(name, key);
	return key;
}
