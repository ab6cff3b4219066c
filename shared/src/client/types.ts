import type { AccountId, DeviceId, EnvelopeId, Hash, InvitationId, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Role } from '../chain/roles.ts';
import type { ProblemCode } from '../problem.ts';

export { ROLES, type Role } from '../chain/roles.ts';

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
}

/** `self`: this account. `vouched`: admitted by an invitation whose chain was checked. */
export type Trust = 'self' | 'vouched' | 'verified';

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
}

/** An event whose author, device, role, place and history were checked. */
export interface VerifiedEvent<Content extends Cbor = Cbor> {
	readonly verified: true;
	/** Hash of the signed bytes: how other events cite it. */
	readonly id: Hash;
	readonly stream: StreamId;
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
	readonly kind:
		| 'event-refused'
		| 'link-refused'
		| 'wrap-refused'
		| 'rollback'
		| 'split-view'
		| 'missing'
		| 'unknown-device'
		| 'answer-refused';
	readonly code: ProblemCode;
	readonly rule: string | null;
	readonly space: SpaceId | null;
	readonly since: number;
	readonly times: number;
}

export interface Draft {
	readonly text: string;
	readonly revision: number;
}

/** What a view may watch. A listener is called after the answers of that topic have changed. */
export type Topic = 'status' | 'forum' | 'spaces' | `space:${SpaceId}` | 'findings';

export interface InviteInput {
	readonly organisation: OrganisationId;
	readonly role: Role;
	readonly spaces: readonly SpaceId[];
	/** Seconds from now; 72 h if left out. */
	readonly lifetime?: number;
	readonly approval: boolean;
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
	enrol(input: { from: { code: string } | { fragment: string }; secret: NewSecret }, onProgress?: OnProgress): Promise<void>;
	/** For an enrolled device: a link for one new device, valid 10 minutes. */
	offerEnrolment(): Promise<{ fragment: string; expires: number }>;
	recoverySheet(): RecoverySheet;
	/** Keys leave memory; what is stored stays. */
	lock(): void;
	/** Ends the session. With `erase`, nothing of the account stays on this device. */
	signOut(options: { erase: boolean }): Promise<void>;

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
