import type { EnvelopeId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import type { Connection } from './database.ts';
import type { Insertable } from 'kysely';
import type { EventTable } from './schema.ts';

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
 * generation than the last. `counters` may be kept from call to
 * call and must be emptied when one fails.
 * @throws Problem `stale` when another process took a place in between
 */
export async function insertEvents(
	db: Connection,
	appends: readonly EventAppend[],
	counters: Counters = new Map(),
): Promise<(readonly EventPlace[] | Problem)[]> {
	const known = await knownEvents(db, appends);
	const rows: NewEvent[] = [];
	const answers: (readonly EventPlace[] | Problem)[] = [];
	for (const append of appends) {
		answers.push(wandered(append, known) ?? outdated(append, known) ?? (await place(db, append, known, counters, rows)));
	}
	await insertRows(db, rows);
	return answers;
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

const MOST_EVENTS = 2_000;

/**
 * Events of a space after a position, until their envelopes pass `size` bytes (one is always answered).
 * `more` tells that some were left.
 */
export async function eventsAfter(db: Connection, space: SpaceId, after: number, size: number) {
	const sizes = await db
		.selectFrom('events')
		.select((of) => ['position', of.fn<number>('length', ['envelope']).as('size')])
		.where('space', '=', space)
		.where('position', '>', after)
		.orderBy('position')
		.limit(MOST_EVENTS + 1)
		.execute();
	const until = cut(sizes.slice(0, MOST_EVENTS), size);
	const events = await db
		.selectFrom('events')
		.select(['position', 'stream', 'seq', 'envelope'])
		.where('space', '=', space)
		.where('position', '>', after)
		.where('position', '<=', until)
		.orderBy('position')
		.execute();
	return { events, more: events.length < sizes.length };
}

/** The last position that still fits. */
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
