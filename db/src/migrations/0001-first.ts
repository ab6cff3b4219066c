import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The first tables. `bytea` serves both engines: SQLite keeps a blob as it is under any type name.
 * Composite keys begin with what is asked for, so that every question is one seek.
 */
export const first: Migration = {
	async up(db: Kysely<unknown>) {
		await createAccounts(db);
		await createCredentials(db);
		await createChains(db);
		await createLog(db);
		await createVaults(db);
	},
};

async function createAccounts(db: Kysely<unknown>) {
	await db.schema
		.createTable('accounts')
		.addColumn('id', 'text', (column) => column.primaryKey().notNull())
		.execute();
	await db.schema
		.createTable('sessions')
		.addColumn('id', 'text', (column) => column.primaryKey().notNull())
		.addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
		.addColumn('created', 'text', (column) => column.notNull())
		.addColumn('expires', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('sessions_account').on('sessions').column('account').execute();
	await db.schema
		.createTable('settings')
		.addColumn('name', 'text', (column) => column.primaryKey().notNull())
		.addColumn('value', 'text', (column) => column.notNull())
		.execute();
}

async function createCredentials(db: Kysely<unknown>) {
	await db.schema
		.createTable('passphrases')
		.addColumn('handle', 'text', (column) => column.primaryKey().notNull())
		.addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
		.addColumn('record', 'text', (column) => column.notNull())
		.execute();
	await db.schema
		.createTable('passkeys')
		.addColumn('id', 'text', (column) => column.primaryKey().notNull())
		.addColumn('account', 'text', (column) => column.notNull().references('accounts.id'))
		.addColumn('key', 'bytea', (column) => column.notNull())
		.addColumn('counter', 'bigint', (column) => column.notNull())
		.execute();
}

async function createChains(db: Kysely<unknown>) {
	await db.schema
		.createTable('links')
		.addColumn('entry', 'integer', (column) => column.primaryKey().notNull())
		.addColumn('position', 'integer', (column) => column.unique())
		.addColumn('chain', 'text', (column) => column.notNull())
		.addColumn('seq', 'integer', (column) => column.notNull())
		.addColumn('hash', 'text', (column) => column.notNull().unique())
		.addColumn('kind', 'text', (column) => column.notNull())
		.addColumn('bytes', 'bytea', (column) => column.notNull())
		.addUniqueConstraint('links_place', ['chain', 'seq'])
		.execute();
	await db.schema
		.createTable('public_keys')
		.addColumn('hash', 'text', (column) => column.primaryKey().notNull())
		.addColumn('key', 'bytea', (column) => column.notNull())
		.execute();
	await db.schema
		.createTable('wraps')
		.addColumn('recipient', 'text', (column) => column.notNull())
		.addColumn('space', 'text', (column) => column.notNull())
		.addColumn('generation', 'integer', (column) => column.notNull())
		.addColumn('bytes', 'bytea', (column) => column.notNull())
		.addPrimaryKeyConstraint('wraps_key', ['recipient', 'space', 'generation'])
		.execute();
	await db.schema
		.createTable('invitations')
		.addColumn('id', 'text', (column) => column.primaryKey().notNull())
		.addColumn('sealed', 'bytea', (column) => column.notNull())
		.execute();
}

async function createLog(db: Kysely<unknown>) {
	await db.schema
		.createTable('events')
		.addColumn('space', 'text', (column) => column.notNull())
		.addColumn('position', 'integer', (column) => column.notNull())
		.addColumn('stream', 'text', (column) => column.notNull())
		.addColumn('seq', 'integer', (column) => column.notNull())
		.addColumn('id', 'text', (column) => column.notNull())
		.addColumn('generation', 'integer', (column) => column.notNull())
		.addColumn('envelope', 'bytea', (column) => column.notNull())
		.addColumn('hour', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('events_position', ['space', 'position'])
		.addUniqueConstraint('events_seq', ['space', 'stream', 'seq'])
		.addUniqueConstraint('events_id', ['id', 'space'])
		.addCheckConstraint('events_count_from_one', sql`position > 0 and seq > 0`)
		.execute();
}

async function createVaults(db: Kysely<unknown>) {
	await db.schema
		.createTable('vaults')
		.addColumn('account', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
		.addColumn('version', 'integer', (column) => column.notNull())
		.addColumn('blob', 'bytea', (column) => column.notNull())
		.execute();
	await db.schema
		.createTable('enrolments')
		.addColumn('account', 'text', (column) => column.primaryKey().notNull().references('accounts.id'))
		.addColumn('id', 'text', (column) => column.notNull().unique())
		.addColumn('sealed', 'bytea', (column) => column.notNull())
		.addColumn('expires', 'text', (column) => column.notNull())
		.execute();
}
