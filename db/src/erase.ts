import { sql } from 'kysely';
import type { Connection } from './database.ts';
import { isSqlite } from './engine.ts';

/**
 * Makes deleting true in the files. `secure_delete` overwrites what is freed in the database, but the log beside it
 * (`-wal`) still holds how pages were before: it is written into the database and cut to nothing. PostgreSQL keeps old
 * rows until its own vacuum, and its log as long as it was told to.
 */
export async function eraseDeleted(db: Connection): Promise<void> {
	if (isSqlite(db)) await sql`pragma wal_checkpoint(truncate)`.execute(db);
}
