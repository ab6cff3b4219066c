import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Role } from '@multaqa/shared/chain/roles';
import { roleOf } from '@multaqa/shared/chain/roster';
import type { World } from '@multaqa/shared/chain/world';
import { Problem } from '@multaqa/shared/problem';

/** Belongs to the forum and has not been removed. */
export function isAccount({ directory }: World, account: AccountId): boolean {
	const known = directory?.accounts.get(account);
	return known !== undefined && known.removed === null;
}

/** The role of an account in a space now (seconds since 1970), or `null`. */
export function standingIn(world: World, account: AccountId, space: SpaceId, time: number): Role | null {
	const roster = world.rosters.get(space);
	return roster && isAccount(world, account) ? roleOf(roster, account, Math.max(time, roster.time)) : null;
}

/** Whoever is not a member cannot tell a space from one that does not exist. @throws Problem `not-found` */
export function requireMember(world: World, account: AccountId, space: SpaceId, time: number): Role {
	const role = standingIn(world, account, space, time);
	if (role === null) throw new Problem('not-found');
	return role;
}

/** The place of the roster at which somebody who was a member was removed; `null` for all others. */
export function leftAt({ rosters }: World, account: AccountId, space: SpaceId): number | null {
	const last = rosters.get(space)?.terms.get(account)?.at(-1);
	return last?.role === null ? last.from : null;
}

/** The spaces where an account is a member now. */
export function spacesOf(world: World, account: AccountId, time: number): SpaceId[] {
	return [...world.rosters.keys()].filter((space) => standingIn(world, account, space, time) !== null);
}
