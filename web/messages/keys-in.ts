import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USE = /\bm\.([a-z0-9_]+)\(/g;

/** Keys of the messages that the sources at `places` (files or folders of this workspace) use. */
export function keysIn(places: readonly string[]): ReadonlySet<string> {
	const root = fileURLToPath(new URL('..', import.meta.url));
	const files = places.flatMap((place) => sourcesAt(join(root, place)));
	return new Set(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(USE)].map((match) => match[1] ?? '')));
}

function sourcesAt(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
	return names.filter((name) => /\.(svelte|ts)$/.test(name)).map((name) => join(path, name));
}
