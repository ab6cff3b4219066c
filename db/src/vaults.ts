import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

/** A vault as its owner last wrote it. */
export interface StoredVault {
	readonly version: number;
	readonly blob: Bytes;
}

export async function readVault(db: Connection, account: AccountId): Promise<StoredVault | null> {
	const row = await db.selectFrom('vaults').select(['version', 'blob']).where('account', '=', account).executeTakeFirst();
	return row ?? null;
}

/** The first version of a vault is 1. @throws Problem `stale` when there is one already */
export async function insertVault(db: Connection, account: AccountId, blob: Uint8Array): Promise<void> {
	await db.insertInto('vaults').values({ account, version: 1, blob }).execute();
}

/** Compare-and-swap: the new version, or `null` when `expected` is not the one that is there. */
export async function replaceVault(db: Connection, account: AccountId, expected: number, blob: Uint8Array): Promise<number | null> {
	const version = expected + 1;
	const { numUpdatedRows } = await db
		.updateTable('vaults')
		.set({ version, blob })
		.where('account', '=', account)
		.where('version', '=', expected)
		.executeTakeFirst();
	return numUpdatedRows === 1n ? version : null;
}
