import { isProblem } from '@multaqa/shared/problem';
import { existsSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import type { Connection, Place } from '../database.ts';
import { withProblems } from '../dialect.ts';
import { isSqlite } from '../engine.ts';
import { postgresDialect } from '../postgres.ts';
import { problemOf } from '../errors.ts';
import type { Schema } from '../schema.ts';
import { fileAsItIs } from './sqlite-file.ts';

/** Opens a forum that is there, as it is: nothing is made and no migration runs. `null`: there is none. */
export async function openExisting(place: Place): Promise<Connection | null> {
	if ('file' in place && !existsSync(place.file)) return null;
	return openAsIs(place, true);
}

/** Opens a place without touching its tables; a file is made where there is none. */
export async function openAsIs(place: Place, mustExist = false): Promise<Connection> {
	const dialect = 'file' in place ? openFile(place.file, mustExist) : await postgresDialect(place.url);
	return new Kysely<Schema>({ dialect: withProblems(dialect) });
}

function openFile(file: string, mustExist: boolean) {
	try {
		return fileAsItIs(file, mustExist);
	} catch (error) {
		throw problemOf(error);
	}
}

/** Runs `work` on the database as it is at one moment, however much is written meanwhile. */
export function inSnapshot<T>(db: Connection, work: (snapshot: Connection) => Promise<T>): Promise<T> {
	if (isSqlite(db)) return db.transaction().execute(work);
	return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

/** True when a forum lives in it: somebody has an account, or a chain has begun. */
export async function isInhabited(db: Connection): Promise<boolean> {
	const tables = (await db.introspection.getTables()).map(({ name }) => name);
	for (const table of ['accounts', 'links'] as const) {
		if (!tables.includes(table)) continue;
		const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
		if (rows.length > 0) return true;
	}
	return false;
}

/**
 * Makes sure that nothing else has the database open: a server that went on writing would write into what is left
 * behind. Answers whether it is so. In SQLite leaving WAL mode is refused while anybody else has the file open.
 */
export async function isAlone(db: Connection): Promise<boolean> {
	if (isSqlite(db)) {
		try {
			await sql`pragma busy_timeout = 500`.execute(db);
			const { rows } = await sql<{ journal_mode: string }>`pragma journal_mode = delete`.execute(db);
			return rows[0]?.journal_mode === 'delete';
		} catch (error) {
			if (isProblem(error, 'storage-unavailable')) return false;
			throw error;
		}
	}
	const { rows } = await sql<{ others: number | string }>`
		select count(*) as others from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
	`.execute(db);
	return Number(rows[0]?.others ?? 0) === 0;
}

const DAMAGED = 'the file is damaged (SQLite: integrity_check)';

/** What the engine itself finds wrong with its tables, in plain words. PostgreSQL has its own tools for that. */
export async function engineFaults(db: Connection): Promise<readonly string[]> {
	if (!isSqlite(db)) return [];
	const integrity = await sql<{ integrity_check: string }>`pragma integrity_check(10)`.execute(db).catch(() => null);
	if (!integrity) return [DAMAGED];
	const { rows: orphans } = await sql`pragma foreign_key_check`.execute(db);
	const faults = integrity.rows.some((row) => row.integrity_check !== 'ok') ? [DAMAGED] : [];
	return orphans.length > 0 ? [...faults, `rows refer to others that are not there (${orphans.length} times)`] : faults;
}
