import type { AccountId, Hash, InvitationId, OrganisationId, SpaceId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { OwnRecovery, RecoveryRequestView, RecoveryView } from './recovery-types.ts';
import type { MotionView, Trust } from './space-types.ts';

export interface OrganisationView {
	readonly id: OrganisationId;
	/** `null` while no event has told its name. */
	readonly name: string | null;
	readonly host: boolean;
	readonly accounts: number;
	readonly removed: boolean;
	/** May be removed with all its people: by a coordinator, when none of them coordinates. */
	readonly mayRemove: boolean;
}

export interface InvitationView {
	readonly id: InvitationId;
	readonly organisation: OrganisationId;
	readonly role: Role;
	readonly spaces: readonly SpaceId[];
	readonly expires: number;
	readonly approval: boolean;
	readonly state: 'open' | 'used' | 'expired' | 'revoked';
	readonly by: AccountId;
	/** Whole link, only on the device that made it. */
	readonly fragment: string | null;
}

/** Somebody admitted who waits for a coordinator to compare six words. */
export interface PendingView {
	readonly account: AccountId;
	readonly organisation: OrganisationId;
	readonly role: Role;
	readonly spaces: readonly SpaceId[];
	/** Six places in the word list of `shared/src/text/words.ts` (each place one Arabic and one English word). */
	readonly words: readonly number[];
}

/** Somebody of the forum, member of a space that we share or not. */
export interface PersonView {
	readonly account: AccountId;
	readonly name: string | null;
	readonly organisation: OrganisationId;
	readonly organisationName: string | null;
	readonly coordinator: boolean;
	/** May speak for the organisation. */
	readonly representative: boolean;
	readonly trust: Trust;
	/** Who invited this person to the forum; `null` for the founder. */
	readonly voucher: AccountId | null;
	readonly voucherName: string | null;
	/** Seconds since 1970. */
	readonly since: number;
	/** No longer belongs to the forum. */
	readonly removed: boolean;
	/** Whose place this person took, after everything was lost there: a new identity, to be verified anew. */
	readonly replaces: AccountId | null;
	readonly replacedBy: AccountId | null;
	/** A coordinator proposed to remove this one from the coordination; another has to confirm. */
	readonly motion: MotionView | null;
	readonly may: PersonMay;
}

/** What the chain's rules would let this account do. */
export interface PersonMay {
	readonly makeCoordinator: boolean;
	/** Of oneself: leave. Of another: propose or confirm. */
	readonly removeCoordinator: boolean;
	readonly makeRepresentative: boolean;
	readonly endRepresentation: boolean;
	readonly remove: boolean;
	/** Invite again as a new identity, in place of this one. */
	readonly inviteAgain: boolean;
}

export interface ForumView {
	readonly id: Hash;
	readonly title: string;
	/** May create organisations, invitations and spaces. */
	readonly coordinator: boolean;
	readonly organisation: OrganisationId;
	readonly organisations: readonly OrganisationView[];
	readonly invitations: readonly InvitationView[];
	readonly pending: readonly PendingView[];
	/** Six words while this account itself waits for approval. */
	readonly awaiting: readonly number[] | null;
	/** Everybody who ever belonged to the forum. */
	readonly people: readonly PersonView[];
	/** The own name resembles somebody else's and was not told to any space: another one is needed. */
	readonly nameRefused: boolean;
	/** Attempts to restore an account that concern this person: the own, of the same organisation; all for a coordinator. */
	readonly recoveries: readonly RecoveryView[];
	/** Requests that wait: all for a coordinator, for everybody else those about the own account. */
	readonly recoveryRequests: readonly RecoveryRequestView[];
	readonly ownRecovery: OwnRecovery;
}
