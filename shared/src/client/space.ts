import { spaces } from '../api/index.ts';
import type { StoredEvent } from '../api/log.ts';
import { toBase64url } from '../bytes/bytes.ts';
import { idOf, type AccountId, type EnvelopeId, type Hash, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { decodeLink } from '../chain/link.ts';
import { eraAt, generationAt, isSilencedAt, roleOf, type Roster } from '../chain/roster.ts';
import { mayWrite } from '../chain/roles.ts';
import { ATTEST, attestation, LogDigest } from '../log/attest.ts';
import { envelopeId, openEvent, readEnvelope, sealEvent } from '../log/envelope.ts';
import { signEvent, type EventContent } from '../log/event.ts';
import { indexStreamOf } from '../log/index-stream.ts';
import { isOwnAffair } from '../log/rules.ts';
import type { Cbor } from '../bytes/cbor.ts';
import * as v from 'valibot';
import { isProblem, Problem } from '../problem.ts';
import type { Chains } from './chains.ts';
import type { Findings } from './findings.ts';
import type { Keys } from './keys.ts';
import { outboxPrefixes, waitingKey, type OutboxEntry } from './outbox.ts';
import type { Ports, StoreChange } from './ports.ts';
import { needsRenewal } from './rotation.ts';
import { SpaceKeys } from './space-keys.ts';
import { Verified } from './verified.ts';
import { Stream, type Arrival, type Reader, type Witness } from './stream.ts';
import type { Finding, StreamEvent } from './types.ts';

const padded = (place: number) => String(place).padStart(12, '0');
/** Events opened between two looks at the clock: a long synchronisation must not hold the page. */
const BATCH = 200;

interface KeptEvent {
	readonly stream: StreamId;
	readonly envelope: Uint8Array;
}

export interface SpaceParts {
	readonly ports: Ports;
	readonly chains: Chains;
	readonly keys: Keys;
	readonly findings: Findings;
	readonly changed: () => void;
	readonly onProgress: (done: number, total: number) => void;
}

/** One space on this device: its keys, its streams, and how far it is synchronised. */
export class Space {
	readonly id: SpaceId;
	readonly index: StreamId;
	synchronised = false;
	/** Position of the last event received. */
	#after = 0;
	/** Generation of the last event received: the server's order never goes back to an older key. */
	#generation = 0;
	readonly #digest = new LogDigest();
	/** How far the index stream's attestations have been looked at. */
	#attested = 0;
	readonly #parts: SpaceParts;
	readonly #streams = new Map<StreamId, Stream>();
	readonly #keys: SpaceKeys;
	readonly #verified: Verified;
	/** Names this tab among those of the browser. */
	readonly #tab: string;
	readonly #writerKey: string;
	/** Where each envelope was first seen (`position: null`: not acknowledged): one that comes again elsewhere is a replay. */
	readonly #seen = new Map<EnvelopeId, { readonly stream: StreamId; readonly position: number | null }>();

	constructor(id: SpaceId, parts: SpaceParts) {
		this.id = id;
		this.index = indexStreamOf(id);
		this.#parts = parts;
		this.#verified = new Verified(parts.ports, parts.keys, id);
		this.#keys = new SpaceKeys(id, {
			...parts,
			report: (kind, generation, error) => this.#report(kind, `${id}/${generation}`, error),
		});
		this.#tab = toBase64url(parts.ports.random(9));
		this.#writerKey = `writer/${id}`;
	}

	get roster(): Roster | null {
		return this.#parts.chains.world.rosters.get(this.id) ?? null;
	}

	events(stream: StreamId): readonly StreamEvent[] {
		return this.#streams.get(stream)?.view ?? NO_EVENTS;
	}

	/** May name things here now. */
	get writesAsCoordinator(): boolean {
		const { roster } = this;
		return roster !== null && roleOf(roster, this.#parts.keys.account, this.#seconds()) === 'coordinator' && this.refusal() === null;
	}

	/** A removal waits for new keys: nobody writes. */
	get renewing(): boolean {
		const { roster } = this;
		return roster !== null && needsRenewal(this.#parts.chains.world, roster, this.#seconds());
	}

	/** Why this account may not write here now (what is its own affair, with `own`), or `null`. */
	refusal(own = false): Problem | null {
		const { roster } = this;
		const role = roster && roleOf(roster, this.#parts.keys.account, this.#seconds());
		if (!roster || !role || !(own || mayWrite(role))) return new Problem('not-allowed', { rule: 'role-may-write' });
		if (!own && isSilencedAt(roster, this.#parts.keys.account, roster.seq, this.#seconds()))
			return new Problem('not-allowed', { rule: 'author-is-not-silenced' });
		if (this.renewing) return new Problem('dirty');
		const generation = generationAt(roster, roster.seq)?.generation ?? 0;
		return this.#parts.keys.generation(this.id, generation) ? null : new Problem('wrong-key');
	}

	/** Opens what this device kept from earlier visits. */
	async load(): Promise<void> {
		const { store } = this.#parts.ports;
		await this.#verified.load();
		const kept = await store.list<KeptEvent>('events', `${this.id}/`);
		await this.#take(this.#inOrder(kept.map(({ key, value }) => ({ ...value, position: Number(key.slice(-12)) }))));
		await this.adoptOutbox();
	}

	/** Takes what lies in the outbox: own events from before a reload, or from another tab. */
	async adoptOutbox(): Promise<void> {
		for (const prefix of outboxPrefixes(this.id)) {
			for (const { value } of await this.#parts.ports.store.list<OutboxEntry>('outbox', prefix)) await this.#adopt(value);
		}
	}

	async #adopt({ stream, envelope, ...entry }: OutboxEntry): Promise<void> {
		const position = entry.position ?? null;
		const id = envelopeId(envelope);
		if (this.#seen.has(id)) return;
		this.#seen.set(id, { stream, position });
		await this.#stream(stream).take([{ id, envelope, position }], this.#reader());
	}

	/** When another tab wrote here last, this one does not know its events yet. */
	async #followOtherTabs(): Promise<void> {
		const last = await this.#parts.ports.store.get<string>('notes', this.#writerKey);
		if (last !== this.#tab) await this.adoptOutbox();
	}

	/** Fetches everything after what is here. */
	async synchronise(): Promise<void> {
		const { ports, chains } = this.#parts;
		for (;;) {
			const roster = this.roster ? this.roster.seq + 1 : 0;
			const generation = this.#keys.firstMissing();
			const request = { roster, after: this.#after, generation };
			const answer = await ports.transport.call(spaces.sync, { params: { space: this.id }, request });
			// What the roster and the events cite was on the server before them: fetched after, it is all there.
			if (answer.links.length > 0 || answer.events.length > 0) await chains.synchronise();
			await chains.takeRoster(this.id, answer.links);
			await this.#keys.takeWraps(answer.wraps);
			await this.receive(answer.events);
			if (!answer.more || (answer.links.length === 0 && answer.events.length === 0)) break;
		}
		this.synchronised = true;
		this.#parts.changed();
	}

	/** Takes events in the server's order, keeps them, and reports what does not hold. */
	async receive(events: readonly StoredEvent[]): Promise<void> {
		const fresh: (KeptEvent & { position: number })[] = [];
		const changes: StoreChange[] = [];
		for (const event of events) {
			if (event.position <= this.#after) continue;
			if (event.position !== this.#after + 1)
				await this.#report('missing', `${this.id}/${event.position}`, new Problem('not-allowed', { rule: 'positions-have-no-gap' }));
			this.#after = event.position;
			this.#digest.append(envelopeId(event.envelope));
			changes.push({
				bucket: 'events',
				key: `${this.id}/${padded(event.position)}`,
				value: { stream: event.stream, envelope: event.envelope },
			});
			fresh.push(event);
		}
		if (fresh.length === 0) return;
		await this.#parts.ports.store.write(changes);
		await this.#take(fresh);
		this.#parts.changed();
	}

	/**
	 * An announced event, a hint only: taken when it follows what is here and the chains and keys it stands on are
	 * here too, otherwise the reason to ask. Refused too early, it would stay refused, and its device with it.
	 */
	async hear(event: StoredEvent): Promise<void> {
		if (event.position !== this.#after + 1 || !(await this.#reaches(event))) return this.synchronise();
		await this.receive([event]);
	}

	/** An announced link of the roster: taken when it is the next; what it makes necessary is fetched. */
	async hearLink(bytes: Uint8Array): Promise<void> {
		const { chains, keys } = this.#parts;
		const isNext = this.synchronised && decodeLink(bytes).seq === (this.roster?.seq ?? -1) + 1;
		const taken = isNext && (await chains.takeRoster(this.id, [bytes], true));
		const last = this.roster?.generations.at(-1)?.generation ?? 0;
		if (!taken || !keys.generation(this.id, last)) await this.synchronise();
	}

	#reaches({ stream, envelope, position }: StoredEvent): Promise<boolean> {
		return this.#stream(stream).reaches({ id: envelopeId(envelope), envelope, position }, this.#reader());
	}

	/** Signs, seals and shows an event, and puts it in the outbox. Runs while no other tab writes here. */
	async compose(stream: StreamId, type: string, content: Cbor): Promise<{ id: EnvelopeId; event: Hash }> {
		const refusal = this.refusal(isOwnAffair({ space: this.id, stream, type }));
		const { roster } = this;
		const { keys, chains, ports } = this.#parts;
		const { directory } = chains.world;
		if (refusal || !roster || !directory) throw refusal ?? new Problem('not-found');
		await this.#followOtherTabs();
		const log = chains.world.users.get(keys.account);
		const generation = generationAt(roster, roster.seq)?.generation ?? 0;
		const draft: EventContent = {
			space: this.id,
			generation,
			stream,
			type,
			author: keys.account,
			voice: 'person',
			device: keys.device,
			...this.#stream(stream).history.next(keys.device, eraAt(roster, roster.seq)),
			chain: { seq: roster.seq, head: roster.head },
			directory: { seq: directory.seq, head: directory.head },
			log: { seq: log?.seq ?? 0, head: log?.head ?? roster.head },
			time: Math.max(this.#seconds(), roster.time),
			content,
		};
		const { event, bytes } = await signEvent(draft, keys.deviceKey);
		const key = await this.#keys.streamKey(stream, generation);
		const envelope = await sealEvent(key, bytes, { space: this.id, stream, generation }, ports.random);
		const id = envelopeId(envelope);
		await ports.store.write([
			{ bucket: 'outbox', key: waitingKey(this.id, `${padded(ports.now())}/${padded(event.devSeq)}/${id}`), value: { stream, envelope } },
			{ bucket: 'notes', key: this.#writerKey, value: this.#tab },
		]);
		this.#seen.set(id, { stream, position: null });
		this.#stream(stream).addOwn(id, event, eraAt(roster, roster.seq));
		this.#parts.changed();
		return { id, event: event.id };
	}

	/** The same event under the key in force now: it was written before a renewal and is sent after it. */
	async reseal(stream: StreamId, sealed: Uint8Array): Promise<{ id: EnvelopeId; envelope: Uint8Array } | null> {
		const { roster } = this;
		const envelope = readEnvelope(sealed);
		const generation = (roster && generationAt(roster, roster.seq)?.generation) ?? 0;
		if (envelope.generation >= generation || this.refusal(stream === this.index) !== null) return null;
		const bytes = await openEvent(await this.#keys.streamKey(stream, envelope.generation), envelope, this.id, stream);
		const key = await this.#keys.streamKey(stream, generation);
		const anew = await sealEvent(key, bytes, { space: this.id, stream, generation }, this.#parts.ports.random);
		const id = envelopeId(anew);
		this.#seen.set(id, { stream, position: null });
		this.#stream(stream).rename(envelopeId(sealed), id);
		return { id, envelope: anew };
	}

	/** What the server has shown so far, to be attested. */
	get shown(): { position: number; digest: Hash } {
		const { position } = this.#digest;
		return { position, digest: this.#digest.at(position) ?? idOf<Hash>(new Uint8Array(32)) };
	}

	/** True when something was written under this generation. */
	hasWritingUnder = (generation: number): boolean => this.#generation >= generation;

	/** The last word of each person in this space. */
	witnesses(): ReadonlyMap<AccountId, Witness> {
		const last = new Map<AccountId, Witness>();
		for (const { witnesses } of this.#streams.values()) {
			for (const [account, witness] of witnesses) if (witness.time >= (last.get(account)?.time ?? 0)) last.set(account, witness);
		}
		return last;
	}

	/** Holds the keys at hand against what the roster promises. */
	async audit(): Promise<void> {
		if (this.synchronised) await this.#keys.audit(this.#seconds());
	}

	/** Nothing of this space stays on this device. */
	async forget(): Promise<void> {
		const { store } = this.#parts.ports;
		const kept = await store.list('events', `${this.id}/`);
		await store.write(kept.map(({ key }) => ({ bucket: 'events', key, value: undefined })));
	}

	/** The server has it: the place is known, and the outbox forgets it. */
	acknowledge(id: EnvelopeId, position: number): void {
		const seen = this.#seen.get(id);
		if (!seen) return;
		this.#seen.set(id, { ...seen, position });
		this.#stream(seen.stream).acknowledge(id, position);
		this.#parts.changed();
	}

	/** Kept events up to the first that is missing: what a torn write left out is fetched again. */
	#inOrder<Event extends { position: number; envelope: Uint8Array }>(events: readonly Event[]): readonly Event[] {
		const whole: Event[] = [];
		for (const event of events) {
			if (event.position !== this.#after + 1) break;
			this.#after = event.position;
			this.#digest.append(envelopeId(event.envelope));
			whole.push(event);
		}
		return whole;
	}

	/** What others say the server has shown them, held against what it has shown us. */
	async #checkAttestations(): Promise<void> {
		for (const event of this.events(this.index).slice(this.#attested)) {
			if (event.position === Infinity) break;
			this.#attested++;
			if (!event.verified || event.type !== ATTEST) continue;
			const said = v.safeParse(attestation, event.content);
			if (said.success && this.#digest.at(said.output.position) !== said.output.digest)
				await this.#report('split-view', `${this.id}/log`, new Problem('tampered', { rule: 'one-log' }));
		}
	}

	async #take(events: readonly (KeptEvent & { position: number })[]): Promise<void> {
		for (let start = 0; start < events.length; start += BATCH) {
			const batch = events.slice(start, start + BATCH);
			const byStream = Map.groupBy(await this.#arrivals(batch), ({ stream }) => stream);
			const verified: Hash[] = [];
			for (const [stream, arrivals] of byStream) verified.push(...(await this.#takeStream(stream, arrivals)));
			await this.#verified.remember(verified);
			this.#parts.onProgress(Math.min(start + BATCH, events.length), events.length);
		}
	}

	/** Leaves out what is known: own events that come back are acknowledged, replays are reported. */
	async #arrivals(events: readonly (KeptEvent & { position: number })[]): Promise<(Arrival & { stream: StreamId })[]> {
		const arrivals: (Arrival & { stream: StreamId })[] = [];
		for (const { stream, envelope, position } of events) {
			const id = envelopeId(envelope);
			const seen = this.#seen.get(id);
			if (!seen) {
				this.#seen.set(id, { stream, position });
				const problem = this.#outOfOrder(envelope);
				arrivals.push({ id, stream, envelope, position, ...(problem ? { problem } : {}) });
			} else if (seen.stream === stream && (seen.position ?? position) === position) {
				this.acknowledge(id, position);
			} else {
				await this.#report('event-refused', `${this.id}/${position}`, new Problem('not-allowed', { rule: 'event-comes-once' }));
			}
		}
		return arrivals;
	}

	/** What is sealed under an older key than what the server has shown before it comes from somebody who has left. */
	#outOfOrder(envelope: Uint8Array): Problem | null {
		try {
			const { generation } = readEnvelope(envelope);
			if (generation < this.#generation) return new Problem('not-allowed', { rule: 'generation-never-goes-back' });
			const known = this.roster?.generations.at(-1)?.generation ?? 0;
			this.#generation = Math.min(generation, known);
			return null;
		} catch {
			return null;
		}
	}

	async #takeStream(stream: StreamId, arrivals: readonly Arrival[]): Promise<readonly Hash[]> {
		const { verified, refused } = await this.#stream(stream).take(arrivals, this.#reader());
		for (const { arrival, problem } of refused) await this.#report(kindOf(problem), arrival.id, problem);
		if (stream === this.index) await this.#checkAttestations();
		return verified;
	}

	#stream(id: StreamId): Stream {
		const known = this.#streams.get(id);
		if (known) return known;
		const stream = new Stream(this.id, id);
		this.#streams.set(id, stream);
		return stream;
	}

	#reader(): Reader {
		return {
			world: this.#parts.chains.world,
			isClosed: (generation) => this.#keys.isClosed(generation),
			streamKey: (stream, generation) => this.#keys.streamKey(stream, generation),
			wasVerified: (id) => this.#verified.has(id),
		};
	}

	async #report(kind: Finding['kind'], subject: string, error: unknown): Promise<void> {
		await this.#parts.findings.report(kind, subject, isProblem(error) ? error : new Problem('malformed'), this.id);
	}

	#seconds(): number {
		return Math.floor(this.#parts.ports.now() / 1000);
	}
}

/** What a refusal says about the server: another history, or something it does not show. */
function kindOf({ code, detail }: Problem): Finding['kind'] {
	if (detail.rule === 'one-history') return 'split-view';
	return code === 'unknown-sender' ? 'withheld' : 'event-refused';
}

const NO_EVENTS: readonly StreamEvent[] = [];
