import type { AccountId, DeviceId, EnvelopeId, Hash, InvitationId, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Role } from '../chain/roles.ts';
import type { ProblemCode } from '../problem.ts';
import type { PeopleActions, RecoveryActions, SelfActions, VerificationActions } from './actions.ts';

export { ROLES, type Role } from '../chain/roles.ts';
export type { PeopleActions, RecoveryActions, SelfActions, VerificationActions } from './actions.ts';

/** `new`: no account on this device. `locked`: an account, its keys not in memory. `open`: keys in memory. */
export type Phase = 'new' | 'locked' | 'open';
export type Connection = 'offline' | 'connecting' | 'online';

export interface Status {
	readonly phase: Phase;
	readonly connection: Connection;
	readonly account: AccountId | null;
	/** Ways this account can be unlocked here. */
	readonly unlocks: readonly ('passphrase' | 'passkey')[];
	/** False when the login name has to be given with the passphrase: after signing out. */
	readonly handleKnown: boolean;
	/** First or long synchronisation under way, in bytes or events: `total` 0 when not known. */
	readonly synchronising: Progress | null;
	/** Own events not acknowledged yet. */
	readonly waiting: number;
	/** Why this account can no longer be opened here: this browser was revoked, or the person removed from the forum. */
	readonly ended: 'device-revoked' | 'account-removed' | null;
	/** How many seconds this device's clock seems to be ahead (negative: behind); `null` while that is within minutes. */
	readonly clockOff: number | null;
}

export interface Progress {
	readonly step: 'keys' | 'argon' | 'account' | 'links' | 'events' | 'rotation' | 'index';
	readonly done: number;
	readonly total: number;
}
export type OnProgress = (progress: Progress) => void;

/** How an account is protected, as the person chooses it. `handle` is the login name, never sent in clear. */
export type NewSecret =
	| { readonly kind: 'passphrase'; readonly handle: string; readonly passphrase: string }
	| { readonly kind: 'passkey'; readonly label: string };

/** `handle` may be left out on a device that still remembers it (hashed). */
export type KnownSecret =
	| { readonly kind: 'passphrase'; readonly handle?: string; readonly passphrase: string }
	| { readonly kind: 'passkey' };

/** What is printed once: one code of 8 groups from which identity and vault come back. */
export interface RecoverySheet {
	/** For example `K7QF-2M9X-…`, upper case, checksum inside. */
	readonly code: string;
	readonly account: AccountId;
}

export interface SetupInput {
	readonly token: string;
	readonly forum: string;
	readonly host: string;
	readonly person: string;
	readonly space: string;
	readonly secret: NewSecret;
}

/** Shown to an invitee before any key is made. Names come sealed in the link, checked against the chain. */
export interface InvitationPreview {
	readonly forum: string;
	readonly organisation: string;
	readonly inviter: string;
	readonly role: Role;
	readonly spaces: readonly string[];
	/** Seconds since 1970. */
	readonly expires: number;
	/** A coordinator will compare six words before the member is added. */
	readonly approval: boolean;
}

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
	readonly remove: boolean;
	/** Invite again as a new identity, in place of this one. */
	readonly inviteAgain: boolean;
}

export interface MotionView {
	readonly by: AccountId;
	readonly byName: string | null;
	/** Seconds since 1970. */
	readonly expires: number;
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

export interface RecoveryPerson {
	readonly account: AccountId;
	readonly name: string | null;
	readonly organisation: OrganisationId | null;
	readonly organisationName: string | null;
}

/** An attempt to restore somebody's account that at least one coordinator approved, as the directory has it. */
export interface RecoveryView extends RecoveryPerson {
	readonly key: Hash;
	readonly self: boolean;
	/** One or two, of different organisations. */
	readonly approvedBy: readonly RecoveryPerson[];
	readonly refusedBy: RecoveryPerson | null;
	/** Seconds since 1970; so is `expires`. */
	readonly since: number;
	readonly expires: number;
	/**
	 * `expired`: 48 hours went by without a second approval. `complete`: both were given. `restored`: and a device was
	 * added since.
	 */
	readonly state: 'open' | 'expired' | 'complete' | 'restored' | 'refused';
	readonly mayRefuse: boolean;
}

/** Somebody asks to be restored. */
export interface RecoveryRequestView extends RecoveryPerson {
	readonly key: Hash;
	readonly self: boolean;
	/** Eight places in the word list: what the person reads on the new device. */
	readonly words: readonly number[];
	readonly expires: number;
	readonly approvals: number;
	/** Or why not. `no-share`: this coordinator came after the person left the shares. */
	readonly mayApprove: 'yes' | 'not-allowed' | 'organisation-approved' | 'nothing-deposited' | 'no-share' | 'settled';
}

/** Whether this account can be restored by two. */
export interface OwnRecovery {
	/** Two organisations have a coordinator, oneself not counted. */
	readonly possible: boolean;
	/** Since when it is enabled (seconds since 1970). */
	readonly since: number | null;
	/** Who could approve. */
	readonly holders: readonly RecoveryPerson[];
}

/** How far the request of a device is that knows nothing yet. */
export interface RecoveryProgress {
	/** Eight places in the word list, to be compared with each of two coordinators. */
	readonly words: readonly number[];
	/** Seconds since 1970. */
	readonly expires: number;
	/** As the server says. */
	readonly approvals: number;
	/** `ready`: what two organisations gave opens the account; a way to unlock is still to be chosen. */
	readonly state: 'waiting' | 'ready' | 'expired';
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
	readonly silence: boolean;
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
	readonly may: { readonly setHistory: boolean; readonly leave: boolean; readonly addMembers: readonly Role[] };
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
	readonly device: DeviceId;
	/** Seconds since 1970, as the author's device believed. */
	readonly time: number;
	readonly content: Content;
	/** Not acknowledged by the server yet. */
	readonly waiting: boolean;
	/** Place in the space; `Infinity` while waiting. */
	readonly position: number;
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

/** Something the server or a member did that the engine refused. Kept, shown, exportable. */
export interface Finding {
	readonly id: string;
	/** `withheld`: something cites what the server does not show. `key-missing`: no usable wrap of a space's key. */
	readonly kind:
		| 'event-refused'
		| 'link-refused'
		| 'wrap-refused'
		| 'rollback'
		| 'split-view'
		| 'withheld'
		| 'key-missing'
		| 'missing'
		| 'answer-refused';
	readonly code: ProblemCode;
	readonly rule: string | null;
	readonly space: SpaceId | null;
	readonly since: number;
	readonly times: number;
	/** The person has seen it in the safety panel. */
	readonly seen: boolean;
}

/** One browser of this account, from its user log. */
export interface DeviceView {
	readonly id: DeviceId;
	/** As the person or the browser calls it; in the vault only. */
	readonly name: string | null;
	readonly current: boolean;
	/** Seconds since 1970. */
	readonly since: number;
	/** Day (`2026-11-22`) on which it was last used, as it says itself in the vault. */
	readonly lastUsed: string | null;
	/** Place in the log is past: it signs and opens nothing any more. */
	readonly revoked: boolean;
	/** False: nobody of this person's devices has said yet that it is theirs. */
	readonly known: boolean;
}

/** A browser that is signed in. */
export interface SessionView {
	readonly id: string;
	/** `null` when no device has proved itself in it. */
	readonly device: DeviceId | null;
	readonly current: boolean;
	/** Day on which it began. */
	readonly since: string;
}

/** A way to unlock the vault. */
export interface UnlockView {
	readonly kind: 'passphrase' | 'passkey';
	readonly id: string;
	/** As the person calls it; `null` when nothing was noted. */
	readonly label: string | null;
	/** Where it was made. */
	readonly device: DeviceId | null;
	/** Seconds since 1970. */
	readonly since: number | null;
}

/** Twelve groups of five digits, and the text of a QR code. */
export interface SafetyCode {
	readonly groups: readonly string[];
	readonly payload: string;
}

/** Six places in the word list, and after how many links. */
export interface ChainWords {
	readonly words: readonly number[];
	readonly links: number;
}

export interface Draft {
	readonly text: string;
	readonly revision: number;
}

/** What a view may watch. A listener is called after the answers of that topic have changed. */
export type Topic = 'status' | 'forum' | 'spaces' | `space:${SpaceId}` | 'findings' | 'devices';

/** From where the root of an account comes to a further device: the sheet, a link of an enrolled one, or two coordinators. */
export type EnrolmentSource = { readonly code: string } | { readonly fragment: string } | { readonly recovery: true };

export interface InviteInput {
	readonly organisation: OrganisationId;
	readonly role: Role;
	readonly spaces: readonly SpaceId[];
	/** Seconds from now; 72 h if left out. */
	readonly lifetime?: number;
	readonly approval: boolean;
	/** Whose place the invitee takes: that account ends when the invitation is used. */
	readonly replaces?: AccountId;
}

/**
 * The engine: everything a member's device does, without a screen. Answers (`status`, `spaces`, `events` …)
 * are immutable and keep their identity until they change.
 */
export interface Client {
	watch(topic: Topic, listener: () => void): () => void;
	readonly status: Status;
	readonly forum: ForumView | null;
	readonly spaces: readonly SpaceView[];
	readonly findings: readonly Finding[];
	/** Own devices, the newest first; none while the account is not open. */
	readonly devices: readonly DeviceView[];
	/** Ways to unlock, without the sheet. */
	readonly unlocks: readonly UnlockView[];
	/** @throws Problem `locked` while the account is not open; so do the next two */
	readonly self: SelfActions;
	readonly people: PeopleActions;
	readonly verification: VerificationActions;
	readonly recovery: RecoveryActions;
	/** Verified and refused events of a stream in the server's order, own waiting ones last. */
	events(space: SpaceId, stream: StreamId): readonly StreamEvent[];

	/** @throws Problem `setup-closed` */
	probeSetup(token: string): Promise<void>;
	setup(input: SetupInput, onProgress?: OnProgress): Promise<RecoverySheet>;
	/** @throws Problem `invitation-invalid` for every kind of wrong link; `offline` */
	readInvitation(fragment: string): Promise<InvitationPreview>;
	join(input: { fragment: string; person: string; secret: NewSecret }, onProgress?: OnProgress): Promise<RecoverySheet>;
	/**
	 * Opens the account on this device. A synced passkey also works where phase is `new`.
	 * @throws Problem `sign-in-failed`, `too-many-attempts`, `offline`, `cancelled`, `passkey-unsupported`
	 */
	signIn(secret: KnownSecret, onProgress?: OnProgress): Promise<void>;
	/** Whether a typed recovery code is whole: its checksum, on this device only. */
	isRecoveryCode(code: string): boolean;
	/** A further device, from the sheet or from a link that an enrolled device shows, with its own way to unlock. */
	enrol(input: { from: EnrolmentSource; secret: NewSecret }, onProgress?: OnProgress): Promise<void>;
	/** On a device that knows nothing: opens a recovery link, or goes on with it. @throws Problem `not-found`, `offline` */
	beginRecovery(fragment: string): Promise<RecoveryProgress>;
	/** Asks and looks. `null` when nothing was begun here. @throws Problem `offline`, `tampered` (a false deposit was served) */
	pollRecovery(): Promise<RecoveryProgress | null>;
	/** Gives the request up. */
	abandonRecovery(): Promise<void>;
	/** For an enrolled device: a link for one new device, valid 10 minutes. */
	offerEnrolment(): Promise<{ fragment: string; expires: number }>;
	recoverySheet(): RecoverySheet;
	/** Keys leave memory; what is stored stays. */
	lock(): void;
	/** Ends the session. With `erase`, nothing of the account stays on this device. */
	signOut(options: { erase: boolean }): Promise<void>;
	/**
	 * Nothing of the account stays on this device, whatever else fails. When it was open, its revocation is signed
	 * first and sent now or as soon as there is a line, as long as this page lives.
	 */
	wipe(): Promise<void>;
	/** The person has looked at what was found. */
	markFindingsSeen(): Promise<void>;

	addOrganisation(name: string): Promise<OrganisationId>;
	createSpace(title: string): Promise<SpaceId>;
	/** Answers the fragment of the link: `1.<secret>.<forum>.<inviter>`. */
	invite(input: InviteInput): Promise<{ id: InvitationId; fragment: string }>;
	revokeInvitation(id: InvitationId): Promise<void>;
	approve(account: AccountId): Promise<void>;

	/** Signs, seals, keeps and shows an event at once; sends it when there is a line. */
	append(space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash>;
	newStream(): StreamId;
	/** Asks the server for what is new in a space (live announcements come by themselves). */
	refresh(space: SpaceId): Promise<void>;

	readDraft(key: string): Promise<Draft | null>;
	/** Answers the new revision. @throws Problem `stale` when another tab wrote in between */
	writeDraft(key: string, text: string, base: number): Promise<number>;
	removeDraft(key: string): Promise<void>;
	/** Closes the line and stops timers: for tests and headless use. */
	close(): Promise<void>;
}
