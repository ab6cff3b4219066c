import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Pieces can be removed by whoever brought them, who is known by a key and not by name. */
export const blobLocks: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema.alterTable('blobs').addColumn('lock', 'text').execute();
	},
};
