import { blocksOf, differencesOf, outlineOf, sumsOf, type Sums } from '@multaqa/db/copy/read';
import { openExisting } from '@multaqa/db/copy/open';
import { decodeRow, encodeRow } from '@multaqa/db/copy/row';
import { closeDatabase, type Connection } from '@multaqa/db/database';
import { eventsAfter } from '@multaqa/db/events';
import { openTestDatabase } from '@multaqa/db/testing/dialects';
import { blobs } from '@multaqa/shared/api/blobs';
import { spaces } from '@multaqa/shared/api/log';
import { lockOf } from '@multaqa/shared/attachments/removal';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { createWriteStream, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { newEnvelope, random, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { writeArchive } from './archive.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { makeKey, readRecipients } from './keys.ts';
import { move } from './move.ts';
import { restore } from './restore.ts';
import { sealStream } from './sealing.ts';

vi.setConfig({ testTimeout: 60_000 });

const quiet = () => undefined;
const now = Date.now;
let folder: string;
let server: TestServer;
let home: TestForum;
let member: Person;
let key: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-operation-'));
	key = join(folder, 'key');
	await makeKey(key);
	server = await openTestServer();
	home = await openForum(server);
	member = await home.join(await home.invite());
	for (let place = 0; place < 30; place++) await post();
	for (let place = 0; place < 5; place++) await attach();
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

const stream = Buffer.from(random(16)).toString('base64url') as StreamId;
const post = () =>
	member.browser.call(spaces.append, { params: { space: home.space, stream }, request: { envelopes: [newEnvelope(1, 2_000)] } });
const attach = () =>
	member.browser.call(blobs.write, { params: { space: home.space }, request: { bytes: random(20_000), lock: lockOf(random(32)) } });
const here = () => ({ file: join(server.dataDir, 'forum.db') });
const fresh = async (name: string) => ({ file: join(await mkdtemp(join(folder, name)), 'forum.db') });

/** A backup of the forum as it is now. */
async function takeBackup(): Promise<string> {
	const to = join(await mkdtemp(join(folder, 'to-')), 'forum.age');
	return (await backup({ from: here(), to, recipient: `${key}.pub`, progress: quiet, now })).path;
}

const bring = (from: string, to: Parameters<typeof restore>[0]['to'], more: { identity?: string; replace?: boolean } = {}) =>
	restore({ from, identity: key, to, replace: false, progress: quiet, now, ...more });

async function sumsAt(place: { file: string }): Promise<Sums> {
	const db = await openExisting(place);
	try {
		return await sumsIn(db!);
	} finally {
		await closeDatabase(db!);
	}
}

const sumsIn = async (db: Connection) => sumsOf(db, await outlineOf(db, false));

/** The events of the space in order, as this database has them. */
async function eventsAt(place: { file: string }) {
	const db = await openExisting(place);
	const { events } = await eventsAfter(db!, home.space, 0, { most: 2 ** 30 });
	await closeDatabase(db!);
	return events;
}

/** What a refusal leaves behind: nothing that was not there before. */
async function refuses(from: string, code: string, more: { identity?: string } = {}): Promise<void> {
	const place = await fresh('refused-');
	await expect(bring(from, place, more)).rejects.toMatchObject({ name: 'Refusal', code });
	expect(await readdir(join(place.file, '..'))).toEqual([]);
}

test('a backup that is made while members write holds one moment of the forum, and is that when it is restored', async () => {
	const writers = new AbortController();
	const writing = (async () => {
		while (!writers.signal.aborted) await Promise.all([post(), post(), attach()]);
	})();
	const from = await takeBackup();
	writers.abort();
	await writing;
	const place = await fresh('restored-');
	const { findings, aside } = await bring(from, place);
	expect(findings).toMatchObject({ accounts: 2, spaces: 1, faults: [] });
	expect(aside).toBeNull();
	const [restored, original] = [await eventsAt(place), await eventsAt(here())];
	expect(restored.length).toBe(findings.events);
	expect(restored).toEqual(original.slice(0, restored.length));
	expect(await check(place, quiet, now)).toMatchObject({ fingerprint: findings.fingerprint, faults: [] });
});

test('a backup of a forum at rest is every row of it but sessions; nobody else may read the file, and nothing else is left beside', async () => {
	const from = await takeBackup();
	expect(statSync(from).mode & 0o777).toBe(0o600);
	expect(await readdir(join(from, '..'))).toEqual(['forum.age']);
	const place = await fresh('whole-');
	const { findings } = await bring(from, place);
	const [one, other] = [await sumsAt(here()), await sumsAt(place)];
	// After the backup the server notes when it was: the only row that differs.
	expect(differencesOf(one, other).filter((table) => table !== 'settings')).toEqual([]);
	expect(other['sessions']).toBeUndefined();
	expect(statSync(place.file).mode & 0o777).toBe(0o600);
	expect((await check(here(), quiet, now)).fingerprint).toBe(findings.fingerprint);
});

test('a backup that was truncated anywhere is refused, and nothing was made', async () => {
	const from = await takeBackup();
	const { size } = statSync(from);
	const lengths = [0, 1, 20, 200, 2_000, size >> 1, size - 70_000, size - 65_553, size - 17, size - 16, size - 1];
	for (const length of [...lengths, ...Array.from({ length: 6 }, () => randomInt(size))]) {
		const shorter = join(folder, 'shorter.age');
		await cp(from, shorter);
		truncateSync(shorter, length);
		await refuses(shorter, 'altered');
	}
});

test('a backup in which one byte is another is refused, wherever it stands', async () => {
	const from = await takeBackup();
	const bytes = readFileSync(from);
	const places = [0, 21, 40, bytes.length >> 1, bytes.length - 1, ...Array.from({ length: 20 }, () => randomInt(bytes.length))];
	for (const place of places) {
		const altered = Buffer.from(bytes);
		altered[place]! ^= 1 << randomInt(8);
		writeFileSync(join(folder, 'altered.age'), altered);
		const target = await fresh('altered-');
		// In the part that is for the key, it may look like a backup for somebody else.
		const refusal = await bring(join(folder, 'altered.age'), target).catch((error: unknown) => error);
		expect(refusal, `byte ${place}`).toMatchObject({ name: 'Refusal', code: expect.stringMatching(/altered|wrong-key/) });
		expect(existsSync(target.file)).toBe(false);
	}
	writeFileSync(join(folder, 'altered.age'), Buffer.concat([bytes, random(40)]));
	await refuses(join(folder, 'altered.age'), 'altered');
});

test('another key, no key and something that is no backup are refused', async () => {
	const from = await takeBackup();
	const other = join(folder, 'other');
	await makeKey(other);
	await refuses(from, 'wrong-key', { identity: other });
	await refuses(from, 'wrong-key', { identity: `${key}.pub` });
	await refuses(from, 'nothing-there', { identity: join(folder, 'no-such-file') });
	await refuses(join(folder, 'no-such-file'), 'nothing-there');
	await refuses(here().file, 'altered');
	await expect(makeKey(other)).rejects.toMatchObject({ code: 'taken' });
});

test('a backup of a format or of tables that are still to come is refused as such', async () => {
	await refuses(await sealed('multaqa-backup 2\n'), 'version');
	await refuses(await sealed('a diary\n'), 'altered');
	await refuses(await sealed('multaqa-backup 1\n'), 'altered');
	const head = ['head', { made: '2026-11-23T00:00:00.000Z', migrations: ['0001-first', '9999-later'], tables: [] }] as const;
	const writer = writeArchive(head[1], head[1].made, Readable.from([]), quiet);
	await refuses(await sealed(writer), 'version');
});

test('whoever knows the public key cannot slip in links that nobody signed', async () => {
	const db = await openExisting(here());
	const outline = await outlineOf(db!, false);
	const forged = (async function* () {
		for await (const block of blocksOf(db!, outline)) {
			if (block.table !== 'links') yield block;
			else yield { ...block, rows: block.rows.toSpliced(3, 1, tampered(block.rows[3]!)) };
		}
	})();
	await refuses(await sealed(writeArchive(outline, '2026-11-23T00:00:00.000Z', forged, quiet)), 'altered');
	await closeDatabase(db!);
});

test('a forum that is there is not replaced unless that was asked for, and not while its server runs', async () => {
	const from = await takeBackup();
	const before = await sumsAt(here());
	await expect(bring(from, here())).rejects.toMatchObject({ code: 'inhabited' });
	await expect(bring(from, here(), { replace: true })).rejects.toMatchObject({ code: 'in-use' });
	expect(await sumsAt(here())).toEqual(before);
	await expect(post()).resolves.toBeDefined();
	const place = await fresh('replaced-');
	await bring(from, place);
	await expect(bring(from, place)).rejects.toMatchObject({ code: 'inhabited' });
	const { aside } = await bring(from, place, { replace: true });
	expect(await sumsAt({ file: aside! })).toEqual(await sumsAt(place));
	writeFileSync(place.file, random(8_192));
	await expect(bring(from, place)).rejects.toMatchObject({ code: 'inhabited' });
	await bring(from, place, { replace: true });
	expect((await check(place, quiet, now)).faults).toEqual([]);
});

test('a restored forum serves: a server starts on it, and everybody has to sign in again', async () => {
	const from = await takeBackup();
	const place = await fresh('served-');
	await bring(from, place);
	const restored = await openTestServer({ dataDir: join(place.file, '..') });
	expect(restored.setupLink).toBeNull();
	const { directory } = restored.context.ledger.world;
	expect(directory!.head).toBe(home.world.directory!.head);
	const asking = await fetch(`http://localhost:${restored.port}/api/spaces`, { headers: { cookie: member.browser.cookie } });
	expect(asking.status).toBe(401);
	await restored.stop();
});

describe('with PostgreSQL', () => {
	let postgres: Awaited<ReturnType<typeof openTestDatabase>>;
	beforeAll(async () => void (postgres = await openTestDatabase('postgres')), 60_000);
	afterAll(() => postgres.close());

	test('a forum moves there with its sessions, once its server has stopped; the file stays as it was', async () => {
		const { db } = postgres;
		const place = await fresh('moved-');
		await bring(await takeBackup(), place);
		const running = await openTestServer({ dataDir: join(place.file, '..') });
		const go = (from = place) => move({ from, to: db, replace: false, progress: quiet, now });
		await expect(go()).rejects.toMatchObject({ code: 'in-use' });
		await running.stop();
		const before = await allSumsAt(place);
		await go();
		expect(differencesOf(before, await sumsOf(db, await outlineOf(db, true)))).toEqual([]);
		expect(await allSumsAt(place)).toEqual(before);
		await expect(go()).rejects.toMatchObject({ code: 'inhabited' });
		await expect(go({ file: join(folder, 'no-forum.db') })).rejects.toMatchObject({ code: 'nothing-there' });
	});

	test('a backup of SQLite is restored there, and one of PostgreSQL in SQLite, with the same fingerprint', async () => {
		const { db } = postgres;
		const from = await takeBackup();
		const { findings } = await bring(from, db, { replace: true });
		expect(differencesOf(await sumsIn(db), await sumsAt(here())).filter((table) => table !== 'settings')).toEqual([]);
		const to = join(folder, 'of-postgres.age');
		await backup({ from: db, to, recipient: `${key}.pub`, progress: quiet, now });
		const place = await fresh('back-');
		expect((await bring(to, place)).findings.fingerprint).toBe(findings.fingerprint);
	});

	test('what is refused leaves the forum there as it was, row by row', async () => {
		const { db } = postgres;
		const from = await takeBackup();
		await bring(from, db, { replace: true });
		const before = await sumsIn(db);
		const shorter = join(folder, 'shorter.age');
		await cp(from, shorter);
		truncateSync(shorter, statSync(from).size - 1_000);
		await expect(bring(shorter, db, { replace: true })).rejects.toMatchObject({ code: 'altered' });
		await expect(bring(from, db)).rejects.toMatchObject({ code: 'inhabited' });
		expect(await sumsIn(db)).toEqual(before);
	});
});

test('damage in the database is found by looking at everything', async () => {
	const place = await fresh('damaged-');
	await bring(await takeBackup(), place);
	const db = await openExisting(place);
	const { events } = await eventsAfter(db!, home.space, 0, { most: 2 ** 30 });
	await db!.updateTable('events').set({ envelope: events[0]!.envelope }).where('position', '=', 3).execute();
	await db!.deleteFrom('events').where('position', '=', 5).execute();
	await closeDatabase(db!);
	const { faults } = await check(place, quiet, now);
	expect(faults.toSorted()).toEqual(['an event is missing in a space', 'an event is not what its name says']);
	await expect(check(await fresh('nothing-'), quiet, now)).rejects.toMatchObject({ code: 'nothing-there' });
});

test('a key of the older kind of age serves as well', async () => {
	const identity = await generateIdentity();
	const to = join(folder, 'older.age');
	await backup({ from: here(), to, recipient: await identityToRecipient(identity), progress: quiet, now });
	writeFileSync(join(folder, 'older-key'), `# made by age-keygen\n${identity}\n`);
	const place = await fresh('older-');
	expect((await bring(to, place, { identity: join(folder, 'older-key') })).findings.accounts).toBe(2);
});

/** Somebody else's archive, sealed for the operator. */
async function sealed(content: string | AsyncIterable<Uint8Array>): Promise<string> {
	const path = join(await mkdtemp(join(folder, 'sealed-')), 'forum.age');
	const bytes = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content;
	await pipeline(await sealStream(bytes, await readRecipients(`${key}.pub`)), createWriteStream(path));
	return path;
}

/** The same row with one bit of its last column but one turned. */
function tampered(row: Uint8Array): Uint8Array {
	const values = decodeRow(row).map((value) => (value instanceof Uint8Array ? turned(value) : value));
	return encodeRow(values);
}

function turned(bytes: Uint8Array): Uint8Array {
	const other = bytes.slice();
	other[other.length - 1]! ^= 1;
	return other;
}

async function allSumsAt(place: { file: string }): Promise<Sums> {
	const db = await openExisting(place);
	const sums = await sumsOf(db!, await outlineOf(db!, true));
	await closeDatabase(db!);
	return sums;
}
