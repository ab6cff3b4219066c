import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { isAccountAt, type Directory, type Invitation } from '../chain/directory.ts';
import { membersOf, roleOf, termAt, type Roster } from '../chain/roster.ts';
import type { NamesFeature, Profiles } from './names.ts';
import type { Space } from './space.ts';
import type { ForumView, InvitationView, MemberView, OrganisationView, PendingView, SpaceView } from './types.ts';

/** Names that a space's own index stream tells. */
export function namesOf(space: Space, names: NamesFeature): Profiles {
	const { roster } = space;
	const coordinates = (account: AccountId) => roster?.terms.get(account)?.some(({ role }) => role === 'coordinator') ?? false;
	return names.read(space.events(space.index), coordinates);
}

/** What a space's page shows. */
export function spaceView(space: Space, self: AccountId, directory: Directory | null, names: NamesFeature, now: number): SpaceView | null {
	const { roster } = space;
	const role = roster && roleOf(roster, self, now);
	if (!roster || !role) return null;
	const profiles = namesOf(space, names);
	return {
		id: space.id,
		title: profiles.title,
		role,
		writable: space.refusal() === null,
		members: membersOf(roster, now).map((account) => memberView(account, self, roster, directory, profiles, now)),
		index: space.index,
		synchronised: space.synchronised,
	};
}

function memberView(
	account: AccountId,
	self: AccountId,
	roster: Roster,
	directory: Directory | null,
	profiles: Profiles,
	now: number,
): MemberView {
	const term = termAt(roster, account, roster.seq, now);
	const organisation = directory?.accounts.get(account)?.organisation ?? null;
	const voucher = term && term.voucher !== account ? term.voucher : null;
	return {
		account,
		name: profiles.people.get(account) ?? null,
		organisation,
		organisationName: organisation && (profiles.organisations.get(organisation) ?? null),
		role: term?.role ?? 'observer',
		trust: account === self ? 'self' : 'vouched',
		voucher,
		voucherName: voucher && (profiles.people.get(voucher) ?? null),
		since: term?.since ?? 0,
		until: term?.until ?? null,
	};
}

/** What the whole forum's pages show. Names are gathered from every space this account reads. */
export function forumView(
	directory: Directory,
	self: AccountId,
	profiles: readonly Profiles[],
	extras: { pending: readonly PendingView[]; awaiting: readonly number[] | null; fragments: ReadonlyMap<string, string>; now: number },
): ForumView | null {
	const account = directory.accounts.get(self);
	if (!account) return null;
	const nameOf = (id: OrganisationId) => firstOf(profiles, ({ organisations }) => organisations.get(id) ?? null);
	return {
		id: directory.heads[0] ?? directory.head,
		title: firstOf(profiles, ({ forum }) => forum) ?? '',
		coordinator: directory.coordinators.has(self),
		organisation: account.organisation,
		organisations: [...directory.organisations].map((id) => organisationView(id, directory, nameOf(id))),
		invitations: [...directory.invitations].map(([id, invitation]) => ({
			id,
			...invitationView(invitation, extras.now),
			fragment: extras.fragments.get(id) ?? null,
		})),
		pending: extras.pending,
		awaiting: extras.awaiting,
	};
}

function organisationView(id: OrganisationId, directory: Directory, name: string | null): OrganisationView {
	const accounts = [...directory.accounts].filter(
		([account, entry]) => entry.organisation === id && isAccountAt(directory, account, directory.seq),
	);
	return { id, name, host: id === directory.host, accounts: accounts.length };
}

function invitationView(invitation: Invitation, now: number): Omit<InvitationView, 'id' | 'fragment'> {
	const { organisation, role, spaces, expires, approval, by } = invitation;
	return { organisation, role, spaces, expires, approval, by, state: stateOf(invitation, now) };
}

function stateOf(invitation: Invitation, now: number): InvitationView['state'] {
	if (invitation.used) return 'used';
	if (invitation.revoked !== null) return 'revoked';
	return now > invitation.expires ? 'expired' : 'open';
}

/** Accounts admitted by an invitation that demands approval and not yet in any of its spaces. */
export function waitingAccounts(directory: Directory, rosters: ReadonlyMap<string, Roster>): readonly Omit<PendingView, 'words'>[] {
	return [...directory.invitations.values()].flatMap(({ approval, used, spaces, organisation, role }) => {
		if (!approval || !used || !isAccountAt(directory, used.account, directory.seq)) return [];
		const entered = spaces.some((space) => rosters.get(space)?.terms.has(used.account) ?? false);
		return entered ? [] : [{ account: used.account, organisation, role, spaces }];
	});
}

function firstOf<T>(profiles: readonly Profiles[], read: (profiles: Profiles) => T | null): T | null {
	for (const each of profiles) {
		const found = read(each);
		if (found !== null) return found;
	}
	return null;
}
