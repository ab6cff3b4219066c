import Sqlite from 'better-sqlite3';
import { SqliteDialect, type Dialect, type SqliteDatabase } from 'kysely';

/**
 * A SQLite file as it is, also while a server has it open: nothing is marked, checked, or brought into another mode of
 * writing, as opening it to serve would do (`sqlite.ts`).
 */
export function fileAsItIs(file: string, mustExist: boolean): Dialect {
	const database = new Sqlite(file, { fileMustExist: mustExist });
	for (const pragma of ['foreign_keys = ON', 'busy_timeout = 5000', 'secure_delete = ON']) database.pragma(pragma);
	return new SqliteDialect({ database: database as unknown as SqliteDatabase });
}
