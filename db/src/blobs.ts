import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { BlobId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

export interface NewBlob {
	readonly space: SpaceId;
	readonly id: BlobId;
	/** When it came, rounded down to the hour. */
	readonly hour: string;
	readonly bytes: Uint8Array;
	/** Names the key that removes it. */
	readonly lock: string;
}

/** Keeps a piece; one that is there already stays as it is. */
export async function insertBlob(db: Connection, { space, id, hour, bytes, lock }: NewBlob): Promise<void> {
	await db
		.insertInto('blobs')
		.values({ space, id, hour, size: bytes.length, bytes, lock })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

export async function readBlob(db: Connection, space: SpaceId, id: BlobId): Promise<Bytes | null> {
	const row = await db.selectFrom('blobs').select('bytes').where('space', '=', space).where('id', '=', id).executeTakeFirst();
	return row?.bytes ?? null;
}

export async function hasBlob(db: Connection, space: SpaceId, id: BlobId): Promise<boolean> {
	const row = await db.selectFrom('blobs').select('size').where('space', '=', space).where('id', '=', id).executeTakeFirst();
	return row !== undefined;
}

/** Forgets a piece, if this is its lock; answers whether it was there. */
export async function deleteBlob(db: Connection, space: SpaceId, id: BlobId, lock: string): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('blobs')
		.where('space', '=', space)
		.where('id', '=', id)
		.where('lock', '=', lock)
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}

/** Bytes of all pieces together. */
export async function sizeOfBlobs(db: Connection): Promise<number> {
	const row = await db
		.selectFrom('blobs')
		.select(({ fn }) => fn.sum<number | string | null>('size').as('total'))
		.executeTakeFirst();
	return Number(row?.total ?? 0);
}
