import type { Attachment } from '../attachments/manifest.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, DeviceId, Hash, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { LettersSent, LetterView, SignedProof } from './letter-types.ts';
import type { HeldView, Said, VerifiedEvent } from './space-types.ts';
import type { Level, OwnDays } from '../notebook/content.ts';
import type { RetentionView, SpaceDays } from './retention-types.ts';
import type { Missing } from './pending.ts';
import type { NotificationState } from './notifications.ts';
import type { OperationState } from './operation.ts';
import type { SearchAnswer, SearchProgress, SearchQuestion } from './search-types.ts';
import type { ChainWords, NewSecret, OnProgress, SafetyCode, SessionView, UnlockView } from './self-types.ts';

/** What a person does about the own account: devices, sessions, ways to unlock, name. All need an open account. */
export interface SelfActions {
	/** For own eyes: names of devices live in the vault. */
	nameDevice(device: DeviceId, name: string): Promise<void>;
	/** «This was me»: the alarm about a device ends here. Each own device asks for itself. */
	acknowledgeDevice(device: DeviceId): Promise<void>;
	/**
	 * Revokes a device: its sessions end, passkeys made on it open nothing any more, and the person's encryption key,
	 * the vault's key and the keys of every space it could read are renewed.
	 * @throws Problem `offline`, `not-allowed` (`own-device-is-erased-not-revoked` for this device)
	 */
	revokeDevice(device: DeviceId, onProgress?: OnProgress): Promise<void>;
	/** Browsers that are signed in now. @throws Problem `offline` */
	sessions(): Promise<readonly SessionView[]>;
	/** Signs a browser out; it may sign in again. @throws Problem `offline` */
	endSession(id: string): Promise<void>;
	/** A further way to unlock, usable at once. `label` is for own eyes. @throws Problem `handle-taken`, `cancelled`, `passkey-unsupported` */
	addUnlock(secret: NewSecret, label: string, onProgress?: OnProgress): Promise<void>;
	/** @throws Problem `last-way` when nothing but the sheet would be left */
	removeUnlock(unlock: Pick<UnlockView, 'kind' | 'id'>): Promise<void>;
	/** A new passphrase under the same login name. @throws Problem `not-found` (there is none yet), `offline` */
	changePassphrase(passphrase: string, onProgress?: OnProgress): Promise<void>;
	/** What the person is called in every space. @throws Problem `name-confusable` */
	rename(name: string): Promise<void>;
}

/** Files that hang on posts. What describes one goes into the post; what is in it never leaves this device unsealed. */
export interface AttachmentActions {
	/**
	 * Seals a file, whose metadata is already out. Nothing of it leaves this device before a post that it hangs on.
	 * @throws Problem `too-large`, `not-allowed`, `storage-full`
	 */
	attach(
		space: SpaceId,
		file: { readonly bytes: Uint8Array } & Pick<Attachment, 'name' | 'type' | 'pixels'> & Partial<Pick<Attachment, 'description'>>,
		onProgress?: OnProgress,
	): Promise<Attachment>;
	/** The file, from this device or the server. @throws Problem `offline`, `not-found`, `tampered` */
	open(space: SpaceId, attachment: Attachment, onProgress?: OnProgress): Promise<Bytes>;
	/** Could it be opened without a line? */
	isHere(space: SpaceId, attachment: Attachment): Promise<boolean>;
	/** It was attached and then not sent: nothing of it stays. What was sent meanwhile, from another tab, is left alone. */
	discard(space: SpaceId, attachment: Attachment): Promise<void>;
	/** What it hung on was taken back by this person: it goes from here, and from the server when there is a line. */
	withdraw(space: SpaceId, attachment: Attachment): Promise<void>;
}

/** What was written during a long absence and is told of, but not here yet. Topic `space:…` of its space. */
export interface BacklogActions {
	/** How much of a thread is not here yet, after a position. */
	missing(space: SpaceId, stream: StreamId, mark?: number): Missing;
	/** The same of all threads together, without what lies on this device and is only to be opened. */
	readonly total: number;
	/** Somebody wants to read this now: it is fetched before everything else. */
	want(space: SpaceId, stream: StreamId): void;
	/** Everything is wanted, though data is saved. */
	wantAll(): void;
}

/**
 * Who is who, as the directory tells it. `at`: the place of the directory that an event cites (`VerifiedEvent.directory`), so that an answer about it is
 * the same on every device and at any later time; `null`: the newest that is known, for whoever is about to act.
 */
export interface DirectoryActions {
	/** For which organisation an account stands; `null` while it did not belong to the forum. */
	organisationOf(account: AccountId, at: number | null): OrganisationId | null;
	/** May this account bind its organisation? */
	isRepresentative(account: AccountId, at: number | null): boolean;
	isOrganisation(organisation: OrganisationId, at: number | null): boolean;
	isHost(organisation: OrganisationId): boolean;
	/** The first account of a person who has had several, one in place of another. */
	personOf(account: AccountId): AccountId;
	/** The key by which an organisation signed then; `null` when it had none. */
	keyOf(organisation: OrganisationId, at: number | null): Bytes | null;
	/** Whose key this is, or once was; `null`: no organisation of this forum ever had it. */
	organisationOfKey(key: Uint8Array): OrganisationId | null;
}

/** Statements on their way to the public. All need a line: nothing of it waits. */
export interface PublishingActions {
	/** Lays an edition down at the server for another coordinator to confirm. @throws Problem `offline`, `stale`, `rejected-link` with its rule */
	propose(space: SpaceId, address: string, publication: Bytes): Promise<void>;
	/** What waits there, byte for byte. @throws Problem `offline`, `not-found` */
	waiting(space: SpaceId, address: string): Promise<Bytes>;
	/** Stands by it: from its hour on, everybody can read it. `digest`: SHA-256 of what was seen, in hexadecimal. @throws Problem `offline`, `stale`, `not-found` */
	confirm(space: SpaceId, address: string, digest: string): Promise<void>;
	/** This person's seed for a sealed order (`documents/sealed-order.ts`): the same on each of their devices. */
	seed(stream: StreamId): Promise<Bytes>;
}

/** Signing for the own organisation, by the key that its representatives hold together. */
export interface RepresentationActions {
	/** The organisation's public key in force; `null` for whoever does not represent it, or has not been handed the key yet. */
	readonly key: Bytes | null;
	/**
	 * Makes the key if the organisation has none, or one that somebody knows who no longer represents it; answers it.
	 * @throws Problem `not-allowed` (`representatives-sign`), `wrong-key` (not handed on yet), `offline`
	 */
	prepare(): Promise<Bytes>;
	/**
	 * Signs a text for the world by the organisation's key, as it is (`publication/signed-text.ts`).
	 * @throws Problem as {@link prepare}; `malformed` for what is none of those texts
	 */
	sign(file: Bytes): Promise<{ readonly file: Bytes; readonly signature: Bytes; readonly key: Bytes }>;
}

/** What was sent a moment ago, and can be taken back before anybody sees it: the same in all tabs. Topic `held`. */
export interface HeldActions {
	/** In the order in which they will be sent, with those that could not be sent or were taken back. */
	readonly list: readonly HeldView[];
	/** Sends all of it, in this order, after ten seconds, unless it is taken back. @throws Problem `not-allowed`, `not-found` */
	hold(space: SpaceId, said: readonly Said[]): Promise<string>;
	/**
	 * Takes it back: answers what it says, or `null` when it is too late. It stays in the list, as `cancelled`, until it
	 * is dropped, so that nothing is lost on its way into a draft.
	 */
	withdraw(id: string): Promise<readonly Said[] | null>;
	/** It was taken back and its words are somewhere else now, or nobody wants them. */
	drop(id: string): Promise<void>;
	/** Without waiting longer, or once more after a refusal; what was said before it in that place goes first. */
	sendNow(id: string): Promise<void>;
	/** Which event it became in this tab, of several the last; `null` before. */
	became(id: string): Hash | null;
	/** Another tab of this browser did something with what is held. */
	look(): Promise<void>;
}

/** How far this person has read and how loud threads are: private, and the same on every own device. */
export interface ReadingActions {
	/** Up to which position of the space a stream has been read. */
	markOf(space: SpaceId, stream: StreamId): number;
	/** A stream has been read up to `position`; never less than before. */
	read(space: SpaceId, stream: StreamId, position: number): Promise<void>;
	/** Everything of a space that is here has been read, or what stands up to `until`. */
	readAll(space: SpaceId, until?: number): Promise<void>;
	levelOf(stream: StreamId): Level;
	/** @throws Problem `malformed` for a level that there is not: the old one stays */
	setLevel(stream: StreamId, level: Level): Promise<void>;
}

/** Who belongs where, in which role. The chain's rules decide; views say beforehand what would be refused. */
export interface PeopleActions {
	/** Adds somebody of the forum to a space, with its keys. A guest needs an end (seconds since 1970). */
	addMember(space: SpaceId, account: AccountId, role: Role, until: number | null): Promise<void>;
	/**
	 * Removes a member and renews the space's key in one go. Of a coordinator: proposes it, or confirms what another
	 * coordinator proposed.
	 */
	removeMember(space: SpaceId, account: AccountId, onProgress?: OnProgress): Promise<void>;
	/** Removes every member of an organisation from a space, one renewal for all. */
	removeOrganisationFrom(space: SpaceId, organisation: OrganisationId, onProgress?: OnProgress): Promise<void>;
	/** Leaves a space. @throws Problem `rejected-link` with `last-coordinator-stays` */
	leave(space: SpaceId): Promise<void>;
	/** @throws Problem `rejected-link` with `nobody-acts-upward` and others */
	setRole(space: SpaceId, account: AccountId, role: Role): Promise<void>;
	/** Whether newcomers read what was written before they came. */
	setHistory(space: SpaceId, history: 'everything' | 'joining'): Promise<void>;
	/** Removes a person from the forum and from every space; the spaces renew their keys. */
	removeAccount(account: AccountId, onProgress?: OnProgress): Promise<void>;
	/** Removes an organisation and all its people from the forum. @throws Problem `rejected-link` while a coordinator belongs to it */
	removeOrganisation(organisation: OrganisationId, onProgress?: OnProgress): Promise<void>;
	addCoordinator(account: AccountId): Promise<void>;
	/** Of oneself: leaves the coordination. Of another: proposes it, or confirms what another coordinator proposed. */
	removeCoordinator(account: AccountId): Promise<void>;
	/** May speak and sign for the organisation they belong to. */
	addRepresentative(account: AccountId): Promise<void>;
	removeRepresentative(account: AccountId): Promise<void>;
	/** Tries now to renew the keys of a space in which a removal waits. @throws Problem `offline`, `dirty` */
	renew(space: SpaceId, onProgress?: OnProgress): Promise<void>;
}

/** Whether people and chains are who and what they seem. */
export interface VerificationActions {
	/** What two people compare; the same on both sides. */
	safetyCode(account: AccountId): Promise<SafetyCode>;
	/** Holds a scanned code against ours and remembers the outcome. */
	compare(account: AccountId, scanned: string): Promise<boolean>;
	/** What the person found by comparing aloud; `null` forgets it. Private: kept in the vault, told to nobody. */
	mark(account: AccountId, outcome: 'match' | 'mismatch' | null): Promise<void>;
	/** Six words for the forum's directory, or for a space's roster, as this device knows it now. */
	chainWords(space: SpaceId | null): Promise<ChainWords>;
}

/**
 * Being told, while the page is closed, that there is something new, and nothing else. The server knows where this
 * browser and this mailbox are reached. All need a line: @throws Problem `offline`
 */
export interface NotificationActions {
	/** What was asked for, and what the operator offers. A text that names the forum or something in it is left out. */
	read(): Promise<NotificationState>;
	/** `endpoint`: what the browser's push service gave; `without`: spaces that must not wake it, `null` as before. @throws Problem `rejected-link` (`push-service-is-known`) */
	turnOn(endpoint: string, without: readonly SpaceId[] | null): Promise<void>;
	/** `endpoint`: the browser may be known under an earlier session too. */
	turnOff(endpoint: string | null): Promise<void>;
	/** Wakes this browser now; whether its push service took it. @throws Problem `too-many-attempts` */
	trial(): Promise<boolean>;
	/** Sends a code to a mailbox. @throws Problem `too-many-attempts` */
	askMail(address: string, language: 'ar' | 'en'): Promise<void>;
	/** `false`: that is not the code, or its time is over. */
	confirmMail(code: string): Promise<boolean>;
	removeMail(): Promise<void>;
	/** For coordinators: what notices say instead of the constant words. @throws Problem `malformed` with the rule it breaks */
	setText(text: string | null): Promise<void>;
}

/** How the machine is doing, for coordinators of the host organisation. */
export interface OperationActions {
	/** @throws Problem `not-found` (for others), `offline` */
	read(): Promise<OperationState>;
}

/** Recovery by two coordinators of different organisations, for members and for those coordinators. */
export interface RecoveryActions {
	/**
	 * Leaves what two organisations together can restore this account from, and keeps it up to date from then on.
	 * @throws Problem `not-allowed` with fewer than two organisations that have another coordinator, `offline`
	 */
	enable(): Promise<void>;
	/** Deletes it on the server. @throws Problem `offline` */
	disable(): Promise<void>;
	/** For a coordinator: the fragment of the link (to `/sign-in#…`) for somebody who lost every device. Not a secret. */
	link(account: AccountId): string;
	/** Asks the server for open requests. @throws Problem `offline` */
	look(): Promise<void>;
	/** The words were compared, by voice or in person, and are the same. */
	approve(key: Hash): Promise<void>;
	/** This is not the person: by the person, from a device that is not lost, or by a coordinator. */
	refuse(account: AccountId, key: Hash): Promise<void>;
}

/** Finding what was written, on this device alone: nothing is asked of anybody, and nothing of it is kept. */
export interface SearchActions {
	/** Begins to index what is on this device, and goes on until the account is locked. The topic `search` tells. */
	begin(): void;
	/** `null` when everything is in; what is in already is found meanwhile. */
	readonly progress: SearchProgress | null;
	find(question: SearchQuestion): SearchAnswer;
}

/** Sealed letters from one person to another: beside the log, so that the others of a space do not see who wrote to whom. */
export interface LetterActions {
	/** Letters to this account, the oldest first; those that fail their checks are told as such. The topic `letters` tells. */
	readonly list: readonly LetterView[];
	/** Signs and seals a letter to each; what cannot be sent now is kept sealed, and goes when there is a line, and room. */
	send(to: readonly AccountId[], letter: { space: SpaceId; kind: string; content: Cbor }): Promise<LettersSent>;
	/** Own letters that the server does not have yet. */
	readonly waiting: number;
}

/** Proof that something was really said, for somebody who may see it differently. */
export interface EvidenceActions {
	/** The signed bytes of an event of a space that the server has. @throws Problem `not-found` */
	of(space: SpaceId, event: Hash): Promise<SignedProof>;
	/** What a proof proves: an event whose author, device and role hold by the chains here; `null` when it proves nothing. */
	check(space: SpaceId, proof: SignedProof): Promise<VerifiedEvent | null>;
}

/** Posts that disappear: from the devices of a space's members, and sooner from the own ones. */
export interface RetentionActions {
	/** What holds for what is written in a space now. The topics of the space and `reading` tell of changes. */
	of(space: SpaceId): RetentionView;
	/** For coordinators; `null`: posts stay. A shorter time holds at once for what is there; a longer one prolongs nothing. */
	setSpace(space: SpaceId, days: SpaceDays | null): Promise<void>;
	/** Heightened protection, in days, on every own device; `null` ends it. */
	setOwn(days: OwnDays | null): Promise<void>;
	readonly own: OwnDays | null;
}
