import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sealed letters, each in the box of whom it is for. Whom it is from is sealed inside. */
export const letters: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema
			.createTable('letters')
			.addColumn('account', 'text', (column) => column.notNull())
			.addColumn('number', 'integer', (column) => column.notNull())
			.addColumn('hour', 'text', (column) => column.notNull())
			.addColumn('bytes', 'bytea', (column) => column.notNull())
			.addPrimaryKeyConstraint('letters_key', ['account', 'number'])
			.execute();
	},
};
