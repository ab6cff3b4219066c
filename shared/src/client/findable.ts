import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent } from './types.ts';

/** A text that can be found. */
export interface FindableText {
	readonly id: Hash;
	/** As it was written. */
	readonly written: string;
	readonly author: AccountId;
	readonly time: number;
	readonly waiting: boolean;
	/** Something is attached to it. */
	readonly attached: boolean;
}

/** A stream of a space with the texts in it; what is written over it is its title. */
export interface FindableThread extends FindableText {
	readonly stream: StreamId;
}

/**
 * What of a space can be found: a feature, registered with the engine, which knows none by itself. Both answer what
 * stands there now: an edited text once, as it is, a deleted one not at all.
 */
export interface FindableFeature {
	threads(index: readonly StreamEvent[]): readonly FindableThread[];
	posts(stream: readonly StreamEvent[]): readonly FindableText[];
	/** A post as it is read, without marks. Not kept: it would be in memory twice. */
	read(written: string): string;
}
