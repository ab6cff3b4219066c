import type { DeviceId } from '../bytes/ids.ts';

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

export interface Progress {
	readonly step: 'keys' | 'passkey' | 'argon' | 'account' | 'links' | 'events' | 'rotation' | 'index' | 'sealing' | 'fetching' | 'sending';
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
