import { sql } from 'kysely';
import type { Connection } from '../database.ts';
import { migrate, migrateTo } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { createSums, differencesOf, sumsOf, type Block, type Outline, type Sums } from './read.ts';
import { Refusal } from './refusal.ts';
import { decodeRow } from './row.ts';
import { copiedTables } from './tables.ts';

/** Parameters of one statement that both engines take. */
const MOST_PARAMETERS = 8_000;

/** @throws Refusal `version` when these tables were made by a program that this one does not know */
export function requireKnownVersion(outline: Outline): void {
	const known = Object.keys(migrations).sort();
	const isKnown = outline.migrations.length > 0 && outline.migrations.every((name, place) => name === known[place]);
	if (!isKnown) throw new Refusal('version', 'It was made by a newer version of Multaqa. Install that version first, then try again.');
}

/**
 * Fills an empty database: makes its tables as they were, brings every row in, reads all of them again to compare,
 * and only then brings the tables up to date. @returns what was compared
 */
export async function fill(db: Connection, outline: Outline, blocks: AsyncIterable<Block>): Promise<Sums> {
	await migrateTo(db, outline.migrations.at(-1) ?? '');
	const came = createSums(outline);
	for await (const block of blocks) {
		came.add(block);
		await insertBlock(db, outline, block);
	}
	requireEqual(came.sums, await sumsOf(db, outline));
	await migrate(db);
	return came.sums;
}

/** @throws Refusal `different` with the names of the tables */
export function requireEqual(one: Sums, other: Sums): void {
	const different = differencesOf(one, other);
	if (different.length > 0) throw new Refusal('different', `What was written differs from what was read: ${different.join(', ')}.`);
}

async function insertBlock(db: Connection, outline: Outline, { table, rows }: Block): Promise<void> {
	const columns = outline.tables.find(({ name }) => name === table)?.columns;
	if (!columns) throw new Refusal('altered', `It holds rows of a table it does not name.`);
	const most = Math.floor(MOST_PARAMETERS / columns.length);
	const names = sql.join(columns.map((column) => sql.ref(column)));
	for (let start = 0; start < rows.length; start += most) {
		const some = rows.slice(start, start + most).map((row) => sql`(${sql.join([...valuesOf(row, columns.length)])})`);
		await sql`insert into ${sql.table(table)} (${names}) values ${sql.join(some)}`.execute(db);
	}
}

function valuesOf(row: Uint8Array, columns: number) {
	const values = decodeRow(row);
	if (values.length !== columns) throw new Refusal('altered', 'It holds a row that does not fit its table.');
	return values;
}

/** Takes every table of ours away, those of the migrations among them. */
export async function dropTables(db: Connection): Promise<void> {
	const there = (await db.introspection.getTables({ withInternalKyselyTables: true })).map(({ name }) => name);
	const ours = ['kysely_migration', 'kysely_migration_lock', ...copiedTables.map(({ name }) => name)];
	for (const name of ours.toReversed()) if (there.includes(name)) await sql`drop table ${sql.table(name)}`.execute(db);
}
