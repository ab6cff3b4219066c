import { beforeEach, expect, test } from 'vitest';
import { clearBrowser, forgetAccount } from './clear-browser.ts';
import { wipe } from './wipe.ts';

async function fill() {
	localStorage.setItem('display', '{"language":"en"}');
	localStorage.setItem('last-space', 'space');
	localStorage.setItem('lock', '{}');
	sessionStorage.setItem('handoff:sign-in:fragment', '/s/space');
	document.cookie = 'seen=1; path=/';
	await caches.open('pages');
	const opening = indexedDB.open('another');
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		opening.addEventListener('success', () => resolve(opening.result));
		opening.addEventListener('error', reject);
	});
	db.close();
}

async function left() {
	return {
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage),
		cookies: document.cookie,
		caches: await caches.keys(),
		databases: (await indexedDB.databases()).map(({ name }) => name),
	};
}

const NOTHING = { local: [], session: [], cookies: '', caches: [], databases: [] };

beforeEach(fill);

test('an emptied browser keeps nothing that a page can reach', async () => {
	await clearBrowser();
	expect(await left()).toEqual(NOTHING);
});

test('it is emptied even when the engine fails', async () => {
	await wipe({ wipe: () => Promise.reject(new Error('storage')) });
	expect(await left()).toEqual(NOTHING);
});

test('erasing an account keeps language and theme, and nothing else', async () => {
	await forgetAccount();
	expect([Object.keys(localStorage), Object.keys(sessionStorage)]).toEqual([['display'], []]);
});
