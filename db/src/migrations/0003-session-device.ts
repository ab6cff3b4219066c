import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sessions know the device that proved itself in them, so that revoking one ends exactly its own. */
export const sessionDevice: Migration = {
	async up(db: Kysely<unknown>) {
		await db.schema.alterTable('sessions').addColumn('device', 'text').execute();
	},
};
