import { forum } from '@multaqa/shared/api/accounts';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { openBrowser } from './testing/http.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let dataDir = '';
let child: ChildProcess | null = null;
afterEach(async () => {
	child?.kill('SIGKILL');
	await rm(dataDir, { recursive: true, force: true });
});

/** Starts the program itself and waits for its first lines. */
async function start(environment: Record<string, string> = {}) {
	dataDir = await mkdtemp(join(tmpdir(), 'multaqa-main-'));
	const started = spawn(process.execPath, [main], { env: { ...process.env, NODE_ENV: '', PORT: '0', DATA_DIR: dataDir, ...environment } });
	child = started;
	let out = '';
	let errors = '';
	started.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
	started.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
	const exit = new Promise<number | null>((resolve) => void started.once('exit', resolve));
	await Promise.race([exit, expect.poll(() => out, { timeout: 10_000 }).toContain('/setup#')]);
	return { process: started, exit, out: () => out, errors: () => errors };
}

test('it prints the setup link once, serves, and stops cleanly on SIGTERM with a connection still open', async () => {
	const running = await start();
	const lines = running
		.out()
		.split('\n')
		.filter((line) => line.includes('/setup'));
	expect(lines).toHaveLength(1);
	const link = /(http:\/\/localhost:\d+)\/setup#([\w-]{43})$/.exec(lines[0]!)!;
	await openBrowser(link[1]!).call(forum.probe, { request: { token: link[2]! } });
	const began = Date.now();
	running.process.kill('SIGTERM');
	expect(await running.exit).toBe(0);
	expect(Date.now() - began).toBeLessThan(5_000);
	expect(running.errors()).not.toContain(link[2]);
});

test('a bad setting stops the start and is named, its value is not', { timeout: 30_000 }, async () => {
	for (const [name, value] of [
		['PORT', 'eighty'],
		['PUBLIC_URL', 'http://forum.example.org'],
		['LOG_LEVEL', 'loud'],
		['DATABASE_URL', 'mysql://me:secret@db'],
		['PUSH_SUBJECT', 'the-operator'],
		['SMTP_URL', 'https://me:secret@mail'],
		['MAIL_FROM', 'post@neutral.example'],
	] as const) {
		const running = await start({ [name]: value });
		expect(await running.exit).toBe(1);
		expect(running.errors()).toContain(name);
		expect(running.errors()).not.toContain(value);
		await rm(dataDir, { recursive: true, force: true });
	}
});
