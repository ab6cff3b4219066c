import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { Directory } from '../chain/directory.ts';
import { beganAt, RECOVERY_APPROVALS, RECOVERY_SECONDS, recoveryAttempt, recoveryState, type RecoveryAttempt } from '../chain/recovery.ts';
import type { World } from '../chain/world.ts';
import type { VaultContent } from '../vault/content.ts';
import { canDeposit, holdersOf, type KnownRequest } from './recovery.ts';
import type { ForumView, RecoveryPerson, RecoveryRequestView, RecoveryView } from './types.ts';

/** Attempts are shown for so long after they began. */
const SHOWN_SECONDS = 7 * 24 * 60 * 60;

export interface RecoveryViewParts {
	readonly directory: Directory;
	readonly users: World['users'];
	readonly self: AccountId;
	readonly deposit: VaultContent['recovery'];
	readonly requests: readonly KnownRequest[];
	readonly personName: (account: AccountId) => string | null;
	readonly organisationName: (organisation: OrganisationId) => string | null;
	/** Seconds since 1970. */
	readonly now: number;
}

/** What pages show of recovery by two. */
export function recoveryViews(parts: RecoveryViewParts): Pick<ForumView, 'recoveries' | 'recoveryRequests' | 'ownRecovery'> {
	const { directory, self, deposit, requests, now } = parts;
	const attempts = [...directory.recoveries].flatMap(([account, list]) => list.map((attempt) => ({ account, attempt })));
	return {
		recoveries: attempts
			.filter(({ account, attempt }) => concerns(parts, account) && now - beganAt(attempt) < SHOWN_SECONDS)
			.map(({ account, attempt }) => attemptView(parts, account, attempt))
			.toSorted((a, b) => b.since - a.since),
		recoveryRequests: requests.filter(({ expires }) => expires > now).map((request) => requestView(parts, request)),
		ownRecovery: {
			possible: canDeposit(directory, self),
			since: deposit?.since ?? null,
			holders: holdersOf(directory, self).map(({ account }) => person(parts, account)),
		},
	};
}

/** Told are the person, everybody of the organisation, and coordinators. */
function concerns({ directory, self }: RecoveryViewParts, account: AccountId): boolean {
	const organisation = directory.accounts.get(account)?.organisation;
	const own = directory.accounts.get(self)?.organisation;
	return account === self || directory.coordinators.has(self) || (own !== undefined && own === organisation);
}

function person({ directory, personName, organisationName }: RecoveryViewParts, account: AccountId): RecoveryPerson {
	const organisation = directory.accounts.get(account)?.organisation ?? null;
	return { account, name: personName(account), organisation, organisationName: organisation && organisationName(organisation) };
}

function attemptView(parts: RecoveryViewParts, account: AccountId, attempt: RecoveryAttempt): RecoveryView {
	const { directory, self, now } = parts;
	const since = beganAt(attempt);
	const state = isRestored(parts, account, attempt) ? 'restored' : recoveryState(attempt, now);
	return {
		...person(parts, account),
		key: attempt.key,
		self: account === self,
		approvedBy: attempt.approvals.map(({ by }) => person(parts, by)),
		refusedBy: attempt.refused && person(parts, attempt.refused.by),
		since,
		expires: since + RECOVERY_SECONDS,
		state,
		mayRefuse: (state === 'open' || state === 'complete') && (account === self || directory.coordinators.has(self)),
	};
}

/** The new device stands in the person's log: what was approved has happened. */
function isRestored({ users }: RecoveryViewParts, account: AccountId, { approvals }: RecoveryAttempt): boolean {
	const second = approvals[RECOVERY_APPROVALS - 1];
	const devices = [...(users.get(account)?.devices.values() ?? [])];
	return second !== undefined && devices.some(({ since }) => since >= second.time);
}

function requestView(parts: RecoveryViewParts, request: KnownRequest): RecoveryRequestView {
	const { key, account, words, expires } = request;
	const attempt = recoveryAttempt(parts.directory, account, key);
	return {
		...person(parts, account),
		key,
		self: account === parts.self,
		words,
		expires,
		approvals: attempt?.approvals.length ?? 0,
		mayApprove: mayApprove(parts, request, attempt),
	};
}

function mayApprove(
	{ directory, self, now }: RecoveryViewParts,
	{ account, deposited, share }: KnownRequest,
	attempt: RecoveryAttempt | undefined,
): RecoveryRequestView['mayApprove'] {
	if (account === self || !directory.coordinators.has(self)) return 'not-allowed';
	if (attempt && recoveryState(attempt, now) !== 'open') return 'settled';
	const own = directory.accounts.get(self)?.organisation;
	if (attempt?.approvals.some(({ organisation }) => organisation === own)) return 'organisation-approved';
	if (!deposited) return 'nothing-deposited';
	return share ? 'yes' : 'no-share';
}
