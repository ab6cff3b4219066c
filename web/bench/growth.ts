import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, openDatabase, type Connection } from '@multaqa/db/database';
import { eventsAfter, eventsOf, lastPosition } from '@multaqa/db/events';
import { createAppender } from '@multaqa/db/group-commit';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { sql } from 'kysely';
import { atMost, quantile, told, type Figure } from './figure.ts';
import { ENVELOPE_BYTES, fillEvents, newEvent, STREAMS, streamOf, type LargeForum } from './large-forum.ts';
import { openRaw } from './raw.ts';
import { startProcess } from './server-process.ts';

const SMALL = 10_000;
export const LARGE = 1_000_000;
const PAGE = 50;
/** Whoever was away for a day in a busy space. */
const MISSED = 500;
const TIMES = 400;
const STARTS = 3;
/** What may grow with a hundred times as many events: deeper trees, colder pages. */
const RATIO = 1.5;
const OF_RAW = 2;
const IDLE_MEMORY = 150;
const HOUR = '2026-11-23T09:00:00.000Z';

/** A forum with so many events. */
interface Filled {
	readonly count: number;
	readonly folder: string;
	readonly file: string;
	readonly space: SpaceId;
	readonly db: Connection;
}

/**
 * A forum of a hundred times as many events: what it costs to write, to read, to start and to keep. Fills `forum`. Small,
 * large and bare take turns, so that whatever else goes on here meets all of them.
 */
export async function growth({ folder, space }: LargeForum, port: number, large = LARGE): Promise<readonly Figure[]> {
	const beside = mkdtempSync(join(tmpdir(), 'multaqa-growth-'));
	cpSync(folder, beside, { recursive: true });
	const began = performance.now();
	const [few, many] = [await filled(beside, space, SMALL), await filled(folder, space, large)];
	const filling = (performance.now() - began) / 1_000;
	const name = large.toLocaleString('en');
	try {
		const figures = [...(await pages(few, many, name)), ...(await catchUps(few, many, name)), ...(await appends(few, many, name))];
		// A server would take a file that somebody holds for one that was left in the middle.
		await Promise.all([few, many].map(({ db }) => closeDatabase(db)));
		return [
			told(`filling a forum with ${name} events`, filling, 's', 'rows as the product writes them, unsynced'),
			...figures,
			...(await starts(few, many, name, port)),
			told('file per event', statSync(many.file).size / large, 'B', `of which ${ENVELOPE_BYTES} are the envelope`),
		];
	} finally {
		rmSync(beside, { recursive: true, force: true });
	}
}

async function filled(folder: string, space: SpaceId, count: number): Promise<Filled> {
	fillEvents(folder, space, count);
	const file = join(folder, 'forum.db');
	return { count, folder, file, space, db: await openDatabase({ file }) };
}

/** Anywhere in any stream, as readers of old threads ask. */
const placeOf = (turn: number, { count }: Filled) => ({
	stream: streamOf((turn * 37) % STREAMS),
	after: (turn * 7_919) % (count / STREAMS - PAGE),
});

const forget = sql`pragma shrink_memory`;

/**
 * Before each page SQLite lets go of what it holds: of 10,000 events it would hold all, of a million almost none, and that
 * would be compared.
 */
async function pages(few: Filled, many: Filled, name: string): Promise<readonly Figure[]> {
	const raw = openRaw(many.file);
	const query = raw.prepare(
		'select position, stream, seq, envelope from events where space = ? and stream = ? and seq > ? and seq <= ? order by seq',
	);
	const pageOf = (forum: Filled) => async (turn: number) => {
		const { stream, after } = placeOf(turn, forum);
		const { events } = await eventsOf(forum.db, forum.space, [{ stream, after, until: after + PAGE }], 2 ** 20);
		requireWhole(events, PAGE);
	};
	const [, ofFew = 0, , ofMany = 0, , bare = 0] = await inTurns(
		() => forget.execute(few.db),
		pageOf(few),
		() => forget.execute(many.db),
		pageOf(many),
		() => raw.pragma('shrink_memory'),
		(turn) => {
			const { stream, after } = placeOf(turn + TIMES, many);
			requireWhole(query.all(many.space, stream, after, after + PAGE), PAGE);
		},
	);
	raw.close();
	const note = `${ofFew.toFixed(3)} ms from ${few.count.toLocaleString('en')}; none of it in SQLite's own memory`;
	return [
		atMost(`page of ${PAGE} from ${name} events, p50`, ofMany, 'ms', RATIO * ofFew, note),
		atMost('the same against the bare query', ofMany, 'ms', OF_RAW * bare, `better-sqlite3: ${bare.toFixed(3)} ms`),
	];
}

async function catchUps(few: Filled, many: Filled, name: string): Promise<readonly Figure[]> {
	const of = async ({ db, space }: Filled) => {
		const last = await lastPosition(db, space);
		return async (turn: number) => {
			const { events } = await eventsAfter(db, space, last - MISSED - (turn % 100), { most: 2 ** 20 });
			requireWhole(events.slice(0, MISSED), MISSED);
		};
	};
	const [ofFew = 0, ofMany = 0] = await inTurns(await of(few), await of(many));
	const note = `${ofFew.toFixed(2)} ms at ${few.count.toLocaleString('en')}`;
	return [atMost(`catch-up of ${MISSED} at ${name} events, p50`, ofMany, 'ms', RATIO * ofFew, note)];
}

/** One after another, each synced: nobody to share a sync with. The bare rows go into the same table, for another space. */
async function appends(few: Filled, many: Filled, name: string): Promise<readonly Figure[]> {
	const raw = openRaw(many.file);
	for (const pragma of ['synchronous = full', 'secure_delete = on']) raw.pragma(pragma);
	const insert = raw.prepare('insert into events values (?, ?, ?, ?, ?, ?, ?, ?)');
	const other = Buffer.alloc(32, 9).toString('base64url');
	const appendTo = ({ db, space }: Filled) => {
		const appender = createAppender(db);
		return (turn: number) =>
			appender.append({ space, stream: streamOf(turn % STREAMS), hour: HOUR, generation: 1, envelopes: [newEvent()] });
	};
	const [ofFew = 0, ofMany = 0, bare = 0] = await inTurns(appendTo(few), appendTo(many), (turn) => {
		const { id, envelope } = newEvent();
		insert.run(other, turn + 1, streamOf(turn % STREAMS), turn + 1, id, 1, envelope, HOUR);
	});
	raw.prepare('delete from events where space = ?').run(other);
	raw.close();
	const note = `${ofFew.toFixed(2)} ms at ${few.count.toLocaleString('en')}; a bare synced insert ${bare.toFixed(2)} ms`;
	return [atMost(`durable append at ${name} events, p50`, ofMany, 'ms', RATIO * ofFew, note)];
}

/** The program on these databases: until it answers, and what it holds some seconds later. */
async function starts(few: Filled, many: Filled, name: string, port: number): Promise<readonly Figure[]> {
	const resident: number[] = [];
	const startOn =
		({ folder }: Filled) =>
		async (turn: number) => {
			const server = await startProcess(port, folder, { keep: true });
			const began = performance.now();
			if (turn === STARTS - 1) await new Promise((resolve) => setTimeout(resolve, 3_000));
			resident.push(server.resident());
			await server.stop();
			return performance.now() - began;
		};
	const [ofFew = 0, ofMany = 0] = await inSomeTurns(STARTS, [startOn(few), startOn(many)]);
	const [small = 0, large = 0] = resident.slice(-2);
	const before = few.count.toLocaleString('en');
	return [
		atMost(`start-up with ${name} events`, ofMany, 'ms', RATIO * ofFew, `${ofFew.toFixed(0)} ms with ${before}; links of 500 accounts`),
		atMost(`idle server with ${name} events, resident`, large, 'MB', IDLE_MEMORY, `${small.toFixed(0)} MB with ${before}`),
	];
}

/** Each of several works, one after another, again and again: the middle of what each took, in ms. */
async function inTurns(...works: readonly ((turn: number) => unknown)[]): Promise<readonly number[]> {
	return inSomeTurns(TIMES, works);
}

/** A work that answers a number took so long less. */
async function inSomeTurns(times: number, works: readonly ((turn: number) => unknown)[]): Promise<readonly number[]> {
	const taken = works.map((): number[] => []);
	for (let turn = 0; turn < times; turn++) {
		for (const [place, work] of works.entries()) {
			const began = performance.now();
			const after = await work(turn);
			taken[place]?.push(performance.now() - began - (typeof after === 'number' ? after : 0));
		}
	}
	return taken.map((all) => quantile(all, 0.5));
}

function requireWhole(rows: readonly unknown[], count: number): void {
	if (rows.length !== count) throw new Error(`${rows.length} of ${count} were answered`);
}
