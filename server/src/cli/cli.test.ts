import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum } from '../testing/forum.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let folder: string;
let server: TestServer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-cli-'));
	server = await openTestServer();
	await openForum(server);
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

/** Runs the command as an operator does. */
function multaqa(args: readonly string[], environment: Record<string, string> = {}) {
	const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: server.dataDir, ...environment };
	return new Promise<{ code: number; out: string; errors: string }>((resolve) => {
		execFile(process.execPath, [main, ...args], { env }, (error, out, errors) =>
			resolve({ code: error === null ? 0 : Number(error.code), out, errors }),
		);
	});
}

test('an operator makes a key, backs the running forum up, restores it elsewhere and checks it', { timeout: 60_000 }, async () => {
	const key = join(folder, 'forum.key');
	expect(await multaqa(['key', '--to', key])).toMatchObject({ code: 0, errors: '' });
	expect(statSync(key).mode & 0o777).toBe(0o600);
	expect(readFileSync(`${key}.pub`, 'utf8')).not.toContain('SECRET');
	const missing = await multaqa(['backup', '--to', join(folder, 'no', 'folder'), '--recipient', `${key}.pub`]);
	expect(missing).toMatchObject({ code: 1, errors: 'The folder to write to does not exist.\n' });
	const made = await multaqa(['backup', '--to', folder, '--recipient', `${key}.pub`]);
	expect(made).toMatchObject({ code: 0, errors: '' });
	const name = (await readdir(folder)).find((file) => file.endsWith('.age'))!;
	const elsewhere = { DATA_DIR: join(folder, 'elsewhere') };
	const restored = await multaqa(['restore', '--from', join(folder, name), '--identity', key], elsewhere);
	expect(restored).toMatchObject({ code: 0, errors: '' });
	const fingerprint = /Fingerprint.*: (.*)/.exec(made.out)![1]!;
	expect(restored.out).toContain(fingerprint);
	const checked = await multaqa(['check'], elsewhere);
	expect(checked).toMatchObject({ code: 0, errors: '' });
	expect(checked.out).toContain(fingerprint);
	expect(await multaqa(['restore', '--from', join(folder, name), '--identity', key], elsewhere)).toMatchObject({ code: 3 });
});

test('what is written wrongly is named, with how it is written rightly', { timeout: 60_000 }, async () => {
	for (const [args, words] of [
		[[], 'No command was given'],
		[['bakcup'], 'There is no command bakcup'],
		[['backup', '--to', folder], '--recipient is missing'],
		[['backup', '--too', folder], "Unknown option '--too'"],
		[['restore', '--from'], '--from'],
		[['check', 'everything'], 'everything'],
		[['move', '--to', 'postgres://me@host/db', '--replace=yes'], '--replace'],
	] as const) {
		const { code, out, errors } = await multaqa(args);
		expect([code, out], errors).toEqual([2, '']);
		expect(errors).toContain(words);
		expect(errors).toContain('multaqa <command>');
	}
	expect(await multaqa(['help'])).toMatchObject({ code: 0, errors: '' });
});

test('where there is no forum it says so, makes nothing, and tells no secret of a setting', { timeout: 60_000 }, async () => {
	const nowhere = { DATA_DIR: join(folder, 'nowhere') };
	for (const args of [['check'], ['backup', '--to', folder, '--recipient', `${join(folder, 'forum.key')}.pub`]]) {
		expect(await multaqa(args, nowhere)).toMatchObject({ code: 3, out: '' });
	}
	expect(existsSync(nowhere.DATA_DIR)).toBe(false);
	const { code, errors } = await multaqa(['check'], { DATABASE_URL: 'mysql://me:secret@db' });
	expect(code).toBe(1);
	expect(errors).not.toContain('secret');
	const unreachable = await multaqa(['check'], { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/db' });
	expect(unreachable.code).toBe(1);
	expect(unreachable.errors).toContain('cannot be reached');
	expect(unreachable.errors).not.toContain('secret');
});
