import { existsSync, renameSync, rmSync } from 'node:fs';
import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { closeDatabase, inTransaction, type Connection, type Place } from '../database.ts';
import { isAlone, isInhabited, openAsIs, openExisting } from './open.ts';
import type { Block, Outline, Sums } from './read.ts';
import { Refusal } from './refusal.ts';
import { BESIDE, whileUnfinished } from './unfinished.ts';
import { dropTables, fill, requireKnownVersion } from './write.ts';

/** What is brought somewhere. */
export interface Cargo {
	readonly outline: Outline;
	readonly blocks: AsyncIterable<Block>;
	/** Looks at the result before it counts; what it throws leaves everything as it was. */
	readonly examine: (db: Connection) => Promise<void>;
}

export interface Brought {
	readonly sums: Sums;
	/** Where the forum that was there before lies now. */
	readonly aside: string | null;
}

const IN_USE = 'A server is running on it (or another program has it open). Stop it first, then try again.';
const SET_ASIDE = 'There is a forum already. With --replace it is set aside and this one takes its place.';
const DELETED = 'There is a forum already. With --replace it is deleted and this one takes its place.';

/**
 * Brings a forum to a place, whole or not at all. A file is made beside and takes its name when everything is right;
 * PostgreSQL does it in one transaction. @throws Refusal, and then nothing has changed
 */
export async function bring(to: Place | Connection, cargo: Cargo, replace: boolean): Promise<Brought> {
	requireKnownVersion(cargo.outline);
	if ('file' in to) return bringToFile(to.file, cargo, replace);
	if (!('url' in to)) return bringToServer(to, cargo, replace);
	const db = await openAsIs(to);
	try {
		return await bringToServer(db, cargo, replace);
	} finally {
		await closeDatabase(db);
	}
}

async function bringToServer(db: Connection, { outline, blocks, examine }: Cargo, replace: boolean): Promise<Brought> {
	const sums = await inTransaction(db, async (transaction) => {
		await requireFreeDatabase(transaction, replace, DELETED);
		await dropTables(transaction);
		const filled = await fill(transaction, outline, blocks);
		await examine(transaction);
		return filled;
	});
	return { sums, aside: null };
}

/** @throws Refusal `in-use`, `inhabited` */
export async function requireFree(to: Place | Connection, replace: boolean): Promise<void> {
	if (!('file' in to) && !('url' in to)) return requireFreeDatabase(to, replace, DELETED);
	const there = await openExisting(to).catch(unreadable(replace));
	if (!there) return;
	try {
		await requireFreeDatabase(there, replace, 'file' in to ? SET_ASIDE : DELETED);
	} catch (error) {
		unreadable(replace)(error);
	} finally {
		await closeDatabase(there);
	}
}

async function requireFreeDatabase(db: Connection, replace: boolean, inhabited: string): Promise<void> {
	if (!replace && (await isInhabited(db))) throw new Refusal('inhabited', inhabited);
	if (!(await isAlone(db))) throw new Refusal('in-use', IN_USE);
}

/** What cannot be read is no reason against putting a backup in its place, if that was asked for. */
const unreadable = (replace: boolean) => (error: unknown) => {
	if (error instanceof Refusal) throw error;
	if (!replace) throw new Refusal('inhabited', 'There is a database already, which cannot be read. With --replace it is set aside.');
	return null;
};

async function bringToFile(file: string, cargo: Cargo, replace: boolean): Promise<Brought> {
	await requireFree({ file }, replace);
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	return whileUnfinished(file, async (beside) => {
		const sums = await makeFile(beside, cargo);
		await sync(beside);
		await requireFree({ file }, replace);
		const aside = takePlace(beside, file, (await isEmpty(file)) ? null : asideOf(file));
		await sync(dirname(file));
		return { sums, aside };
	});
}

async function makeFile(file: string, { outline, blocks, examine }: Cargo): Promise<Sums> {
	const db = await openAsIs({ file });
	try {
		await chmod(file, 0o600);
		// Nobody reads it before it is whole, so it is synced once, at the end.
		await sql`pragma journal_mode = memory`.execute(db);
		await sql`pragma synchronous = off`.execute(db);
		const sums = await fill(db, outline, blocks);
		await examine(db);
		return sums;
	} finally {
		await closeDatabase(db);
	}
}

/**
 * An empty forum is forgotten; one in which somebody lives, or which cannot be read, keeps its data under another name.
 * In one breath: a program that is told to end has either the one or the other in its place.
 */
function takePlace(beside: string, file: string, aside: string | null): string | null {
	for (const suffix of BESIDE.toReversed()) {
		if (!existsSync(file + suffix)) continue;
		if (aside === null) rmSync(file + suffix);
		else renameSync(file + suffix, aside + suffix);
	}
	renameSync(beside, file);
	return aside;
}

/** A name that nothing has, whatever the clock says. */
function asideOf(file: string): string | null {
	if (!existsSync(file)) return null;
	const name = `${file}.before-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}`;
	for (let count = 1; ; count++) {
		const aside = count === 1 ? name : `${name}-${count}`;
		if (!existsSync(aside)) return aside;
	}
}

async function isEmpty(file: string): Promise<boolean> {
	const db = await openExisting({ file }).catch(() => null);
	if (!db) return false;
	try {
		return !(await isInhabited(db)) && (await isAlone(db));
	} catch {
		return false;
	} finally {
		await closeDatabase(db);
	}
}

/** Waits until a file, or the names in a folder, are on the disk. */
async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
