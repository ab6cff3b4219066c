import { openAsIs } from '@multaqa/db/copy/open';
import { dropTables } from '@multaqa/db/copy/write';
import { closeDatabase, type Connection } from '@multaqa/db/database';
import { migrate } from '@multaqa/db/migrate';
import { openTestDatabase } from '@multaqa/db/testing/dialects';
import { makeOlder, versions } from '@multaqa/db/testing/old-forum';
import { blobs } from '@multaqa/shared/api/blobs';
import { chains } from '@multaqa/shared/api/chain';
import { spaces } from '@multaqa/shared/api/log';
import { lockOf } from '@multaqa/shared/attachments/removal';
import type { BlobId, StreamId } from '@multaqa/shared/bytes/ids';
import { sql } from 'kysely';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { inBrowser, newEnvelope, random, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import type { ServerOptions } from '../server.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { makeKey } from './keys.ts';
import { restore } from './restore.ts';

/** A forum with people, words and files, of today: older ones are made of what their programs would have kept of it. */
let today: TestServer;
let home: TestForum;
let member: Person;
let blob: BlobId;
const stream = Buffer.from(random(16)).toString('base64url') as StreamId;
const WITH_ATTACHMENTS = '0005-blobs';

beforeAll(async () => {
	today = await openTestServer();
	home = await openForum(today);
	member = await home.join(await home.invite());
	await say(member);
	const request = { bytes: random(20_000), lock: lockOf(random(32)) };
	blob = (await member.browser.call(blobs.write, { params: { space: home.space }, request })).id;
});
afterAll(() => today.close());

const say = ({ browser }: Person) =>
	browser.call(spaces.append, { params: { space: home.space, stream }, request: { envelopes: [newEnvelope(1, 2_000)] } });

/** What a member of today meets on a server that took over what an older one had left. */
async function works(options: ServerOptions, version: string): Promise<TestServer> {
	const server = await openTestServer(options);
	expect(server.setupLink).toBeNull();
	const there = inBrowser(member, server.url);
	there.browser.cookie = member.browser.cookie;
	const request = { roster: 0, after: 0, generation: 0, whole: [] };
	const before = await member.browser.call(spaces.sync, { params: { space: home.space }, request });
	expect(await there.browser.call(spaces.sync, { params: { space: home.space }, request })).toEqual(before);
	const links = await member.browser.call(chains.read, { request: { after: 0 } });
	expect(await there.browser.call(chains.read, { request: { after: 0 } })).toEqual(links);
	const kept = await there.browser.call(blobs.probe, { params: { space: home.space, blob } });
	expect(kept.there).toBe(version >= WITH_ATTACHMENTS);
	await say(there);
	const { events } = await there.browser.call(spaces.sync, { params: { space: home.space }, request });
	expect(events.map(({ position }) => position)).toEqual([1, 2]);
	return server;
}

test.each(versions)('a server of today starts on what %s left, and members go on where they were', { timeout: 60_000 }, async (version) => {
	const dataDir = await mkdtemp(join(tmpdir(), 'multaqa-older-'));
	const file = join(dataDir, 'forum.db');
	const older = await openAsIs({ file });
	await makeOlder(older, version, today.context.db);
	await closeDatabase(older);
	const server = await works({ dataDir }, version);
	expect(await check({ file }, () => undefined, Date.now)).toMatchObject({ accounts: 2, faults: [] });
	await server.close();
});

test('a backup that is made while a server brings the forum up to date is of the forum as it was', { timeout: 60_000 }, async () => {
	const folder = await mkdtemp(join(tmpdir(), 'multaqa-older-'));
	const [file, key] = [join(folder, 'forum.db'), join(folder, 'key')];
	await makeKey(key);
	const older = await openAsIs({ file });
	await sql`pragma journal_mode = wal`.execute(older);
	await makeOlder(older, versions[3]!, today.context.db);
	const work = { progress: () => undefined, now: Date.now };
	const made = await older.connection().execute(async (connection) => {
		await sql`begin immediate`.execute(connection);
		await sql`create table publications (address text)`.execute(connection);
		const made = await backup({ from: { file }, to: folder, recipient: `${key}.pub`, ...work });
		await sql`rollback`.execute(connection);
		return made;
	});
	await closeDatabase(older);
	// The database had no time to be told of it; the backup is whole all the same.
	expect(made).toMatchObject({ noted: false, findings: { faults: [] } });
	const place = { file: join(folder, 'restored.db') };
	await restore({ from: made.path, identity: key, to: place, replace: false, ...work });
	expect(await check(place, work.progress, work.now)).toMatchObject({ fingerprint: made.findings.fingerprint, faults: [] });
	await rm(folder, { recursive: true });
});

test('and so it does on PostgreSQL, through all versions at once', { timeout: 120_000 }, async () => {
	const { db: database }: { db: Connection } = await openTestDatabase('postgres');
	await dropTables(database);
	await makeOlder(database, versions[0]!, today.context.db);
	await migrate(database);
	const server = await works({ database }, versions[0]!);
	await server.close();
});
