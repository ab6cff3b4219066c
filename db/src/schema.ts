import type {
	AccountId,
	BlobId,
	ChainId,
	DeviceId,
	EnvelopeId,
	Hash,
	InvitationId,
	OrganisationId,
	SpaceId,
	StreamId,
} from '@multaqa/shared/bytes/ids';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { ChainKind } from '@multaqa/shared/chain/link';
import type { ColumnType } from 'kysely';

/**
 * Every row the server keeps. Ids are base64url text, hours are ISO text rounded down to the hour,
 * everything sealed is bytes. No table knows a name, a title, an author, a network address or a user agent; `mails` knows
 * the addresses of those who asked for mail.
 */
export interface Schema {
	accounts: AccountTable;
	passphrases: PassphraseTable;
	passkeys: PasskeyTable;
	sessions: SessionTable;
	links: LinkTable;
	public_keys: PublicKeyTable;
	wraps: WrapTable;
	events: EventTable;
	vaults: VaultTable;
	notebooks: NotebookTable;
	blobs: BlobTable;
	invitations: InvitationTable;
	enrolments: EnrolmentTable;
	recovery_deposits: RecoveryDepositTable;
	recovery_shares: RecoveryShareTable;
	recovery_requests: RecoveryRequestTable;
	recovery_approvals: RecoveryApprovalTable;
	letters: LetterTable;
	publications: PublicationTable;
	pushes: PushTable;
	mails: MailTable;
	settings: SettingTable;
}

/** Any bytes go in; what comes out is not shared with anybody. */
type Blob = ColumnType<Bytes, Uint8Array, Uint8Array>;

interface AccountTable {
	id: AccountId;
}

/** An OPAQUE record (RFC 9807) under a login handle that is itself a hash. */
export interface PassphraseTable {
	handle: string;
	account: AccountId;
	record: string;
}

/** A WebAuthn credential: its id, its COSE public key and its signature counter. */
export interface PasskeyTable {
	id: string;
	account: AccountId;
	key: Blob;
	counter: number;
}

/** `id` is SHA-256 of the token in the cookie. */
export interface SessionTable {
	id: string;
	account: AccountId;
	/** The browser that has proved itself in it; `null` before it did. */
	device: DeviceId | null;
	created: string;
	expires: string;
}

/** `entry` orders all links as they were taken; `position` counts directory and user links only. */
export interface LinkTable {
	entry: number;
	position: number | null;
	chain: ChainId;
	seq: number;
	hash: Hash;
	kind: ChainKind;
	bytes: Blob;
}

/** A public encryption key under the hash by which links name it. */
interface PublicKeyTable {
	hash: Hash;
	key: Blob;
}

export interface WrapTable {
	space: SpaceId;
	generation: number;
	recipient: AccountId | InvitationId;
	bytes: Blob;
}

/** `position` counts through the space from 1, `seq` through the stream from 1. */
export interface EventTable {
	space: SpaceId;
	position: number;
	stream: StreamId;
	seq: number;
	id: EnvelopeId;
	generation: number;
	envelope: Blob;
	hour: string;
}

export interface VaultTable {
	account: AccountId;
	version: number;
	blob: Blob;
}

/** What a person keeps for the own devices, sealed; replaced by compare-and-swap. */
export interface NotebookTable {
	account: AccountId;
	version: number;
	blob: Blob;
}

/** A sealed piece of an attachment. Who brought it is not kept; whoever shows what `lock` is the hash of has it removed. */
export interface BlobTable {
	space: SpaceId;
	id: BlobId;
	hour: string;
	size: number;
	bytes: Blob;
	/** `null`: from before there were locks. */
	lock: string | null;
}

/** What an invitee will read, sealed to the secret of the link. */
interface InvitationTable {
	id: InvitationId;
	sealed: Blob;
}

/**
 * One edition of a statement for the public. What it says is public; of those who work on it, only the first of two
 * coordinators is known until the second has confirmed.
 */
export interface PublicationTable {
	address: string;
	edition: number;
	space: SpaceId;
	/** From when it is shown: the exact second, since it is public and promised. */
	published: string;
	/** Who laid it down, while it waits to be confirmed; `null` afterwards. */
	proposer: AccountId | null;
	bytes: Blob;
}

/** One bundle per account for one new device. `expires` is exact: it lives ten minutes. */
export interface EnrolmentTable {
	account: AccountId;
	id: string;
	sealed: Blob;
	expires: string;
}

/** A root secret, sealed under a key that nobody here has. */
interface RecoveryDepositTable {
	account: AccountId;
	id: string;
	box: Blob;
}

/** An organisation's share of that key, wrapped for one of its coordinators. */
interface RecoveryShareTable {
	account: AccountId;
	coordinator: AccountId;
	organisation: OrganisationId;
	bytes: Blob;
}

/** Public keys that ask for an account. `entry` tells which came later, `expires` is an hour. */
export interface RecoveryRequestTable {
	id: Hash;
	account: AccountId;
	entry: number;
	public_key: Blob;
	signing_key: Blob;
	expires: string;
}

/** An organisation's share, wrapped for whoever asked. */
interface RecoveryApprovalTable {
	request: Hash;
	organisation: OrganisationId;
	bytes: Blob;
}

interface LetterTable {
	/** Whom it is for. */
	account: AccountId;
	number: number;
	hour: string;
	bytes: Blob;
}

/** Where a browser's push service takes what is meant for it; goes with its session. */
export interface PushTable {
	session: string;
	account: AccountId;
	endpoint: string;
	/** JSON: spaces that must not wake this browser. */
	without: string;
	/** 1: the last try was refused. */
	failing: number;
}

/** A mailbox that its owner confirmed. In clear: whoever sends a mail has to know where to. */
export interface MailTable {
	account: AccountId;
	address: string;
	language: 'ar' | 'en';
	/** The hour of the last mail. */
	sent: string | null;
}

interface SettingTable {
	name: string;
	value: string;
}
