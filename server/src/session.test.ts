import { session } from '@multaqa/shared/api/accounts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { founding, openForum, signInElsewhere } from './testing/forum.ts';
import { forum } from '@multaqa/shared/api/accounts';
import { openTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
afterEach(() => server.close());

const DAY = 86_400_000;

test('the cookie is for the server only, and the database holds its hash alone, with times to the hour', async () => {
	server = await openTestServer();
	const { person, request } = await founding(server);
	const response = await person.browser.send(forum.setup, { request });
	expect(response.headers.get('set-cookie')).toMatch(/^session=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Strict$/);
	const token = person.browser.cookie.split('=')[1]!;
	const rows = await server.context.db.selectFrom('sessions').selectAll().execute();
	expect(rows).toMatchObject([{ id: createHash('sha256').update(token).digest('base64url'), account: person.account }]);
	for (const time of [rows[0]!.created, rows[0]!.expires]) expect(time).toMatch(/T\d\d:00:00\.000Z$/);
	for (const file of ['forum.db', 'forum.db-wal']) {
		const bytes = await readFile(join(server.dataDir, file));
		expect(bytes.includes(token)).toBe(false);
		expect(bytes.includes(Buffer.from(token, 'base64url'))).toBe(false);
		expect(file.endsWith('wal') && !bytes.includes(person.account)).toBe(false);
	}
});

test('behind https the cookie is bound to this host and sent over https only', async () => {
	server = await openTestServer({ publicUrl: 'https://forum.example.org' });
	expect(server.context.sessions.blank).toBe('__Host-session=; HttpOnly; Max-Age=0; Path=/; SameSite=Strict; Secure');
	const { headers } = await fetch(`http://127.0.0.1:${server.port}/api/forum`);
	expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000/);
});

test('a session ends ninety days after it began, however often it was used', async () => {
	server = await openTestServer();
	const { founder } = await openForum(server);
	await server.context.db
		.updateTable('sessions')
		.set({ created: new Date(Date.now() - 91 * DAY).toISOString() })
		.execute();
	expect(await founder.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
	expect(await server.context.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
});

test('a session that is used is prolonged, one that is not ends after fourteen days', async () => {
	server = await openTestServer();
	const { founder } = await openForum(server);
	const other = await signInElsewhere(founder);
	const { db } = server.context;
	const setExpiry = (time: number) =>
		db
			.updateTable('sessions')
			.set({ expires: new Date(time).toISOString() })
			.execute();
	await setExpiry(Date.now() + 2 * DAY);
	const response = await founder.browser.send(session.read);
	expect(response.headers.get('set-cookie')).toContain(founder.browser.cookie);
	const expiries = (await db.selectFrom('sessions').select('expires').execute()).map(({ expires }) => Date.parse(expires));
	expect(Math.max(...expiries)).toBeGreaterThan(Date.now() + 13 * DAY);
	await setExpiry(Date.now() - 1);
	expect(await other.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
});
