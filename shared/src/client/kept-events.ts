import type { EnvelopeId, SpaceId, StreamId } from '../bytes/ids.ts';
import { utf8 } from '../bytes/bytes.ts';
import { open, seal } from '../crypto/seal.ts';
import { envelopeId } from '../log/envelope.ts';
import { decodeErased, encodeErased, type SignedEvent } from '../log/event.ts';
import type { Ports, Store } from './ports.ts';

/** An event at its place in the server's order. */
export interface PlacedEvent {
	readonly id: EnvelopeId;
	readonly stream: StreamId;
	readonly position: number;
	/** As it came; of an erased one nothing. */
	readonly envelope: Uint8Array;
	/** What stayed when its text had had its time. */
	readonly erased?: SignedEvent;
}

/** An event of which only its name and its place are here. */
export interface ToldEvent {
	readonly id: EnvelopeId;
	readonly stream: StreamId;
	readonly position: number;
	/** Its place in the stream, by which it is asked for. */
	readonly seq: number;
	readonly generation: number;
}

/** As it lies here. */
export type KeptEvent = PlacedEvent | ToldEvent;

interface WholeEvent {
	readonly stream: StreamId;
	readonly envelope: Uint8Array;
}

type Told = Omit<ToldEvent, 'position'>;

interface ErasedEvent {
	readonly stream: StreamId;
	readonly id: EnvelopeId;
	readonly erased: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const padded = (place: number): string => String(place).padStart(12, '0');

/** What this device keeps of one space, by place: sealed as it came, or, once its time is over, without its text. */
export class KeptEvents {
	readonly #space: SpaceId;
	readonly #store: Store;
	readonly #random: Ports['random'];
	readonly #localKey: CryptoKey;

	constructor(space: SpaceId, { store, random, localKey }: { store: Store; random: Ports['random']; localKey: CryptoKey }) {
		this.#space = space;
		this.#store = store;
		this.#random = random;
		this.#localKey = localKey;
	}

	/** Everything, in the server's order; what cannot be opened here any more ends the list, and is fetched again. */
	async list(): Promise<readonly KeptEvent[]> {
		const kept = await this.#store.list<WholeEvent | ErasedEvent | Told>('events', `${this.#space}/`);
		const events: KeptEvent[] = [];
		for (const { key, value } of kept) {
			const event = await this.#placed(Number(key.slice(-12)), value).catch(() => null);
			if (!event) break;
			events.push(event);
		}
		return events;
	}

	async keep(events: readonly KeptEvent[]): Promise<void> {
		await this.#store.write(
			events.map(({ position, ...event }) => ({ bucket: 'events' as const, key: this.#key(position), value: valueOf(event) })),
		);
	}

	/** An event as it came; `null` when it is not here, or no longer whole. */
	async envelope(position: number): Promise<Uint8Array | null> {
		const kept = await this.#store.get<WholeEvent | ErasedEvent | Told>('events', this.#key(position));
		return kept && 'envelope' in kept ? kept.envelope : null;
	}

	/** Keeps events without their text. */
	async erase(events: readonly { readonly position: number; readonly id: EnvelopeId; readonly event: SignedEvent }[]): Promise<void> {
		const changes = events.map(async ({ position, id, event }) => {
			const key = this.#key(position);
			const erased = await seal(this.#localKey, 'local', encodeErased(event), utf8(key), this.#random);
			return { bucket: 'events' as const, key, value: { stream: event.stream, id, erased } satisfies ErasedEvent };
		});
		await this.#store.write(await Promise.all(changes));
	}

	/** Nothing of this space stays on this device. */
	async forget(): Promise<void> {
		const kept = await this.#store.keys('events', `${this.#space}/`);
		await this.#store.write(kept.map((key) => ({ bucket: 'events', key, value: undefined })));
	}

	async #placed(position: number, kept: WholeEvent | ErasedEvent | Told): Promise<KeptEvent> {
		if ('seq' in kept) return { ...kept, position };
		const { stream } = kept;
		if ('envelope' in kept) return { id: envelopeId(kept.envelope), stream, position, envelope: kept.envelope };
		const erased = await decodeErased(await open(this.#localKey, 'local', kept.erased, utf8(this.#key(position))));
		return { id: kept.id, stream, position, envelope: NOTHING, erased };
	}

	#key(position: number): string {
		return `${this.#space}/${padded(position)}`;
	}
}

function valueOf(event: Omit<PlacedEvent, 'position'> | Told): WholeEvent | Told {
	if ('seq' in event) return event;
	const { stream, envelope } = event;
	return { stream, envelope };
}
