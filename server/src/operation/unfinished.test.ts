import { removeUnfinished } from '@multaqa/db/copy/unfinished';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openForum } from '../testing/forum.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { makeKey } from './keys.ts';
import { restore } from './restore.ts';

vi.setConfig({ testTimeout: 60_000 });

const quiet = () => undefined;
const now = Date.now;
let folder: string;
let server: TestServer;
let key: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-unfinished-'));
	key = join(folder, 'key');
	await makeKey(key);
	server = await openTestServer();
	await openForum(server);
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

const here = () => ({ file: join(server.dataDir, 'forum.db') });
const fresh = async (name: string) => ({ file: join(await mkdtemp(join(folder, name)), 'forum.db') });

async function takeBackup(): Promise<string> {
	const to = join(await mkdtemp(join(folder, 'to-')), 'forum.age');
	return (await backup({ from: here(), to, recipient: `${key}.pub`, progress: quiet, now })).path;
}

const bring = (from: string, to: Parameters<typeof restore>[0]['to']) =>
	restore({ from, identity: key, to, replace: false, progress: quiet, now });

test('a backup never replaces a file, and what failed leaves none', async () => {
	const from = await takeBackup();
	const again = backup({ from: here(), to: from, recipient: `${key}.pub`, progress: quiet, now });
	await expect(again).rejects.toMatchObject({ code: 'taken' });
	const to = join(folder, 'never.age');
	const wrong = [`${key}x`, 'age1notakey', key];
	for (const recipient of wrong) await expect(backup({ from: here(), to, recipient, progress: quiet, now })).rejects.toBeDefined();
	const broken = backup({ from: here(), to, recipient: `${key}.pub`, now, progress: fails });
	await expect(broken).rejects.toThrow('the light went out');
	expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
});

test('a backup or a restore that is ended in the middle leaves nothing behind', async () => {
	const from = await takeBackup();
	const to = await mkdtemp(join(folder, 'ended-'));
	const seen: string[][] = [];
	/** What the command does when it is told to end, as soon as there is something to remove. */
	const end = () => {
		if (readdirSync(to).length === 0) return;
		seen.push(readdirSync(to));
		removeUnfinished();
		seen.push(readdirSync(to));
		throw new Error('the program has ended');
	};
	const place = { file: join(to, 'forum.db') };
	await backup({ from: here(), to: join(to, 'forum.age'), recipient: `${key}.pub`, progress: end, now }).catch(() => undefined);
	await restore({ from, identity: key, to: place, replace: false, progress: end, now }).catch(() => undefined);
	expect(seen).toEqual([
		[expect.stringMatching(/^forum\.age\..*\.unfinished$/)],
		[],
		[expect.stringMatching(/^forum\.db\..*\.unfinished$/)],
		[],
	]);
	expect(readdirSync(to)).toEqual([]);
});

test('two backups at once, and those of a clock that stands still, never take each other for their own', async () => {
	const to = await mkdtemp(join(folder, 'twice-'));
	const take = (name = '') => backup({ from: here(), to: join(to, name), recipient: `${key}.pub`, progress: quiet, now: () => 0 });
	const paths = (await Promise.all([take(), take(), take()])).map(({ path }) => path);
	const hour = 'forum-1970-01-01-0000';
	expect(readdirSync(to).sort()).toEqual([`${hour}-2.age`, `${hour}-3.age`, `${hour}.age`]);
	expect(paths.map((path) => path.slice(to.length + 1)).sort()).toEqual(readdirSync(to).sort());
	const named = await Promise.allSettled([take('mine.age'), take('mine.age')]);
	expect(named.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	expect(named.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Refusal', code: 'taken' } });
	expect(readdirSync(to).length).toBe(4);
	for (const name of readdirSync(to)) expect((await bring(join(to, name), await fresh('twice-'))).findings.faults).toEqual([]);
});

test('a clock that is wrong, in either direction, spoils neither a backup nor what is restored', async () => {
	for (const wrong of [0, Date.parse('2126-01-01')]) {
		const to = join(await mkdtemp(join(folder, 'clock-')), 'forum.age');
		await backup({ from: here(), to, recipient: `${key}.pub`, progress: quiet, now: () => wrong });
		const place = await fresh('clock-');
		const { findings } = await restore({ from: to, identity: key, to: place, replace: false, progress: quiet, now: () => wrong });
		expect(await check(place, quiet, () => wrong)).toMatchObject({ fingerprint: findings.fingerprint, faults: [] });
	}
	await takeBackup();
});

test('what a power cut left of an earlier backup goes with a later one; what is being written, and what is not ours, stays', async () => {
	const to = await mkdtemp(join(folder, 'power-'));
	const [gone, alive] = [2 ** 30, process.ppid];
	const left = [
		`forum-1.age.${gone}-0123abcd.unfinished`,
		`forum.db.${gone}-0123abcd.unfinished-journal`,
		`forum-2.age.${alive}-0123abcd.unfinished`,
	];
	const kept = [`forum-3.age.${alive}-0123abcd.unfinished`, `notes.${gone}-0123abcd.unfinished`, 'forum.unfinished'];
	for (const name of [...left, ...kept]) writeFileSync(join(to, name), 'half');
	const longAgo = new Date(now() - 25 * 3_600_000);
	utimesSync(join(to, left[2]!), longAgo, longAgo);
	const { path } = await backup({ from: here(), to, recipient: `${key}.pub`, progress: quiet, now });
	expect(readdirSync(to).sort()).toEqual([path.slice(to.length + 1), ...kept].sort());
});

const fails = () => {
	throw new Error('the light went out');
};
