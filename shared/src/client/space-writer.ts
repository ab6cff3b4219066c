import { toBase64url } from '../bytes/bytes.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { isRepresentativeAt } from '../chain/directory.ts';
import { mayWrite } from '../chain/roles.ts';
import { eraAt, generationAt, roleOf, type Roster } from '../chain/roster.ts';
import { envelopeId, openEvent, readEnvelope, sealEvent } from '../log/envelope.ts';
import { signEvent, type EventContent, type SignedEvent, type Voice } from '../log/event.ts';
import { indexStreamOf } from '../log/derived-streams.ts';
import { isOwnAffair } from '../log/rules.ts';
import { Problem } from '../problem.ts';
import type { Chains } from './chains.ts';
import type { Judge } from './judging.ts';
import type { Keys } from './keys.ts';
import { outboxPrefixes, waitingKey, type OutboxEntry } from './outbox.ts';
import type { Ports, StoreChange } from './ports.ts';
import { needsRenewal } from './rotation.ts';
import type { SpaceKeys } from './space-keys.ts';
import type { SpaceLog } from './space-log.ts';

/** Whoever is silenced may still disagree with that. */
const APPEAL = 'moderation.appeal';

const padded = (place: number) => String(place).padStart(12, '0');

/** What writing needs of its space. */
export interface SpaceWriterParts {
	readonly ports: Ports;
	readonly chains: Chains;
	readonly keys: Keys;
	readonly spaceKeys: SpaceKeys;
	readonly log: SpaceLog;
	readonly judge: Pick<Judge, 'silencedUntil'>;
}

/** What a new event says, and where. */
export interface Words {
	readonly stream: StreamId;
	readonly type: string;
	readonly content: Cbor;
	/** For the organisation rather than for oneself; left out: for oneself. */
	readonly voice?: Voice;
}

/** Writing into one space: whether this account may now, and how an event gets into the outbox. */
export class SpaceWriter {
	readonly #id: SpaceId;
	readonly #parts: SpaceWriterParts;
	/** Names this tab among those of the browser. */
	readonly #tab: string;
	/** Where the tab that wrote here last is noted. */
	readonly #writerKey: string;

	constructor(id: SpaceId, parts: SpaceWriterParts) {
		this.#id = id;
		this.#parts = parts;
		this.#tab = toBase64url(parts.ports.random(9));
		this.#writerKey = `writer/${id}`;
	}

	/** May name things here now. */
	get isCoordinator(): boolean {
		return this.#role() === 'coordinator' && this.refusal() === null;
	}

	/** May speak for the own organisation now. */
	get represents(): boolean {
		const { directory } = this.#parts.chains.world;
		return directory !== null && isRepresentativeAt(directory, this.#parts.keys.account, directory.seq);
	}

	/** A removal waits for new keys: nobody writes. */
	get renewing(): boolean {
		const roster = this.#roster;
		return roster !== null && needsRenewal(this.#parts.chains.world, roster, this.#seconds());
	}

	/** Why this account may not write here now (what is its own affair, with `own`), or `null`. */
	refusal(own = false): Problem | null {
		const roster = this.#roster;
		const role = this.#role();
		if (!roster || !role || !(own || mayWrite(role))) return new Problem('not-allowed', { rule: 'role-may-write' });
		if (!own && this.#parts.judge.silencedUntil(this.#parts.keys.account, this.#seconds()) !== null)
			return new Problem('not-allowed', { rule: 'author-is-not-silenced' });
		if (this.renewing) return new Problem('dirty');
		return this.#parts.keys.generation(this.#id, generationOf(roster)) ? null : new Problem('wrong-key');
	}

	/**
	 * Signs, seals and shows an event, and puts it in the outbox. Runs while no other tab writes here.
	 * @param alongside kept in the same moment, or not at all
	 * @throws Problem `stale` (`own-line-is-here`): this device wrote there before, and what it wrote is not here any more
	 */
	async compose({ stream, type, content, voice = 'person' }: Words, alongside: readonly StoreChange[] = []): Promise<Hash> {
		await this.#followOtherTabs();
		const refusal = this.refusal(isOwnAffair({ space: this.#id, stream, type }) || type === APPEAL);
		const roster = this.#roster;
		if (refusal || !roster) throw refusal ?? new Problem('not-found');
		if (voice === 'organisation' && !this.represents) throw new Problem('not-allowed', { rule: 'voice-is-a-representatives' });
		const draft = this.#draft({ stream, type, content, voice }, roster);
		if (draft.devSeq <= (await this.#lastIn(stream))) throw new Problem('stale', { rule: 'own-line-is-here' });
		const { event, bytes } = await signEvent(draft, this.#parts.keys.deviceKey);
		const envelope = await this.#seal(stream, event.generation, bytes);
		await this.#parts.ports.store.write([...this.#outboxChanges(event, envelope), ...alongside]);
		this.#parts.log.addOwn(envelopeId(envelope), event);
		return event.id;
	}

	/**
	 * The same event under the key in force now, since it was written before a renewal and is sent after it. `null` when
	 * that cannot be.
	 */
	async reseal(stream: StreamId, sealed: Uint8Array): Promise<Uint8Array | null> {
		const before = readEnvelope(sealed);
		const generation = this.#roster ? generationOf(this.#roster) : 0;
		if (before.generation >= generation || this.refusal(stream === indexStreamOf(this.#id)) !== null) return null;
		const key = await this.#parts.spaceKeys.streamKey(stream, before.generation);
		const anew = await this.#seal(stream, generation, await openEvent(key, before, this.#id, stream));
		this.#parts.log.rename(stream, envelopeId(sealed), envelopeId(anew));
		return anew;
	}

	/** Takes what lies in the outbox: own events from before a reload, or from another tab. */
	async adoptOutbox(): Promise<void> {
		const { ports, log } = this.#parts;
		for (const prefix of outboxPrefixes(this.#id)) {
			for (const { value } of await ports.store.list<OutboxEntry>('outbox', prefix)) await log.adopt(value);
		}
	}

	/** When another tab wrote here last, this one does not know its events yet. */
	async #followOtherTabs(): Promise<void> {
		const last = await this.#parts.ports.store.get<string>('notes', this.#writerKey);
		if (last !== this.#tab) await this.adoptOutbox();
	}

	#draft({ stream, type, content, voice }: Required<Words>, roster: Roster): EventContent {
		const { keys, chains, log } = this.#parts;
		const { directory, users } = chains.world;
		if (!directory) throw new Problem('not-found');
		const own = users.get(keys.account);
		return {
			space: this.#id,
			generation: generationOf(roster),
			stream,
			type,
			author: keys.account,
			voice,
			device: keys.device,
			...log.historyOf(stream).next(keys.device, eraAt(roster, roster.seq)),
			chain: { seq: roster.seq, head: roster.head },
			directory: { seq: directory.seq, head: directory.head },
			log: { seq: own?.seq ?? 0, head: own?.head ?? roster.head },
			time: Math.max(this.#seconds(), roster.time),
			content,
		};
	}

	async #seal(stream: StreamId, generation: number, bytes: Uint8Array): Promise<Uint8Array> {
		const { ports, spaceKeys } = this.#parts;
		const key = await spaceKeys.streamKey(stream, generation);
		return sealEvent(key, bytes, { space: this.#id, stream, generation }, ports.random);
	}

	#outboxChanges({ stream, devSeq }: SignedEvent, envelope: Uint8Array): readonly StoreChange[] {
		const place = `${padded(this.#parts.ports.now())}/${padded(devSeq)}/${envelopeId(envelope)}`;
		return [
			{ bucket: 'outbox', key: waitingKey(this.#id, place), value: { stream, envelope } satisfies OutboxEntry },
			{ bucket: 'notes', key: this.#writerKey, value: this.#tab },
			{ bucket: 'notes', key: this.#lastKey(stream), value: devSeq },
		];
	}

	/** Number of the last event that this device wrote into a stream: a second one of that number would contradict it for ever. */
	async #lastIn(stream: StreamId): Promise<number> {
		return (await this.#parts.ports.store.get<number>('notes', this.#lastKey(stream))) ?? 0;
	}

	#lastKey = (stream: StreamId | ''): string => `own/${this.#id}/${stream}`;

	/** Nothing of this space stays on this device. */
	async forget(): Promise<void> {
		const { store } = this.#parts.ports;
		const notes = await store.keys('notes', this.#lastKey(''));
		await store.write([...notes, this.#writerKey].map((key) => ({ bucket: 'notes', key, value: undefined })));
	}

	#role() {
		const roster = this.#roster;
		return roster && roleOf(roster, this.#parts.keys.account, this.#seconds());
	}

	get #roster(): Roster | null {
		return this.#parts.chains.world.rosters.get(this.#id) ?? null;
	}

	#seconds(): number {
		return Math.floor(this.#parts.ports.now() / 1000);
	}
}

/** The generation in force. */
const generationOf = (roster: Roster): number => generationAt(roster, roster.seq)?.generation ?? 0;
