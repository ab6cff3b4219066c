import type { EnvelopeId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import type { Connection } from './database.ts';
import { sql, type Insertable, type Selectable } from 'kysely';
import { isSqlite } from './engine.ts';
import type { EventTable } from './schema.ts';
import { holdSpaces } from './turns.ts';

/** One caller's envelopes for one stream, whole or not at all. */
export interface EventAppend {
	readonly space: SpaceId;
	readonly stream: StreamId;
	readonly hour: string;
	/** What is not stored yet must be sealed under this one. */
	readonly generation: number;
	readonly envelopes: readonly { readonly id: EnvelopeId; readonly generation: number; readonly envelope: Uint8Array }[];
}

/** Where an envelope stands; `fresh` unless it was there before. */
export interface EventPlace {
	readonly id: EnvelopeId;
	readonly position: number;
	readonly seq: number;
	readonly fresh: boolean;
}

type NewEvent = Insertable<EventTable>;
type Known = Pick<EventTable, 'space' | 'stream' | 'id' | 'position' | 'seq'>;
const MOST_ROWS = 256;

/** Last position of each space and last sequence number of each stream, as far as they have been asked for. */
export type Counters = Map<string, number>;

/**
 * Orders and writes the appends of several callers in one go. For each: the places of its envelopes, or the
 * Problem `rejected-link` when an id already stands in another stream, `stale` when one is sealed under another
 * generation than the last. `kept` may be kept from call to call and must be emptied when one fails. On PostgreSQL
 * this has to be in a transaction: other nodes wait for its end before they write into the same spaces.
 * @throws Problem `stale` when another process took a place in between
 */
export async function insertEvents(
	db: Connection,
	appends: readonly EventAppend[],
	kept: Counters = new Map(),
): Promise<(readonly EventPlace[] | Problem)[]> {
	const counters = isSqlite(db) ? kept : await countHere(db, appends);
	const known = await knownEvents(db, appends);
	const rows: NewEvent[] = [];
	const answers: (readonly EventPlace[] | Problem)[] = [];
	for (const append of appends) {
		answers.push(wandered(append, known) ?? outdated(append, known) ?? (await place(db, append, known, counters, rows)));
	}
	await insertRows(db, rows);
	return answers;
}

/**
 * Several nodes write into one space: each in its turn, from here to the end of its transaction, so that positions have no
 * gap and nobody is told to try again. What was counted before the others wrote is worth nothing; this is how it stands.
 */
async function countHere(db: Connection, appends: readonly EventAppend[]): Promise<Counters> {
	const spaces = [...new Set(appends.map(({ space }) => space))];
	await holdSpaces(db, spaces);
	const streams = new Map(appends.map(({ space, stream }) => [`${space} ${stream}`, { space, stream }]));
	const last = await sql<{ name: string; last: number | null }>`${sql.join(
		[
			...spaces.map((space) => sql`select ${space}::text as name, (select max(position) from events where space = ${space}) as last`),
			...[...streams].map(
				([name, { space, stream }]) =>
					sql`select ${name}::text as name, (select max(seq) from events where space = ${space} and stream = ${stream}) as last`,
			),
		],
		sql` union all `,
	)}`.execute(db);
	return new Map(last.rows.map(({ name, last: count }) => [name, count ?? 0]));
}

/** In powers of two, so that a handful of prepared statements serves every group. */
async function insertRows(db: Connection, rows: readonly NewEvent[]): Promise<void> {
	for (let start = 0, size = MOST_ROWS; start < rows.length; start += size) {
		while (size > rows.length - start) size /= 2;
		await db
			.insertInto('events')
			.values(rows.slice(start, start + size))
			.execute();
	}
}

async function knownEvents(db: Connection, appends: readonly EventAppend[]): Promise<Map<string, Known>> {
	const ids = appends.flatMap(({ envelopes }) => envelopes.map(({ id }) => id));
	const known = new Map<string, Known>();
	for (let start = 0; start < ids.length; start += MOST_ROWS) {
		const rows = await db
			.selectFrom('events')
			.select(['space', 'stream', 'id', 'position', 'seq'])
			.where('id', 'in', ids.slice(start, start + MOST_ROWS))
			.execute();
		for (const row of rows) known.set(`${row.space} ${row.id}`, row);
	}
	return known;
}

/** An envelope is sealed for one stream: under another it could only be a mistake or a trick. */
function wandered({ space, stream, envelopes }: EventAppend, known: ReadonlyMap<string, Known>): Problem | null {
	const elsewhere = envelopes.some(({ id }) => (known.get(`${space} ${id}`)?.stream ?? stream) !== stream);
	return elsewhere ? new Problem('rejected-link', { rule: 'envelope-stays-in-its-stream' }) : null;
}

/** Sealed under a key that somebody may hold who has left since: to be sealed anew. */
function outdated({ space, generation, envelopes }: EventAppend, known: ReadonlyMap<string, Known>): Problem | null {
	const isOutdated = envelopes.some((each) => each.generation !== generation && !known.has(`${space} ${each.id}`));
	return isOutdated ? new Problem('stale', { rule: 'generation-is-the-last' }) : null;
}

async function place(
	db: Connection,
	{ space, stream, hour, envelopes }: EventAppend,
	known: Map<string, Known>,
	counters: Counters,
	rows: NewEvent[],
): Promise<readonly EventPlace[]> {
	const places: EventPlace[] = [];
	for (const { id, generation, envelope } of envelopes) {
		const there = known.get(`${space} ${id}`);
		if (there) {
			places.push({ id, position: there.position, seq: there.seq, fresh: false });
			continue;
		}
		const position = await next(counters, space, () => lastPosition(db, space));
		const seq = await next(counters, `${space} ${stream}`, () => lastSeq(db, space, stream));
		const row = { space, position, stream, seq, id, generation, envelope, hour };
		known.set(`${space} ${id}`, row);
		rows.push(row);
		places.push({ id, position, seq, fresh: true });
	}
	return places;
}

async function next(counters: Counters, name: string, last: () => Promise<number>): Promise<number> {
	const count = (counters.get(name) ?? (await last())) + 1;
	counters.set(name, count);
	return count;
}

/** Position of the last event of a space; 0 when there is none. */
export async function lastPosition(db: Connection, space: SpaceId): Promise<number> {
	const row = await db
		.selectFrom('events')
		.select((of) => of.fn.max('position').as('last'))
		.where('space', '=', space)
		.executeTakeFirst();
	return row?.last ?? 0;
}

async function lastSeq(db: Connection, space: SpaceId, stream: StreamId): Promise<number> {
	const row = await db
		.selectFrom('events')
		.select((of) => of.fn.max('seq').as('last'))
		.where('space', '=', space)
		.where('stream', '=', stream)
		.executeTakeFirst();
	return row?.last ?? 0;
}

const MOST_EVENTS = 4_000;
const NO_STREAM = '' as StreamId;
/** What an event costs that is only told of: its name, its place, and room. */
const TOLD_BYTES = 48;

/** How much of a space is answered at once. */
export interface Portion {
	/** Envelopes until they pass so many bytes (one is always answered). */
	readonly most: number;
	/** With more bytes than these to come, only these streams are answered whole; the others are told of. */
	readonly least?: { readonly bytes: number; readonly whole: readonly StreamId[] };
}

/** An event without its envelope. */
export type ToldEvent = Pick<EventTable, 'position' | 'stream' | 'seq' | 'id' | 'generation'>;

/** Events of a space after a position, each with its envelope or only told of. `more` tells that some were left. */
export async function eventsAfter(db: Connection, space: SpaceId, after: number, { most, least }: Portion) {
	const sizes = await db
		.selectFrom('events')
		.select((of) => ['position', 'stream', of.fn<number>('length', ['envelope']).as('size')])
		.where('space', '=', space)
		.where('position', '>', after)
		.orderBy('position')
		.limit(MOST_EVENTS + 1)
		.execute();
	const total = sizes.reduce((sum, { size }) => sum + size, 0);
	const whole = least && (total > least.bytes || sizes.length > MOST_EVENTS) ? least.whole : null;
	const costs = sizes.map(({ position, stream, size }) => ({ position, size: !whole || whole.includes(stream) ? size : TOLD_BYTES }));
	const until = cut(costs.slice(0, MOST_EVENTS), most);
	const { events, told } = await portion(db, space, after, until, whole);
	return { events, told, more: events.length + told.length < sizes.length };
}

/** @param whole streams that are answered with their envelopes; `null`: all */
async function portion(db: Connection, space: SpaceId, after: number, until: number, whole: readonly StreamId[] | null) {
	const within = db
		.selectFrom('events')
		.where('space', '=', space)
		.where('position', '>', after)
		.where('position', '<=', until)
		.orderBy('position');
	const all = within.select(['position', 'stream', 'seq', 'envelope']);
	if (!whole) return { events: await all.execute(), told: [] };
	// PostgreSQL knows no empty list.
	const named = whole.length > 0 ? whole : [NO_STREAM];
	const told = await within.select(['position', 'stream', 'seq', 'id', 'generation']).where('stream', 'not in', named).execute();
	return { events: await all.where('stream', 'in', named).execute(), told };
}

/** Part of a stream by sequence number: after one, up to and with another. */
export interface StreamPart {
	readonly stream: StreamId;
	readonly after: number;
	readonly until: number;
}

/** Envelopes of parts of streams, one part after another, until they pass `most` bytes (one is always answered). */
export async function eventsOf(db: Connection, space: SpaceId, parts: readonly StreamPart[], most: number) {
	const events: Selectable<Pick<EventTable, 'position' | 'stream' | 'seq' | 'envelope'>>[] = [];
	for (let place = 0, left = most; place < parts.length; place++) {
		const part = parts[place] as StreamPart;
		const sizes = await ofStream(db, space, part)
			.select((of) => ['seq as position', of.fn<number>('length', ['envelope']).as('size')])
			.limit(MOST_EVENTS + 1)
			.execute();
		const [first] = sizes;
		if (!first) continue;
		if (events.length > 0 && first.size > left) return { events, more: true };
		const until = cut(sizes.slice(0, MOST_EVENTS), left);
		const some = await ofStream(db, space, { ...part, until })
			.select(['position', 'stream', 'seq', 'envelope'])
			.execute();
		events.push(...some);
		left -= some.reduce((sum, { envelope }) => sum + envelope.length, 0);
		if (some.length < sizes.length || (left <= 0 && place + 1 < parts.length)) return { events, more: true };
	}
	return { events, more: false };
}

const ofStream = (db: Connection, space: SpaceId, { stream, after, until }: StreamPart) =>
	db
		.selectFrom('events')
		.where('space', '=', space)
		.where('stream', '=', stream)
		.where('seq', '>', after)
		.where('seq', '<=', until)
		.orderBy('seq');

/** The last place that still fits. */
function cut(sizes: readonly { position: number; size: number }[], most: number): number {
	let total = 0;
	let until = 0;
	for (const { position, size } of sizes) {
		total += size;
		if (until > 0 && total > most) return until;
		until = position;
	}
	return until;
}
