import type { AccountId } from '../bytes/ids.ts';
import { mayGrant, mayModerate, ROLES, type Role } from '../chain/roles.ts';
import { membersOf, openMotionIn, roleOf, termAt, type Roster } from '../chain/roster.ts';
import type { Directory } from '../chain/directory.ts';
import type { VaultContent } from '../vault/content.ts';
import { confirmationOf } from './attest.ts';
import type { Profiles } from './names.ts';
import { motionView, trustOf } from './people-views.ts';
import type { Space } from './space.ts';
import type { MemberMay, MemberView, SpaceView } from './types.ts';

export interface SpaceViewParts {
	readonly self: AccountId;
	readonly directory: Directory;
	readonly compared: VaultContent['people'];
	readonly profiles: Profiles;
	/** Seconds since 1970. */
	readonly now: number;
}

/** What a space's page shows; `null` when this account is not (or no longer) in it. */
export function spaceView(space: Space, parts: SpaceViewParts): SpaceView | null {
	const { roster } = space;
	const { self, directory, profiles, now } = parts;
	const members = roster ? membersOf(roster, directory, now) : [];
	const role = roster && members.includes(self) ? roleOf(roster, self, now) : null;
	if (!roster || !role) return null;
	const last = roster.generations.at(-1);
	const coordinators = members.filter((account) => roleOf(roster, account, now) === 'coordinator').length;
	return {
		id: space.id,
		title: profiles.title,
		role,
		writable: space.writer.refusal() === null,
		members: members.map((account) =>
			memberView(roster, role, account, { ...parts, coordinators, silencedUntil: space.judge.silencedUntil(account, now) }),
		),
		index: space.index,
		synchronised: space.synchronised,
		renewing: space.writer.renewing,
		history: roster.history,
		confirmation: confirmationOf(space, self, now, members.length - 1),
		generation: { number: last?.generation ?? 0, since: last?.time ?? 0 },
		may: {
			speakForOrganisation: space.writer.represents,
			setHistory: role === 'coordinator',
			leave: role !== 'coordinator' || coordinators > 1,
			addMembers: ROLES.filter((granted) => mayGrant(role, granted)),
		},
	};
}

interface MemberViewParts extends SpaceViewParts {
	/** How many coordinate the space. */
	readonly coordinators: number;
	readonly silencedUntil: number | null;
}

function memberView(roster: Roster, own: Role, account: AccountId, parts: MemberViewParts): MemberView {
	const { self, directory, compared, profiles, now, silencedUntil } = parts;
	const term = termAt(roster, account, roster.seq, now);
	const organisation = directory.accounts.get(account)?.organisation ?? null;
	const voucher = term && term.voucher !== account ? term.voucher : null;
	const nameOf = (id: AccountId) => profiles.people.get(id) ?? null;
	return {
		account,
		name: nameOf(account),
		organisation,
		organisationName: organisation && (profiles.organisations.get(organisation) ?? null),
		role: term?.role ?? 'observer',
		trust: trustOf(account, self, compared),
		voucher,
		voucherName: voucher && nameOf(voucher),
		since: term?.since ?? 0,
		until: term?.until ?? null,
		silencedUntil,
		motion: motionView(openMotionIn(roster, account, now), nameOf),
		replaces: directory.accounts.get(account)?.replaces ?? null,
		nameRefused: profiles.refused.has(account),
		may: mayDo(roster, own, account, parts),
	};
}

/** The chain's rules, said beforehand. Leaving is not among them: see `SpaceView.may.leave`. */
function mayDo(roster: Roster, own: Role, account: AccountId, { self, coordinators, now }: MemberViewParts): MemberMay {
	const role = roleOf(roster, account, now);
	if (role === null) return { setRoles: [], remove: null };
	const isLast = role === 'coordinator' && coordinators < 2;
	const isOwn = account === self;
	const settable = role !== 'guest' && !isLast && (isOwn ? mayGrant(own, own) : mayModerate(own, role));
	return {
		setRoles: settable ? ROLES.filter((granted) => granted !== 'guest' && granted !== role && mayGrant(own, granted)) : [],
		remove: isOwn || isLast ? null : removalOf(roster, own, role, account, { self, now }),
	};
}

function removalOf(
	roster: Roster,
	own: Role,
	role: Role,
	account: AccountId,
	{ self, now }: Pick<SpaceViewParts, 'self' | 'now'>,
): MemberMay['remove'] {
	if (mayModerate(own, role)) return 'now';
	if (own !== 'coordinator' || role !== 'coordinator') return null;
	const motion = openMotionIn(roster, account, now);
	if (motion === null) return 'propose';
	return motion.by === self ? null : 'confirm';
}
