import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';

/** `reword`, `hide`, `keep-out` and `silence` concern a person by a post; `slow` and `approval` a thread and everybody in it. */
export type MeasureKind = 'reword' | 'hide' | 'keep-out' | 'silence' | 'slow' | 'approval';

/** Why a measure has come to its end before its time. */
export interface Lifting {
	readonly by: AccountId;
	readonly time: number;
	readonly position: number;
	readonly reason: string;
	/** Whoever decided an appeal lifted it. */
	readonly onAppeal: boolean;
}

export interface Appeal {
	readonly id: Hash;
	readonly text: string;
	readonly time: number;
	readonly decision: { readonly by: AccountId; readonly time: number; readonly upheld: boolean; readonly reason: string } | null;
}

/** What a facilitator decided, with a reason, for everybody to read. */
export interface Measure {
	readonly id: Hash;
	readonly kind: MeasureKind;
	readonly by: AccountId;
	/** What they were in the space when deciding. */
	readonly role: Role;
	/** Seconds since 1970. */
	readonly time: number;
	/** Place in the space; `Infinity` while it waits for the server. */
	readonly position: number;
	readonly reason: string;
	readonly stream: StreamId;
	/** The post it is about; `null` for a whole thread. */
	readonly post: Hash | null;
	/** Whom it concerns, and what they were when writing that post. */
	readonly concerns: { readonly account: AccountId; readonly role: Role } | null;
	/** When a silence ends, in seconds since 1970. */
	readonly until: number | null;
	/** How long each waits between two posts of theirs, of `slow`. */
	readonly seconds: number | null;
	readonly lifted: Lifting | null;
	readonly appeal: Appeal | null;
}

/**
 * Why what was written is not shown to everybody: its author was silenced, or the thread closed, or had to be slower;
 * it waits for a facilitator; or one took it out of sight.
 */
export type Barred = 'silenced' | 'closed' | 'too-soon' | 'unapproved' | 'hidden';

/** What facilitators decided about an event. */
export interface Moderated {
	readonly barred: Barred | null;
	/** Measures about this very post, those that were lifted among them. */
	readonly measures: readonly Measure[];
}
