import { cacheOf, LOOK_CACHE, SHELL, versionIn } from './program-files.ts';
import type { AskedEvent } from './worker-scope.ts';

/** What a service worker came with. */
export interface Program {
	readonly version: string;
	readonly files: ReadonlySet<string>;
	/** Addresses that the shell answers. */
	readonly pages: readonly RegExp[];
}

const IMMUTABLE = '/_app/immutable/';

/** Answers from this device what belongs to the program, and nothing else: the rest goes to the server untouched. */
export function serve(event: AskedEvent, program: Program): void {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== location.origin) return;
	if (program.files.has(pathname) || pathname.startsWith(IMMUTABLE)) event.respondWith(keptFile(request, pathname));
	else if (request.mode === 'navigate' && program.pages.some((page) => page.test(pathname)))
		event.respondWith(keptShell(request, program.version));
}

/** What this device made for itself goes before what came with the program; tabs of an older version find theirs too. */
async function keptFile(request: Request, pathname: string): Promise<Response> {
	const look = await caches.match(pathname, { cacheName: LOOK_CACHE });
	return look ?? (await caches.match(pathname, { ignoreVary: true })) ?? fetch(request);
}

/** The shell of this version; while that is not whole yet, of the one before; the server's while nothing is kept. */
async function keptShell(request: Request, version: string): Promise<Response> {
	const others = (await caches.keys()).filter((name) => versionIn(name) !== null).toReversed();
	for (const cacheName of [cacheOf(version), ...others]) {
		const shell = await caches.match(SHELL, { cacheName, ignoreVary: true });
		if (shell) return shell;
	}
	return fetch(request);
}
