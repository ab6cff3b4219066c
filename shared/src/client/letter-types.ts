import type { Cbor } from '../bytes/cbor.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { AccountId, SpaceId } from '../bytes/ids.ts';

/** A letter whose sender was checked. */
export interface ReadLetter {
	readonly number: number;
	readonly holds: true;
	readonly from: AccountId;
	readonly space: SpaceId;
	/** What it is about, for example `flag`. */
	readonly kind: string;
	/** Seconds since 1970, as the sender's device believed, and not after it came. */
	readonly time: number;
	readonly content: Cbor;
}

/** Something that came as a letter and is none: forged, altered, or sealed for somebody else. */
export interface BrokenLetter {
	readonly number: number;
	readonly holds: false;
}

export type LetterView = ReadLetter | BrokenLetter;

/** Why the server does not take a letter now: no room at its reader's for another of this person's, or too many in an hour. */
export type LetterRefusal = 'box-full' | 'too-many-attempts';

/** What became of letters of one sending: those that have not arrived wait on this device, and go by themselves. */
export interface LettersSent {
	readonly arrived: number;
	/** Why the others wait; `null` when none does. */
	readonly waits: LetterRefusal | 'offline' | null;
}

/** An event as its author signed it. */
export interface SignedProof {
	readonly signed: Bytes;
	readonly signature: Bytes;
}
