import type { RecoveryRequest } from '@multaqa/db/recoveries';
import type { RecoveryAttempt } from '@multaqa/shared/chain/recovery';
import { RECOVERY_SECONDS, recoveryAttempt, recoveryState } from '@multaqa/shared/chain/recovery';
import type { World } from '@multaqa/shared/chain/world';
import { isAccount } from '../chain/standing.ts';

type Asked = Pick<RecoveryRequest, 'id' | 'account'>;

/** What coordinators said of a request and still stands at `time` (seconds since 1970). */
function attemptAt(world: World, { id, account }: Asked, time: number): RecoveryAttempt | null {
	const attempt = world.directory && isAccount(world, account) ? recoveryAttempt(world.directory, account, id) : undefined;
	if (!attempt || ['refused', 'expired'].includes(recoveryState(attempt, time))) return null;
	return attempt;
}

/** How many organisations have approved. */
export const approvalsAt = (world: World, request: Asked, time: number): number => attemptAt(world, request, time)?.approvals.length ?? 0;

/** True when two coordinators of different organisations approved within 48 hours of each other and of now. */
export function isApprovedAt(world: World, request: Asked, time: number): boolean {
	const attempt = attemptAt(world, request, time);
	if (!attempt || recoveryState(attempt, time) !== 'complete') return false;
	const organisations = new Set(attempt.approvals.map(({ organisation }) => organisation));
	return organisations.size > 1 && attempt.approvals.every((approval) => time <= approval.time + RECOVERY_SECONDS);
}
