import type { Gap, StoredEvent } from '../api/log.ts';
import type { AccountId, EnvelopeId, Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import type { World } from '../chain/world.ts';
import { envelopeId, generationOf, openEvent, readEnvelope } from '../log/envelope.ts';
import { decodeEvent, hasText, type SignedEvent } from '../log/event.ts';
import type { StreamHistory } from '../log/history.ts';
import { indexStreamOf } from '../log/derived-streams.ts';
import { breathe } from '../breathe.ts';
import { Problem } from '../problem.ts';
import { kindOf } from './findings.ts';
import type { OutboxEntry } from './outbox.ts';
import type { KeptEvent, KeptEvents, PlacedEvent, ToldEvent } from './kept-events.ts';
import type { SleepingEvent } from './kept-outline.ts';
import { Pending, type Missing, type StreamArrival, type ToldArrival } from './pending.ts';
import { ServerOrder } from './server-order.ts';
import type { SpaceKeys } from './space-keys.ts';
import { lastWitnesses, Stream, type Arrival, type Reader, type Witness } from './stream.ts';
import type { Finding, StreamEvent, VerifiedEvent } from './types.ts';
import type { Verified } from './verified.ts';

/** Events opened between two looks at the clock: a long synchronisation must not hold the page. */
const BATCH = 200;
/** Of what lay here, so many at a time: somebody reads meanwhile. */
export const WOKEN_AT_ONCE = 100;

/** What the log needs of its space. */
export interface SpaceLogParts {
	readonly kept: KeptEvents;
	readonly chains: { readonly world: World };
	readonly keys: SpaceKeys;
	/** Signatures that were checked on this device before. */
	readonly verified: Verified;
	readonly report: (kind: Finding['kind'], subject: string, error: unknown) => Promise<void>;
	readonly changed: () => void;
	/** Takes from a stream what has had its time, before anybody hears that something came. */
	readonly settle: (stream: StreamId) => Promise<void>;
	readonly onProgress: (done: number, total: number) => void;
}

/** Here, told of, or here and asleep. */
type Arriving = StreamArrival | ToldArrival | SleepingEvent;

/** What was written in one space, as the server has shown it and own events besides: kept, opened, checked, and read. */
export class SpaceLog {
	readonly order = new ServerOrder();
	readonly #pending = new Pending();
	readonly #id: SpaceId;
	readonly #index: StreamId;
	readonly #parts: SpaceLogParts;
	readonly #streams = new Map<StreamId, Stream>();
	/** How far the index stream's attestations have been looked at. */
	#attested = 0;

	constructor(id: SpaceId, parts: SpaceLogParts) {
		this.#id = id;
		this.#index = indexStreamOf(id);
		this.#parts = parts;
	}

	events(stream: StreamId): readonly StreamEvent[] {
		return this.#streams.get(stream)?.view ?? NO_EVENTS;
	}

	/** Where an event stands in the space; `null` when it is not here. */
	positionOf(stream: StreamId, id: Hash): number | null {
		return this.events(stream).find((event) => event.id === id)?.position ?? null;
	}

	/** An event that the server has, as its author signed it. @throws Problem `not-found` */
	async signed(id: Hash): Promise<SignedEvent> {
		const shown = this.streams().flatMap((stream) => this.events(stream).filter((event) => event.verified && event.id === id))[0];
		const opened = shown && (await this.#opened(shown.stream, shown.position));
		if (!opened) throw new Problem('not-found');
		return opened.event;
	}

	/** Takes the text of events of a stream from this device, and answers what they were. Own ones that wait are not among them. */
	async erase(stream: StreamId, isOver: (event: VerifiedEvent) => boolean): Promise<readonly VerifiedEvent[]> {
		const over = this.events(stream).flatMap((event) =>
			event.verified && !event.waiting && hasText(event.content) && isOver(event) ? [event] : [],
		);
		for (let start = 0; start < over.length; start += BATCH) {
			const opened = await Promise.all(over.slice(start, start + BATCH).map(({ position }) => this.#opened(stream, position)));
			await this.#parts.kept.erase(opened.filter((one) => one !== null));
		}
		if (over.length === 0) return over;
		this.#stream(stream).forget(new Set(over.map(({ id }) => id)));
		this.#parts.changed();
		return over;
	}

	/** An event as it lies here, opened once more; `null` when it is not here, or no longer whole. */
	async #opened(stream: StreamId, position: number): Promise<{ position: number; id: EnvelopeId; event: SignedEvent } | null> {
		const bytes = await this.#parts.kept.envelope(position);
		if (!bytes) return null;
		const envelope = readEnvelope(bytes);
		const key = await this.#parts.keys.streamKey(stream, envelope.generation);
		return { position, id: envelopeId(bytes), event: await decodeEvent(await openEvent(key, envelope, this.#id, stream)) };
	}

	/** Every stream in which something was written. */
	streams(): readonly StreamId[] {
		return [...this.#streams.keys()];
	}

	historyOf(stream: StreamId): StreamHistory {
		return this.#stream(stream).history;
	}

	/** The last word of each person in this space. */
	witnesses(): ReadonlyMap<AccountId, Witness> {
		return lastWitnesses([...this.#streams.values()]);
	}

	/** Takes what this device kept from earlier visits; most of a long log sleeps until it is {@link wake}d. */
	async load(): Promise<void> {
		const { kept, verified } = this.#parts;
		await verified.load();
		await this.#take(this.#whole(await kept.list()));
	}

	/** Streams of which something lies here and was not looked at in this visit, the one that was written in last first. */
	get sleeping(): readonly StreamId[] {
		return this.#pending.sleeping;
	}

	/** How many events sleep. */
	get asleep(): number {
		return this.#pending.asleep;
	}

	/** Opens what lies here of a stream. */
	async wake(stream: StreamId): Promise<void> {
		while (await this.wakeSome(stream));
	}

	/** Opens some more of it. False when there is no more to open. */
	wakeSome(stream: StreamId): Promise<boolean> {
		return this.#stream(stream).inTurn(async () => {
			const positions = this.#pending.sleepingIn(stream, WOKEN_AT_ONCE);
			if (positions.length === 0) return false;
			for (const event of await this.#parts.kept.read(positions)) this.#pending.wake(event);
			const lost = this.#pending.lose(stream, positions);
			if (lost.length > 0) await this.#parts.kept.doubt(lost);
			await this.#takeReady(stream);
			return true;
		});
	}

	/** Notes what is here, so that the next visit begins sooner. */
	note(): Promise<void> {
		return this.#parts.kept.note(this.order.last);
	}

	/** Takes events in the server's order, keeps them, and reports what does not hold. */
	async receive(events: readonly (PlacedEvent | ToldEvent)[]): Promise<void> {
		const fresh: (PlacedEvent | ToldEvent)[] = [];
		for (const event of events) {
			const { position, id } = event;
			if (position <= this.order.last) continue;
			if (!this.order.isNext(position))
				await this.#parts.report('missing', `${this.#id}/${position}`, new Problem('not-allowed', { rule: 'positions-have-no-gap' }));
			this.order.append(position, id);
			fresh.push(event);
		}
		if (fresh.length === 0) return;
		await this.#parts.kept.keep(fresh);
		await this.#take(fresh);
		await this.#settle(fresh);
		this.#parts.changed();
	}

	/** Takes envelopes that the server has only told of until now. What was not told of is not taken. */
	async complete(events: readonly StoredEvent[]): Promise<void> {
		const filled = events.flatMap((event) => this.#pending.fill(event) ?? []);
		await this.#parts.kept.keep(filled);
		for (const stream of new Set(filled.map((event) => event.stream))) {
			await this.#stream(stream).inTurn(() => this.#takeReady(stream));
		}
		await this.#settle(filled);
		this.#parts.changed();
	}

	async #settle(events: readonly { readonly stream: StreamId }[]): Promise<void> {
		for (const stream of new Set(events.map((event) => event.stream))) await this.#parts.settle(stream);
	}

	/** What can be taken of a stream now, and what comes to it meanwhile. */
	async #takeReady(stream: StreamId): Promise<void> {
		for (let ready = this.#pending.ready(stream); ready.length > 0; ready = this.#pending.ready(stream))
			for (let start = 0; start < ready.length; start += BATCH)
				await this.#parts.verified.remember(await this.#takeStream(stream, ready.slice(start, start + BATCH)));
		this.#pending.opened(stream);
	}

	/** Streams of which the server has told more than is here, the one that was written in last first. */
	get pendingStreams(): readonly StreamId[] {
		return this.#pending.streams;
	}

	/** @param mark what stands up to this position is not counted */
	missing(stream: StreamId, mark = 0): Missing {
		return this.#pending.missing(stream, mark);
	}

	/** What is to be asked for, to have a stream whole. */
	gap(stream: StreamId): Gap | null {
		return this.#pending.gap(stream);
	}

	/** False when judging an event needs chains or keys that are not here yet. */
	reaches({ stream, envelope, position }: StoredEvent): Promise<boolean> {
		return this.#stream(stream).reaches({ id: envelopeId(envelope), envelope, position }, this.#reader());
	}

	/** An own event from before a reload, or from another tab. */
	async adopt({ stream, envelope, ...entry }: OutboxEntry): Promise<void> {
		const position = entry.position ?? null;
		const id = envelopeId(envelope);
		await this.wake(stream);
		if (this.#pending.has(id) && position !== null)
			return this.complete([{ stream, envelope: new Uint8Array(envelope), position, seq: 0 }]);
		if (this.order.placeOf(id)) return;
		const arrival = { id, envelope, position };
		if (!(await this.#stream(stream).isGroundOf(arrival, this.#reader()))) return;
		this.order.see(id, { stream, position });
		await this.#stream(stream).take([arrival], this.#reader());
	}

	/** Shows an own event that was just signed. */
	addOwn(id: EnvelopeId, event: SignedEvent): void {
		this.order.see(id, { stream: event.stream, position: null });
		this.#stream(event.stream).addOwn(id, event, this.#parts.chains.world);
		this.#parts.changed();
	}

	/** An own waiting event was sealed anew: it goes by another name now. */
	rename(stream: StreamId, before: EnvelopeId, after: EnvelopeId): void {
		this.order.see(after, { stream, position: null });
		this.#stream(stream).rename(before, after);
	}

	/** The server has an own event: its place is known. */
	acknowledge(id: EnvelopeId, position: number): void {
		const seen = this.order.placeOf(id);
		if (!seen) return;
		this.order.see(id, { ...seen, position });
		this.#stream(seen.stream).acknowledge(id, position);
		this.#parts.changed();
	}

	/** Nothing of this space stays on this device. */
	forget(): Promise<void> {
		return this.#parts.kept.forget();
	}

	/** Kept events up to the first that is missing: what a torn write left out is fetched again. */
	#whole(events: readonly KeptEvent[]): readonly KeptEvent[] {
		const whole: KeptEvent[] = [];
		for (const event of events) {
			if (!this.order.isNext(event.position)) break;
			this.order.append(event.position, event.id);
			whole.push(event);
		}
		return whole;
	}

	async #take(events: readonly KeptEvent[]): Promise<void> {
		for (let start = 0; start < events.length; start += BATCH) {
			const batch = events.slice(start, start + BATCH);
			const byStream = Map.groupBy(this.#pending.admit(await this.#arrivals(batch)), ({ stream }) => stream);
			const verified: Hash[] = [];
			for (const [stream, arrivals] of byStream) verified.push(...(await this.#takeStream(stream, arrivals)));
			await this.#parts.verified.remember(verified);
			this.#parts.onProgress(Math.min(start + BATCH, events.length), events.length);
			// What sleeps is taken without waiting for anything.
			if (byStream.size === 0) await breathe();
		}
	}

	/** Leaves out what is known: own events that come back are acknowledged, replays are reported. */
	async #arrivals(events: readonly KeptEvent[]): Promise<readonly Arriving[]> {
		const arrivals: Arriving[] = [];
		for (const event of events) {
			const { id, stream, position } = event;
			const seen = this.order.placeOf(id);
			if (!seen) {
				this.order.see(id, { stream, position });
				arrivals.push(this.#arrival(event));
			} else if (seen.stream === stream && (seen.position ?? position) === position) {
				this.acknowledge(id, position);
				if ('seq' in event) arrivals.push({ ...event, shown: true });
			} else {
				await this.#parts.report('event-refused', `${this.#id}/${position}`, new Problem('not-allowed', { rule: 'event-comes-once' }));
			}
		}
		return arrivals;
	}

	/** Judged by its place: what that forbids need not be fetched. */
	#arrival(event: KeptEvent): Arriving {
		const isHere = 'envelope' in event;
		const generation = isHere ? (event.erased?.generation ?? generationOf(event.envelope)) : event.generation;
		const problem = this.order.refusalOf(generation, this.#lastGeneration());
		if (isHere) return problem ? { ...event, problem } : event;
		const { id, stream, position } = event;
		if (problem) return { id, stream, position, envelope: NO_ENVELOPE, problem };
		return 'seq' in event ? { ...event, shown: false } : event;
	}

	async #takeStream(stream: StreamId, arrivals: readonly Arrival[]): Promise<readonly Hash[]> {
		const { verified, refused } = await this.#stream(stream).take(arrivals, this.#reader());
		for (const { arrival, problem } of refused) await this.#parts.report(kindOf(problem), arrival.id, problem);
		if (stream === this.#index) await this.#checkAttestations();
		return verified;
	}

	/** What others say the server has shown them, held against what it has shown us. */
	async #checkAttestations(): Promise<void> {
		for (const event of this.events(this.#index).slice(this.#attested)) {
			if (event.position === Infinity) break;
			this.#attested++;
			if (this.order.isDeniedBy(event))
				await this.#parts.report('split-view', `${this.#id}/log`, new Problem('tampered', { rule: 'one-log' }));
		}
	}

	#stream(id: StreamId): Stream {
		const known = this.#streams.get(id);
		if (known) return known;
		const stream = new Stream(this.#id, id);
		this.#streams.set(id, stream);
		return stream;
	}

	#reader(): Reader {
		const { chains, keys, verified } = this.#parts;
		return {
			world: chains.world,
			isClosed: (generation) => keys.isClosed(generation),
			streamKey: (stream, generation) => keys.streamKey(stream, generation),
			wasVerified: (id) => verified.has(id),
		};
	}

	#lastGeneration(): number {
		return this.#parts.chains.world.rosters.get(this.#id)?.generations.at(-1)?.generation ?? 0;
	}
}

const NO_ENVELOPE = new Uint8Array(0);
const NO_EVENTS: readonly StreamEvent[] = [];
