import type { EnvelopeId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { isProblem } from '@multaqa/shared/problem';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	closeSync,
	copyFileSync,
	existsSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDatabase, openDatabase, type Connection } from '../database.ts';
import { insertEvents, lastPosition } from '../events.ts';
import { freshId } from '../testing/ids.ts';
import { readJournal } from './journal.ts';
import { exitCodeOf } from './trouble.ts';

let folder = '';
let file = '';
const space = freshId<SpaceId>();
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'multaqa-file-'));
	file = join(folder, 'forum.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(db: Connection, count: number, size = 700): Promise<void> {
	const envelopes = Array.from({ length: count }, () => ({
		id: freshId<EnvelopeId>(),
		generation: 1,
		envelope: new Uint8Array(randomBytes(size)),
	}));
	await insertEvents(db, [{ space, stream: freshId<StreamId>(16), hour: '2026-11-23T09:00:00.000Z', generation: 1, envelopes }]);
}

/** A forum with events, closed in order. */
async function filled(count: number): Promise<void> {
	const db = await openDatabase({ file });
	await write(db, count);
	await closeDatabase(db);
}

/** What lies on the disk after a server was killed, under another name. */
async function killed(name: string, work: (db: Connection) => Promise<void>): Promise<string> {
	const db = await openDatabase({ file });
	await work(db);
	const copy = join(folder, `${name}.db`);
	for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix);
	await closeDatabase(db);
	return copy;
}

/** The rule that stopped the opening, and how a program would end. */
async function refusal(of = file): Promise<{ rule: string | undefined; code: number | null; words: string }> {
	try {
		await closeDatabase(await openDatabase({ file: of }));
	} catch (error) {
		if (!isProblem(error, 'storage-unavailable')) throw error;
		return { rule: error.detail.rule, code: exitCodeOf(error), words: error.message };
	}
	throw new Error('it was opened');
}

const count = async (of = file) => {
	const db = await openDatabase({ file: of });
	const last = await lastPosition(db, space);
	await closeDatabase(db);
	return last;
};

test('what was cut off is refused and left as it is', async () => {
	await filled(200);
	for (const length of [50, 99, 512, 4_096, 8_192, statSync(file).size - 4_096, statSync(file).size - 1]) {
		const copy = join(folder, `cut-${length}.db`);
		copyFileSync(file, copy);
		truncateSync(copy, length);
		const before = readFileSync(copy);
		const { rule, code, words } = await refusal(copy);
		expect([length < 100 ? 'file-is-ours' : 'file-is-whole', 'file-is-whole']).toContain(rule);
		expect(code).toBe(65);
		expect(words).toContain(copy);
		expect(readFileSync(copy)).toEqual(before);
	}
});

test('after a crash pages that were overwritten with something else are found before anybody is served', async () => {
	await filled(400);
	const of = await killed('crash', (db) => write(db, 1));
	const bytes = readFileSync(of);
	const pages = bytes.length / 4_096;
	const missed: number[] = [];
	const healed = readJournal(`${of}-wal`)!.written;
	for (let page = 1; page < pages; page += 7) {
		if (healed.has(page + 1)) continue;
		const copy = join(folder, `page-${page}.db`);
		const torn = Buffer.from(bytes);
		randomBytes(4_096).copy(torn, page * 4_096);
		writeFileSync(copy, torn);
		copyFileSync(`${of}-wal`, `${copy}-wal`);
		const rule = await refusal(copy).then(
			({ rule }) => rule,
			() => null,
		);
		if (rule !== 'file-is-whole') missed.push(page);
	}
	expect(missed).toEqual([]);
});

test('a large file is opened at once after a crash, and what is torn in it is told soon after', async () => {
	await filled(400);
	const of = await killed('large', async (db) => {
		for (let written = 0; written < 70; written++) await write(db, 1, 1_000_000);
		await sql`pragma wal_checkpoint(TRUNCATE)`.execute(db);
		await write(db, 1);
	});
	const copy = join(folder, 'torn.db');
	for (const suffix of ['', '-wal']) copyFileSync(of + suffix, copy + suffix);
	expect(await count(of)).toBe(471);
	const healed = readJournal(`${copy}-wal`)!.written;
	const torn = openSync(copy, 'r+');
	// Where events are, not the small tables that a start reads.
	for (let page = 80; page < 160; page++) if (!healed.has(page + 1)) writeSync(torn, randomBytes(4_096), 0, 4_096, page * 4_096);
	closeSync(torn);
	const { promise, resolve } = Promise.withResolvers<unknown>();
	const again = await openDatabase({ file: copy }, resolve);
	expect(await promise).toMatchObject({ code: 'storage-unavailable', detail: { rule: 'file-is-whole' } });
	await closeDatabase(again);
}, 30_000);

test('a text, a picture and the database of another program are refused and left as they are', async () => {
	writeFileSync(file, 'Dear Sir or Madam, this is no forum. '.repeat(50));
	expect(await refusal()).toMatchObject({ rule: 'file-is-ours', code: 65 });
	rmSync(file);
	const other = new Sqlite(file);
	other.exec('create table bookmarks (url text)');
	other.close();
	const before = readFileSync(file);
	expect(await refusal()).toMatchObject({ rule: 'file-is-ours', code: 65 });
	expect(readFileSync(file)).toEqual(before);
	const marked = new Sqlite(file);
	marked.pragma('application_id = 1');
	marked.close();
	expect(await refusal()).toMatchObject({ rule: 'file-is-ours' });
});

test('a forum of a newer version is refused before one row is changed', async () => {
	await filled(1);
	const newer = new Sqlite(file);
	newer.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-of-the-future', new Date(0).toISOString());
	newer.close();
	const before = readFileSync(file);
	expect(await refusal()).toMatchObject({ rule: 'file-is-not-newer', code: 65 });
	expect(readFileSync(file)).toEqual(before);
});

test('a log of another forum, or of a later day, beside forum.db is noticed before SQLite applies it', async () => {
	await filled(50);
	const backup = join(folder, 'backup.db');
	copyFileSync(file, backup);
	// A later day of the same forum, killed: its log beside the backup is what a hasty restore leaves behind.
	await filled(400);
	const later = await killed('later', (db) => write(db, 3));
	copyFileSync(backup, later);
	const before = readFileSync(later);
	expect(await refusal(later)).toMatchObject({ rule: 'journal-is-of-this-file', code: 65 });
	expect(readFileSync(later)).toEqual(before);
	// Without the log the backup opens.
	rmSync(`${later}-wal`);
	rmSync(`${later}-shm`, { force: true });
	expect(await count(later)).toBe(50);
});

test('a log that touches no first page is noticed as well when the file beside it has another length', async () => {
	await filled(300);
	const large = file;
	file = join(folder, 'small.db');
	await filled(20);
	const of = await killed('other', async (db) => {
		await db.updateTable('events').set({ generation: 2 }).where('position', '=', 7).execute();
	});
	copyFileSync(large, of);
	expect(await refusal(of)).toMatchObject({ rule: 'journal-is-of-this-file' });
});

test('a copy that is one start old does not take the log of the start after it', async () => {
	await filled(50);
	const copy = join(folder, 'copy.db');
	copyFileSync(file, copy);
	const of = await killed('next', (db) => write(db, 3));
	copyFileSync(copy, of);
	expect(await refusal(of)).toMatchObject({ rule: 'journal-is-of-this-file' });
});

test('nor does a copy of the same start, when what stood in between is nowhere', async () => {
	await filled(50);
	const copy = join(folder, 'copy.db');
	const of = await killed('same', async (db) => {
		copyFileSync(file, copy);
		await write(db, 400);
		await sql`pragma wal_checkpoint(TRUNCATE)`.execute(db);
		await write(db, 40);
	});
	copyFileSync(copy, of);
	expect(await refusal(of)).toMatchObject({ rule: 'journal-is-of-this-file' });
});

test('a log without its forum.db is not thrown away by making a new forum', async () => {
	await filled(20);
	const of = await killed('gone', (db) => write(db, 3));
	rmSync(of);
	expect(await refusal(of)).toMatchObject({ rule: 'journal-is-of-this-file' });
	expect(existsSync(`${of}-wal`)).toBe(true);
});

test('what a killed server had committed is there, and a log that was cut off in the middle of a page costs nothing before it', async () => {
	await filled(20);
	const of = await killed('killed', async (db) => {
		await write(db, 30);
		await write(db, 1);
	});
	const torn = join(folder, 'torn.db');
	copyFileSync(of, torn);
	copyFileSync(`${of}-wal`, `${torn}-wal`);
	truncateSync(`${torn}-wal`, statSync(`${torn}-wal`).size - 700);
	expect(await count(of)).toBe(51);
	expect(await count(torn)).toBe(50);
});

test('opening again and again, in order and after kills, never takes a log for a foreign one', async () => {
	await filled(1);
	let of = file;
	for (let round = 0; round < 12; round++) {
		file = of;
		if (round % 3 === 0) await filled(round);
		of = await killed(`round-${round}`, (db) => write(db, round % 2));
	}
	expect(await count(of)).toBeGreaterThan(1);
});

test('a folder that cannot be used is named', async () => {
	writeFileSync(join(folder, 'no-folder'), '');
	expect(await refusal(join(folder, 'no-folder', 'forum.db'))).toMatchObject({ rule: 'file-can-be-opened', code: 74 });
});

test.skipIf(process.getuid?.() === 0)('a file that must not be written is named', async () => {
	await filled(1);
	chmodSync(file, 0o400);
	expect(await refusal()).toMatchObject({ rule: 'disk-can-be-written', code: 74 });
});
