import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Hash } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

/** Stores keys under their hashes; one that is there already stays. */
export async function insertPublicKeys(db: Connection, keys: ReadonlyMap<Hash, Uint8Array>): Promise<void> {
	if (keys.size === 0) return;
	await db
		.insertInto('public_keys')
		.values([...keys].map(([hash, key]) => ({ hash, key })))
		.onConflict((conflict) => conflict.column('hash').doNothing())
		.execute();
}

/** The keys that are there, by hash. */
export async function readPublicKeys(db: Connection, hashes: readonly Hash[]): Promise<ReadonlyMap<Hash, Bytes>> {
	if (hashes.length === 0) return new Map();
	const rows = await db.selectFrom('public_keys').selectAll().where('hash', 'in', hashes).execute();
	return new Map(rows.map(({ hash, key }) => [hash, key]));
}
