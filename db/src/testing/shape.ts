import { sql, type Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import type { Connection } from '../database.ts';
import { isSqlite } from '../engine.ts';
import { migrations } from '../migrations/index.ts';

/** What an engine says of all tables: columns in their order, keys, references, conditions, indexes. One line each. */
async function shapeOf(db: Connection): Promise<readonly string[]> {
	const { rows } = await (isSqlite(db) ? ofSqlite : ofPostgres).execute(db);
	return rows.map(({ line }) => line).sort();
}

const ofSqlite = sql<{ line: string }>`
	select type || ' ' || name || ': ' || coalesce(sql, '') as line from sqlite_schema where tbl_name not like 'kysely_%'
`;

const ofPostgres = sql<{ line: string }>`
	select 'column ' || table_name || ' ' || ordinal_position || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
		|| ' ' || coalesce(column_default, '') as line
	from information_schema.columns where table_schema = current_schema() and table_name not like 'kysely_%'
	union all
	select 'constraint ' || conrelid::regclass || ' ' || conname || ': ' || pg_get_constraintdef(oid)
	from pg_constraint where connamespace = current_schema()::regnamespace and conrelid::regclass::text not like 'kysely_%'
	union all
	select 'index ' || indexdef from pg_indexes where schemaname = current_schema() and tablename not like 'kysely_%'
`;

/**
 * Runs one migration by itself and answers its mark: a hash of every statement it ran, with its values, and of the
 * tables as they are then.
 */
export async function markOf(db: Connection, statements: string[], name: string): Promise<string> {
	statements.length = 0;
	await migrations[name]?.up(db as unknown as Kysely<unknown>);
	const ran = [...statements];
	const text = [...ran, ...(await shapeOf(db))].join('\n');
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
