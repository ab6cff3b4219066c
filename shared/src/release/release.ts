import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { fromBase64url, fromUtf8, utf8, type Bytes } from '../bytes/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { admitKey, signFile, verifyFile, type SigningKey } from '../crypto/sign.ts';
import { Problem } from '../problem.ts';

/** Where a release is served, the 64 bytes of its signature (Ed25519 over the file as it is), and the list that it binds. */
export const RELEASE_ADDRESS = '/release.json';
export const SIGNATURE_ADDRESS = '/release.json.sig';
export const LIST_ADDRESS = '/release.txt';

const key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const MOST_BYTES = 4_096;
const release = v.strictObject({
	multaqa: v.literal('release/1'),
	/** Names the build, as its service worker does. */
	version: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
	/** When, in seconds since 1970 by the clock of whoever signed: what comes after it is not older. */
	signed: v.pipe(v.number(), v.integer(), v.minValue(0)),
	/** Who signs this release. */
	key,
	/** Who signs the one after it: another key only while keys change. */
	next: key,
	/** Of {@link listOf} all files of the program: who has them needs no list. */
	files: digest,
});

/** What a program consists of, said by whoever publishes it, with a key that is on no server. */
export type Release = v.InferOutput<typeof release>;

/** A release that its own key has signed. */
export interface SignedRelease {
	readonly release: Release;
	/** As they are served. */
	readonly bytes: Bytes;
	readonly signature: Bytes;
}

/** @throws Problem `malformed` */
export async function signRelease(terms: Omit<Release, 'multaqa'>, signing: SigningKey): Promise<SignedRelease> {
	const said = { multaqa: 'release/1', ...terms } as const;
	const bytes = utf8(`${JSON.stringify(said, null, '\t')}\n`);
	return readRelease(bytes, await signFile(signing, bytes));
}

/**
 * A release as it was served, and signed by the key that it names. Whose key that is, is for the caller to know.
 * @throws Problem `malformed`, `too-large`, `tampered`, `weak-key`
 */
export async function readRelease(bytes: Bytes, signature: Bytes): Promise<SignedRelease> {
	if (bytes.length > MOST_BYTES) throw new Problem('too-large', { limit: MOST_BYTES, actual: bytes.length });
	const said = v.safeParse(release, parsed(bytes));
	if (!said.success) throw new Problem('malformed', { reason: 'release' });
	const publicKey = admitKey(fromBase64url(said.output.key));
	if (signature.length !== 64 || !(await verifyFile(publicKey, bytes, signature)))
		throw new Problem('tampered', { rule: 'release-is-signed' });
	return { release: said.output, bytes, signature };
}

function parsed(bytes: Bytes): unknown {
	try {
		return JSON.parse(fromUtf8(bytes));
	} catch {
		throw new Problem('malformed', { reason: 'release' });
	}
}

/**
 * Signed by whom the one before named, and not an older one with faults that are known since.
 * @param before the release that is kept; `null`: none was signed yet
 */
export const comesAfter = ({ release: offered }: SignedRelease, before: SignedRelease | null): boolean =>
	before === null || (offered.key === before.release.next && offered.signed >= before.release.signed);

/** Digest of each file of a program, by its address. */
export type FileDigests = Readonly<Record<string, string>>;

/** As `sha256sum` prints them, in the order of their addresses. */
export const listOf = (files: FileDigests): string =>
	Object.keys(files)
		.toSorted()
		.map((path) => `${files[path]}  ${path}\n`)
		.join('');

/** The files of a list. @throws Problem `malformed` */
export function filesIn(list: string): FileDigests {
	const lines = list.split('\n').slice(0, -1);
	const files = Object.fromEntries(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
	if (listOf(files) !== list) throw new Problem('malformed', { reason: 'list of files' });
	return files;
}

/** What a release says of a program's files. */
export const programDigest = (files: FileDigests): string => fileDigest(utf8(listOf(files)));

/** SHA-256 of a file, as `sha256sum` prints it. */
export const fileDigest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/**
 * What people compare to know that they run the same program: the first 128 bits of SHA-256 of the release, the same as
 * `sha256sum release.json` begins with.
 * @returns «3f9a 07c2 …», eight groups of four
 */
export const releaseCode = ({ bytes }: Pick<SignedRelease, 'bytes'>): string =>
	(fileDigest(bytes).slice(0, 32).match(/.{4}/g) ?? []).join(' ');
