import type { Connection } from './database.ts';

/** Whether this is SQLite, where few things are done differently. */
export const isSqlite = (db: Connection): boolean => !db.getExecutor().adapter.supportsTransactionalDdl;
