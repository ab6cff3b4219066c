/**
 * How page and service worker name what is kept of the program. A version is named by its two entry files, whose names
 * change with any part of it (a page reads them in its own shell, the worker in its list), and by the build's name,
 * which changes with the shell.
 */
const ENTRY = /\/entry\/(?:app|start)\.([\w-]+)\.js$/;
const PREFIX = 'program ';

/** Where the shell is taken from: it starts any page, and is quickest at the one that every device shows first. */
export const SHELL_ADDRESS = '/sign-in';

/** The key of the shell. It is kept last: where it is, the version is whole. */
export const SHELL = '/';

/** What browsers look at for a newer program. */
export const SERVICE_WORKER = '/service-worker.js';

/** What the device itself made for the installed program: name and icons (lib/disguise). */
export const LOOK_CACHE = 'look';

/** Names the version of a build whose files these are. */
export function versionOf(build: string, files: readonly string[]): string {
	const marks = entriesOf(files).map((file) => ENTRY.exec(file)?.[1] ?? '');
	return [build, ...marks.toSorted()].join(' ');
}

/** The files that start a program. Its shell names both. */
export const entriesOf = (files: readonly string[]): string[] => files.filter((file) => ENTRY.test(file));

export const cacheOf = (version: string): string => PREFIX + version;

/** Which version a cache holds; `null` for other caches. */
export const versionIn = (cache: string): string | null => (cache.startsWith(PREFIX) ? cache.slice(PREFIX.length) : null);

/** What a page asks its service worker. */
export type WorkerQuestion = 'files' | 'take-over';

/** The version a worker came with: all of its files, without the shell. */
export interface WorkerFiles {
	readonly version: string;
	readonly files: readonly string[];
}
