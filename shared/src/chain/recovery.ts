import { idBytes, idOf, type AccountId, type Hash, type OrganisationId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { readBody } from './bodies.ts';
import type { Directory } from './directory.ts';
import type { Link } from './link.ts';
import { rule } from './rule.ts';

/** How long a request, and after the first approval the second, may take. */
export const RECOVERY_SECONDS = 48 * 60 * 60;
/** So many coordinators, each of another organisation. */
export const RECOVERY_APPROVALS = 2;

/** Names the key pairs of somebody who asks to be restored: what coordinators compare and approve. */
export const recoveryKey = (account: AccountId, publicKey: Uint8Array, signingKey: Uint8Array): Hash =>
	idOf<Hash>(hash('recovery-request', idBytes(account), publicKey, signingKey));

/** A coordinator compared the words with whoever lost every device. */
export interface RecoveryApproval {
	readonly by: AccountId;
	/** Of the coordinator, when it was given. */
	readonly organisation: OrganisationId;
	/** Seconds since 1970. */
	readonly time: number;
}

/** One key to which an account would be restored, and what was said about it. */
export interface RecoveryAttempt {
	/** {@link recoveryKey} of the public keys that asked. */
	readonly key: Hash;
	readonly approvals: readonly RecoveryApproval[];
	/** Somebody said that this was not the person. */
	readonly refused: { readonly by: AccountId; readonly time: number } | null;
}

/** Every attempt that at least one coordinator approved, in the order they began. */
export type Recoveries = ReadonlyMap<AccountId, readonly RecoveryAttempt[]>;

export type RecoveryState = 'open' | 'expired' | 'complete' | 'refused';

export function recoveryState(attempt: RecoveryAttempt, now: number): RecoveryState {
	if (attempt.refused) return 'refused';
	if (attempt.approvals.length >= RECOVERY_APPROVALS) return 'complete';
	return now > beganAt(attempt) + RECOVERY_SECONDS ? 'expired' : 'open';
}

export const recoveryAttempt = ({ recoveries }: Directory, account: AccountId, key: Hash): RecoveryAttempt | undefined =>
	recoveries.get(account)?.find((attempt) => attempt.key === key);

/** When the first approval was given. */
export const beganAt = ({ approvals }: RecoveryAttempt): number => approvals[0]?.time ?? 0;

/** The directory after a coordinator's `recovery.approve`. Approvals of different keys never add up. */
export function approveRecovery(next: Directory, link: Link): Directory {
	const { account, key } = readBody('recovery.approve', link.body);
	const organisation = next.accounts.get(link.by)?.organisation;
	rule('account-is-there', next.accounts.get(account)?.removed === null && organisation !== undefined);
	rule('recovery-is-approved-by-others', link.by !== account);
	const known = recoveryAttempt(next, account, key);
	if (known) allowSecond(next, known, organisation, link.time);
	const approval: RecoveryApproval = { by: link.by, organisation, time: link.time };
	return withAttempt(next, account, { key, refused: null, approvals: [...(known?.approvals ?? []), approval] });
}

function allowSecond({ coordinators }: Directory, attempt: RecoveryAttempt, organisation: OrganisationId, time: number): void {
	const { approvals, refused } = attempt;
	rule('recovery-was-not-refused', refused === null);
	rule('recovery-needs-no-third', approvals.length < RECOVERY_APPROVALS);
	rule(
		'recovery-takes-two-organisations',
		approvals.every((approval) => approval.organisation !== organisation),
	);
	rule('recovery-within-48-hours', time <= beganAt(attempt) + RECOVERY_SECONDS);
	rule(
		'recovery-approver-still-coordinates',
		approvals.every(({ by }) => coordinators.has(by)),
	);
}

/** The directory after `recovery.refuse`: by the person, from a device that is not lost, or by a coordinator who was not asked. */
export function refuseRecovery(next: Directory, link: Link): Directory {
	const { account, key } = readBody('recovery.refuse', link.body);
	rule('only-coordinators-change-the-directory', link.by === account || next.coordinators.has(link.by));
	const known = recoveryAttempt(next, account, key);
	rule('recovery-is-there', known !== undefined);
	rule('recovery-was-not-refused', known.refused === null);
	return withAttempt(next, account, { ...known, refused: { by: link.by, time: link.time } });
}

function withAttempt(next: Directory, account: AccountId, attempt: RecoveryAttempt): Directory {
	const before = next.recoveries.get(account) ?? [];
	const place = before.findIndex(({ key }) => key === attempt.key);
	const attempts = place === -1 ? [...before, attempt] : before.with(place, attempt);
	return { ...next, recoveries: new Map(next.recoveries).set(account, attempts) };
}
