import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { isAccountAt, type Directory, type Invitation } from '../chain/directory.ts';
import type { Roster } from '../chain/roster.ts';
import type { VaultContent } from '../vault/content.ts';
import type { NamesFeature, Profiles } from './names.ts';
import { organisationViews, personViews } from './people-views.ts';
import { recoveryViews, type RecoveryViewParts } from './recovery-views.ts';
import type { Space } from './space.ts';
import type { ForumView, InvitationView, PendingView } from './types.ts';

/** Names that a space's own index stream tells, from generation `since` on. */
export function namesOf(space: Space, names: NamesFeature, directory: Directory | null, since = 0): Profiles {
	const { roster } = space;
	const coordinates = (account: AccountId) => roster?.terms.get(account)?.some(({ role }) => role === 'coordinator') ?? false;
	const predecessor = (account: AccountId) => directory?.accounts.get(account)?.replaces ?? null;
	const events = space.events(space.index);
	const told = since === 0 ? events : events.filter((event) => !event.verified || event.generation >= since);
	return names.read(told, coordinates, predecessor);
}

/** What the whole forum's pages show. Names are gathered from every space this account reads. */
export function forumView(
	directory: Directory,
	self: AccountId,
	profiles: readonly Profiles[],
	extras: Pick<RecoveryViewParts, 'deposit' | 'requests' | 'users'> & {
		pending: readonly PendingView[];
		awaiting: readonly number[] | null;
		fragments: ReadonlyMap<string, string>;
		compared: VaultContent['people'];
		now: number;
	},
): ForumView | null {
	const account = directory.accounts.get(self);
	if (!account) return null;
	const personName = (id: AccountId) => firstOf(profiles, ({ people }) => people.get(id) ?? null);
	const nameOf = (id: OrganisationId) => firstOf(profiles, ({ organisations }) => organisations.get(id) ?? null);
	const parts = { directory, self, compared: extras.compared, personName, organisationName: nameOf, now: extras.now };
	return {
		id: directory.heads[0] ?? directory.head,
		title: firstOf(profiles, ({ forum }) => forum) ?? '',
		coordinator: directory.coordinators.has(self),
		organisation: account.organisation,
		organisations: organisationViews(parts),
		people: personViews(parts),
		nameRefused: profiles.some(({ refused }) => refused.has(self)),
		invitations: [...directory.invitations].map(([id, invitation]) => ({
			id,
			...invitationView(invitation, extras.now),
			fragment: extras.fragments.get(id) ?? null,
		})),
		pending: extras.pending,
		awaiting: extras.awaiting,
		...recoveryViews({ ...extras, directory, self, personName, organisationName: nameOf }),
	};
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
