import type { Gap, StoredEvent } from '../api/log.ts';
import type { EnvelopeId, StreamId } from '../bytes/ids.ts';
import { envelopeId, generationOf } from '../log/envelope.ts';
import { Problem } from '../problem.ts';
import type { PlacedEvent, ToldEvent } from './kept-events.ts';
import type { SleepingEvent } from './kept-outline.ts';
import type { Arrival } from './stream.ts';

export interface StreamArrival extends Arrival {
	readonly stream: StreamId;
	readonly position: number;
}

/** An event that was told of, and what is known of it already. */
export interface ToldArrival extends ToldEvent {
	/** An own one, shown already: its envelope is wanted for keeping only. */
	readonly shown: boolean;
}

/** A place in a stream that cannot be taken yet: its envelope is not here, or one before it is not. */
interface Slot extends Omit<ToldArrival, 'generation'> {
	readonly generation: number | null;
	/** Its envelope lies on this device, and is not looked at yet. */
	sleeps: boolean;
	here: StreamArrival | null;
}

/** How much of a stream is not here yet. */
export interface Missing {
	/** Events that can be shown once they are here. */
	readonly count: number;
	/** How many of them lie on this device, and are only to be opened. */
	readonly here: number;
	/** Position of the first of them. */
	readonly first: number;
	/** Position of the last event that is not shown yet, read or not. */
	readonly last: number;
}

/** Of a stream that is here whole. */
export const NOTHING_MISSING: Missing = { count: 0, here: 0, first: Infinity, last: 0 };

/**
 * What the server has told of and not sent yet, and what lies here from earlier visits and was not looked at in this one. Each stream is a chain of its own and is taken in order: what stands
 * behind an envelope that is not here waits for it; other streams do not.
 */
export class Pending {
	readonly #streams = new Map<StreamId, Slot[]>();
	/** Those whose envelope is not here. */
	readonly #told = new Map<EnvelopeId, Slot>();
	/** How many lie here and were not looked at. */
	asleep = 0;
	/** Those that are being opened just now. */
	#opening: readonly Slot[] = [];

	/** Streams of which something is missing, the one that was written in last first. */
	get streams(): readonly StreamId[] {
		const streams = new Set([...this.#streams.keys(), ...this.#opening.map(({ stream }) => stream)]);
		return [...streams].sort((one, other) => this.#last(other) - this.#last(one));
	}

	/** Of arrivals in the server's order those that can be taken now; the others wait. */
	admit(arrivals: readonly (StreamArrival | ToldArrival | SleepingEvent)[]): readonly StreamArrival[] {
		return arrivals.filter((arrival): arrival is StreamArrival => {
			const isHere = 'envelope' in arrival;
			if (isHere && !this.#isBusy(arrival.stream)) return true;
			this.#wait(slotOf(arrival));
			return false;
		});
	}

	/** True when an envelope of this name was told of and is not here. */
	has = (id: EnvelopeId): boolean => this.#told.has(id);

	/** Takes an envelope that was told of; `null` when it was not: it is not what was asked for. */
	fill({ stream, position, envelope }: Pick<StoredEvent, 'stream' | 'position' | 'envelope'>): PlacedEvent | null {
		const id = envelopeId(envelope);
		const slot = this.#told.get(id);
		if (!slot || slot.sleeps || slot.stream !== stream || slot.position !== position) return null;
		// What was told of its key has been judged already: it must be true.
		const isAsTold = generationOf(envelope) === slot.generation;
		const problem = isAsTold ? {} : { problem: new Problem('not-allowed', { rule: 'event-is-as-told' }) };
		slot.here = { id, stream, position, envelope, ...problem };
		this.#told.delete(id);
		return { id, stream, position, envelope };
	}

	/** Streams of which something lies here and was not looked at, the one that was written in last first. */
	get sleeping(): readonly StreamId[] {
		return this.streams.filter((stream) => this.#of(stream).some(isAsleep));
	}

	/** Where the first of them lie. */
	sleepingIn(stream: StreamId, most: number): readonly number[] {
		const positions: number[] = [];
		for (const slot of this.#of(stream)) {
			if (positions.length >= most) break;
			if (isAsleep(slot)) positions.push(slot.position);
		}
		return positions;
	}

	/** Takes what lay here, if it is what was noted of it. */
	wake(event: PlacedEvent): void {
		const slot = this.#told.get(event.id);
		if (!slot?.sleeps || slot.stream !== event.stream || slot.position !== event.position) return;
		slot.here = event;
		this.asleep--;
		this.#told.delete(event.id);
	}

	/** What was to be woken there and still sleeps is not to be had in this visit: answers where it should lie. */
	lose(stream: StreamId, positions: readonly number[]): readonly number[] {
		const lost = this.#of(stream).filter((slot) => isAsleep(slot) && positions.includes(slot.position));
		for (const slot of lost) slot.sleeps = false;
		this.asleep -= lost.length;
		return lost.map(({ position }) => position);
	}

	/** What can be taken of a stream now, once, in order; it counts as missing until it is {@link opened}. */
	ready(stream: StreamId): readonly StreamArrival[] {
		const slots = this.#of(stream);
		const missing = slots.findIndex(({ here }) => here === null);
		const ready = missing === -1 ? slots : slots.slice(0, missing);
		if (missing === -1) this.#streams.delete(stream);
		else this.#streams.set(stream, slots.slice(missing));
		this.#opening = [...this.#opening, ...ready];
		return ready.flatMap(({ here, shown }) => (here && !shown ? [here] : []));
	}

	/** What was ready in a stream is shown now. */
	opened(stream: StreamId): void {
		this.#opening = this.#opening.filter((slot) => slot.stream !== stream);
	}

	/** What is to be asked for; `null` when nothing is. */
	gap(stream: StreamId): Gap | null {
		const slots = this.#of(stream);
		const first = slots.find(isAskedFor);
		const last = slots.findLast(isAskedFor);
		return first && last ? { stream, after: first.seq - 1, until: last.seq } : null;
	}

	/** @param mark what stands up to this position is not counted */
	missing(stream: StreamId, mark = 0): Missing {
		const opening = this.#opening.filter((slot) => slot.stream === stream);
		const slots = [...opening, ...this.#of(stream)].filter(({ shown }) => !shown);
		const last = slots.at(-1)?.position;
		if (last === undefined) return NOTHING_MISSING;
		const unread = slots.filter(({ position }) => position > mark);
		const here = unread.filter((slot) => !isFarAway(slot)).length;
		return { count: unread.length, here, first: unread[0]?.position ?? Infinity, last };
	}

	#wait(slot: Slot): void {
		const slots = this.#streams.get(slot.stream) ?? [];
		slots.push(slot);
		this.#streams.set(slot.stream, slots);
		if (slot.here === null) this.#told.set(slot.id, slot);
		if (slot.sleeps) this.asleep++;
	}

	/** Something of it waits, or is being opened: what comes now comes after it. */
	#isBusy = (stream: StreamId): boolean => this.#streams.has(stream) || this.#opening.some((slot) => slot.stream === stream);
	#of = (stream: StreamId): readonly Slot[] => this.#streams.get(stream) ?? [];
	#last = (stream: StreamId): number => this.#of(stream).at(-1)?.position ?? 0;
}

const isAsleep = ({ here, sleeps }: Slot): boolean => here === null && sleeps;
/** Not on this device. */
const isFarAway = ({ here, sleeps }: Slot): boolean => here === null && !sleeps;

const isAskedFor = (slot: Slot): boolean => isFarAway(slot) && slot.seq > 0;

function slotOf(arrival: StreamArrival | ToldArrival | SleepingEvent): Slot {
	if ('envelope' in arrival) return { ...arrival, seq: 0, generation: null, shown: false, sleeps: false, here: arrival };
	if ('seq' in arrival) return { ...arrival, sleeps: false, here: null };
	return { ...arrival, seq: 0, shown: false, sleeps: true, here: null };
}
