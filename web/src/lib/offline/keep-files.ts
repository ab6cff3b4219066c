import { cacheOf, entriesOf, SHELL, SHELL_ADDRESS, versionIn, type WorkerFiles } from './program-files.ts';
import { keepRelease, releaseOf, requireSigned, UnsignedProgram } from './release.ts';

/** Called after each file. */
export type KeepProgress = (done: number, total: number) => void;

const TYPES: readonly (readonly [ending: string, type: string])[] = [
	['.js', 'javascript'],
	['.css', 'text/css'],
	['.woff', 'font/'],
];

/** Whether a version is on this device as a whole. */
export async function isKept(version: string): Promise<boolean> {
	return (await caches.match(SHELL, { cacheName: cacheOf(version) })) !== undefined;
}

/**
 * Puts a version on this device: one file after another, each when nothing else is to be done, the shell at the end.
 * Whatever is here already, of this version or in the browser's own cache, costs nothing; whoever was interrupted
 * goes on from there. @throws when a file is not what it should be: the server has moved on, or there is no line
 * @throws UnsignedProgram when it is not what was signed
 */
export async function keepFiles(offered: WorkerFiles, signal: AbortSignal, progress: KeepProgress): Promise<void> {
	const { version, files } = offered;
	const release = await releaseOf(offered, signal);
	const cache = await caches.open(cacheOf(version));
	const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
	const total = files.length + 1;
	let done = files.filter((file) => kept.has(file)).length;
	progress(done, total);
	for (const file of files) {
		if (kept.has(file)) continue;
		await idle(signal);
		await cache.put(file, await fetchFile(file, signal));
		progress(++done, total);
	}
	const shell = await fetchShell(files, signal);
	if (signal.aborted) throw signal.reason;
	if (release) {
		await requireSigned(release, cache, shell, signal).catch((error: unknown) => thrownAway(version, error));
		await keepRelease(cache, release);
	}
	await cache.put(SHELL, shell);
	progress(total, total);
}

/** Which of the files it is, nobody knows: none of them stays. */
async function thrownAway(version: string, error: unknown): Promise<never> {
	if (error instanceof UnsignedProgram) await caches.delete(cacheOf(version));
	throw error;
}

async function fetchFile(file: string, signal: AbortSignal): Promise<Response> {
	const response = await fetch(file, { signal, priority: 'low' });
	const type = response.headers.get('content-type') ?? '';
	const wanted = TYPES.find(([ending]) => file.endsWith(ending))?.[1] ?? '';
	// What stands between us and the server may answer everything with a page of its own.
	if (!response.ok || response.redirected || !type.includes(wanted)) throw new TypeError(`not the program: ${file}`);
	return response;
}

/** The same for everybody: asked for without the session. */
async function fetchShell(files: readonly string[], signal: AbortSignal): Promise<Response> {
	const response = await fetch(SHELL_ADDRESS, { signal, credentials: 'omit', headers: { accept: 'text/html' } });
	const text = await response.clone().text();
	if (!response.ok || response.redirected || !entriesOf(files).every((file) => text.includes(file)))
		throw new TypeError('the shell of another version');
	return response;
}

/** Removes versions that no tab runs and no worker answers with. */
export async function removeOthers(wanted: ReadonlySet<string>): Promise<void> {
	for (const name of await caches.keys()) {
		const version = versionIn(name);
		if (version !== null && !wanted.has(version)) await caches.delete(name);
	}
}

const MOST_IDLE_MS = 2_000;

function idle(signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const go = () => (signal.aborted ? reject(signal.reason as Error) : resolve());
		if ('requestIdleCallback' in globalThis) requestIdleCallback(go, { timeout: MOST_IDLE_MS });
		else setTimeout(go, 50);
	});
}
