import { session } from '@multaqa/shared/api/accounts';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, signInElsewhere, type TestForum } from './testing/forum.ts';
import { openTestServer, type TestServer } from './testing/server.ts';
import { openLine } from './testing/socket.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

test('a line without a session, with a made-up one, or from a foreign page is refused', async () => {
	const { cookie } = home.founder.browser;
	await expect(openLine(server.url, {})).rejects.toThrow();
	await expect(openLine(server.url, { cookie: `session=${'A'.repeat(43)}` })).rejects.toThrow();
	await expect(openLine(server.url, { cookie: 'session=%' })).rejects.toThrow();
	await expect(openLine(server.url, { cookie, origin: 'https://evil.example' })).rejects.toThrow();
	await expect(openLine(server.url, { cookie, 'sec-fetch-site': 'cross-site' })).rejects.toThrow();
	(await openLine(server.url, { cookie, origin: server.url })).close();
});

test('polling is no way in, with or without a session', async () => {
	const { cookie } = home.founder.browser;
	const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie, origin: server.url } });
	expect(response.status).toBe(400);
});

test('signing out closes the lines of that session and of no other', async () => {
	const elsewhere = await signInElsewhere(home.founder);
	const ended = await openLine(server.url, { cookie: elsewhere.browser.cookie });
	const stays = await openLine(server.url, { cookie: home.founder.browser.cookie });
	await elsewhere.browser.call(session.end);
	expect(await ended.next('ended')).toEqual({});
	expect(ended.socket.connected).toBe(false);
	expect(stays.socket.connected).toBe(true);
	stays.close();
});

test('who sends anything over the line is cut off', async () => {
	const line = await openLine(server.url, { cookie: home.founder.browser.cookie });
	line.socket.emit('anything', 'at all');
	await expect.poll(() => line.socket.connected).toBe(false);
});

test('the server keeps no address and no agent of an open line', async () => {
	const line = await openLine(server.url, { cookie: home.founder.browser.cookie, 'user-agent': 'Agent-X' });
	const { realtime } = server.context;
	expect(realtime.openSessions).toEqual([createHash('sha256').update(home.founder.browser.cookie.split('=')[1]!).digest('base64url')]);
	line.close();
});

test('a line does not outlive its session', async () => {
	const elsewhere = await signInElsewhere(home.founder);
	const line = await openLine(server.url, { cookie: elsewhere.browser.cookie });
	server.context.realtime.review(new Set());
	await line.next('ended');
	await expect.poll(() => line.socket.connected).toBe(false);
});
