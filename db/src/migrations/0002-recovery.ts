import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Recovery by two: what people deposited, who asks to be restored, and the shares that coordinators passed on. */
export const recovery: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema
			.createTable('recovery_deposits')
			.addColumn('account', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
			.addColumn('id', 'text', (column) => column.notNull())
			.addColumn('box', 'bytea', (column) => column.notNull())
			.execute();
		await db.schema
			.createTable('recovery_shares')
			.addColumn('account', 'text', (column) => column.notNull().references('recovery_deposits.account'))
			.addColumn('coordinator', 'text', (column) => column.notNull())
			.addColumn('organisation', 'text', (column) => column.notNull())
			.addColumn('bytes', 'bytea', (column) => column.notNull())
			.addPrimaryKeyConstraint('recovery_shares_key', ['account', 'coordinator'])
			.execute();
		await db.schema
			.createTable('recovery_requests')
			.addColumn('id', 'text', (column) => column.primaryKey().notNull())
			.addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
			.addColumn('entry', 'integer', (column) => column.notNull())
			.addColumn('public_key', 'bytea', (column) => column.notNull())
			.addColumn('signing_key', 'bytea', (column) => column.notNull())
			.addColumn('expires', 'text', (column) => column.notNull())
			.execute();
		await db.schema.createIndex('recovery_requests_account').on('recovery_requests').columns(['account', 'entry']).execute();
		await db.schema
			.createTable('recovery_approvals')
			.addColumn('request', 'text', (column) => column.notNull().references('recovery_requests.id'))
			.addColumn('organisation', 'text', (column) => column.notNull())
			.addColumn('bytes', 'bytea', (column) => column.notNull())
			.addPrimaryKeyConstraint('recovery_approvals_key', ['request', 'organisation'])
			.execute();
	},
};
