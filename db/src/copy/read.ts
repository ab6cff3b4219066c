import { sql, type RawBuilder } from 'kysely';
import type { Connection } from '../database.ts';
import { encodeRow, type Value } from './row.ts';
import { createTableSum, type TableSum } from './sum.ts';
import { copiedTables, type CopiedTable } from './tables.ts';

/** What is copied: the migrations that made the tables, and the columns of each. */
export interface Outline {
	readonly migrations: readonly string[];
	readonly tables: readonly OutlinedTable[];
}

export interface OutlinedTable {
	readonly name: string;
	readonly columns: readonly string[];
}

/** Some rows of one table, each as {@link encodeRow} makes it. */
export interface Block {
	readonly table: string;
	readonly rows: readonly Uint8Array[];
}

/** The sums of all tables by their names. */
export type Sums = Readonly<Record<string, TableSum>>;

/** Tables that only run the migrations. */
const OWN_OF_KYSELY = /^kysely_/;

/** Names of the migrations this database has seen; none: it is no forum yet. */
export async function migrationsOf(db: Connection): Promise<readonly string[]> {
	const names = await tableNames(db);
	if (!names.has('kysely_migration')) return [];
	const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
	return rows.map(({ name }) => name);
}

async function tableNames(db: Connection): Promise<ReadonlySet<string>> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	return new Set(tables.map(({ name }) => name));
}

/** What there is to copy. @throws Error when a table would be left out */
export async function outlineOf(db: Connection, withFleeting: boolean): Promise<Outline> {
	const there = await db.introspection.getTables();
	const unknown = there.find(({ name }) => !OWN_OF_KYSELY.test(name) && !copiedTables.some((table) => table.name === name));
	if (unknown)
		throw new Error(`The table ${unknown.name} would not be copied: this program is older than the database, or the database is shared`);
	const wanted = copiedTables.filter(({ fleeting }) => withFleeting || !fleeting);
	const tables = wanted.flatMap(({ name }) => {
		const table = there.find((each) => each.name === name);
		return table ? [{ name, columns: table.columns.map((column) => column.name).sort() }] : [];
	});
	return { migrations: await migrationsOf(db), tables };
}

/** All rows, table after table. The connection has to be a snapshot, or what comes late would not fit what came early. */
export async function* blocksOf(db: Connection, outline: Outline): AsyncGenerator<Block> {
	for (const table of outline.tables) {
		const copied = copiedTables.find(({ name }) => name === table.name);
		if (copied) yield* blocksOfTable(db, copied, table.columns);
	}
}

async function* blocksOfTable(db: Connection, { name, key, page }: CopiedTable, columns: readonly string[]): AsyncGenerator<Block> {
	let after: readonly Value[] | null = null;
	for (;;) {
		const rows: Record<string, Value>[] = await pageOf(db, name, key, columns, after, page);
		const last = rows.at(-1);
		if (last) yield { table: name, rows: rows.map((row) => encodeRow(columns.map((column) => row[column]))) };
		if (!last || rows.length < page) return;
		after = key.map((column) => last[column] ?? null);
	}
}

async function pageOf(
	db: Connection,
	table: string,
	key: readonly string[],
	columns: readonly string[],
	after: readonly Value[] | null,
	most: number,
): Promise<Record<string, Value>[]> {
	const place = sql.join(key.map((column) => sql.ref(column)));
	const beyond: RawBuilder<unknown> = after === null ? sql`` : sql`where (${place}) > (${sql.join(after)})`;
	const { rows } = await sql<Record<string, Value>>`
		select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)} ${beyond}
		order by ${place} limit ${sql.lit(most)}
	`.execute(db);
	return rows;
}

/** Rows of each table. */
export async function countsOf(db: Connection, outline: Outline): Promise<ReadonlyMap<string, number>> {
	const counts = new Map<string, number>();
	for (const { name } of outline.tables) {
		const { rows } = await sql<{ count: number | string }>`select count(*) as count from ${sql.table(name)}`.execute(db);
		counts.set(name, Number(rows[0]?.count ?? 0));
	}
	return counts;
}

/** Adds up every row that is there. */
export async function sumsOf(db: Connection, outline: Outline): Promise<Sums> {
	const adding = createSums(outline);
	for await (const block of blocksOf(db, outline)) adding.add(block);
	return adding.sums;
}

/** The same, block by block. */
export function createSums(outline: Outline): { add(block: Block): void; readonly sums: Sums } {
	const tables = new Map(outline.tables.map(({ name }) => [name, createTableSum()]));
	return {
		add({ table, rows }) {
			const sum = tables.get(table);
			for (const row of rows) sum?.add(row);
		},
		get sums() {
			return Object.fromEntries([...tables].map(([name, { total }]) => [name, total]));
		},
	};
}

/** Names of tables whose rows differ. */
export const differencesOf = (one: Sums, other: Sums): readonly string[] =>
	[...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
		(name) => one[name]?.rows !== other[name]?.rows || one[name]?.sum !== other[name]?.sum,
	);
