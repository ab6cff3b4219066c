import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent } from './types.ts';

/** What a text is in its thread. `document`: the title of one. */
export type FindableKind = 'title' | 'document' | 'post' | 'milestone' | 'summary';

/** A text that can be found. */
export interface FindableText {
	readonly kind: FindableKind;
	/** A milestone has that of its post. */
	readonly id: Hash;
	/** As it was written. */
	readonly written: string;
	readonly author: AccountId;
	readonly time: number;
	readonly waiting: boolean;
	/** Something is attached to it. */
	readonly attached: boolean;
}

/** A stream of a space with the texts in it; what is written over it is its title and, on a second line, its tags. */
export interface FindableThread extends FindableText {
	readonly stream: StreamId;
	readonly title: string;
}

/**
 * What of a space can be found: a feature, registered with the engine, which knows none by itself. Both answer what
 * stands there now: an edited text once, as it is, one that was deleted or hidden not at all.
 */
export interface FindableFeature {
	threads(index: readonly StreamEvent[]): readonly FindableThread[];
	texts(stream: readonly StreamEvent[]): readonly FindableText[];
	/** As it is read, without marks. Not kept: it would be in memory twice. */
	read(text: Pick<FindableText, 'kind' | 'written'>): string;
}
