import { version as build } from '$app/env';
import { assets, immutable, routes } from '$app/manifest';
import { openPage, showNotice } from './lib/notifications/woken.ts';
import { pageAddresses } from './lib/offline/page-addresses.ts';
import { versionOf, type WorkerFiles, type WorkerQuestion } from './lib/offline/program-files.ts';
import { serve, type Program } from './lib/offline/serving.ts';
import type { WorkerScope } from './lib/offline/worker-scope.ts';

/**
 * Answers for the program from this device, and shows a notice when the device is woken. It fetches nothing by itself:
 * pages do, in idle time and in small steps (lib/offline/keep-files.ts), so that a bad line is never taken from what
 * somebody reads or writes.
 */
const scope = globalThis as unknown as WorkerScope;
const files = [...immutable, ...assets].map(({ path }) => (path.startsWith('/') ? path : `/${path}`));
const version = versionOf(build, files);
const pages = pageAddresses(routes.filter(({ page }) => page).map(({ id }) => id));
const program: Program = { version, files: new Set(files), pages };
const NEVER_OURS = ['/api/*', '/socket.io/*'];

scope.addEventListener('install', (event) => {
	const rules = NEVER_OURS.map((pathname) => ({ condition: { urlPattern: { pathname } }, source: 'network' as const }));
	const routed = event.addRoutes?.(rules);
	if (routed) event.waitUntil(routed.catch(() => undefined));
});
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => serve(event, program));
scope.addEventListener('push', (event) => event.waitUntil(showNotice(scope, new Date())));
scope.addEventListener('notificationclick', (event) => {
	event.notification.close();
	event.waitUntil(openPage(scope));
});
scope.addEventListener('message', (event) => {
	const question = event.data as WorkerQuestion;
	if (question === 'take-over') event.waitUntil(scope.skipWaiting());
	else if (question === 'files') event.ports[0]?.postMessage({ version, files } satisfies WorkerFiles);
});
