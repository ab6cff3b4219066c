import { blobs } from '@multaqa/shared/api/blobs';
import { lockOf } from '@multaqa/shared/attachments/removal';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum } from '../testing/forum.ts';
import { random } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { wordsFor } from './words.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const MEGABYTE = 1024 * 1024;
let folder: string;
let server: TestServer;
let key: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-trouble-'));
	key = join(folder, 'key');
	server = await openTestServer();
	const { founder, space } = await openForum(server);
	for (let piece = 0; piece < 16; piece++)
		await founder.browser.call(blobs.write, { params: { space }, request: { bytes: random(MEGABYTE / 4), lock: lockOf(random(32)) } });
	await multaqa(['key', '--to', key]);
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

interface Ended {
	readonly code: number | null;
	readonly errors: string;
}

interface Surroundings {
	readonly dataDir?: string;
	/** What starts the command instead of a shell. */
	readonly under?: readonly string[];
	/** Told its process id. */
	readonly started?: (pid: number) => void;
}

/** Runs the command as an operator does, on a machine that has its troubles. */
function multaqa(args: readonly string[], { dataDir = server.dataDir, under = [], started }: Surroundings = {}): Promise<Ended> {
	const [program = process.execPath, ...rest] = [...under, process.execPath, main, ...args];
	const child = spawn(program, rest, { env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir } });
	let errors = '';
	child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
	child.stdout.resume();
	if (child.pid !== undefined) started?.(child.pid);
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, errors })));
}

const newFolder = (name: string) => mkdtemp(join(folder, `${name}-`));
const backupTo = (to: string, surroundings?: Surroundings) => multaqa(['backup', '--to', to, '--recipient', `${key}.pub`], surroundings);
const restoreFrom = (from: string, surroundings: Surroundings) => multaqa(['restore', '--from', from, '--identity', key], surroundings);

test('a disk that takes no more of a backup is named, and nothing of it stays', { timeout: 60_000 }, async () => {
	const to = await newFolder('full');
	const { code, errors } = await backupTo(to, { under: ['prlimit', `--fsize=${MEGABYTE}:unlimited`] });
	expect([code, errors]).toEqual([1, 'There is no room left on the disk. Nothing was left behind.\n']);
	expect(readdirSync(to)).toEqual([]);
});

/** A disk of its own, in which the command lives; what is on it can be listed before it goes. */
const onSmallDisk = (at: string, megabytes: number): readonly string[] => [
	'unshare',
	'--user',
	'--map-root-user',
	'--mount',
	'sh',
	'-c',
	`mount -t tmpfs -o size=${megabytes}m none "${at}" && "$@"; code=$?; ls -A "${at}" >&2; exit $code`,
	'sh',
];
const canMount = (() => {
	try {
		execFileSync('unshare', ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();

test.skipIf(!canMount)('on a real small disk neither a backup nor a restore leaves anything behind', { timeout: 60_000 }, async () => {
	const at = await newFolder('small');
	const full = [1, 'There is no room left on the disk. Nothing was left behind.\n'];
	const backedUp = await backupTo(at, { under: onSmallDisk(at, 2) });
	expect([backedUp.code, backedUp.errors]).toEqual(full);
	const to = join(await newFolder('whole'), 'forum.age');
	expect(await backupTo(to)).toMatchObject({ code: 0, errors: '' });
	const restored = await restoreFrom(to, { dataDir: at, under: onSmallDisk(at, 2) });
	expect([restored.code, restored.errors]).toEqual(full);
});

test.skipIf(!canMount)('a disk that is mounted read-only is named', { timeout: 60_000 }, async () => {
	const at = await newFolder('only');
	const readOnly = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', `mount -t tmpfs -o ro none "${at}" && exec "$@"`, 'sh'];
	expect(await backupTo(at, { under: readOnly })).toEqual({ code: 1, errors: `${wordsFor({ code: 'EROFS' })}\n` });
});

test('two backups at once are two backups; a name is given once', { timeout: 60_000 }, async () => {
	const to = await newFolder('both');
	expect((await Promise.all([backupTo(to), backupTo(to)])).map(({ code }) => code)).toEqual([0, 0]);
	expect(readdirSync(to).filter((name) => name.endsWith('.age')).length).toBe(2);
	const named = await Promise.all([backupTo(join(to, 'mine.age')), backupTo(join(to, 'mine.age'))]);
	expect(named.map(({ code }) => code).sort()).toEqual([0, 3]);
	expect(readdirSync(to).length).toBe(3);
});

test('the wrong key, and a key that cannot be read, are refused in words', { timeout: 60_000 }, async () => {
	const to = join(await newFolder('keys'), 'forum.age');
	await backupTo(to);
	const [other, dataDir] = [join(folder, 'other'), join(folder, 'never')];
	await multaqa(['key', '--to', other]);
	for (const [identity, words] of [
		[other, 'This key does not open the backup'],
		[`${key}.pub`, 'is no secret key of age'],
		[join(folder, 'no-key'), 'cannot be read'],
	] as const) {
		const { code, errors } = await multaqa(['restore', '--from', to, '--identity', identity], { dataDir });
		expect([code, errors.includes(words)], errors).toEqual([3, true]);
	}
	expect(readdirSync(folder)).not.toContain('never');
});

test('whoever ends a backup or a restore finds all of it or nothing', { timeout: 60_000 }, async () => {
	const whole = join(await newFolder('whole'), 'forum.age');
	await backupTo(whole);
	for (const [signal, work] of [
		['SIGTERM', (at: string, more: Surroundings) => backupTo(at, more)],
		['SIGINT', (at: string, more: Surroundings) => backupTo(at, more)],
		['SIGTERM', (at: string, more: Surroundings) => restoreFrom(whole, { ...more, dataDir: at })],
	] as const) {
		const at = await newFolder('ended');
		const watching = watch(at);
		const { code, errors } = await work(at, { started: (pid) => void watching.once('change', () => process.kill(pid, signal)) });
		watching.close();
		// On a crowded machine it may have been done before it was told.
		if (code === 0) expect(readdirSync(at).join()).toMatch(/^forum(-[\d-]+)?\.(age|db)$/);
		else expect([code, errors, readdirSync(at)]).toEqual([1, 'It was ended in the middle. What was not finished was removed.\n', []]);
	}
});

test('half a pair of keys is never made', { timeout: 60_000 }, async () => {
	const at = await newFolder('pair');
	mkdirSync(join(at, 'key.pub'));
	expect((await multaqa(['key', '--to', join(at, 'key')])).code).toBe(3);
	expect(readdirSync(at)).toEqual(['key.pub']);
	const inNothing = await multaqa(['key', '--to', join(at, 'no', 'key')]);
	expect(inNothing).toEqual({ code: 1, errors: 'The folder to write to does not exist.\n' });
	writeFileSync(join(at, 'file'), '');
	expect((await multaqa(['key', '--to', join(at, 'file', 'key')])).code).toBe(1);
	expect([readFileSync(join(at, 'file'), 'utf8'), statSync(join(at, 'key.pub')).isDirectory()]).toEqual(['', true]);
});
