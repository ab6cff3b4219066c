import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the page unless what is built is newer than everything it is made of. */
const root = new URL('..', import.meta.url).pathname;
const sources = [
	'web/src',
	'web/static',
	'web/messages',
	'web/vite.config.ts',
	'web/first-visit.ts',
	'web/project.inlang',
	'web/package.json',
	'shared/src',
];

function newest(place: string): number {
	const entry = statSync(place, { throwIfNoEntry: false });
	if (!entry) return 0;
	if (!entry.isDirectory()) return entry.mtimeMs;
	return Math.max(0, ...readdirSync(place).map((name) => (name === 'paraglide' ? 0 : newest(join(place, name)))));
}

const built = statSync(join(root, 'web/build/handler.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (built < Math.max(...sources.map((source) => newest(join(root, source))))) {
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: join(root, 'web'),
		stdio: ['ignore', 2, 2],
	});
	process.exitCode = status ?? 1;
}
