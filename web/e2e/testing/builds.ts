import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built page once more, in a folder of its own. */
export function sameBuild(): string {
	const folder = mkdtempSync(join(tmpdir(), 'multaqa-build-'));
	cpSync(fileURLToPath(new URL('../../build/', import.meta.url)), folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
	return folder;
}

/** Changes a file of a build. */
const change = (folder: string, file: string, how: (text: string) => string): void =>
	writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')));

/** What a build calls itself. */
export const buildName = (folder: string): string =>
	/version:`([^`]+)`/.exec(readFileSync(join(folder, 'client/service-worker.js'), 'utf8'))?.[1] ?? '';

/** The same page under another build's name, as after an upgrade of the server. */
export function anotherBuild(): string {
	const folder = sameBuild();
	const name = buildName(folder);
	// As long as the old name: the build knows the sizes of its files.
	const next = `${name.slice(0, -4)}next`;
	const served = readdirSync(join(folder, 'server'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
	for (const file of served) change(folder, join('server', file), (text) => text.replaceAll(name, next));
	alter(folder, '/service-worker.js', (text) => text.replaceAll(name, next));
	return folder;
}

/** Changes a file that browsers get, which stays as long as it was: the build knows the sizes of its files. */
export function alter(folder: string, path: string, how: (text: string) => string): void {
	change(folder, `client${path}`, how);
	// The compressed copies are of the old one.
	const file = path.replaceAll('.', String.raw`\.`);
	change(folder, 'adapter-node.js', (text) => text.replace(new RegExp(String.raw`(${file}[^}]*?),\\"gz\\":\d+,\\"br\\":\d+`), '$1'));
}
