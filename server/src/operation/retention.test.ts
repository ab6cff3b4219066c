import { readSealed } from '@multaqa/db/invitations';
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
