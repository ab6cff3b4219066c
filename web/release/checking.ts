import { fromUtf8 } from '@multaqa/shared/bytes/bytes';
import {
	fileDigest,
	filesIn,
	LIST_ADDRESS,
	programDigest,
	readRelease,
	RELEASE_ADDRESS,
	SIGNATURE_ADDRESS,
	type FileDigests,
	type SignedRelease,
} from '@multaqa/shared/release/release';

/** What a forum was found to serve. */
export interface Checked {
	readonly signed: SignedRelease;
	/** What was signed. */
	readonly files: FileDigests;
	/** Addresses where something else is served than was signed. */
	readonly altered: readonly string[];
}

/**
 * Asks a forum for its whole program, as a browser would, and holds it against the release that it shows.
 * @param url of the forum
 * @throws Problem `malformed`, `tampered`, `weak-key`; Error where it serves no release, or does not answer
 */
export async function checkForum(url: string): Promise<Checked> {
	const [bytes, signature, list] = await Promise.all([RELEASE_ADDRESS, SIGNATURE_ADDRESS, LIST_ADDRESS].map((path) => served(url, path)));
	if (!bytes || !signature || !list || bytes.length === 0) throw new Error('This forum shows no signed release.');
	const signed = await readRelease(bytes, signature);
	const files = filesIn(fromUtf8(list));
	if (programDigest(files) !== signed.release.files) throw new Error('The list of files is not the one that was signed.');
	const altered: string[] = [];
	for (const [path, digest] of Object.entries(files)) {
		const file = await served(url, path);
		if (!file || fileDigest(file) !== digest) altered.push(path);
	}
	return { signed, files, altered };
}

/** Addresses at which two programs are not the same. */
export function differences(one: FileDigests, other: FileDigests): readonly string[] {
	const paths = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...paths].filter((path) => one[path] !== other[path]).toSorted();
}

/** `null`: there is nothing. */
async function served(url: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
	const response = await fetch(new URL(path, url), { headers: { accept: path.includes('.') ? '*/*' : 'text/html' }, redirect: 'error' });
	return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}
