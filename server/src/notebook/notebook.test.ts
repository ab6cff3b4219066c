import { notebooks } from '@multaqa/shared/api/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, signInElsewhere, type TestForum } from '../testing/forum.ts';
import { newPerson } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const blob = (value: number) => Uint8Array.from([value]);
const write = (expected: number, value: number) => {
	const { browser, prove } = home.founder;
	return browser.send(notebooks.write, { request: { expected, blob: blob(value) }, prove });
};

test('of two devices that begin a notebook at once one is told to read first, and the other hears of it', async () => {
	const { founder } = home;
	expect(await founder.browser.call(notebooks.read, { prove: founder.prove })).toEqual({ version: 0, blob: null });
	const elsewhere = await signInElsewhere(founder);
	const [mine, other] = await Promise.all([founder, elsewhere].map(({ browser }) => openLine(server.url, { cookie: browser.cookie })));
	const statuses = (await Promise.all([write(0, 1), write(0, 2)])).map(({ status }) => status);
	expect(statuses.sort()).toEqual([200, 409]);
	expect(await other!.next('notebook')).toEqual({ version: 1 });
	// Tabs of one browser share a session: the one that wrote hears of it too.
	expect(await mine!.next('notebook')).toEqual({ version: 1 });
	expect((await write(1, 3)).status).toBe(200);
	expect(await elsewhere.browser.call(notebooks.read, { prove: elsewhere.prove })).toEqual({ version: 2, blob: blob(3) });
	mine!.close();
	other!.close();
});

test('a stolen cookie alone neither reads nor replaces it', async () => {
	const thief = await newPerson(server.url);
	thief.browser.cookie = home.founder.browser.cookie;
	expect(await thief.browser.refused(notebooks.read)).toMatchObject({ code: 'device-proof-required' });
	const request = { expected: 2, blob: blob(9) };
	expect(await thief.browser.refused(notebooks.write, { request, prove: thief.prove })).toMatchObject({ code: 'device-proof-required' });
});

test('one that is too large is refused before it is read', async () => {
	const { browser, prove } = home.founder;
	const request = { expected: 2, blob: new Uint8Array(300 * 1024) };
	expect(await browser.refused(notebooks.write, { request, prove })).toMatchObject({ code: 'too-large' });
});
