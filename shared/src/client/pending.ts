import type { Gap, StoredEvent } from '../api/log.ts';
import type { EnvelopeId, StreamId } from '../bytes/ids.ts';
import { envelopeId, generationOf } from '../log/envelope.ts';
import { Problem } from '../problem.ts';
import type { PlacedEvent, ToldEvent } from './kept-events.ts';
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
interface Slot extends ToldArrival {
	here: StreamArrival | null;
}

/** How much of a stream is not here yet. */
export interface Missing {
	/** Events that can be shown once they are here. */
	readonly count: number;
	/** Position of the first and of the last of them. */
	readonly first: number;
	readonly last: number;
}

const NOTHING: Missing = { count: 0, first: Infinity, last: 0 };

/**
 * What the server has told of and not sent yet. Each stream is a chain of its own and is taken in order: what stands
 * behind an envelope that is not here waits for it; other streams do not.
 */
export class Pending {
	readonly #streams = new Map<StreamId, Slot[]>();
	/** Those whose envelope is not here. */
	readonly #told = new Map<EnvelopeId, Slot>();
	/** Those that are being opened just now. */
	#opening: readonly Slot[] = [];

	/** Streams of which something is missing, the one that was written in last first. */
	get streams(): readonly StreamId[] {
		const streams = new Set([...this.#streams.keys(), ...this.#opening.map(({ stream }) => stream)]);
		return [...streams].sort((one, other) => this.#last(other) - this.#last(one));
	}

	/** Of arrivals in the server's order those that can be taken now; the others wait. */
	admit(arrivals: readonly (StreamArrival | ToldArrival)[]): readonly StreamArrival[] {
		return arrivals.filter((arrival): arrival is StreamArrival => {
			const isHere = 'envelope' in arrival;
			if (isHere && !this.#streams.has(arrival.stream)) return true;
			this.#wait(isHere ? { ...arrival, seq: 0, generation: 0, shown: false, here: arrival } : { ...arrival, here: null });
			return false;
		});
	}

	/** True when an envelope of this name was told of and is not here. */
	has = (id: EnvelopeId): boolean => this.#told.has(id);

	/** Takes an envelope that was told of; `null` when it was not: it is not what was asked for. */
	fill({ stream, position, envelope }: Pick<StoredEvent, 'stream' | 'position' | 'envelope'>): PlacedEvent | null {
		const id = envelopeId(envelope);
		const slot = this.#told.get(id);
		if (!slot || slot.stream !== stream || slot.position !== position) return null;
		// What was told of its key has been judged already: it must be true.
		const isAsTold = generationOf(envelope) === slot.generation;
		const problem = isAsTold ? {} : { problem: new Problem('not-allowed', { rule: 'event-is-as-told' }) };
		slot.here = { id, stream, position, envelope, ...problem };
		this.#told.delete(id);
		return { id, stream, position, envelope };
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
		const first = slots.find(({ here }) => here === null);
		const last = slots.findLast(({ here }) => here === null);
		return first && last ? { stream, after: first.seq - 1, until: last.seq } : null;
	}

	/** @param mark what stands up to this position is not counted */
	missing(stream: StreamId, mark = 0): Missing {
		const opening = this.#opening.filter((slot) => slot.stream === stream);
		const slots = [...opening, ...this.#of(stream)].filter(({ shown, position }) => !shown && position > mark);
		const [first] = slots;
		return first ? { count: slots.length, first: first.position, last: slots.at(-1)?.position ?? 0 } : NOTHING;
	}

	#wait(slot: Slot): void {
		const slots = this.#streams.get(slot.stream) ?? [];
		slots.push(slot);
		this.#streams.set(slot.stream, slots);
		if (slot.here === null) this.#told.set(slot.id, slot);
	}

	#of = (stream: StreamId): readonly Slot[] => this.#streams.get(stream) ?? [];
	#last = (stream: StreamId): number => this.#of(stream).at(-1)?.position ?? 0;
}
