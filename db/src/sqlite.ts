import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { SqliteDialect, type Dialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

const MEMORY = ':memory:';
const MOST_STATEMENTS = 256;

/**
 * The SQLite dialect on one file (or `:memory:`). What is acknowledged has been synced to disk, what is
 * deleted is overwritten.
 */
export function sqliteDialect(file: string): Dialect {
	if (file !== MEMORY) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const database = new Sqlite(file);
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
	return new SqliteDialect({ database: rememberStatements(database) });
}

/** Kysely compiles a statement for every call; preparing it once in SQLite is enough. */
function rememberStatements(database: Sqlite.Database): SqliteDatabase {
	const statements = new Map<string, SqliteStatement>();
	return {
		close: () => void database.close(),
		prepare(sql) {
			const known = statements.get(sql);
			if (known) return known;
			if (statements.size >= MOST_STATEMENTS) statements.clear();
			const statement = database.prepare(sql) as unknown as SqliteStatement;
			statements.set(sql, statement);
			return statement;
		},
	};
}
