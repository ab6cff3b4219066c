import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server that waits to be set up says so right after its address. */
const FOR_THE_TOKEN = 200;

export interface ServerProcess {
	readonly url: string;
	readonly folder: string;
	/** Empty when the forum is set up already. */
	readonly setupToken: string;
	/** Resident memory in MB, as the kernel counts it. */
	resident(): number;
	stop(): Promise<void>;
}

/** The server as `npm start` runs it: a process of its own, with a fresh database or the one in `folder`, which it takes over. */
export async function startProcess(port: number, folder = mkdtempSync(join(tmpdir(), 'multaqa-bench-'))): Promise<ServerProcess> {
	const main = new URL('../../server/src/main.ts', import.meta.url).pathname;
	const environment = { ...process.env, PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'error' };
	const child = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
	const setupToken = await tokenFrom(child);
	return {
		url: `http://localhost:${port}`,
		folder,
		setupToken,
		resident: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
		async stop() {
			const ended = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGTERM');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function tokenFrom(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let output = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const listens = /listens on .*\n/.exec(output);
			const token = /\/setup#(\S+)\n/.exec(output)?.[1];
			if (token) resolve(token);
			else if (listens) setTimeout(resolve, FOR_THE_TOKEN, '');
		});
		child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
	});
}
