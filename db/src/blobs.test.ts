import type { BlobId, SpaceId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteBlob, hasBlob, insertBlob, readBlob, sizeOfBlobs } from './blobs.ts';
import type { Connection } from './database.ts';
import { hourOf } from './hour.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';

for (const dialect of DIALECTS) {
	describe(`pieces of attachments on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(() => emptyTables(db));

		test('belong to one space, stay as they came, and are counted once', async () => {
			const [space, other, id] = [freshId<SpaceId>(), freshId<SpaceId>(), freshId<BlobId>()];
			expect(await sizeOfBlobs(db)).toBe(0);
			const piece = (value: number) => ({ space, id, hour: hourOf(0), bytes: Uint8Array.from([value, value]), lock: 'lock' });
			await insertBlob(db, piece(1));
			await insertBlob(db, piece(2));
			expect([...((await readBlob(db, space, id)) ?? [])]).toEqual([1, 1]);
			expect([await hasBlob(db, space, id), await hasBlob(db, other, id), await readBlob(db, other, id)]).toEqual([true, false, null]);
			expect(await sizeOfBlobs(db)).toBe(2);
		});

		test('go when their lock is named, in their space, and no others with them', async () => {
			const [space, other, id, second] = [freshId<SpaceId>(), freshId<SpaceId>(), freshId<BlobId>(), freshId<BlobId>()];
			const keep = (where: SpaceId, piece: BlobId, lock: string) =>
				insertBlob(db, { space: where, id: piece, hour: hourOf(0), bytes: new Uint8Array(3), lock });
			await keep(space, id, 'mine');
			await keep(space, second, 'mine');
			await keep(other, id, 'mine');
			expect(await deleteBlob(db, space, id, 'theirs')).toBe(false);
			expect(await hasBlob(db, space, id)).toBe(true);
			expect([await deleteBlob(db, space, id, 'mine'), await deleteBlob(db, space, id, 'mine')]).toEqual([true, false]);
			expect([await hasBlob(db, space, id), await hasBlob(db, space, second), await hasBlob(db, other, id)]).toEqual([false, true, true]);
			expect(await sizeOfBlobs(db)).toBe(6);
		});

		test('keep the lock they came with when somebody brings them again', async () => {
			const [space, id] = [freshId<SpaceId>(), freshId<BlobId>()];
			for (const lock of ['first', 'second']) await insertBlob(db, { space, id, hour: hourOf(0), bytes: new Uint8Array(3), lock });
			expect([await deleteBlob(db, space, id, 'second'), await deleteBlob(db, space, id, 'first')]).toEqual([false, true]);
		});
	});
}
