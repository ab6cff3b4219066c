import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a person keeps for the own devices, sealed: how far they have read, how loud threads are. */
export const notebooks: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema
			.createTable('notebooks')
			.addColumn('account', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
			.addColumn('version', 'integer', (column) => column.notNull())
			.addColumn('blob', 'bytea', (column) => column.notNull())
			.execute();
	},
};
