import type { AccountId, DeviceId, SpaceId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertAccount } from './accounts.ts';
import type { Connection } from './database.ts';
import {
	allMails,
	allPushes,
	deleteEndpoint,
	deleteMail,
	deletePush,
	findMail,
	findPush,
	movePush,
	noteMail,
	notePush,
	putMail,
	putPush,
} from './notifications.ts';
import { deleteExpiredSessions, deleteSession, deleteSessionsOf, insertSession } from './sessions.ts';
import { readSetting, writeSetting } from './settings.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';

const HOUR = '2026-11-22T13:00:00.000Z';
const LATER = '2026-11-23T13:00:00.000Z';

for (const dialect of DIALECTS) {
	describe(`notifications on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		let bob: AccountId;
		let carol: AccountId;

		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(async () => {
			await emptyTables(db);
			[bob, carol] = [freshId(), freshId()];
			await insertAccount(db, bob);
			await insertAccount(db, carol);
		});

		async function signedIn(account: AccountId, device: DeviceId | null = null): Promise<string> {
			const id = freshId();
			await insertSession(db, { id, account, device, created: HOUR, expires: HOUR });
			return id;
		}
		const endpoints = async () => (await allPushes(db)).map(({ endpoint }) => endpoint).sort();

		test('a browser is known by its session, and what it chose stays when only its address changes', async () => {
			const session = await signedIn(bob);
			const loud: SpaceId = freshId();
			await putPush(db, { session, account: bob, endpoint: 'https://push/1', without: [loud] });
			await putPush(db, { session, account: bob, endpoint: 'https://push/2', without: null });
			expect(await findPush(db, session)).toEqual({ session, account: bob, endpoint: 'https://push/2', without: [loud], failing: false });
			await putPush(db, { session, account: bob, endpoint: 'https://push/2', without: [] });
			expect((await findPush(db, session))?.without).toEqual([]);
		});

		test('the same browser after signing in anew is woken once; somebody else with that address loses nothing', async () => {
			const [before, after, other] = [await signedIn(bob), await signedIn(bob), await signedIn(carol)];
			for (const [session, account] of [
				[before, bob],
				[other, carol],
				[after, bob],
			] as const)
				await putPush(db, { session, account, endpoint: 'https://push/1', without: null });
			expect((await allPushes(db)).map(({ session }) => session).sort()).toEqual([after, other].sort());
		});

		test('a browser that signed in anew keeps what it chose, and is forgotten under every session', async () => {
			const [before, after, other] = [await signedIn(bob), await signedIn(bob), await signedIn(carol)];
			const quiet: SpaceId = freshId();
			await putPush(db, { session: before, account: bob, endpoint: 'https://push/1', without: [quiet] });
			await putPush(db, { session: after, account: bob, endpoint: 'https://push/1', without: null });
			await putPush(db, { session: other, account: carol, endpoint: 'https://push/1', without: null });
			expect(await findPush(db, after)).toMatchObject({ without: [quiet] });
			expect(await findPush(db, other)).toMatchObject({ without: [] });
			await deleteEndpoint(db, bob, 'https://push/1');
			expect((await allPushes(db)).map(({ account }) => account)).toEqual([carol]);
		});

		test('a device that signed in anew is woken under its new session, and no other device is', async () => {
			const [mine, its] = [freshId<DeviceId>(), freshId<DeviceId>()];
			const [before, after, other] = [await signedIn(bob, mine), await signedIn(bob, mine), await signedIn(bob, its)];
			await putPush(db, { session: before, account: bob, endpoint: 'https://push/1', without: null });
			await movePush(db, bob, its, other);
			expect((await allPushes(db)).map(({ session }) => session)).toEqual([before]);
			await movePush(db, bob, mine, after);
			expect((await allPushes(db)).map(({ session }) => session)).toEqual([after]);
			await putPush(db, { session: before, account: bob, endpoint: 'https://push/2', without: null });
			await movePush(db, bob, mine, after);
			expect(await endpoints()).toEqual(['https://push/1', 'https://push/2']);
		});

		test('whatever ends a session forgets the address', async () => {
			const [one, two, three] = [await signedIn(bob), await signedIn(bob), await signedIn(carol)];
			await putPush(db, { session: one, account: bob, endpoint: 'https://push/1', without: null });
			await putPush(db, { session: two, account: bob, endpoint: 'https://push/2', without: null });
			await putPush(db, { session: three, account: carol, endpoint: 'https://push/3', without: null });
			await deleteSession(db, one);
			expect(await endpoints()).toEqual(['https://push/2', 'https://push/3']);
			await deleteSessionsOf(db, bob);
			expect(await endpoints()).toEqual(['https://push/3']);
			await deleteExpiredSessions(db, LATER, HOUR);
			expect(await endpoints()).toEqual([]);
		});

		test('a service that answers about an old address changes nothing about the new one', async () => {
			const session = await signedIn(bob);
			await putPush(db, { session, account: bob, endpoint: 'https://push/1', without: null });
			const old = (await findPush(db, session))!;
			await putPush(db, { session, account: bob, endpoint: 'https://push/2', without: null });
			await notePush(db, old, true);
			await deletePush(db, session, old.endpoint);
			expect(await findPush(db, session)).toMatchObject({ endpoint: 'https://push/2', failing: false });
			await notePush(db, { ...old, endpoint: 'https://push/2' }, true);
			expect((await findPush(db, session))?.failing).toBe(true);
			await deletePush(db, session);
			expect(await allPushes(db)).toEqual([]);
		});

		test('an account has one mailbox, and a new one has not been written to', async () => {
			await putMail(db, { account: bob, address: 'bob@example.org', language: 'ar' });
			await noteMail(db, bob, HOUR);
			expect(await findMail(db, bob)).toEqual({ account: bob, address: 'bob@example.org', language: 'ar', sent: HOUR });
			await putMail(db, { account: bob, address: 'other@example.org', language: 'en' });
			expect(await allMails(db)).toEqual([{ account: bob, address: 'other@example.org', language: 'en', sent: null }]);
			await deleteMail(db, bob);
			expect(await findMail(db, bob)).toBeNull();
		});

		test('a setting can be replaced and taken away', async () => {
			await writeSetting(db, 'notice-text', 'one');
			await writeSetting(db, 'notice-text', 'two');
			expect(await readSetting(db, 'notice-text')).toBe('two');
			await writeSetting(db, 'notice-text', null);
			expect(await readSetting(db, 'notice-text')).toBeNull();
		});
	});
}
