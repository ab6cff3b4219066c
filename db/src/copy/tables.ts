import type { Schema } from '../schema.ts';

/** A table as it is copied: its rows are walked by their key, so many at a time. */
export interface CopiedTable {
	readonly name: keyof Schema;
	readonly key: readonly string[];
	/** Rows that are in memory at once. */
	readonly page: number;
	/** What only means something while this server runs: whoever restores a backup signs in again. */
	readonly fleeting?: true;
}

const SMALL = 400;
const MIDDLE = 64;
/** A piece of an attachment is a quarter of a megabyte. */
const LARGE = 8;

/** Every table of a forum, each after those it refers to. A table that is missing here fails a test and every backup. */
export const copiedTables: readonly CopiedTable[] = [
	{ name: 'accounts', key: ['id'], page: SMALL },
	{ name: 'settings', key: ['name'], page: SMALL },
	{ name: 'passphrases', key: ['handle'], page: SMALL },
	{ name: 'passkeys', key: ['id'], page: SMALL },
	{ name: 'sessions', key: ['id'], page: SMALL, fleeting: true },
	{ name: 'pushes', key: ['session'], page: SMALL, fleeting: true },
	{ name: 'mails', key: ['account'], page: SMALL },
	{ name: 'links', key: ['entry'], page: SMALL },
	{ name: 'public_keys', key: ['hash'], page: SMALL },
	{ name: 'wraps', key: ['recipient', 'space', 'generation'], page: SMALL },
	{ name: 'invitations', key: ['id'], page: MIDDLE },
	{ name: 'enrolments', key: ['account'], page: MIDDLE, fleeting: true },
	{ name: 'recovery_deposits', key: ['account'], page: MIDDLE },
	{ name: 'recovery_shares', key: ['account', 'coordinator'], page: MIDDLE },
	{ name: 'recovery_requests', key: ['id'], page: MIDDLE },
	{ name: 'recovery_approvals', key: ['request', 'organisation'], page: MIDDLE },
	{ name: 'vaults', key: ['account'], page: LARGE },
	{ name: 'notebooks', key: ['account'], page: LARGE },
	{ name: 'letters', key: ['account', 'number'], page: MIDDLE },
	{ name: 'publications', key: ['address', 'edition'], page: LARGE },
	{ name: 'events', key: ['space', 'position'], page: MIDDLE },
	{ name: 'blobs', key: ['space', 'id'], page: LARGE },
];
