import { Kysely, type Dialect } from 'kysely';
import { withProblems } from './dialect.ts';
import { migrate } from './migrate.ts';
import { postgresDialect } from './postgres.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect, type Damaged } from './sqlite.ts';

/** What every query function takes first: the database, or a transaction of it. */
export type Connection = Kysely<Schema>;

/** Where the data is: a SQLite file, or the URL of a PostgreSQL database. */
export type Place = { readonly file: string } | { readonly url: string };

/**
 * Opens the database and brings its tables up to date.
 * @param damaged told when a large file that was left in the middle turns out to be damaged after it was opened
 * @throws Problem `storage-unavailable`
 */
export async function openDatabase(place: Place, damaged?: Damaged): Promise<Connection> {
	return openDialect('file' in place ? sqliteDialect(place.file, damaged) : await postgresDialect(place.url, PATIENCE));
}

/** A node that stopped in the middle of a transaction keeps the others waiting for so long. Milliseconds. */
const PATIENCE = 10_000;

/** The same for a dialect that is already there. */
export async function openDialect(dialect: Dialect): Promise<Connection> {
	const db = new Kysely<Schema>({ dialect: withProblems(dialect) });
	await migrate(db);
	return db;
}

/** All of `work` or nothing. @throws Problem as {@link problemOf} maps it, or what `work` throws */
export function inTransaction<T>(db: Connection, work: (transaction: Connection) => Promise<T>): Promise<T> {
	return db.transaction().execute(work);
}

/** Waits for queries under way, then lets go of the file or the pool. */
export const closeDatabase = (db: Connection): Promise<void> => db.destroy();
