import type { AccountId, DeviceId } from '../bytes/ids.ts';
import type { World } from '../chain/world.ts';
import { isRevoked } from './devices.ts';
import type { Status } from './types.ts';

/** Why this browser or account has come to its end, as the chains say; `null` while it has not. */
export function endOf({ directory, users }: World, { account, device }: { account: AccountId; device: DeviceId }): Status['ended'] {
	const removed = (directory?.accounts.get(account)?.removed ?? null) !== null;
	if (removed) return 'account-removed';
	return isRevoked(users.get(account), device) ? 'device-revoked' : null;
}
