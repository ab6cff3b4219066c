import type { AccountId, Hash, InvitationId, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Role } from '../chain/roles.ts';
import type { Voice } from '../log/event.ts';
import type { ProblemCode } from '../problem.ts';
import type {
	AttachmentActions,
	BacklogActions,
	DirectoryActions,
	EvidenceActions,
	HeldActions,
	LetterActions,
	RetentionActions,
	NotificationActions,
	OperationActions,
	PeopleActions,
	PublishingActions,
	ReadingActions,
	RecoveryActions,
	RepresentationActions,
	SearchActions,
	SelfActions,
	VerificationActions,
} from './actions.ts';
import type { ForumView } from './forum-types.ts';
import type { RecoveryProgress } from './recovery-types.ts';
import type { DeviceView, KnownSecret, NewSecret, OnProgress, Progress, UnlockView } from './self-types.ts';
import type { QueueView, SpaceView, StreamEvent } from './space-types.ts';

export { ROLES, type Role } from '../chain/roles.ts';
export type {
	AttachmentActions,
	BacklogActions,
	DirectoryActions,
	EvidenceActions,
	HeldActions,
	LetterActions,
	RetentionActions,
	NotificationActions,
	OperationActions,
	PeopleActions,
	PublishingActions,
	ReadingActions,
	RecoveryActions,
	RepresentationActions,
	SearchActions,
	SelfActions,
	VerificationActions,
} from './actions.ts';
export type * from './forum-types.ts';
export type * from './letter-types.ts';
export type * from './moderation-types.ts';
export type { NotificationState } from './notifications.ts';
export type { OperationState } from './operation.ts';
export type * from './recovery-types.ts';
export type * from './retention-types.ts';
export type * from './search-types.ts';
export type * from './self-types.ts';
export type * from './space-types.ts';
export type { Voice } from '../log/event.ts';

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

export interface Draft {
	readonly text: string;
	readonly revision: number;
}

/** What a view may watch. A listener is called after the answers of that topic have changed. */
export type Topic = 'status' | 'forum' | 'spaces' | `space:${SpaceId}` | 'findings' | 'devices' | 'reading' | 'held' | 'letters' | 'search';

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
	/** What is not on the server yet; the topic `status` tells. Made anew with each question. */
	readonly queue: QueueView;
	/** @throws Problem `locked` while the account is not open; so do the others */
	readonly self: SelfActions;
	readonly people: PeopleActions;
	readonly verification: VerificationActions;
	readonly reading: ReadingActions;
	readonly held: HeldActions;
	readonly notifications: NotificationActions;
	readonly operation: OperationActions;
	readonly attachments: AttachmentActions;
	readonly backlog: BacklogActions;
	readonly directory: DirectoryActions;
	readonly representation: RepresentationActions;
	readonly letters: LetterActions;
	readonly evidence: EvidenceActions;
	readonly publishing: PublishingActions;
	readonly retention: RetentionActions;
	readonly recovery: RecoveryActions;
	readonly search: SearchActions;
	/** Verified and refused events of a stream in the server's order, own waiting ones last. */
	events(space: SpaceId, stream: StreamId): readonly StreamEvent[];

	/** @throws Problem `setup-closed` */
	probeSetup(token: string): Promise<void>;
	setup(input: SetupInput, onProgress?: OnProgress): Promise<RecoverySheet>;
	/** @throws Problem `invitation-invalid` for every kind of wrong link; `offline` */
	readInvitation(fragment: string): Promise<InvitationPreview>;
	join(input: { fragment: string; person: string; secret: NewSecret }, onProgress?: OnProgress): Promise<RecoverySheet>;
	/**
	 * Opens the account on this device, and catches up. A synced passkey also works where phase is `new`.
	 * @param readable called once what this device kept can be read: on a bad line long before the rest is here
	 * @throws Problem `sign-in-failed`, `too-many-attempts`, `offline`, `cancelled`, `passkey-unsupported`
	 */
	signIn(secret: KnownSecret, onProgress?: OnProgress, readable?: () => void): Promise<void>;
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
	markFindingsSeen(space?: SpaceId): Promise<void>;

	addOrganisation(name: string): Promise<OrganisationId>;
	createSpace(title: string): Promise<SpaceId>;
	/** Answers the fragment of the link: `1.<secret>.<forum>.<inviter>`. */
	invite(input: InviteInput): Promise<{ id: InvitationId; fragment: string }>;
	revokeInvitation(id: InvitationId): Promise<void>;
	approve(account: AccountId): Promise<void>;

	/** Signs, seals, keeps and shows an event at once; sends it when there is a line. `voice`: for whom; left out: for oneself. */
	append(space: SpaceId, stream: StreamId, type: string, content: Cbor, voice?: Voice): Promise<Hash>;
	newStream(): StreamId;
	/** Asks the server for what is new in a space (live announcements come by themselves). */
	refresh(space: SpaceId): Promise<void>;

	readDraft(key: string): Promise<Draft | null>;
	/** Answers the new revision. @throws Problem `stale` when another tab wrote in between */
	writeDraft(key: string, text: string, base: number): Promise<number>;
	removeDraft(key: string): Promise<void>;
	/** Keys of the drafts on this device whose key begins so. */
	draftKeys(beginning: string): Promise<readonly string[]>;
	/** Closes the line and stops timers: for tests and headless use. */
	close(): Promise<void>;
}
