import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { roleOf } from '../chain/roster.ts';
import { isProblem } from '../problem.ts';
import { listSpaces } from './accounts.ts';
import type { Findings } from './findings.ts';
import type { JudgingFeature } from './judging.ts';
import { NOT_NOW } from './line.ts';
import type { Membership } from './membership.ts';
import { Space } from './space.ts';
import type { Topics } from './topics.ts';
import type { Progress, StreamEvent } from './types.ts';

/** Progress is worth telling from this many events on. */
const LONG = 300;

export interface OpenSpacesParts extends Membership {
	readonly topics: Topics;
	readonly findings: Findings;
	readonly judge: JudgingFeature;
	/** Takes from a stream what is not to be shown any more. */
	readonly settle: (space: Space, stream: StreamId) => Promise<void>;
	readonly progressChanged: (progress: Progress | null) => void;
	/** Up to where somebody has read a stream. */
	readonly markOf: (space: SpaceId, stream: StreamId) => number;
}

/** The spaces of an open account on this device: which ones there are, opened when somebody asks. */
export class OpenSpaces {
	readonly #parts: OpenSpacesParts;
	readonly #spaces = new Map<SpaceId, Space>();

	constructor(parts: OpenSpacesParts) {
		this.#parts = parts;
	}

	get all(): ReadonlyMap<SpaceId, Space> {
		return this.#spaces;
	}

	/** A space, which may be one that nothing is known of yet. */
	open(id: SpaceId): Space {
		const known = this.#spaces.get(id);
		if (known) return known;
		const { ports, chains, keys, findings, judge, settle, progressChanged, markOf } = this.#parts;
		const space = new Space(id, {
			ports,
			chains,
			keys,
			findings,
			judge,
			settle,
			changed: () => this.changed(id),
			markOf: (stream) => markOf(id, stream),
			onProgress: (done, total) => progressChanged(total < LONG || done === total ? null : { step: 'events', done, total }),
		});
		this.#spaces.set(id, space);
		return space;
	}

	/** Somebody looks at it anew. */
	changed = (id: SpaceId): void => this.#parts.topics.changed('spaces', 'forum', `space:${id}`);

	events(space: SpaceId, stream: StreamId): readonly StreamEvent[] {
		return this.#spaces.get(space)?.events(stream) ?? NO_EVENTS;
	}

	/** Opens what this device kept. Needs no line. */
	async load(): Promise<void> {
		for (const id of this.#inRosters()) await this.open(id).load();
	}

	/** Notes what is here, so that the next visit begins sooner. */
	note = async (): Promise<void> => {
		for (const { log } of this.#spaces.values()) await log.note();
	};

	/**
	 * Brings every space up to date; what does not hold in one of them is noted, and no matter of the others.
	 * @throws Problem `offline`, `unauthenticated`
	 */
	async synchronise(): Promise<void> {
		for (const id of await this.#own()) {
			await this.open(id)
				.synchronise()
				.catch((error: unknown) => this.#note(id, error));
		}
	}

	/** Spaces that this account has left, or was removed from: the roster says so, signed. */
	async dropLeft(): Promise<void> {
		for (const [id, space] of this.#spaces) {
			const { roster } = space;
			if (!roster || roster.terms.get(this.#parts.keys.account)?.at(-1)?.role !== null) continue;
			this.#spaces.delete(id);
			await space.forget();
		}
	}

	async audit(): Promise<void> {
		for (const space of this.#spaces.values()) await space.audit();
	}

	/** What the server lists, and what the chains here say: a server that leaves a space out is asked for it all the same. */
	async #own(): Promise<ReadonlySet<SpaceId>> {
		const { spaces } = await listSpaces(this.#parts.ports);
		return new Set([...spaces, ...this.#inRosters()]);
	}

	#inRosters(): readonly SpaceId[] {
		const { ports, chains, keys } = this.#parts;
		const now = Math.floor(ports.now() / 1000);
		return [...chains.world.rosters].filter(([, roster]) => roleOf(roster, keys.account, now) !== null).map(([id]) => id);
	}

	async #note(space: SpaceId, error: unknown): Promise<void> {
		if (isProblem(error, 'unauthenticated', ...NOT_NOW)) throw error;
		await this.#parts.findings.report('answer-refused', space, error, space);
	}
}

const NO_EVENTS: readonly StreamEvent[] = [];
