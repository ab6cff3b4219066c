import { sql, type Kysely } from 'kysely';
import { Migrator, type MigrationResultSet } from 'kysely/migration';
import { isSqlite } from './engine.ts';
import { migrations } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** Brings the tables up to date, whole or not at all. @throws what stopped the first migration that failed */
export const migrate = (db: Kysely<Schema>): Promise<void> => whole(db, (migrator) => migrator.migrateToLatest());

/** Makes the tables as the migration of that name left them; the same otherwise. */
export const migrateTo = (db: Kysely<Schema>, name: string): Promise<void> => whole(db, (migrator) => migrator.migrateTo(name));

type Step = (migrator: Migrator) => Promise<MigrationResultSet>;

/** Kysely has PostgreSQL migrate in one transaction, and SQLite without: a program killed there would leave tables that no version knows. */
async function whole(db: Kysely<Schema>, step: Step): Promise<void> {
	if (!isSqlite(db)) return run(db, step);
	await db.connection().execute(async (connection) => {
		await sql`begin immediate`.execute(connection);
		try {
			await run(connection, step);
			await sql`commit`.execute(connection);
		} catch (error) {
			await sql`rollback`.execute(connection).catch(() => undefined);
			throw error;
		}
	});
}

async function run(db: Kysely<Schema>, step: Step): Promise<void> {
	const { error } = await step(new Migrator({ db, provider: { getMigrations: async () => migrations } }));
	if (error) throw error;
}
