import * as v from 'valibot';
import { pad, unpad } from '../bytes/padding.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';

/** How loud a thread is. */
export const LEVELS = ['follow', 'normal', 'mute'] as const;
export type Level = (typeof LEVELS)[number];

/** Days after which posts disappear from the own devices, whatever their space says. */
export const OWN_DAYS = [1, 3, 7, 30] as const;
export type OwnDays = (typeof OWN_DAYS)[number];

const LIMITS = { bytes: 256 * 1024, items: 60_000, depth: 5 };
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

const schema = v.strictObject({
	/** How far each space has been read, in its positions. */
	read: v.record(
		v.string(),
		v.strictObject({
			/** Everything up to here has been read, whatever its stream. */
			floor: count,
			/** Streams that have been read further. */
			above: v.record(v.string(), count),
		}),
	),
	/** Streams that are louder or quieter than normal: the level, and when it was chosen (milliseconds since 1970). */
	levels: v.record(v.string(), v.strictTuple([v.picklist(LEVELS), count])),
	/** Heightened protection: after how many days posts go from the own devices (0: none), and when that was chosen. */
	own: v.optional(v.strictTuple([v.picklist([0, ...OWN_DAYS]), count])),
});

/** What a person keeps for the own devices alone. Two of them merge into one, in any order, and nothing read is unread by it. */
export type Notebook = v.InferOutput<typeof schema>;
export type ReadMarks = Notebook['read'][string];

export const emptyNotebook: Notebook = { read: {}, levels: {} };
export const NOTHING_READ: ReadMarks = { floor: 0, above: {} };

/** Padded, so that the server does not see how many threads somebody reads. */
export const encodeNotebook = (notebook: Notebook): Bytes => pad(encodeCbor(notebook as Cbor));

/** @throws Problem `malformed`, `too-large` */
export function decodeNotebook(bytes: Uint8Array): Notebook {
	const result = v.safeParse(schema, decodeCbor(unpad(bytes), LIMITS));
	if (!result.success) throw new Problem('malformed', { reason: 'notebook' });
	return result.output;
}

export function mergeNotebooks(one: Notebook, other: Notebook): Notebook {
	const own = laterDays(one.own, other.own);
	return {
		read: joined(one.read, other.read, mergeMarks),
		levels: joined(one.levels, other.levels, later),
		...(own ? { own } : {}),
	};
}

function mergeMarks(one: ReadMarks, other: ReadMarks): ReadMarks {
	const floor = Math.max(one.floor, other.floor);
	return { floor, above: aboveFloor(joined(one.above, other.above, Math.max), floor) };
}

/** Of two choices the later one; of two in one moment the quieter, so that every device chooses alike. */
function later(one: Notebook['levels'][string], other: Notebook['levels'][string]): Notebook['levels'][string] {
	if (one[1] !== other[1]) return one[1] > other[1] ? one : other;
	return LEVELS.indexOf(one[0]) > LEVELS.indexOf(other[0]) ? one : other;
}

/** The later choice; of two in one moment the one that keeps less. */
function laterDays(one: Notebook['own'], other: Notebook['own']): Notebook['own'] {
	if (!one || !other) return one ?? other;
	if (one[1] !== other[1]) return one[1] > other[1] ? one : other;
	return (one[0] || Infinity) < (other[0] || Infinity) ? one : other;
}

/** Up to which position a stream has been read. */
export function markOf(notebook: Notebook, space: SpaceId, stream: StreamId): number {
	const { floor, above } = notebook.read[space] ?? NOTHING_READ;
	return Math.max(floor, above[stream] ?? 0);
}

/** A stream has been read up to `position`; never less than before. */
export function withRead(notebook: Notebook, space: SpaceId, stream: StreamId, position: number): Notebook {
	if (position <= markOf(notebook, space, stream)) return notebook;
	const { floor, above } = notebook.read[space] ?? NOTHING_READ;
	return { ...notebook, read: { ...notebook.read, [space]: { floor, above: { ...above, [stream]: position } } } };
}

/** Everything of a space has been read up to `floor`. */
export function withFloor(notebook: Notebook, space: SpaceId, floor: number): Notebook {
	const marks = notebook.read[space] ?? NOTHING_READ;
	if (floor <= marks.floor) return notebook;
	return { ...notebook, read: { ...notebook.read, [space]: { floor, above: aboveFloor(marks.above, floor) } } };
}

export const levelOf = (notebook: Notebook, stream: StreamId): Level => notebook.levels[stream]?.[0] ?? 'normal';

export const withLevel = (notebook: Notebook, stream: StreamId, level: Level, time: number): Notebook => ({
	...notebook,
	levels: { ...notebook.levels, [stream]: [level, time] },
});

export const withOwnDays = (notebook: Notebook, days: OwnDays | null, time: number): Notebook => ({ ...notebook, own: [days ?? 0, time] });

/** Without what concerns spaces that were left. */
export const withoutSpace = (notebook: Notebook, space: SpaceId): Notebook => ({
	...notebook,
	read: Object.fromEntries(Object.entries(notebook.read).filter(([id]) => id !== space)),
});

const aboveFloor = (above: ReadMarks['above'], floor: number): ReadMarks['above'] =>
	Object.fromEntries(Object.entries(above).filter(([, position]) => position > floor));

function joined<Value>(
	one: { readonly [key: string]: Value },
	other: { readonly [key: string]: Value },
	join: (one: Value, other: Value) => Value,
): { [key: string]: Value } {
	const all = { ...one };
	for (const [key, value] of Object.entries(other)) all[key] = key in one ? join(one[key] as Value, value) : value;
	return all;
}
