import { spaces } from '../api/index.ts';
import type { StoredEvent } from '../api/log.ts';
import type { Announcements } from '../api/realtime.ts';
import type { SpaceId, StreamId } from '../bytes/ids.ts';
import type { Roster } from '../chain/roster.ts';
import { indexStreamOf, moderationStreamOf } from '../log/derived-streams.ts';
import { isProblem, Problem } from '../problem.ts';
import type { Chains } from './chains.ts';
import type { Findings } from './findings.ts';
import type { Judge, JudgingFeature } from './judging.ts';
import { KeptEvents } from './kept-events.ts';
import type { Keys } from './keys.ts';
import { placed } from './placed.ts';
import type { Ports } from './ports.ts';
import { SpaceKeys } from './space-keys.ts';
import { SpaceLog, type SpaceLogParts } from './space-log.ts';
import { SpaceWriter } from './space-writer.ts';
import type { StreamEvent } from './types.ts';
import { Verified } from './verified.ts';

export interface SpaceParts {
	readonly ports: Ports;
	readonly chains: Chains;
	readonly keys: Keys;
	readonly findings: Findings;
	readonly judge: JudgingFeature;
	readonly changed: () => void;
	/** Takes from a stream what is not to be shown any more. */
	readonly settle: (space: Space, stream: StreamId) => Promise<void>;
	readonly onProgress: (done: number, total: number) => void;
	/** Up to where somebody has read a stream. */
	readonly markOf: (stream: StreamId) => number;
}

type HeardWrap = Omit<Announcements['wrap'], 'space'>;

/** One space on this device, brought up to date: its roster, its keys, what was written in it, and writing. */
export class Space {
	readonly id: SpaceId;
	readonly index: StreamId;
	readonly moderation: StreamId;
	readonly judge: Judge;
	readonly log: SpaceLog;
	readonly writer: SpaceWriter;
	synchronised = false;
	readonly #parts: SpaceParts;
	readonly #keys: SpaceKeys;
	#heardWraps: readonly HeardWrap[] = [];

	constructor(id: SpaceId, parts: SpaceParts) {
		const { ports, chains, keys, findings, changed, onProgress } = parts;
		const settle = (stream: StreamId) => parts.settle(this, stream);
		const report: SpaceLogParts['report'] = (kind, subject, error) =>
			findings.report(kind, subject, isProblem(error) ? error : new Problem('malformed'), id);
		this.id = id;
		this.index = indexStreamOf(id);
		this.moderation = moderationStreamOf(id);
		this.#parts = parts;
		this.#keys = new SpaceKeys(id, { chains, keys, report: (kind, generation, error) => report(kind, `${id}/${generation}`, error) });
		const verified = new Verified(ports, keys, id);
		const kept = new KeptEvents(id, { ...ports, localKey: keys.localKey });
		this.log = new SpaceLog(id, { kept, chains, keys: this.#keys, verified, report, changed, settle, onProgress });
		this.judge = parts.judge({ index: this.index, moderation: this.moderation, events: (stream) => this.log.events(stream) });
		this.writer = new SpaceWriter(id, { ports, chains, keys, spaceKeys: this.#keys, log: this.log, judge: this.judge });
	}

	get roster(): Roster | null {
		return this.#parts.chains.world.rosters.get(this.id) ?? null;
	}

	/** What was written, with what facilitators decided about it. */
	events(stream: StreamId): readonly StreamEvent[] {
		return this.judge.events(stream);
	}

	/**
	 * Opens of what this device kept what everything stands on, and every stream in which something is unread: so that
	 * what is shown is right from the first moment. The others are woken afterwards ({@link Waking}).
	 */
	async load(): Promise<void> {
		const { log, judge } = this;
		await log.load();
		await log.wake(this.index);
		await log.wake(this.moderation);
		const isUnread = (stream: StreamId) => log.missing(stream, this.#parts.markOf(stream)).count > 0;
		for (const stream of log.sleeping) if (isUnread(stream) || judge.unknown.includes(stream)) await log.wake(stream);
		await this.writer.adoptOutbox();
	}

	/** Fetches everything after what is here. */
	async synchronise(): Promise<void> {
		const { ports, chains } = this.#parts;
		for (;;) {
			const roster = this.roster ? this.roster.seq + 1 : 0;
			const generation = this.#keys.firstMissing();
			const request = { roster, after: this.log.order.last, generation, whole: [this.index, this.moderation] };
			const answer = await ports.transport.call(spaces.sync, { params: { space: this.id }, request });
			// What the roster and the events cite was on the server before them: fetched after, it is all there.
			const events = placed(answer.events, answer.announced);
			if (answer.links.length > 0 || events.length > 0) await chains.synchronise();
			await chains.takeRoster(this.id, answer.links);
			await this.#keys.takeWraps(answer.wraps);
			await this.log.receive(events);
			if (!answer.more || (answer.links.length === 0 && events.length === 0)) break;
		}
		this.synchronised = true;
		this.#parts.changed();
	}

	/**
	 * An announced event, a hint only: taken when it follows what is here and the chains and keys it stands on are
	 * here too, otherwise the reason to ask. Refused too early, it would stay refused, and its device with it.
	 */
	async hear(event: StoredEvent): Promise<void> {
		if (!this.log.order.isNext(event.position) || !(await this.log.reaches(event))) return this.synchronise();
		await this.log.receive(placed([event]));
	}

	/** A key that was announced: kept until the link that makes it is here. */
	hearWrap(wrap: HeardWrap): void {
		this.#heardWraps = [...this.#heardWraps, wrap];
	}

	/** An announced link of the roster: taken when it is the next; what it makes necessary is fetched. */
	async hearLink(bytes: Uint8Array): Promise<void> {
		const { chains, keys } = this.#parts;
		const taken = this.synchronised && (await chains.hearRoster(this.id, bytes));
		const last = this.roster?.generations.at(-1)?.generation ?? 0;
		if (taken) await this.#takeHeardWraps(last);
		if (!taken || !keys.generation(this.id, last)) await this.synchronise();
	}

	async #takeHeardWraps(last: number): Promise<void> {
		const ready = this.#heardWraps.filter(({ generation }) => generation <= last);
		this.#heardWraps = this.#heardWraps.filter(({ generation }) => generation > last);
		if (ready.length > 0) await this.#keys.takeWraps(ready);
	}

	/** Holds the keys at hand against what the roster promises. */
	async audit(): Promise<void> {
		if (this.synchronised) await this.#keys.audit(Math.floor(this.#parts.ports.now() / 1000));
	}

	/** Nothing of this space stays on this device. */
	async forget(): Promise<void> {
		await this.writer.forget();
		await this.log.forget();
	}
}
