import { spaces as api } from '../api/index.ts';
import type { Gap } from '../api/log.ts';
import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { isProblem, Problem } from '../problem.ts';
import type { BacklogActions } from './actions.ts';
import type { Findings } from './findings.ts';
import type { ForumCore } from './forum-core.ts';
import { NOTHING_MISSING, type Missing } from './pending.ts';
import type { Space } from './space.ts';
import type { Progress } from './types.ts';

/** As many streams as one request may name. */
const MOST_STREAMS = 64;

/** What fetching needs of the open forum. */
export interface BacklogParts extends ForumCore {
	readonly findings: Findings;
	readonly progressChanged: (progress: Progress | null) => void;
	/** How loud a thread is: louder ones come first, and muted ones last. */
	readonly loudness: (stream: StreamId) => number;
	/** Opens first what of a stream lies here and was not looked at yet. */
	readonly wake: (space: SpaceId, stream: StreamId) => void;
	/** The line fell, or the server answered something it may not. */
	readonly failed: (error: unknown) => void;
	/** Everything is here. */
	readonly done: () => void;
}

interface Wanted {
	readonly space: Space;
	readonly streams: readonly StreamId[];
}

/**
 * What was written during a long absence and is not here yet: the server has told what there is, and sends it stream by
 * stream. What somebody opens comes first; the rest follows by itself, unless this device saves data.
 */
export class Backlog implements BacklogActions {
	readonly #parts: BacklogParts;
	/** What was asked for, the last first. */
	#asked: readonly { readonly space: SpaceId; readonly stream: StreamId }[] = [];
	/** Streams whose announced events the server did not send: not asked for again before the next visit. */
	readonly #withheld = new Set<StreamId>();
	#running = false;
	#stopped = false;
	#begun = 0;

	constructor(parts: BacklogParts) {
		this.#parts = parts;
	}

	missing(space: SpaceId, stream: StreamId, mark = 0): Missing {
		return this.#parts.spaces.get(space)?.log.missing(stream, mark) ?? NOTHING_MISSING;
	}

	get total(): number {
		return [...this.#parts.spaces.values()].reduce((sum, space) => sum + comingTo(space), 0);
	}

	want(space: SpaceId, stream: StreamId): void {
		const { count, here } = this.missing(space, stream);
		if (here > 0) this.#parts.wake(space, stream);
		if (count === here) return;
		const others = this.#asked.filter((one) => one.stream !== stream);
		this.#asked = [{ space, stream }, ...others];
		this.fetch();
	}

	wantAll(): void {
		const all = [...this.#parts.spaces.values()].flatMap(({ id, log }) => log.pendingStreams.map((stream) => ({ space: id, stream })));
		this.#asked = [...this.#asked, ...all.filter(({ stream }) => this.#asked.every((one) => one.stream !== stream))];
		this.fetch();
	}

	/** Fetches, while there is a line, what is wanted and what follows by itself. */
	fetch(): void {
		if (this.#running) return;
		this.#running = true;
		void this.#run().finally(() => {
			this.#running = false;
		});
	}

	/** Resolves when a stream is here as far as the server has told of it. @throws Problem `offline`, and what the server answers */
	async whole({ id, log }: Space, stream: StreamId): Promise<void> {
		for (let gap = log.gap(stream); gap !== null; gap = log.gap(stream)) await this.#fetchGaps(id, [gap]);
	}

	stop(): void {
		this.#stopped = true;
	}

	async #run(): Promise<void> {
		if (!this.#next()) return;
		this.#begun = this.total;
		try {
			for (let next = this.#next(); next && !this.#stopped; next = this.#next()) await this.#fetchSome(next);
			if (!this.#stopped) this.#parts.done();
		} catch (error) {
			if (!this.#stopped) this.#parts.failed(error);
		} finally {
			if (!this.#stopped) this.#parts.progressChanged(null);
		}
	}

	async #fetchSome({ space, streams }: Wanted): Promise<void> {
		const gaps = streams.flatMap((stream) => space.log.gap(stream) ?? []).slice(0, MOST_STREAMS);
		await this.#fetchGaps(space.id, gaps).catch(async (error: unknown) => {
			if (!isProblem(error, 'tampered')) throw error;
			for (const { stream } of gaps) this.#withheld.add(stream);
			await this.#parts.findings.report('withheld', `${space.id}/backlog`, error, space.id);
		});
		const done = this.#begun - this.total;
		this.#parts.progressChanged({ step: 'events', done: Math.max(0, done), total: this.#begun });
	}

	/** @throws Problem `tampered` when the server does not send what it has told of */
	async #fetchGaps(id: SpaceId, gaps: readonly Gap[]): Promise<void> {
		const { ports, spaces, inTurn } = this.#parts;
		const { events } = await ports.transport.call(api.read, { params: { space: id }, request: { gaps: [...gaps] } });
		const log = spaces.get(id)?.log;
		if (this.#stopped || !log) return;
		const before = log.gap((gaps[0] as Gap).stream);
		await inTurn(() => log.complete(events));
		const after = log.gap((gaps[0] as Gap).stream);
		if (before && after && after.after === before.after) throw new Problem('tampered', { rule: 'announced-is-served' });
	}

	/** What is to be fetched next: streams of one space. */
	#next(): Wanted | null {
		this.#asked = this.#asked.filter(({ space, stream }) => this.#toFetch(this.#parts.spaces.get(space)).includes(stream));
		const [asked] = this.#asked;
		const space = asked && this.#parts.spaces.get(asked.space);
		if (space) return { space, streams: [asked.stream] };
		return this.#forJudging() ?? (this.#parts.ports.savesData?.() ? null : this.#byItself());
	}

	#toFetch(space: Space | undefined): readonly StreamId[] {
		const streams = space?.log.pendingStreams ?? [];
		return streams.filter((stream) => !this.#withheld.has(stream) && space?.log.gap(stream) !== null);
	}

	/** Whoever is silenced elsewhere is silenced here too: what decisions refer to is needed by everybody. */
	#forJudging(): Wanted | null {
		for (const space of this.#parts.spaces.values()) {
			const pending = this.#toFetch(space);
			const streams = pending.length === 0 ? [] : space.judge.unknown.filter((stream) => pending.includes(stream));
			if (streams.length > 0) return { space, streams };
		}
		return null;
	}

	#byItself(): Wanted | null {
		for (const space of this.#parts.spaces.values()) {
			const streams = this.#toFetch(space);
			// Sorting keeps the order of those that are equally loud: the one that was written in last first.
			const sorted = streams.toSorted((one, other) => this.#parts.loudness(other) - this.#parts.loudness(one));
			if (sorted.length > 0) return { space, streams: sorted };
		}
		return null;
	}
}

/** Whatever is not shown yet, but for what lies here asleep. */
const comingTo = ({ log }: Space): number => log.pendingStreams.reduce((sum, stream) => sum + log.missing(stream).count, -log.asleep);
