import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { ID_LENGTH, idBytes, idOf, SHORT_ID_LENGTH, type EnvelopeId, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { asArray, asBytes } from '../chain/link.ts';
import { open, seal } from '../crypto/seal.ts';
import { Problem } from '../problem.ts';
import type { Ports } from './ports.ts';

/** So many places in a piece: what the keys of events have in common but for three digits. */
export const PIECE = 1_000;
const LIMITS = { bytes: 256 * 1024, items: 16, depth: 2 };
/** Nothing is written under it: what is no envelope at all. */
const NO_GENERATION = 0;

/** An event that lies here whole and was not looked at in this visit. */
export interface SleepingEvent {
	readonly id: EnvelopeId;
	readonly stream: StreamId;
	readonly position: number;
	/** Under which it is sealed; `null` when it is no envelope, which is found when it is opened. */
	readonly generation: number | null;
}

/** The first place of a piece, and how many it has: there is no place 0. */
export const beginOf = (piece: number): number => Math.max(1, piece * PIECE);
export const sizeOf = (piece: number): number => (piece + 1) * PIECE - beginOf(piece);

interface OutlineParts extends Pick<Ports, 'store' | 'random'> {
	readonly localKey: CryptoKey;
}

/**
 * What is called what and stands where among the events that lie here, a thousand places at a time: a visit begins with
 * this, forty bytes an event, instead of with everything. Sealed, so that only whoever could open the account wrote it;
 * an event that is opened later has to be what it is called.
 */
export class KeptOutline {
	readonly #parts: OutlineParts;
	readonly #prefix: string;

	constructor(space: SpaceId, parts: OutlineParts) {
		this.#parts = parts;
		this.#prefix = `outline/${space}/`;
	}

	/** By piece. What cannot be read is as if it were not there. */
	async load(): Promise<ReadonlyMap<number, readonly SleepingEvent[]>> {
		const pieces = await this.#parts.store.list<Uint8Array>('notes', this.#prefix);
		const read = pieces.map(async ({ key, value }): Promise<readonly [number, readonly SleepingEvent[]] | null> => {
			const piece = Number(key.slice(this.#prefix.length));
			const events = decoded(await open(this.#parts.localKey, 'local', value, utf8(key)), beginOf(piece));
			return events.length === sizeOf(piece) ? [piece, events] : null;
		});
		const all = await Promise.all(read.map((one) => one.catch(() => null)));
		return new Map(all.filter((one) => one !== null));
	}

	/** @param events all of the piece, in order */
	async keep(piece: number, events: readonly SleepingEvent[]): Promise<void> {
		const { localKey, random, store } = this.#parts;
		const key = `${this.#prefix}${String(piece).padStart(9, '0')}`;
		await store.write([{ bucket: 'notes', key, value: await seal(localKey, 'local', encoded(events), utf8(key), random) }]);
	}

	/** Everything is looked at again next time. */
	async forget(): Promise<void> {
		const { store } = this.#parts;
		const keys = await store.keys('notes', this.#prefix);
		await store.write(keys.map((key) => ({ bucket: 'notes', key, value: undefined })));
	}
}

function encoded(events: readonly SleepingEvent[]): Bytes {
	const streams = [...new Set(events.map(({ stream }) => stream))];
	const places = new Map(streams.map((stream, place) => [stream, place]));
	return encodeCbor([
		concatBytes(...streams.map((stream) => idBytes(stream, SHORT_ID_LENGTH))),
		concatBytes(...events.map(({ id }) => idBytes(id))),
		numbers(events.map(({ stream }) => places.get(stream) ?? 0)),
		numbers(events.map(({ generation }) => generation ?? NO_GENERATION)),
	]);
}

function decoded(bytes: Uint8Array, begin: number): readonly SleepingEvent[] {
	const [streamIds, ids, places, generations] = asArray(decodeCbor(bytes, LIMITS), 4).map((field) => asBytes(field));
	if (!streamIds || !ids || !places || !generations) throw new Problem('malformed', { reason: 'outline' });
	const streams = slices(streamIds, SHORT_ID_LENGTH).map((id) => idOf<StreamId>(id));
	const [placed, sealed] = [numbersIn(places), numbersIn(generations)];
	return slices(ids, ID_LENGTH).map((id, at) => {
		const stream = streams[placed[at] ?? -1];
		if (stream === undefined) throw new Problem('malformed', { reason: 'outline' });
		return { id: idOf<EnvelopeId>(id), stream, position: begin + at, generation: sealed[at] || null };
	});
}

const slices = (bytes: Uint8Array, length: number): readonly Uint8Array[] =>
	Array.from({ length: Math.floor(bytes.length / length) }, (_, at) => bytes.subarray(at * length, (at + 1) * length));

/** Four bytes each, big-endian. */
function numbers(values: readonly number[]): Bytes {
	const bytes = new Uint8Array(values.length * 4);
	const view = new DataView(bytes.buffer);
	for (const [at, value] of values.entries()) view.setUint32(at * 4, value);
	return bytes;
}

function numbersIn(bytes: Uint8Array): readonly number[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(at * 4));
}
