import type { AccountId, Hash, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Marked } from '../search/marked.ts';
import type { FindableKind } from './findable.ts';

export type { Marked, MarkedPiece } from '../search/marked.ts';

/** What somebody looks for. What is left out, or `null`, does not matter. */
export interface SearchQuestion {
	/** As typed: every word has to be there, words in quotation marks one after another. */
	readonly text: string;
	readonly order: 'newest' | 'best';
	/** How many of them to show, from the first on. */
	readonly most: number;
	readonly space?: SpaceId | null;
	readonly author?: AccountId | null;
	readonly organisation?: OrganisationId | null;
	/** Seconds since 1970: not before, and before. */
	readonly from?: number | null;
	readonly until?: number | null;
	readonly attached?: boolean;
}

/** A text of a thread in which it is. */
export interface SearchHit {
	readonly kind: FindableKind;
	readonly id: Hash;
	readonly space: SpaceId;
	readonly stream: StreamId;
	/** Of the thread. */
	readonly title: Marked;
	/** What surrounds it; of a title its tags, or `null` where it is in none of them. */
	readonly text: Marked | null;
	readonly author: AccountId;
	readonly time: number;
	/** Not sent yet. */
	readonly waiting: boolean;
}

export type SearchAnswer =
	| { readonly state: 'too-short' | 'too-long' }
	| {
			readonly state: 'found';
			/** How it was looked for: folded. */
			readonly lookedFor: string;
			readonly total: number;
			readonly hits: readonly SearchHit[];
	  };

/** How far the index of what is on this device has come; `total` 0 while that is not known. */
export interface SearchProgress {
	readonly done: number;
	readonly total: number;
}
