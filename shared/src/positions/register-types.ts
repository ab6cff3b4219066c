import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';
import type { ActType, ContentOf, Paragraph, ReservationRef, Result, Stance } from './events.ts';
import type { PositionRule } from './rule-names.ts';

/** Who did something, and where it stands: seconds since 1970 as the author's device believed, and the place in the space. */
export interface Done {
	readonly id: Hash;
	readonly by: AccountId;
	readonly time: number;
	/** `Infinity` while it waits to be sent. */
	readonly position: number;
}

/** A text on which organisations take stances. */
export interface Version extends Done {
	/** Counts from 1. */
	readonly number: number;
	readonly paragraphs: readonly Paragraph[];
	readonly reason: string | null;
	/** The frozen document whose text it is. */
	readonly frozen: ContentOf<'position.propose'>['frozen'];
	/** Suggested words that came into the text with it. */
	readonly takes: readonly Hash[];
}

/** Other words for a paragraph, as somebody suggests them. */
export interface Wording extends Done {
	/** The version whose paragraph they are for. */
	readonly version: Hash;
	readonly paragraph: string;
	readonly ar: string;
	readonly en: string;
	readonly reason: string | null;
	/** The reservation that they answer. */
	readonly for: ReservationRef | null;
	/** In whose voice; `null` where somebody speaks for themselves, or alone for an organisation that asks for two. */
	readonly organisation: OrganisationId | null;
	/** The version that has them. Once it has, nothing else becomes of them. */
	readonly accepted: Version | null;
	readonly declined: (Done & { readonly reason: string | null; /** By whose they are. */ readonly isTakenBack: boolean }) | null;
}

/**
 * `standing`: what the organisation says. `waits-for-second`: and it asks for two persons, of whom one has spoken. `replaced`: it said
 * something else since. `overtaken`: another representative had spoken a moment before, whom this one did not know of.
 */
export type EntryState = 'standing' | 'waits-for-second' | 'replaced' | 'overtaken';

/** One thing that an organisation said about a version, or in a hidden round. */
export interface Entry extends Done {
	readonly kind: 'stance' | 'seal' | 'withdrawal';
	readonly organisation: OrganisationId;
	/** The version; of a sealed answer the decision. */
	readonly about: Hash;
	/** `null` of what is sealed or takes back. */
	readonly stance: Stance | null;
	/** What binds a sealed answer. */
	readonly commitment: Hash | null;
	/** The sealed answer that this stance opens. */
	readonly opens: Hash | null;
	/** Why it was taken back. */
	readonly reason: string | null;
	readonly state: EntryState;
	readonly second: Done | null;
	/** Since when it was what the organisation says: the later of its own and the second person's. `null` when it never was. */
	readonly stood: { readonly time: number; readonly position: number } | null;
}

/** Everything an organisation said about one version, or in one hidden round. */
export interface Line {
	/** In the server's order, overtaken ones among them. */
	readonly entries: readonly Entry[];
	/** The last one that was not overtaken: what the next one must know of. */
	readonly head: Entry | null;
	/** What the organisation says; `null` when it says nothing, or took it back. */
	readonly current: Entry | null;
}

/** What each organisation said about one version, or in one hidden round. */
export type Lines = ReadonlyMap<OrganisationId, Line>;

/** The outcome of a decision as whoever closed it put it. */
export interface Outcome extends Done {
	readonly result: Result;
	readonly outcome: { readonly ar: string; readonly en: string };
	readonly reasons: string;
	/** Days since 1970-01-01. */
	readonly review: number;
}

/** A word of the host's about a decision that has passed. */
export interface SignOff extends Done {
	readonly signs: boolean;
	readonly reason: string | null;
	/** Where the host asks for two, another person has said the same just before. */
	readonly holds: boolean;
}

/** A decision, its terms as they were fixed when it was opened. */
export interface Decision extends Done {
	readonly terms: ContentOf<'decision.open'>;
	/** Sealed answers of a hidden round. */
	readonly seals: Lines;
	/** Stances that opened sealed answers, by the answer. */
	readonly opened: ReadonlyMap<Hash, Entry>;
	readonly ended: Done | null;
	readonly closed: Outcome | null;
	/** The host's, each in its time. */
	readonly signOffs: readonly SignOff[];
}

/** What became of a reservation: the last one holds. */
export interface Settlement extends Done {
	readonly reservation: ReservationRef;
	readonly as: ContentOf<'reservation.settle'>['as'];
	readonly version: Hash | null;
}

/** Well formed, and yet nothing: by whom, and which rule says so. */
export interface Refused extends Done {
	/** For whom it was said; `null` where it was for nobody. */
	readonly organisation: OrganisationId | null;
	/** The decision that it was about. */
	readonly decision: Hash | null;
	readonly type: ActType;
	readonly rule: PositionRule;
}

/** One issue as its stream tells it. */
export interface Register {
	/** The oldest first. */
	readonly versions: readonly Version[];
	/** Suggested words, by the event that brought each, in order. */
	readonly wordings: ReadonlyMap<Hash, Wording>;
	/** By version. */
	readonly lines: ReadonlyMap<Hash, Lines>;
	/** By the event that brought each. */
	readonly entries: ReadonlyMap<Hash, Entry>;
	/** In the order in which they were opened; only the last can be running. */
	readonly decisions: readonly Decision[];
	/** By reservation ({@link keyOf}), each in order. */
	readonly settlements: ReadonlyMap<string, readonly Settlement[]>;
	readonly refused: readonly Refused[];
	/** Events that failed their checks: something is missing, was altered or moved. */
	readonly broken: number;
}

/** Names a reservation. */
export const keyOf = ({ stance, place }: ReservationRef): string => `${stance}/${place}`;
