import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { isAccountAt, isRepresentativeAt, openMotionAbout, type Account, type Directory } from '../chain/directory.ts';
import type { Motion } from '../chain/motion.ts';
import type { VaultContent } from '../vault/content.ts';
import type { MotionView, OrganisationView, PersonMay, PersonView, Trust } from './types.ts';

export interface PeopleViewParts {
	readonly directory: Directory;
	readonly self: AccountId;
	/** What came of comparing safety codes. */
	readonly compared: VaultContent['people'];
	readonly personName: (account: AccountId) => string | null;
	readonly organisationName: (organisation: OrganisationId) => string | null;
	/** Seconds since 1970. */
	readonly now: number;
}

export function trustOf(account: AccountId, self: AccountId, compared: VaultContent['people']): Trust {
	if (account === self) return 'self';
	const outcome = compared[account]?.outcome;
	return outcome === undefined ? 'vouched' : outcome === 'match' ? 'verified' : 'mismatch';
}

export function motionView(motion: Motion | null, nameOf: (account: AccountId) => string | null): MotionView | null {
	return motion && { by: motion.by, byName: nameOf(motion.by), expires: motion.expires };
}

/** Everybody who ever belonged to the forum, in the order they came. */
export function personViews(parts: PeopleViewParts): readonly PersonView[] {
	return [...parts.directory.accounts].map(([account, entry]) => personView(parts, account, entry));
}

function personView(parts: PeopleViewParts, account: AccountId, entry: Account): PersonView {
	const { directory, self, compared, personName, organisationName, now } = parts;
	const voucher = (entry.invitation && directory.invitations.get(entry.invitation)?.by) ?? null;
	const motion = directory.coordinators.has(account) ? openMotionAbout(directory, account, now) : null;
	return {
		account,
		name: personName(account),
		organisation: entry.organisation,
		organisationName: organisationName(entry.organisation),
		coordinator: directory.coordinators.has(account),
		representative: isRepresentativeAt(directory, account, directory.seq),
		trust: trustOf(account, self, compared),
		voucher,
		voucherName: voucher && personName(voucher),
		since: entry.since,
		removed: entry.removed !== null,
		replaces: entry.replaces,
		replacedBy: entry.replacedBy,
		motion: motionView(motion, personName),
		may: mayDo(parts, account, entry, motion),
	};
}

/** The chain's rules, said beforehand. */
function mayDo({ directory, self }: PeopleViewParts, account: AccountId, entry: Account, motion: Motion | null): PersonMay {
	const acts = directory.coordinators.has(self);
	const coordinates = directory.coordinators.has(account);
	const belongs = entry.removed === null;
	const represents = isRepresentativeAt(directory, account, directory.seq);
	const stands = directory.organisations.get(entry.organisation)?.removed === null;
	const others = directory.coordinators.size > 1;
	return {
		makeCoordinator: acts && belongs && !coordinates,
		removeCoordinator: acts && coordinates && others && (account === self || motion?.by !== self),
		makeRepresentative: acts && belongs && !represents,
		endRepresentation: acts && represents,
		remove: acts && belongs && !coordinates,
		inviteAgain: acts && stands && !coordinates && entry.replacedBy === null && account !== self,
	};
}

export function organisationViews({ directory, self, organisationName }: PeopleViewParts): readonly OrganisationView[] {
	return [...directory.organisations].map(([id, { removed }]) => {
		const people = [...directory.accounts].filter(
			([account, entry]) => entry.organisation === id && isAccountAt(directory, account, directory.seq),
		);
		const coordinates = people.some(([account]) => directory.coordinators.has(account));
		const mayRemove = directory.coordinators.has(self) && id !== directory.host && removed === null && !coordinates;
		return { id, name: organisationName(id), host: id === directory.host, accounts: people.length, removed: removed !== null, mayRemove };
	});
}
