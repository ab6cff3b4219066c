import type { BlobId, SpaceId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBlob, insertBlob, readBlob, sizeOfBlobs } from './blobs.ts';
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
			const piece = (value: number) => ({ space, id, hour: hourOf(0), bytes: Uint8Array.from([value, value]) });
			await insertBlob(db, piece(1));
			await insertBlob(db, piece(2));
			expect([...((await readBlob(db, space, id)) ?? [])]).toEqual([1, 1]);
			expect([await hasBlob(db, space, id), await hasBlob(db, other, id), await readBlob(db, other, id)]).toEqual([true, false, null]);
			expect(await sizeOfBlobs(db)).toBe(2);
		});
	});
}
