import type { EnvelopeId, SpaceId, StreamId } from '../bytes/ids.ts';
import { utf8 } from '../bytes/bytes.ts';
import { open, seal } from '../crypto/seal.ts';
import { envelopeId, generationOf } from '../log/envelope.ts';
import { decodeErased, encodeErased, type SignedEvent } from '../log/event.ts';
import { beginOf, KeptOutline, PIECE, sizeOf, type SleepingEvent } from './kept-outline.ts';
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
export type KeptEvent = PlacedEvent | ToldEvent | SleepingEvent;

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
const DIGITS = 12;
const padded = (place: number): string => String(place).padStart(DIGITS, '0');

/** What this device keeps of one space, by place: sealed as it came, or, once its time is over, without its text. */
export class KeptEvents {
	readonly #space: SpaceId;
	readonly #store: Store;
	readonly #random: Ports['random'];
	readonly #localKey: CryptoKey;
	readonly #outline: KeptOutline;
	/** Pieces that lie in the outline. */
	readonly #outlined = new Set<number>();

	constructor(space: SpaceId, { store, random, localKey }: { store: Store; random: Ports['random']; localKey: CryptoKey }) {
		this.#space = space;
		this.#store = store;
		this.#random = random;
		this.#localKey = localKey;
		this.#outline = new KeptOutline(space, { store, random, localKey });
	}

	/** Everything, in the server's order; what cannot be opened here any more ends the list, and is fetched again. */
	async list(): Promise<readonly KeptEvent[]> {
		const outline = await this.#outline.load();
		for (const piece of outline.keys()) this.#outlined.add(piece);
		const events: KeptEvent[] = [];
		for (let piece = 0; ; piece++) {
			const some = outline.get(piece) ?? (await this.#looked(piece));
			for (const event of some) events.push(event);
			if (some.length < sizeOf(piece)) return events;
		}
	}

	/** Notes what lies here whole, so that the next visit need not look at it before it begins. */
	async note(last: number): Promise<void> {
		for (let piece = 0; beginOf(piece + 1) <= last + 1; piece++) if (!this.#outlined.has(piece)) await this.#looked(piece);
	}

	/** What the notes tell of is not here, or something else is: the next visit looks at everything, and fetches it again. */
	async doubt(positions: readonly number[]): Promise<void> {
		await this.#forgetOutline();
		await this.#store.write(positions.map((position) => ({ bucket: 'events', key: this.#key(position), value: undefined })));
	}

	/** Of events those that are here whole, or without their text. */
	async read(positions: readonly number[]): Promise<readonly PlacedEvent[]> {
		const keys = positions.map((position) => this.#key(position));
		const kept = await this.#store.some<WholeEvent | ErasedEvent | Told>('events', keys);
		const placed = kept.map(async (one, at) => one && (await this.#placed(positions[at] ?? 0, one).catch(() => null)));
		return (await Promise.all(placed)).flatMap((event) => (event && 'envelope' in event ? event : []));
	}

	async keep(events: readonly (PlacedEvent | ToldEvent)[]): Promise<void> {
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
		await this.#forgetOutline();
		const kept = await this.#store.keys('events', `${this.#space}/`);
		await this.#store.write(kept.map((key) => ({ bucket: 'events', key, value: undefined })));
	}

	async #forgetOutline(): Promise<void> {
		this.#outlined.clear();
		await this.#outline.forget();
	}

	/** The events of a piece up to the first that is missing; noted, once it is full and all of them are here. */
	async #looked(piece: number): Promise<readonly KeptEvent[]> {
		const prefix = this.#key(piece * PIECE).slice(0, -String(PIECE - 1).length);
		const kept = await this.#store.list<WholeEvent | ErasedEvent | Told>('events', prefix);
		const events: (PlacedEvent | ToldEvent)[] = [];
		for (const { key, value } of kept) {
			const event = await this.#placed(Number(key.slice(-DIGITS)), value).catch(() => null);
			if (event?.position !== beginOf(piece) + events.length) break;
			events.push(event);
		}
		const whole = events.flatMap((event) => ('envelope' in event ? asleep(event) : []));
		if (whole.length < sizeOf(piece)) return events;
		await this.#outline.keep(piece, whole);
		this.#outlined.add(piece);
		return whole;
	}

	async #placed(position: number, kept: WholeEvent | ErasedEvent | Told): Promise<PlacedEvent | ToldEvent> {
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

/** What had its time has been judged by its place before. */
const asleep = ({ id, stream, position, envelope, erased }: PlacedEvent): SleepingEvent => ({
	id,
	stream,
	position,
	generation: erased ? null : generationOf(envelope),
});

function valueOf(event: Omit<PlacedEvent, 'position'> | Told): WholeEvent | Told {
	if ('seq' in event) return event;
	const { stream, envelope } = event;
	return { stream, envelope };
}
