import type { AccountId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from './database.ts';
import { hourOf } from './hour.ts';
import { deleteOldLetters, insertLetter, lettersAfter } from './letters.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';

const HOUR = 3_600_000;

for (const dialect of DIALECTS) {
	describe(`letters on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(() => emptyTables(db));

		const write = (account: AccountId, value: number, { most = 10, time = 0, size = 1 } = {}) =>
			insertLetter(db, { account, hour: hourOf(time), bytes: new Uint8Array(size).fill(value) }, most);
		const read = async (account: AccountId, after = 0, room = 1_000) => {
			const { letters, more } = await lettersAfter(db, account, after, room);
			return { letters: letters.map(({ number, bytes }) => [number, bytes[0]]), more };
		};

		test('lie in the box of whom they are for, in the order they came', async () => {
			const [alice, bob] = [freshId<AccountId>(), freshId<AccountId>()];
			await write(alice, 1);
			await write(bob, 9);
			await Promise.all([write(alice, 2), write(alice, 3)]);
			const { letters } = await read(alice);
			expect(letters.map(([number]) => number)).toEqual([1, 2, 3]);
			expect((await read(alice, 1)).letters).toHaveLength(2);
			expect(await read(bob)).toEqual({ letters: [[1, 9]], more: false });
			const carol = freshId<AccountId>();
			for (const number of [3, 1, 2])
				await db
					.insertInto('letters')
					.values({ account: carol, number, hour: '', bytes: new Uint8Array(1) })
					.execute();
			expect((await read(carol)).letters.map(([number]) => number)).toEqual([1, 2, 3]);
		});

		test('come in pieces that fit, and a long one alone', async () => {
			const alice = freshId<AccountId>();
			await write(alice, 1, { size: 500 });
			await write(alice, 2, { size: 100 });
			await write(alice, 3);
			expect(await read(alice, 0, 550)).toEqual({ letters: [[1, 1]], more: true });
			expect(await read(alice, 0, 20)).toEqual({ letters: [[1, 1]], more: true });
			expect(await read(alice, 1, 550)).toEqual({
				letters: [
					[2, 2],
					[3, 3],
				],
				more: false,
			});
		});

		test('are no more than a box holds, and do not stay for ever', async () => {
			const alice = freshId<AccountId>();
			const lie: boolean[] = [];
			for (let count = 1; count <= 4; count++) lie.push(await write(alice, count, { most: 3, time: count * HOUR }));
			expect(lie).toEqual([true, true, true, false]);
			expect((await read(alice)).letters).toHaveLength(3);
			await deleteOldLetters(db, hourOf(3 * HOUR));
			expect((await read(alice)).letters).toEqual([[expect.any(Number), 3]]);
		});

		test('are numbered on when all before them were forgotten, so that whoever read those is told of them', async () => {
			const [alice, bob] = [freshId<AccountId>(), freshId<AccountId>()];
			for (const value of [1, 2]) await write(alice, value, { time: HOUR });
			await write(bob, 3, { time: HOUR });
			const last = Number((await read(alice)).letters.at(-1)?.[0]);
			await deleteOldLetters(db, hourOf(2 * HOUR));
			expect((await read(alice)).letters).toEqual([]);
			await write(alice, 4, { time: 2 * HOUR });
			expect((await read(alice, last)).letters).toEqual([[expect.any(Number), 4]]);
			await write(alice, 5, { time: HOUR });
			expect((await read(alice, last)).letters.map(([, value]) => value)).toEqual([4, 5]);
		});

		test('are no more at once than one answer takes, however small', async () => {
			const alice = freshId<AccountId>();
			for (let count = 1; count <= 51; count++) await write(alice, count, { most: 60 });
			const { letters, more } = await read(alice);
			expect([letters.length, more]).toEqual([50, true]);
			expect(await read(alice, Number(letters.at(-1)?.[0]))).toMatchObject({ letters: { length: 1 }, more: false });
		});
	});
}
