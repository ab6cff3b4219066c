import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64url, toBase64url } from '@multaqa/shared/bytes/bytes';
import { signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import {
	LIST_ADDRESS,
	listOf,
	programDigest,
	RELEASE_ADDRESS,
	SIGNATURE_ADDRESS,
	signRelease,
	type SignedRelease,
} from '@multaqa/shared/release/release';
import { builtProgram } from './program.ts';

/** Makes a key for releases, readable for its owner only. @returns its public half, base64url @throws when the file is there */
export async function makeKey(file: string): Promise<string> {
	const { privateKey } = generateKeyPairSync('ed25519');
	writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
	return nameOf(await keyIn(file));
}

/** A key as {@link makeKey}, or `openssl genpkey -algorithm ed25519`, writes it. @throws when there is none in the file */
export async function keyIn(file: string): Promise<SigningKey> {
	const key = createPrivateKey(readFileSync(file));
	const { d } = key.export({ format: 'jwk' });
	if (key.asymmetricKeyType !== 'ed25519' || d === undefined) throw new Error(`${file} holds no Ed25519 key`);
	return signingKeyFromSeed(fromBase64url(d));
}

export const nameOf = ({ publicKey }: SigningKey): string => toBase64url(publicKey);

/** Signs a build, and puts release and signature where the server serves them. @param next who signs the release after it, base64url */
export async function signBuild(build: string, key: SigningKey, next: string = nameOf(key)): Promise<SignedRelease> {
	const { version, files } = await builtProgram(build);
	const signed = Math.floor(Date.now() / 1000);
	const release = await signRelease({ version, signed, key: nameOf(key), next, files: programDigest(files) }, key);
	writeFileSync(join(build, RELEASE_ADDRESS), release.bytes);
	writeFileSync(join(build, SIGNATURE_ADDRESS), release.signature);
	writeFileSync(join(build, LIST_ADDRESS), listOf(files));
	return release;
}
