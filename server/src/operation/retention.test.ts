import { readSealed } from '@multaqa/db/invitations';
import { insertLetter } from '@multaqa/db/letters';
import { replaceNotebook } from '@multaqa/db/notebooks';
import { deleteMail, putMail } from '@multaqa/db/notifications';
import { insertSession } from '@multaqa/db/sessions';
import { blobs } from '@multaqa/shared/api/blobs';
import { vaults } from '@multaqa/shared/api/accounts';
import { lockOf } from '@multaqa/shared/attachments/removal';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { random } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { createRetention } from './retention.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let server: TestServer;
let home: TestForum;
beforeEach(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterEach(() => server.close());

/** The files in which these bytes can be found. */
const filesWith = (bytes: Uint8Array) =>
	readdirSync(server.dataDir).filter((file) => readFileSync(join(server.dataDir, file)).includes(Buffer.from(bytes)));

test('what was deleted is in no file any more: not in the database, not in the log beside it', async () => {
	const retention = createRetention(server.context);
	await retention.sweep();
	const [bytes, key] = [random(200_000), random(32)];
	const params = { space: home.space };
	const { id } = await home.founder.browser.call(blobs.write, { params, request: { bytes, lock: lockOf(key) } });
	const middle = bytes.subarray(100_000, 100_064);
	expect(filesWith(middle)).not.toEqual([]);
	server.advance(10 * MINUTE);
	await retention.sweep();
	expect(filesWith(middle)).toEqual(['forum.db']);
	await home.founder.browser.call(blobs.remove, { params, request: { pieces: [{ id, key }] } });
	await retention.sweep();
	server.advance(10 * MINUTE);
	await retention.sweep();
	for (let start = 0; start < bytes.length; start += 1_000) expect(filesWith(bytes.subarray(start, start + 64))).toEqual([]);
});

test('an old vault is overwritten when a newer one takes its place', async () => {
	const { founder } = home;
	const old = random(60_000);
	const write = (blob: typeof old, expected: number) =>
		founder.browser.call(vaults.write, { request: { expected, blob }, prove: founder.prove });
	await write(old, 1);
	expect(filesWith(old.subarray(30_000, 30_064))).not.toEqual([]);
	await write(random(60_000), 2);
	const retention = createRetention(server.context);
	await retention.sweep();
	for (let start = 0; start < old.length; start += 1_000) expect(filesWith(old.subarray(start, start + 64))).toEqual([]);
});

test('an invitation that has ended is forgotten with its letter and its keys a day later; one that stands is kept', async () => {
	const retention = createRetention(server.context);
	const [short, long] = [await home.invite({ lifetime: 3_600 }), await home.invite({ lifetime: 20 * 24 * 3_600 })];
	const sealed = await readSealed(server.context.db, short.id);
	expect(sealed).not.toBeNull();
	server.advance(3_700_000);
	await retention.sweep();
	expect(await readSealed(server.context.db, short.id)).not.toBeNull();
	server.advance(DAY);
	await retention.sweep();
	expect(await readSealed(server.context.db, short.id)).toBeNull();
	expect(await readSealed(server.context.db, long.id)).not.toBeNull();
	expect(filesWith(sealed!)).toEqual([]);
});

test('a letter that had its time, a notebook that was written anew, a session that ended, an address that was withdrawn: no file knows them', async () => {
	const { db } = server.context;
	const { account } = home.founder;
	const retention = createRetention(server.context);
	const [letter, notebook] = [random(3_000), random(9_000)];
	const [session, address] = [freshText(), `${freshText()}@example.org`];
	const hour = '2026-01-01T00:00:00.000Z';
	await insertLetter(db, { account, hour, bytes: letter }, 1_000);
	await replaceNotebook(db, account, 0, notebook);
	await insertSession(db, { id: session, account, device: null, created: hour, expires: hour });
	await putMail(db, { account, address, language: 'ar' });
	const secrets = [letter.subarray(1_000, 1_064), notebook.subarray(4_000, 4_064), Buffer.from(session), Buffer.from(address)];
	for (const secret of secrets) expect(filesWith(secret)).not.toEqual([]);
	await replaceNotebook(db, account, 1, random(9_000));
	await deleteMail(db, account);
	server.advance(10 * MINUTE);
	await retention.sweep();
	for (const secret of secrets) expect(filesWith(secret)).toEqual([]);
	for (let start = 0; start < notebook.length - 64; start += 500) expect(filesWith(notebook.subarray(start, start + 64))).toEqual([]);
});

const freshText = () => Buffer.from(random(24)).toString('base64url');
