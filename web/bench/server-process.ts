import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server that waits to be set up says so right after its address. */
const FOR_THE_TOKEN = 200;
/** As `npm start` says. */
const NEW_SPACE = '--max-semi-space-size=4';
/** The kernel counts processor time in hundredths of a second (`USER_HZ`, the same on every Linux). */
const TICK_MS = 10;

export interface ServerProcess {
	readonly url: string;
	readonly port: number;
	readonly folder: string;
	/** Empty when the forum is set up already. */
	readonly setupToken: string;
	/** Resident memory in MB, as the kernel counts it: now, and the most it ever was. */
	resident(): number;
	peak(): number;
	/** Processor time it has taken, in ms. */
	cpu(): number;
	/** What it wrote to its error stream. */
	errors(): string;
	/** Ends it in order and starts it again on the same folder. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export interface ProcessOptions {
	/** What goes before the program: a processor it may use alone, say. */
	readonly command?: readonly string[];
	/** The folder is somebody else's, and stays. */
	readonly keep?: boolean;
}

/** The server as `npm start` runs it: a process of its own, with a fresh database or the one in `folder`, which it takes over. */
export async function startProcess(
	port: number,
	folder = mkdtempSync(join(tmpdir(), 'multaqa-bench-')),
	{ command = [process.execPath], keep = false }: ProcessOptions = {},
): Promise<ServerProcess> {
	const main = new URL('../../server/src/main.ts', import.meta.url).pathname;
	// Writers of a bench write more in a second than a person in a year.
	const environment = { ...process.env, PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'error', WRITING_MB_PER_HOUR: '1000000' };
	let errors = '';
	let child = begin();
	const setupToken = await tokenFrom(child);

	function begin(): ChildProcess {
		const [program = '', ...rest] = command;
		const started = spawn(program, [...rest, NEW_SPACE, main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
		started.stderr?.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
		return started;
	}
	async function end(): Promise<void> {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		await ended;
	}

	return {
		url: `http://localhost:${port}`,
		port,
		folder,
		setupToken,
		resident: () => megabytesOf(child.pid ?? 0),
		peak: () => megabytesOf(child.pid ?? 0, 'VmHWM'),
		cpu: () => processorTime(child.pid ?? 0),
		errors: () => errors,
		async restart() {
			await end();
			child = begin();
			await tokenFrom(child);
		},
		async stop() {
			await end();
			if (!keep) rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Of a process, as the kernel counts it: what it holds now, or the most it ever held. */
export const megabytesOf = (pid: number, name: 'VmRSS' | 'VmHWM' = 'VmRSS'): number =>
	Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Of a process and all its threads, in its own code and in the kernel's, in ms. */
export function processorTime(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// After the name, which may hold anything.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
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
