import { sql } from 'kysely';
import { blocksOf, outlineOf } from '../copy/read.ts';
import { decodeRow } from '../copy/row.ts';
import { copiedTables } from '../copy/tables.ts';
import type { Connection } from '../database.ts';
import { migrateTo } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';

/** Names of all migrations in their order. */
export const versions: readonly string[] = Object.keys(migrations).sort();

const ROWS = 3;

/** Makes an empty database what a program of that version would have left: its tables, with rows in every one of them. */
export async function makeOldForum(db: Connection, version: string): Promise<void> {
	await migrateTo(db, version);
	const there = await db.introspection.getTables();
	for (const { name } of copiedTables) {
		const table = there.find((each) => each.name === name);
		if (!table) continue;
		for (let row = 1; row <= ROWS; row++) {
			const columns = sql.join(table.columns.map((column) => sql.ref(column.name)));
			const values = sql.join(table.columns.map((column) => valueOf(name, column.name, column.dataType, row)));
			await sql`insert into ${sql.table(name)} (${columns}) values (${values})`.execute(db);
		}
	}
}

/** What others call the id of a row. */
const CALLED: Readonly<Record<string, string>> = { accounts: 'account', sessions: 'session', recovery_requests: 'request' };

function valueOf(table: string, column: string, type: string, row: number): string | number | Uint8Array {
	if (/int/i.test(type)) return row;
	if (/bytea|blob/i.test(type)) return new TextEncoder().encode(`${table} ${column} ${row}`);
	return `${column === 'id' ? (CALLED[table] ?? `${table} id`) : column} ${row}`;
}

/** Makes an empty database what a program of that version would have kept of a forum of today. */
export async function makeOlder(db: Connection, version: string, today: Connection): Promise<void> {
	await migrateTo(db, version);
	const outline = await outlineOf(db, true);
	for await (const { table, rows } of blocksOf(today, outline)) {
		const columns = outline.tables.find(({ name }) => name === table)?.columns ?? [];
		const names = sql.join(columns.map((column) => sql.ref(column)));
		for (const row of rows) await sql`insert into ${sql.table(table)} (${names}) values (${sql.join([...decodeRow(row)])})`.execute(db);
	}
}
