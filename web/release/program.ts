import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer } from '@multaqa/server/server';
import { fileDigest, type FileDigests } from '@multaqa/shared/release/release';
import { SHELL_ADDRESS, versionOf } from '../src/lib/offline/program-files.ts';

/** A built program: what it is called, and the digest of each of its files by address. */
export interface BuiltProgram {
	readonly version: string;
	readonly files: FileDigests;
}

/** Compressed copies of the others; and what Kit asks for where pages look for a newer build by themselves, which ours do not. */
const NOT_OURS = /\.(br|gz)$|^version\.json$/;
const BUILD_NAME = /version:`([^`]+)`/;

/** Every file of a build as browsers get it, and the shell. @param build the folder that `vite build` made */
export async function builtProgram(build: string): Promise<BuiltProgram> {
	const client = join(build, 'client');
	const paths = readdirSync(client, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !NOT_OURS.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(client.length));
	const files = Object.fromEntries(paths.map((path) => [path, fileDigest(readFileSync(join(client, path)))]));
	const name = BUILD_NAME.exec(readFileSync(join(client, 'service-worker.js'), 'utf8'))?.[1];
	if (name === undefined) throw new Error('the service worker does not say which build it is of');
	return { version: versionOf(name, paths), files: { ...files, [SHELL_ADDRESS]: await shellOf(build) } };
}

/** The shell is made when it is asked for, the same bytes for everybody: so it is asked for. */
async function shellOf(build: string): Promise<string> {
	const dataDir = mkdtempSync(join(tmpdir(), 'multaqa-release-'));
	const server = await startServer({ port: 0, dataDir, logLevel: 'silent', webBuild: pathToFileURL(`${build}/`) });
	try {
		const response = await fetch(`${server.url}${SHELL_ADDRESS}`, { headers: { accept: 'text/html' } });
		if (!response.ok) throw new Error(`the shell answers ${response.status}`);
		return fileDigest(new Uint8Array(await response.arrayBuffer()));
	} finally {
		await server.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
}
