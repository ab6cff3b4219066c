import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Compiled once for all starts of all runs: a start takes two thirds of the time. */
const COMPILED = join(tmpdir(), 'multaqa-faults-compiled');

/** The program itself, on one folder and one port, to be killed and started again. */
export interface ServerProcess {
	readonly url: string;
	readonly port: number;
	readonly folder: string;
	/** The secret part of the setup link, while there is one. */
	readonly token: string;
	readonly pid: number;
	/** Resolves when it answers; rejects when it ended instead, with what it said. */
	start(): Promise<void>;
	/** Starts it without waiting. */
	begin(): void;
	/** `kill -9`; resolves when it is gone. */
	kill(): Promise<void>;
	/** Resolves with the exit code. */
	ended(): Promise<number | null>;
	/** What it wrote to its error stream. */
	errors(): string;
	/** Ends it, and removes the folder. */
	remove(): Promise<void>;
}

export async function serverProcess(
	environment: Readonly<Record<string, string>> = {},
	command: readonly string[] = [],
): Promise<ServerProcess> {
	const folder = mkdtempSync(join(tmpdir(), 'multaqa-faults-'));
	const port = await freePort();
	let child: ChildProcess | null = null;
	let gone: Promise<number | null> = Promise.resolve(0);
	let ready: Promise<void> = Promise.resolve();
	let [token, errors] = ['', ''];

	function begin(): void {
		const [program = process.execPath, ...rest] = [...command, process.execPath, MAIN];
		const started = spawn(program, rest, {
			env: {
				...process.env,
				NODE_ENV: '',
				NODE_COMPILE_CACHE: COMPILED,
				LOG_LEVEL: 'error',
				PORT: String(port),
				DATA_DIR: folder,
				...environment,
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		child = started;
		gone = new Promise((resolve) => void started.once('exit', resolve));
		started.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
		ready = new Promise((resolve, reject) => {
			let out = '';
			started.stdout.on('data', (chunk: Buffer) => {
				out += chunk.toString();
				token = /\/setup#(\S+)\n/.exec(out)?.[1] ?? token;
				if (/listens on .*\n/.test(out)) resolve();
			});
			started.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
		});
		ready.catch(() => undefined);
	}

	const self: ServerProcess = {
		url: `http://localhost:${port}`,
		port,
		folder,
		get token() {
			return token;
		},
		get pid() {
			return child?.pid ?? 0;
		},
		async start() {
			begin();
			await ready;
		},
		begin,
		async kill() {
			child?.kill('SIGKILL');
			await gone;
		},
		ended: () => gone,
		errors: () => errors,
		async remove() {
			await self.kill();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	return self;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
