import { afterEach, beforeEach, expect, test } from 'vitest';
import { BUCKETS } from '@multaqa/shared/client/ports';
import { openThread, PASSPHRASE, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openHeadless } from './testing/headless.ts';

/** What is erased stays erased, whatever was under way at that moment. */

let forum: TestForum;
/** Requests whose path ends like this are answered only after `letThrough`. */
let held: string | null;
let waiting: number;
let letThrough: () => void;
let through: Promise<void>;

beforeEach(async () => {
	forum = await startForum();
	held = null;
	waiting = 0;
	through = new Promise((resolve) => {
		letThrough = resolve;
	});
});
afterEach(async () => {
	letThrough();
	await forum.stop();
});

const slowly: typeof fetch = async (input, init) => {
	const response = await fetch(input, init);
	if (held !== null && new URL(String(input)).pathname.endsWith(held)) {
		waiting++;
		await through;
	}
	return response;
};

/** Somebody whose program asks only when told to. */
const joinSlowly = (name: string) => forum.join(name, { deaf: true, send: slowly });

async function everythingIn({ device }: Person): Promise<unknown[]> {
	const lists = await Promise.all(BUCKETS.map((bucket) => device.store.list(bucket, '')));
	return lists.flat().map(({ key }) => key);
}

test('a browser that is wiped while new posts are on their way keeps nothing of them', async () => {
	const bob = await joinSlowly('باسل');
	await openThread(forum.alice, forum.space, 'موضوع', 'نص');
	await sent(forum.alice);
	held = '/sync';
	const refreshed = bob.client.refresh(forum.space.id);
	await until('the answer is on its way', () => waiting === 1);
	await bob.client.wipe();
	letThrough();
	await refreshed.catch(() => undefined);
	expect(await everythingIn(bob)).toEqual([]);
	expect(bob.client.findings).toEqual([]);
	expect(bob.client.status).toMatchObject({ phase: 'new', account: null });
});

test('a browser that is wiped while a new passphrase is on its way does not come back to life', async () => {
	const bob = await joinSlowly('باسل');
	held = '/credentials';
	const changed = bob.client.self.changePassphrase('seven plain words that nobody ever said');
	await until('the answer is on its way', () => waiting === 1);
	await bob.client.wipe();
	letThrough();
	await changed.catch(() => undefined);
	expect(await everythingIn(bob)).toEqual([]);
	expect(bob.client.status).toMatchObject({ phase: 'new', account: null });
});

test('a browser that is wiped while it is being unlocked does not open', async () => {
	const bob = await joinSlowly('باسل');
	bob.client.lock();
	held = '/finish';
	const opened = bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	await until('the answer is on its way', () => waiting === 1);
	await bob.client.wipe();
	letThrough();
	await expect(opened).rejects.toMatchObject({ code: 'cancelled' });
	expect(await everythingIn(bob)).toEqual([]);
	expect(bob.client.status).toMatchObject({ phase: 'new', account: null });
});

test('a browser that is locked while it catches up does not say that it is online', async () => {
	const bob = await joinSlowly('باسل');
	bob.client.lock();
	held = '/sync';
	const opened = bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	await until('the answer is on its way', () => waiting === 1);
	bob.client.lock();
	letThrough();
	await opened.catch(() => undefined);
	expect(bob.client.status).toMatchObject({ phase: 'locked', connection: 'offline' });
});

test('a browser that was revoked, and is enrolled again, says no longer that it was revoked', async () => {
	const bob = await forum.join('باسل');
	const { code } = bob.client.recoverySheet();
	const tablet = await forum.arrive();
	await tablet.client.enrol({ from: { code }, secret: secretOf('tablet') });
	await until('Bob knows of it', () => bob.client.devices.length === 2);
	await bob.client.self.revokeDevice(tablet.client.devices.find(({ current }) => current)!.id);
	await until('it is told', () => tablet.client.status.ended === 'device-revoked');
	await until('it is empty', () => tablet.client.status.phase === 'new');
	await tablet.client.enrol({ from: { code }, secret: secretOf('tablet again') });
	await tablet.client.close();
	const afterReload = await openHeadless(tablet.device);
	expect(afterReload.status).toMatchObject({ phase: 'locked', ended: null });
	await afterReload.close();
});
