import type { AccountId, Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertAccount } from './accounts.ts';
import type { Connection } from './database.ts';
import {
	approvalsOf,
	deleteDeposit,
	deleteExpiredRequests,
	deleteRequests,
	depositors,
	depositsFor,
	findDeposit,
	findRequest,
	insertApproval,
	isRelyingOnDeposit,
	openRequests,
	putDeposit,
	putRequest,
} from './recoveries.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
/** SQLite answers Buffers, PostgreSQL plain arrays. */
const plain = (value: Uint8Array | null | undefined) => [...(value ?? [])];
const NOW = '2026-11-22T13:30:00.000Z';
const EXPIRES = '2026-11-24T13:00:00.000Z';
const AFTER = '2026-11-24T13:00:00.001Z';

for (const dialect of DIALECTS) {
	describe(`recovery on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		let bob: AccountId;
		let alice: AccountId;
		let carol: AccountId;
		let host: OrganisationId;

		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(async () => {
			await emptyTables(db);
			[bob, alice, carol, host] = [freshId(), freshId(), freshId(), freshId(16)];
			await insertAccount(db, bob);
			await insertAccount(db, carol);
		});

		const deposit = (id: string) =>
			putDeposit(db, { account: bob, id, box: bytes(1), shares: [{ coordinator: alice, organisation: host, bytes: bytes(2) }] });
		const ask = async (account = bob) => {
			const id = freshId<Hash>();
			await putRequest(db, { id, account, public_key: bytes(3), signing_key: bytes(4), expires: EXPIRES });
			return id;
		};
		const waiting = async (account: AccountId | null = bob) => (await openRequests(db, NOW, account)).map(({ id }) => id);

		test('a deposit replaces the one before, and each coordinator is shown the own share', async () => {
			await deposit('first');
			await deposit('second');
			expect(await findDeposit(db, bob)).toMatchObject({ id: 'second' });
			const shown = await depositsFor(db, [bob, carol], alice);
			expect([...shown.keys()]).toEqual([bob]);
			expect(shown.get(bob)).toMatchObject({ deposit: 'second', organisation: host });
			expect(plain(shown.get(bob)?.bytes)).toEqual([2]);
			expect((await depositsFor(db, [bob], carol)).get(bob)).toMatchObject({ deposit: 'second', bytes: null });
			expect(await depositors(db)).toEqual([bob]);
		});

		test('the newest three requests wait, and one that was approved makes no room', async () => {
			const first = await ask();
			await insertApproval(db, first, host, bytes(5));
			const others = [await ask(), await ask(), await ask(), await ask()];
			expect(await waiting()).toEqual([...others.slice(1).reverse(), first]);
			await ask(carol);
			expect(await waiting()).toHaveLength(4);
			expect(await waiting(null)).toHaveLength(5);
		});

		test('a request that is sent again stays as it was', async () => {
			const id = await ask();
			await putRequest(db, { id, account: bob, public_key: bytes(9), signing_key: bytes(9), expires: '2027-01-01T00:00:00.000Z' });
			const found = await findRequest(db, id, NOW);
			expect(found?.expires).toBe(EXPIRES);
			expect(plain(found?.public_key)).toEqual([3]);
		});

		test('a request ends after its time, with the shares that were passed on for it', async () => {
			const id = await ask();
			await insertApproval(db, id, host, bytes(5));
			expect(await findRequest(db, id, AFTER)).toBeNull();
			expect(await openRequests(db, AFTER, null)).toEqual([]);
			await deleteExpiredRequests(db, NOW);
			expect(await approvalsOf(db, id)).toHaveLength(1);
			await deleteExpiredRequests(db, AFTER);
			expect(await approvalsOf(db, id)).toEqual([]);
			expect(await findRequest(db, id, NOW)).toBeNull();
		});

		test('an organisation passes its share on once', async () => {
			const id = await ask();
			await insertApproval(db, id, host, bytes(5));
			await expect(insertApproval(db, id, host, bytes(6))).rejects.toMatchObject({ code: 'stale' });
			expect((await approvalsOf(db, id)).map((row) => plain(row.bytes))).toEqual([[5]]);
		});

		test('a deposit is relied on from the first approval until its request ends', async () => {
			const id = await ask();
			expect(await isRelyingOnDeposit(db, bob, NOW)).toBe(false);
			await insertApproval(db, id, host, bytes(5));
			expect(await isRelyingOnDeposit(db, bob, NOW)).toBe(true);
			expect(await isRelyingOnDeposit(db, carol, NOW)).toBe(false);
			expect(await isRelyingOnDeposit(db, bob, AFTER)).toBe(false);
			await deleteRequests(db, [id]);
			expect(await isRelyingOnDeposit(db, bob, NOW)).toBe(false);
		});

		test('who ends recovery leaves nothing behind', async () => {
			await deposit('only');
			const id = await ask();
			await insertApproval(db, id, host, bytes(5));
			await deleteDeposit(db, bob);
			expect(await findDeposit(db, bob)).toBeNull();
			expect(await waiting()).toEqual([]);
			expect(await approvalsOf(db, id)).toEqual([]);
			expect(await db.selectFrom('recovery_shares').selectAll().execute()).toEqual([]);
		});
	});
}
