import { enrolments } from '@multaqa/shared/api/accounts';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { openBrowser } from '../testing/http.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const sealed = Uint8Array.from([5, 6]);
const newId = () => randomBytes(32).toString('base64url') as AccountId;
const leave = (id: AccountId) => home.founder.browser.call(enrolments.leave, { request: { id, sealed }, prove: home.founder.prove });

test('a bundle is taken by one new device', async () => {
	const id = newId();
	await leave(id);
	const stranger = openBrowser(server.url);
	expect(await stranger.call(enrolments.take, { request: { id } })).toEqual({ sealed });
	expect(await stranger.refused(enrolments.take, { request: { id } })).toMatchObject({ code: 'not-found' });
});

test('a bundle that nobody took is gone after ten minutes', async () => {
	const id = newId();
	await leave(id);
	server.advance(10 * 60_000 + 1);
	expect(await openBrowser(server.url).refused(enrolments.take, { request: { id } })).toMatchObject({ code: 'not-found' });
	server.advance(-10 * 60_000 - 1);
});

test('only an enrolled device leaves one', async () => {
	const request = { id: newId(), sealed };
	expect(await home.founder.browser.refused(enrolments.leave, { request })).toMatchObject({ code: 'device-proof-required' });
	expect(await openBrowser(server.url).refused(enrolments.leave, { request })).toMatchObject({ code: 'unauthenticated' });
});
