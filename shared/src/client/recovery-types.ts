import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';

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
