import { sql } from 'kysely';
import type { Connection } from './database.ts';
import { isSqlite } from './engine.ts';

/** Whether the database answers at all. */
export async function answers(db: Connection): Promise<boolean> {
	try {
		await db.selectFrom('settings').select('name').limit(1).execute();
		return true;
	} catch {
		return false;
	}
}

/** Bytes of the whole database, its indexes among them. */
export async function sizeOfDatabase(db: Connection): Promise<number> {
	if (!isSqlite(db)) {
		const { rows } = await sql<{ bytes: number | string }>`select pg_database_size(current_database()) as bytes`.execute(db);
		return Number(rows[0]?.bytes ?? 0);
	}
	const pages = await sql<{ page_count: number }>`pragma page_count`.execute(db);
	const size = await sql<{ page_size: number }>`pragma page_size`.execute(db);
	return (pages.rows[0]?.page_count ?? 0) * (size.rows[0]?.page_size ?? 0);
}
