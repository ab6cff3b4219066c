import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { breathe, spareMoment } from '../breathe.ts';
import type { ForumCore } from './forum-core.ts';
import type { Space } from './space.ts';
import type { Progress } from './types.ts';

/** What waking needs of the open forum. */
export interface WakingParts extends Pick<ForumCore, 'spaces' | 'inTurn'> {
	/** How loud a thread is: louder ones come first, and muted ones last. */
	readonly loudness: (stream: StreamId) => number;
	/** Takes from a stream what is not to be shown any more. */
	readonly settle: (space: Space, stream: StreamId) => Promise<void>;
	readonly changed: (space: SpaceId) => void;
	readonly progressChanged: (progress: Progress | null) => void;
}

interface Asked {
	readonly space: SpaceId;
	readonly stream: StreamId;
}

/**
 * What lies on this device from earlier visits and was not needed for the first screen is opened afterwards, a little at
 * a time: what somebody opens first, then what was written in last. Needs no line.
 */
export class Waking {
	readonly #parts: WakingParts;
	/** What was asked for, the last first. */
	#asked: readonly Asked[] = [];
	#running = false;
	#stopped = false;

	constructor(parts: WakingParts) {
		this.#parts = parts;
	}

	/** Opens this one before the others. */
	want(space: SpaceId, stream: StreamId): void {
		this.#asked = [{ space, stream }, ...this.#asked.filter((one) => one.stream !== stream)];
		this.begin();
	}

	begin(): void {
		if (this.#running || this.#stopped) return;
		this.#running = true;
		// What cannot be read now stays asleep until the next visit.
		void this.#run().catch(() => undefined);
	}

	/** Resolves when a stream is open as far as it lies here. */
	async whole(space: Space, stream: StreamId): Promise<void> {
		while (await this.#some(space, stream));
	}

	stop(): void {
		this.#stopped = true;
	}

	async #run(): Promise<void> {
		const total = this.#asleep;
		try {
			while (!this.#stopped && this.#next()) {
				// What nobody waits for stands in nobody's way.
				await (this.#asked.length > 0 ? breathe() : spareMoment());
				const next = this.#next();
				if (next && !this.#stopped) await this.#some(...next);
				this.#parts.progressChanged({ step: 'events', done: Math.max(0, total - this.#asleep), total });
			}
		} finally {
			this.#running = false;
			if (total > 0 && !this.#stopped) this.#parts.progressChanged(null);
		}
	}

	#some(space: Space, stream: StreamId): Promise<boolean> {
		if (!space.log.sleeping.includes(stream)) return Promise.resolve(false);
		const { inTurn, settle, changed } = this.#parts;
		return inTurn(async () => {
			const woke = await space.log.wakeSome(stream);
			await settle(space, stream);
			changed(space.id);
			return woke;
		});
	}

	get #asleep(): number {
		return [...this.#parts.spaces.values()].reduce((sum, { log }) => sum + log.asleep, 0);
	}

	#next(): readonly [Space, StreamId] | null {
		this.#asked = this.#asked.filter(({ space, stream }) => this.#parts.spaces.get(space)?.log.sleeping.includes(stream));
		const [asked] = this.#asked;
		const wanted = asked && this.#parts.spaces.get(asked.space);
		if (wanted) return [wanted, asked.stream];
		for (const space of this.#parts.spaces.values()) {
			// Sorting keeps the order of those that are equally loud: the one that was written in last first.
			const [stream] = space.log.sleeping.toSorted((one, other) => this.#parts.loudness(other) - this.#parts.loudness(one));
			if (stream !== undefined) return [space, stream];
		}
		return null;
	}
}
