import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, DeviceId, EnvelopeId, Hash, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { Voice } from '../log/event.ts';
import type { ProblemCode } from '../problem.ts';
import type { Progress } from './self-types.ts';
import type { Moderated } from './moderation-types.ts';

/** A coordinator proposed to remove another one; a third has to confirm. */
export interface MotionView {
	readonly by: AccountId;
	readonly byName: string | null;
	/** Seconds since 1970. */
	readonly expires: number;
}

/**
 * `self`: this account. `vouched`: admitted by an invitation whose chain was checked. `verified`: this person compared
 * the safety code. `mismatch`: and it differed.
 */
export type Trust = 'self' | 'vouched' | 'verified' | 'mismatch';

export interface MemberView {
	readonly account: AccountId;
	readonly name: string | null;
	readonly organisation: OrganisationId | null;
	readonly organisationName: string | null;
	readonly role: Role;
	readonly trust: Trust;
	/** Who invited this person; `null` for the founder. */
	readonly voucher: AccountId | null;
	readonly voucherName: string | null;
	/** Seconds since 1970. */
	readonly since: number;
	readonly until: number | null;
	/** Until when this person may only read; `null` when that is not so. */
	readonly silencedUntil: number | null;
	readonly motion: MotionView | null;
	/** Whose place this person took: a new identity. */
	readonly replaces: AccountId | null;
	/** The person's name was refused because it resembles an earlier one. */
	readonly nameRefused: boolean;
	readonly may: MemberMay;
}

/** What the chain's rules would let this account do with a member. */
export interface MemberMay {
	readonly setRoles: readonly Role[];
	/** `propose` and `confirm`: of a coordinator, which takes two. */
	readonly remove: 'now' | 'propose' | 'confirm' | null;
}

/** Who else has confirmed lately what this device sees of a space. */
export interface Confirmation {
	/** How many other people wrote or attested in the last seven days on the state that is here. */
	readonly by: number;
	/** Nobody of enough people did: the server may be showing an old state. */
	readonly stale: boolean;
}

export interface SpaceView {
	readonly id: SpaceId;
	readonly title: string | null;
	readonly role: Role;
	/** May write now: role, not silenced, keys at hand, no removal waiting for its rotation. */
	readonly writable: boolean;
	readonly members: readonly MemberView[];
	/** Where titles, states and profiles are. */
	readonly index: StreamId;
	/** Complete up to the server's last answer. */
	readonly synchronised: boolean;
	/** A removal waits for new keys: nobody writes until they are there. */
	readonly renewing: boolean;
	/** Whether newcomers read what was written before they came. */
	readonly history: 'everything' | 'joining';
	readonly confirmation: Confirmation;
	/** Which key is in force, and since when (seconds since 1970). */
	readonly generation: { readonly number: number; readonly since: number };
	readonly may: {
		readonly speakForOrganisation: boolean;
		readonly setHistory: boolean;
		readonly leave: boolean;
		readonly addMembers: readonly Role[];
	};
}

/** An event whose author, device, role, place and history were checked. */
export interface VerifiedEvent<Content extends Cbor = Cbor> {
	readonly verified: true;
	/** Hash of the signed bytes: how other events cite it. */
	readonly id: Hash;
	readonly stream: StreamId;
	readonly generation: number;
	readonly type: string;
	readonly author: AccountId;
	/** `organisation`: the author represents it, and speaks for it. */
	readonly voice: Voice;
	/** What the author was in the space at the place of the roster that the event cites. */
	readonly role: Role;
	/** The place of the directory that the event cites: who was who, as its author knew. */
	readonly directory: number;
	/** What its author had seen last of the stream: everything that these stand on, and nothing else. */
	readonly parents: readonly Hash[];
	readonly device: DeviceId;
	/** Seconds since 1970, as the author's device believed. */
	readonly time: number;
	readonly content: Content;
	/** Not acknowledged by the server yet. */
	readonly waiting: boolean;
	/** Place in the space; `Infinity` while waiting. */
	readonly position: number;
	/** What facilitators decided about it; most events bear nothing of the kind. */
	readonly moderated?: Moderated;
}

/** One event that is not signed yet. */
export interface Said {
	readonly stream: StreamId;
	readonly type: string;
	readonly content: Cbor;
	/** For the organisation rather than for oneself; left out: for oneself. */
	readonly voice?: Voice;
}

/** Sent a moment ago, and not signed yet. */
export interface HeldView {
	readonly id: string;
	readonly space: SpaceId;
	/** What goes out together, in this order. */
	readonly said: readonly Said[];
	/** When it is sent: milliseconds since 1970. */
	readonly due: number;
	/** Why it is not sent by itself; `cancelled`: its author took it back. */
	readonly problem: ProblemCode | null;
}

/** What was written on this device and is not on the server yet. */
export interface QueueView {
	/** Own events that wait, in each place in the order in which they were written. */
	readonly waiting: readonly { readonly space: SpaceId; readonly event: VerifiedEvent }[];
	/** What goes out just now, pieces of attachments among it; `null` while nothing does. */
	readonly sending: Progress | null;
	/** Why the server did not take what waits in a place, the last time it was asked. */
	readonly refused: readonly { readonly space: SpaceId; readonly stream: StreamId; readonly problem: ProblemCode }[];
}

/** Stands in place of what could not be verified; its text is never shown. */
export interface RefusedEvent {
	readonly verified: false;
	readonly id: EnvelopeId;
	readonly stream: StreamId;
	readonly reason: ProblemCode;
	readonly position: number;
}

export type StreamEvent = VerifiedEvent | RefusedEvent;
