import type { Problem } from '@multaqa/shared/problem';
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { SqliteDialect, type Dialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { examine, OURS } from './file/examine.ts';
import { checkBeside, quickCheck, QUICK_BYTES } from './file/quick-check.ts';
import { trouble, troubleOf } from './file/trouble.ts';
import { migrations } from './migrations/index.ts';

const MEMORY = ':memory:';
const MOST_STATEMENTS = 256;
/** `user_version` is a signed word of 32 bits. */
const MOST_MARK = 2 ** 31 - 1;

/** Told when a large file turns out to be damaged after it was opened. */
export type Damaged = (problem: Problem) => void;

/**
 * The SQLite dialect on one file (or `:memory:`). What is acknowledged has been synced to disk, what is
 * deleted is overwritten. A file that is damaged, foreign or newer is left as it is.
 * @param damaged left out: a large file that was left in the middle is not checked
 * @throws Problem `storage-unavailable` with the rule that was broken and what to do
 */
export function sqliteDialect(file: string, damaged?: Damaged): Dialect {
	if (file === MEMORY) return new SqliteDialect({ database: rememberStatements(prepared(new Sqlite(MEMORY))) });
	const { database, unsure } = openFile(file);
	const stop = unsure && damaged ? checkBeside(file, (isWhole) => void (isWhole || damaged(trouble('file-is-whole', file)))) : undefined;
	return new SqliteDialect({ database: rememberStatements(database, stop) });
}

function openFile(file: string): { database: Sqlite.Database; unsure: boolean } {
	let database: Sqlite.Database | null = null;
	try {
		mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		const { interrupted, bytes } = examine(file);
		const isSmall = bytes <= QUICK_BYTES;
		database = new Sqlite(file);
		requireOurs(database, file);
		prepared(database);
		if (interrupted && isSmall && !quickCheck(database)) throw trouble('file-is-whole', file);
		mark(database);
		return { database, unsure: interrupted && !isSmall };
	} catch (error) {
		database?.close();
		throw troubleOf(error, file);
	}
}

function prepared(database: Sqlite.Database): Sqlite.Database {
	for (const pragma of [
		'journal_mode = WAL',
		'synchronous = FULL',
		'foreign_keys = ON',
		'busy_timeout = 5000',
		'secure_delete = ON',
		'wal_autocheckpoint = 4000',
	]) {
		database.pragma(pragma);
	}
	return database;
}

/** Before anything is written: tables that are not ours, or of a version that is still to come. */
function requireOurs(database: Sqlite.Database, file: string): void {
	const tables = database.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
	if (tables.length === 0) return;
	if (!tables.includes('kysely_migration')) throw trouble('file-is-ours', file);
	const done = database.prepare('select name from kysely_migration order by name').pluck().all() as string[];
	if (done.some((name) => !(name in migrations))) throw trouble('file-is-not-newer', file);
}

/**
 * Gives the file a new mark at each start, by which its log is known to be its own (`examine`). The log has the old mark
 * before it has the new one, so that a crash in between leaves two that belong together.
 */
function mark(database: Sqlite.Database): void {
	try {
		const [left] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
		// Somebody else has the file open, and has marked it.
		if (left?.busy !== 0) return;
		database.pragma(`user_version = ${database.pragma('user_version', { simple: true })}`);
		database.pragma(`application_id = ${OURS}`);
		database.pragma(`user_version = ${randomInt(1, MOST_MARK)}`);
		database.pragma('wal_checkpoint(TRUNCATE)');
	} catch (error) {
		// A full disk is no reason not to serve what is there.
		if ((error as { code?: unknown }).code !== 'SQLITE_FULL') throw error;
	}
}

/** Kysely compiles a statement for every call; preparing it once in SQLite is enough. */
function rememberStatements(database: Sqlite.Database, stop?: () => void): SqliteDatabase {
	const statements = new Map<string, SqliteStatement>();
	return {
		close() {
			stop?.();
			database.close();
		},
		prepare(sql) {
			// A rollback that the disk refused must not stand in the way of everything after it.
			if (sql === 'begin' && database.inTransaction) database.exec('rollback');
			const known = statements.get(sql);
			if (known) return known;
			if (statements.size >= MOST_STATEMENTS) statements.clear();
			const statement = database.prepare(sql) as unknown as SqliteStatement;
			statements.set(sql, statement);
			return statement;
		},
	};
}
