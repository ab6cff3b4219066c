import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Statements for the public, edition by edition. */
export const publications: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema
			.createTable('publications')
			.addColumn('address', 'text', (column) => column.notNull())
			.addColumn('edition', 'integer', (column) => column.notNull())
			.addColumn('space', 'text', (column) => column.notNull())
			.addColumn('published', 'text', (column) => column.notNull())
			.addColumn('proposer', 'text')
			.addColumn('bytes', 'bytea', (column) => column.notNull())
			.addPrimaryKeyConstraint('publications_key', ['address', 'edition'])
			.execute();
	},
};
