import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, type LogEvent } from 'kysely';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeDatabase, openDatabase, type Connection } from '../database.ts';
import { differencesOf, migrationsOf, outlineOf, sumsOf } from '../copy/read.ts';
import { openAsIs } from '../copy/open.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { sqliteDialect } from '../sqlite.ts';
import { DIALECTS, type DialectName } from '../testing/dialects.ts';
import { makeOldForum, versions } from '../testing/old-forum.ts';
import { markOf } from '../testing/shape.ts';
import { released } from './released.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'multaqa-migrations-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const dialectOf = (name: DialectName) => (name === 'sqlite' ? sqliteDialect(':memory:') : new PGliteDialect({ pglite: new PGlite() }));

for (const dialect of DIALECTS) {
	describe(dialect, () => {
		test('every migration runs what it ran when it was released, and a new one says here what it runs', { timeout: 60_000 }, async () => {
			const statements: string[] = [];
			const log = ({ query }: LogEvent) => void statements.push(`${query.sql} ${JSON.stringify(query.parameters)}`);
			const db: Connection = new Kysely<Schema>({ dialect: dialectOf(dialect), log });
			const marks: Record<string, string> = {};
			for (const name of versions) marks[name] = await markOf(db, statements, name);
			expect(marks, 'A released migration is never edited: forums out there have run it as it was. Write another one.').toEqual(
				Object.fromEntries(Object.entries(released).map(([name, of]) => [name, of[dialect]])),
			);
			await closeDatabase(db);
		});
	});
}

test('names of migrations are their order, and none is missing in between', () => {
	expect(versions.map((name) => Number(name.slice(0, 4)))).toEqual(versions.map((_, place) => place + 1));
});

test.each(versions.slice(0, -1))(
	'a program that is killed while it brings %s up to date has changed nothing',
	{ timeout: 60_000 },
	async (version) => {
		const file = join(folder, 'forum.db');
		const old = await openAsIs({ file });
		await makeOldForum(old, version);
		const outline = await outlineOf(old, true);
		const before = await sumsOf(old, outline);
		await closeDatabase(old);
		const copies: string[] = [];
		// What lies on the disk after each statement.
		const log = () => void copies.push(copyOf(file, copies.length));
		const db: Connection = new Kysely<Schema>({ dialect: sqliteDialect(file), log });
		await migrate(db);
		expect(copies.length).toBeGreaterThan(5);
		for (const copy of copies) {
			const left = await openAsIs({ file: copy });
			expect([versions, versions.slice(0, versions.indexOf(version) + 1)]).toContainEqual(await migrationsOf(left));
			await closeDatabase(left);
			const again = await openDatabase({ file: copy });
			expect(await migrationsOf(again)).toEqual(versions);
			expect(differencesOf(before, await sumsOf(again, outline))).toEqual([]);
			await closeDatabase(again);
		}
		await closeDatabase(db);
	},
);

function copyOf(file: string, place: number): string {
	const copy = join(folder, `left-${place}.db`);
	for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
	return copy;
}

test('two programs that start on an old forum at once bring it up to date once', { timeout: 60_000 }, async () => {
	const file = join(folder, 'forum.db');
	const old = await openAsIs({ file });
	await makeOldForum(old, versions[0]!);
	await closeDatabase(old);
	const program = `
		import { closeDatabase, openDatabase } from ${JSON.stringify(new URL('../database.ts', import.meta.url).href)};
		await closeDatabase(await openDatabase({ file: ${JSON.stringify(file)} }));
	`;
	const starting = [1, 2, 3].map(() => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]));
	await expect(Promise.all(starting)).resolves.toHaveLength(3);
	const db = await openAsIs({ file });
	expect(await migrationsOf(db)).toEqual(versions);
	await closeDatabase(db);
});
