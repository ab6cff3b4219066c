import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

/** A notebook as its owner last wrote it; `null` before the first time. */
export async function readNotebook(db: Connection, account: AccountId): Promise<{ version: number; blob: Bytes } | null> {
	const row = await db.selectFrom('notebooks').select(['version', 'blob']).where('account', '=', account).executeTakeFirst();
	return row ?? null;
}

/** Compare-and-swap, `expected: 0` for the first: the new version, or `null` when another one is there. */
export async function replaceNotebook(db: Connection, account: AccountId, expected: number, blob: Uint8Array): Promise<number | null> {
	const version = expected + 1;
	const first = db
		.insertInto('notebooks')
		.values({ account, version, blob })
		.onConflict((conflict) => conflict.doNothing());
	const next = db.updateTable('notebooks').set({ version, blob }).where('account', '=', account).where('version', '=', expected);
	const changed =
		expected === 0 ? (await first.executeTakeFirst()).numInsertedOrUpdatedRows : (await next.executeTakeFirst()).numUpdatedRows;
	return changed === 1n ? version : null;
}
