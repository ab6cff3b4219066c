import { PGliteDialect, sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, openDatabase, openDialect, type Connection } from '../database.ts';
import type { Schema } from '../schema.ts';

export const DIALECTS = ['sqlite', 'postgres'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** An empty database of the named kind, and how to be rid of it. One per test file: PostgreSQL starts slowly. */
export async function openTestDatabase(dialect: DialectName): Promise<{ db: Connection; close: () => Promise<void> }> {
	if (dialect === 'postgres') {
		const { PGlite } = await import('@electric-sql/pglite');
		const db = await openDialect(new PGliteDialect({ pglite: new PGlite() }));
		return { db, close: () => closeDatabase(db) };
	}
	const directory = await mkdtemp(join(tmpdir(), 'multaqa-db-'));
	const db = await openDatabase({ file: join(directory, 'forum.db') });
	return {
		db,
		async close() {
			await closeDatabase(db);
			await rm(directory, { recursive: true });
		},
	};
}

const TABLES: readonly (keyof Schema)[] = [
	'publications',
	'letters',
	'pushes',
	'mails',
	'recovery_approvals',
	'recovery_requests',
	'recovery_shares',
	'recovery_deposits',
	'enrolments',
	'vaults',
	'notebooks',
	'blobs',
	'sessions',
	'passphrases',
	'passkeys',
	'wraps',
	'public_keys',
	'invitations',
	'events',
	'links',
	'settings',
	'accounts',
];

/** Empties every table. */
export async function emptyTables(db: Connection): Promise<void> {
	for (const table of TABLES) await db.deleteFrom(table).execute();
}

/** Lets a SQLite file grow by at most `pages` of 4 KiB: the next write beyond is a real full disk. */
export async function limitGrowth(db: Connection, pages: number): Promise<void> {
	const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
	await sql`pragma max_page_count = ${sql.raw(String((rows[0]?.page_count ?? 0) + pages))}`.execute(db);
}

/** Makes room again. */
export async function liftLimit(db: Connection): Promise<void> {
	await sql`pragma max_page_count = 1073741823`.execute(db);
}
