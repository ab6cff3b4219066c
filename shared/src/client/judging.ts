import type { AccountId, StreamId } from '../bytes/ids.ts';
import type { StreamEvent } from './space-types.ts';

/** What judging reads of a space: streams as they came, before anything is judged. */
export interface JudgedSpace {
	readonly index: StreamId;
	/** Where facilitators' acts are. */
	readonly moderation: StreamId;
	events(stream: StreamId): readonly StreamEvent[];
}

/** What the facilitators of one space have decided, applied to what was written there. */
export interface Judge {
	/** The same events, each with what was decided about it; the same array as long as nothing changes. */
	events(stream: StreamId): readonly StreamEvent[];
	/** Streams that decisions refer to and that are not here so far: what they mean is not known yet. */
	readonly unknown: readonly StreamId[];
	/** Until when somebody may only read, at a moment; both in seconds since 1970. `null` when that is not so. */
	silencedUntil(account: AccountId, now: number): number | null;
}

/** How facilitators' decisions are read: a feature, registered with the engine, which knows none by itself. */
export type JudgingFeature = (space: JudgedSpace) => Judge;
