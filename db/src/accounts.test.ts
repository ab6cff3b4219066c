import type { AccountId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advancePasskey, countCredentials, findPasskey, findPassphrase, insertAccount, insertPasskey, putPassphrase } from './accounts.ts';
import type { Connection } from './database.ts';
import { putEnrolment, takeEnrolment } from './enrolments.ts';
import { hourOf } from './hour.ts';
import {
	deleteExpiredSessions,
	deleteSessionsOf,
	existingSessions,
	extendSession,
	findSession,
	insertSession,
	sessionsOf,
} from './sessions.ts';
import { settleSetting } from './settings.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';
import { readNotebook, replaceNotebook } from './notebooks.ts';
import { insertVault, readVault, replaceVault } from './vaults.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

for (const dialect of DIALECTS) {
	describe(`accounts on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		let alice: AccountId;
		let bob: AccountId;

		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(async () => {
			await emptyTables(db);
			[alice, bob] = [freshId<AccountId>(), freshId<AccountId>()];
			await insertAccount(db, alice);
			await insertAccount(db, bob);
		});

		test('a handle belongs to the first who takes it, who may change the record', async () => {
			expect(await putPassphrase(db, { handle: 'h', account: alice, record: 'one' })).toBe(true);
			expect(await putPassphrase(db, { handle: 'h', account: bob, record: 'two' })).toBe(false);
			expect(await putPassphrase(db, { handle: 'h', account: alice, record: 'three' })).toBe(true);
			expect(await findPassphrase(db, 'h')).toEqual({ handle: 'h', account: alice, record: 'three' });
			expect(await findPassphrase(db, 'other')).toBeNull();
		});

		test('the counter of a passkey never goes back', async () => {
			await insertPasskey(db, { id: 'k', account: alice, key: bytes(1, 2), counter: 5 });
			await advancePasskey(db, 'k', 3);
			expect(await findPasskey(db, 'k')).toMatchObject({ account: alice, counter: 5 });
			await advancePasskey(db, 'k', 9);
			expect(await findPasskey(db, 'k')).toMatchObject({ counter: 9 });
			expect(await countCredentials(db, alice)).toBe(1);
			await expect(insertPasskey(db, { id: 'k', account: bob, key: bytes(1), counter: 0 })).rejects.toMatchObject({ code: 'stale' });
		});

		test('sessions end alone, together but one, and by their age', async () => {
			const session = (id: string, expires: string, created = '2026-11-01T00:00:00.000Z') => ({
				id,
				account: alice,
				device: null,
				created,
				expires,
			});
			for (const id of ['a', 'b', 'c']) await insertSession(db, session(id, '2026-11-30T00:00:00.000Z'));
			await insertSession(db, session('late', '2026-11-20T00:00:00.000Z'));
			await insertSession(db, session('old', '2026-11-30T00:00:00.000Z', '2026-01-01T00:00:00.000Z'));
			await deleteExpiredSessions(db, '2026-11-22T00:00:00.000Z', '2026-08-24T00:00:00.000Z');
			expect((await sessionsOf(db, alice)).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
			await extendSession(db, 'a', '2026-12-06T00:00:00.000Z');
			expect((await findSession(db, 'a'))?.expires).toBe('2026-12-06T00:00:00.000Z');
			await deleteSessionsOf(db, alice, 'b');
			expect([...(await existingSessions(db, ['a', 'b']))]).toEqual(['b']);
		});

		test('a session needs an account', async () => {
			const stray = { id: 'x', device: null, account: freshId<AccountId>(), created: hourOf(0), expires: hourOf(0) };
			await expect(insertSession(db, stray)).rejects.toMatchObject({ code: 'internal' });
		});

		test('of two writers of a vault one is told that it is stale', async () => {
			await insertVault(db, alice, bytes(1));
			const versions = await Promise.all([replaceVault(db, alice, 1, bytes(2)), replaceVault(db, alice, 1, bytes(3))]);
			expect(versions.sort()).toEqual([2, null]);
			expect(await replaceVault(db, bob, 1, bytes(2))).toBeNull();
			expect((await readVault(db, alice))?.version).toBe(2);
		});

		test('a notebook is begun once, and of two writers one is told that it is stale', async () => {
			expect(await readNotebook(db, alice)).toBeNull();
			const begun = await Promise.all([replaceNotebook(db, alice, 0, bytes(1)), replaceNotebook(db, alice, 0, bytes(2))]);
			expect(begun.sort()).toEqual([1, null]);
			const versions = await Promise.all([replaceNotebook(db, alice, 1, bytes(3)), replaceNotebook(db, alice, 1, bytes(4))]);
			expect(versions.sort()).toEqual([2, null]);
			expect(await replaceNotebook(db, bob, 1, bytes(2))).toBeNull();
			expect((await readNotebook(db, alice))?.version).toBe(2);
		});

		test('a bundle for a new device is taken once, in time, and replaced by the next', async () => {
			const left = (id: string) => ({ account: alice, id, sealed: bytes(1), expires: '2026-11-22T13:10:00.000Z' });
			await putEnrolment(db, left('first'));
			await putEnrolment(db, left('second'));
			expect(await takeEnrolment(db, 'first', '2026-11-22T13:05:00.000Z')).toBeNull();
			expect(await takeEnrolment(db, 'second', '2026-11-22T13:05:00.000Z')).not.toBeNull();
			expect(await takeEnrolment(db, 'second', '2026-11-22T13:05:00.000Z')).toBeNull();
			await putEnrolment(db, left('third'));
			expect(await takeEnrolment(db, 'third', '2026-11-22T13:11:00.000Z')).toBeNull();
		});

		test('a setting is made once', async () => {
			expect(await settleSetting(db, 'name', () => 'one')).toBe('one');
			expect(await settleSetting(db, 'name', () => 'two')).toBe('one');
		});

		test('an error of the driver carries no value', async () => {
			const secret = 'do-not-tell-anyone';
			const error = await db
				.insertInto('settings')
				.values({ name: secret, value: null as unknown as string })
				.execute()
				.catch((caught: unknown) => caught);
			expect(error).toMatchObject({ code: 'internal' });
			expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toContain(secret);
		});
	});
}

test('hours are rounded down', () => {
	expect(hourOf(Date.parse('2026-11-22T13:59:59.999Z'))).toBe('2026-11-22T13:00:00.000Z');
});
