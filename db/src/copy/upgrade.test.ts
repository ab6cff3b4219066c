import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDatabase, openDatabase, type Connection } from '../database.ts';
import { eventsAfter } from '../events.ts';
import { migrate } from '../migrate.ts';
import { findSession } from '../sessions.ts';
import { DIALECTS, openTestDatabase } from '../testing/dialects.ts';
import { makeOldForum, versions } from '../testing/old-forum.ts';
import { readVault } from '../vaults.ts';
import { openAsIs } from './open.ts';
import { blocksOf, differencesOf, migrationsOf, outlineOf, sumsOf } from './read.ts';
import { dropTables, fill } from './write.ts';

for (const dialect of DIALECTS) {
	describe(dialect, () => {
		let db: Connection;
		let close: () => Promise<void>;
		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());

		test.each(versions)('a filled forum of %s is brought up to date and every row is what it was', async (version) => {
			await dropTables(db);
			await makeOldForum(db, version);
			const outline = await outlineOf(db, true);
			const before = await sumsOf(db, outline);
			expect(Object.values(before).every(({ rows }) => rows === 3)).toBe(true);
			await migrate(db);
			expect(differencesOf(before, await sumsOf(db, outline))).toEqual([]);
			expect(await migrationsOf(db)).toEqual(versions);
			const [session, vault] = [await findSession(db, 'session 2'), await readVault(db, 'account 2' as never)];
			expect([session?.account, vault?.version]).toEqual(['account 2', 2]);
			expect((await eventsAfter(db, 'space 2' as never, 0, { most: 1_000 })).events).toMatchObject([{ position: 2, stream: 'stream 2' }]);
		});

		test('every table of a forum is copied, each by the columns that are unique in it', async () => {
			await dropTables(db);
			await makeOldForum(db, versions.at(-1)!);
			const { tables } = await outlineOf(db, true);
			const all = (await db.introspection.getTables()).map(({ name }) => name);
			expect(tables.map(({ name }) => name).sort()).toEqual(all.sort());
			await sql`create table stranger (id text)`.execute(db);
			await expect(outlineOf(db, true)).rejects.toThrow('stranger');
			await sql`drop table stranger`.execute(db);
		});
	});
}

test.each(versions)('a backup that a program of %s would have made is restored and brought up to date', async (version) => {
	const folder = await mkdtemp(join(tmpdir(), 'multaqa-upgrade-'));
	const [old, restored] = await Promise.all(['old.db', 'new.db'].map((name) => openAsIs({ file: join(folder, name) })));
	await makeOldForum(old!, version);
	const outline = await outlineOf(old!, true);
	await fill(restored!, outline, blocksOf(old!, outline));
	expect(differencesOf(await sumsOf(old!, outline), await sumsOf(restored!, outline))).toEqual([]);
	expect(await migrationsOf(restored!)).toEqual(versions);
	await Promise.all([closeDatabase(old!), closeDatabase(restored!)]);
	await closeDatabase(await openDatabase({ file: join(folder, 'new.db') }));
	await rm(folder, { recursive: true });
});

test('many rows are walked page by page, whatever their keys, and none is left out or told twice', async () => {
	const { db, close } = await openTestDatabase('sqlite');
	const names = Array.from({ length: 1_000 }, (_, place) => `${place % 3}-${'éZaÿ_'[place % 5]}-${place}`);
	for (const name of names) await db.insertInto('settings').values({ name, value: name }).execute();
	const seen: number[] = [];
	for await (const { table, rows } of blocksOf(db, await outlineOf(db, true))) if (table === 'settings') seen.push(rows.length);
	expect(seen).toEqual([400, 400, 200]);
	const { settings } = await sumsOf(db, await outlineOf(db, true));
	await db.deleteFrom('settings').where('name', '=', names[500]!).execute();
	const { settings: less } = await sumsOf(db, await outlineOf(db, true));
	expect([settings?.rows, less?.rows, settings?.sum === less?.sum]).toEqual([1_000, 999, false]);
	await close();
});
