import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Whether this is SQLite, where few things are done differently. */
export const isSqlite = (db: Kysely<Schema>): boolean => !db.getExecutor().adapter.supportsTransactionalDdl;
