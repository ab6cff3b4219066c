import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Pieces of attachments, sealed; named by their content. Who brought one is not kept. */
export const blobs: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema
			.createTable('blobs')
			.addColumn('space', 'text', (column) => column.notNull())
			.addColumn('id', 'text', (column) => column.notNull())
			.addColumn('hour', 'text', (column) => column.notNull())
			.addColumn('size', 'integer', (column) => column.notNull())
			.addColumn('bytes', 'bytea', (column) => column.notNull())
			.addPrimaryKeyConstraint('blobs_key', ['space', 'id'])
			.execute();
	},
};
