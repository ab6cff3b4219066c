import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where people asked to be told that there is something new: a browser's push service, a mailbox. */
export const notifications: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema
			.createTable('pushes')
			// Whatever ends a session (signing out, revoking the device, removing the account) forgets its address.
			.addColumn('session', 'text', (column) => column.primaryKey().notNull().references('sessions.id').onDelete('cascade'))
			.addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
			.addColumn('endpoint', 'text', (column) => column.notNull())
			.addColumn('without', 'text', (column) => column.notNull())
			.addColumn('failing', 'integer', (column) => column.notNull())
			.execute();
		await db.schema
			.createTable('mails')
			.addColumn('account', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
			.addColumn('address', 'text', (column) => column.notNull())
			.addColumn('language', 'text', (column) => column.notNull())
			.addColumn('sent', 'text')
			.execute();
	},
};
