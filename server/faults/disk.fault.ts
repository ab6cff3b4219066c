import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chains } from '@multaqa/shared/api/chain';
import { spaces } from '@multaqa/shared/api/log';
import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { afterEach, expect, test } from 'vitest';
import { newEnvelope, type Person } from '../src/testing/person.ts';
import { foundForum } from './testing/forum.ts';
import { serverProcess, type ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;
afterEach(() => server.remove());

const post = async (person: Person, space: SpaceId, stream: StreamId, size: number) => {
	const response = await person.browser.send(spaces.append, { params: { space, stream }, request: { envelopes: [newEnvelope(1, size)] } });
	return { status: response.status, code: response.ok ? null : ((await response.json()) as { code: string }).code };
};
const readAll = async (person: Person, space: SpaceId): Promise<number> => {
	const request = { roster: 0, after: 0, generation: 0, whole: [] };
	const { events, announced } = await person.browser.call(spaces.sync, { params: { space }, request });
	return events.length + announced.reduce((count, group) => count + group.events.length, 0);
};
const newStream = () => randomBytes(16).toString('base64url') as StreamId;

/** The kernel refuses every write beyond so many bytes of a file, to this process, from now on. */
const limitFiles = (bytes: number | 'unlimited') => execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);
const largest = () => Math.max(...readdirSync(server.folder).map((name) => statSync(join(server.folder, name)).size));

test('a disk that takes no more refuses what is written in words, serves what is there, and recovers by itself', async () => {
	server = await serverProcess();
	await server.start();
	const { person, space } = await foundForum(server);
	const stream = newStream();
	for (let sent = 0; sent < 5; sent++) expect(await post(person, space, stream, 2_000)).toMatchObject({ status: 200 });
	limitFiles(largest() + 64 * 1024);
	const answers: Awaited<ReturnType<typeof post>>[] = [];
	for (let sent = 0; sent < 12; sent++) answers.push(await post(person, space, stream, 20_000));
	const taken = answers.filter(({ status }) => status === 200).length;
	expect(taken).toBeLessThan(8);
	expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([null, 'storage-unavailable']));
	for (let asked = 0; asked < 5; asked++) expect(await readAll(person, space)).toBe(5 + taken);
	expect((await person.browser.call(chains.read, { request: { after: 0 } })).links.length).toBeGreaterThan(0);
	limitFiles('unlimited');
	for (let sent = 0; sent < 5; sent++) expect(await post(person, space, stream, 20_000)).toMatchObject({ status: 200 });
	expect(await readAll(person, space)).toBe(10 + taken);
	// Nothing of it was only in memory.
	await server.kill();
	await server.start();
	expect(await readAll(person, space)).toBe(10 + taken);
	expect(unexpected()).toEqual([]);
});

const SMALL_DISK = [
	'unshare',
	'--user',
	'--map-root-user',
	'--mount',
	'sh',
	'-c',
	'mount -t tmpfs -o size=3m none "$DATA_DIR" && exec "$@"',
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

test.skipIf(!canMount)(
	'on a real disk of three megabytes that is full: its own problem, reads go on, and room again is enough',
	async () => {
		server = await serverProcess({}, SMALL_DISK);
		await server.start();
		const { person, space } = await foundForum(server);
		const stream = newStream();
		expect(await post(person, space, stream, 2_000)).toMatchObject({ status: 200 });
		const filler = join('/proc', String(server.pid), 'root', server.folder, 'filler');
		fill(filler);
		const answers: Awaited<ReturnType<typeof post>>[] = [];
		for (let sent = 0; sent < 4; sent++) answers.push(await post(person, space, stream, 60_000));
		expect(answers.at(-1)).toEqual({ status: 507, code: 'storage-full' });
		const taken = answers.filter(({ status }) => status === 200).length;
		expect(await readAll(person, space)).toBe(1 + taken);
		truncateSync(filler, 0);
		expect(await post(person, space, stream, 60_000)).toMatchObject({ status: 200 });
		expect(await readAll(person, space)).toBe(2 + taken);
		expect(unexpected()).toEqual([]);
	},
);

/** Writes until nothing goes in. */
function fill(file: string): void {
	for (let size = 64 * 1024; size >= 4_096;) {
		try {
			writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
		} catch {
			size /= 2;
		}
	}
}

test('a file that is no forum, or a damaged one, ends the start with its code and what to do, and stays as it was', async () => {
	server = await serverProcess();
	const file = join(server.folder, 'forum.db');
	writeFileSync(file, 'no forum at all');
	expect(await refused()).toBe(65);
	expect(server.errors()).toContain('is not the database of a forum');
	truncateSync(file, 0);
	await server.start();
	await foundForum(server);
	process.kill(server.pid, 'SIGTERM');
	expect(await server.ended()).toBe(0);
	truncateSync(file, statSync(file).size - 5_000);
	const before = readFileSync(file);
	expect(await refused()).toBe(65);
	expect(server.errors()).toContain('is damaged');
	expect(readFileSync(file)).toEqual(before);
});

/** The code with which a start ended that was to fail. */
async function refused(): Promise<number | null> {
	await expect(server.start()).rejects.toThrow();
	return server.ended();
}

/** What was logged besides the answers that a test asked for. */
const unexpected = () =>
	server
		.errors()
		.split('\n')
		.filter((line) => line !== '' && !/"status":50[37]/.test(line));
