import { bytesToHex } from '@noble/hashes/utils.js';
import {
	comesAfter,
	programDigest,
	readRelease,
	RELEASE_ADDRESS,
	releaseCode,
	SIGNATURE_ADDRESS,
	type SignedRelease,
} from '@multaqa/shared/release/release';
import { cacheOf, SERVICE_WORKER, SHELL, SHELL_ADDRESS, versionIn, type WorkerFiles } from './program-files.ts';

/** No content: there is no release, and nothing went wrong. */
const NOT_SIGNED = 204;

/** An upgrade may lie between two questions: it is asked again. */
const MOVED_ON = new TypeError('the release of another version');

/** The server offers a program that is not the one which its publisher signed. */
export class UnsignedProgram extends Error {
	constructor(what: string) {
		super(`not as it was signed: ${what}`);
	}
}

/**
 * What the server's publisher says of the version that it offers; `null` where nobody signs. Once this device keeps a
 * signed program, it takes no other.
 * @throws UnsignedProgram; TypeError when there is no line, or the server has moved on
 */
export async function releaseOf(offered: WorkerFiles, signal: AbortSignal): Promise<SignedRelease | null> {
	const before = await keptRelease();
	const signed = await servedRelease(signal);
	if (!signed) {
		if (before) throw new UnsignedProgram(RELEASE_ADDRESS);
		return null;
	}
	if (!comesAfter(signed, before)) throw new UnsignedProgram('another key, or an older release');
	const { version } = signed.release;
	if (version !== offered.version) throw version === before?.release.version ? new UnsignedProgram('the release before') : MOVED_ON;
	return signed;
}

/**
 * Looks at everything that was fetched, before the shell makes it a program: a release says nothing of single files.
 * @throws UnsignedProgram
 */
export async function requireSigned({ release }: SignedRelease, cache: Cache, shell: Response, signal: AbortSignal): Promise<void> {
	const files: Record<string, string> = { [SHELL_ADDRESS]: await digestOf(shell) };
	for (const request of await cache.keys()) {
		const file = await cache.match(request);
		if (file) files[new URL(request.url).pathname] = await digestOf(file);
	}
	// What browsers fetch for themselves comes from the same address.
	const worker = await fetch(SERVICE_WORKER, { signal, cache: 'no-store' });
	if (!worker.ok) throw new TypeError('no service worker');
	files[SERVICE_WORKER] = await digestOf(worker);
	if (programDigest(files) !== release.files) throw new UnsignedProgram(release.version);
}

/** As the file is, whatever it was compressed with on its way. */
async function digestOf(response: Response): Promise<string> {
	return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer())));
}

async function servedRelease(signal: AbortSignal): Promise<SignedRelease | null> {
	const release = await fetch(RELEASE_ADDRESS, { signal, cache: 'no-store' });
	if (release.status === NOT_SIGNED) return null;
	const signature = await fetch(SIGNATURE_ADDRESS, { signal, cache: 'no-store' });
	// What stands between us and the server may answer everything with a page of its own.
	const isRelease = release.ok && signature.ok && release.headers.get('content-type')?.includes('json');
	if (!isRelease) throw new TypeError('no release');
	return readRelease(await bytesOf(release), await bytesOf(signature)).catch((error: unknown) => {
		throw new UnsignedProgram(error instanceof Error ? error.message : RELEASE_ADDRESS);
	});
}

/** Puts a release beside the program that it is of. */
export async function keepRelease(cache: Cache, { bytes, signature }: SignedRelease): Promise<void> {
	await cache.put(SIGNATURE_ADDRESS, new Response(signature));
	await cache.put(RELEASE_ADDRESS, new Response(bytes));
}

/** The release of a version that is on this device as a whole; of the newest one unless it is named. */
export async function keptRelease(version?: string): Promise<SignedRelease | null> {
	const names = version === undefined ? (await caches.keys()).filter((name) => versionIn(name) !== null).toReversed() : [cacheOf(version)];
	for (const cacheName of names) {
		const [shell, release, signature] = await Promise.all(
			[SHELL, RELEASE_ADDRESS, SIGNATURE_ADDRESS].map((address) => caches.match(address, { cacheName })),
		);
		if (shell && release && signature) return readRelease(await bytesOf(release), await bytesOf(signature));
	}
	return null;
}

/** What is compared of the program that runs here; `null` where nobody signed it, or it is not kept. */
export async function keptCode(version: string): Promise<string | null> {
	const kept = await keptRelease(version).catch(() => null);
	return kept && releaseCode(kept);
}

const bytesOf = async (response: Response): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await response.arrayBuffer());
