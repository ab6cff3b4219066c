import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';
import type { BilingualText } from '../documents/pair.ts';
import type { ListText, SignatureText, WithdrawalText } from '../publication/signed-text.ts';
import type { ActType, ContentOf } from './events.ts';
import type { StatementRule } from './rule-names.ts';

/** Who did something, and where it stands. Seconds since 1970; `position` is `Infinity` while it waits to be sent. */
export interface Done {
	readonly id: Hash;
	readonly by: AccountId;
	readonly time: number;
	readonly position: number;
}

/** The call for signatures, as it was opened. */
export interface Round extends Done {
	readonly text: BilingualText;
	/** Canonical bytes of the text. */
	readonly bytes: Uint8Array;
	/** Its hash, as documents and decisions name it. */
	readonly hash: Hash;
	/** SHA-256 of `statement.txt`, as organisations sign it. */
	readonly digest: string;
	readonly document: ContentOf<'round.open'>['document'];
	readonly order: ContentOf<'round.open'>['order'];
	/** The close time in force. */
	readonly closes: number;
	readonly extensions: readonly (Done & ContentOf<'round.extend'>)[];
	/** Seeds of a sealed order: what each coordinator is bound by, and has opened. */
	readonly seeds: readonly { readonly by: AccountId; readonly sealed: Hash; readonly seed: Uint8Array | null }[];
	readonly ended: Done | null;
}

/**
 * `checking`: the key's signature is being looked at. `false`: it does not hold, or is no key of the organisation.
 * `waits-for-second`: the organisation asks for two persons. `standing`: it counts. `withdrawn`: it was taken back.
 */
export type SignatureState = 'checking' | 'false' | 'waits-for-second' | 'standing' | 'withdrawn';

/** What an organisation signed. */
export interface Signature extends Done {
	readonly organisation: OrganisationId;
	readonly said: SignatureText;
	readonly file: Uint8Array;
	readonly signature: Uint8Array;
	readonly key: Uint8Array;
	readonly state: SignatureState;
	readonly second: Done | null;
	readonly withdrawal:
		| (Done & { readonly said: WithdrawalText; readonly file: Uint8Array; readonly signature: Uint8Array; readonly key: Uint8Array })
		| null;
}

/** A signature whose name is withheld, as everybody sees it. */
export interface Mark {
	readonly mark: Hash;
	/** Coordinators who hold it; nobody any more once it was taken back. */
	readonly keepers: readonly AccountId[];
	/** When one of them last dropped it: seconds since 1970. */
	readonly dropped: number | null;
}

/** An edition that was laid down. */
export interface Edition extends Done {
	readonly address: string;
	readonly list: ListText;
	readonly file: Uint8Array;
	readonly signature: Uint8Array;
	readonly digest: string;
	/** The second coordinator; `null` while it waits for one. */
	readonly confirmed: Done | null;
}

/** What somebody had no right to do, or did too late. */
export interface Refused extends Done {
	readonly type: ActType;
	readonly rule: StatementRule;
}

/** A statement on its way. */
export interface Statement {
	/** `null`: nobody has called for signatures yet. */
	readonly round: Round | null;
	/** In the server's order, those withdrawn among them. */
	readonly signatures: readonly Signature[];
	/** Signatures whose names are withheld: each counts once two coordinators hold it. */
	readonly marks: readonly Mark[];
	/** The newest last. */
	readonly editions: readonly Edition[];
	readonly refused: readonly Refused[];
}
