import { concatBytes, equalBytes, type Bytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type ChainId, type Hash, type InvitationId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import { admitKey, verify } from '../crypto/sign.ts';
import { readBody } from './bodies.ts';
import type { Link } from './link.ts';
import { moveTogether, openMotion, withMotion, withoutMotion, type Motions } from './motion.ts';
import { approveRecovery, refuseRecovery, type Recoveries } from './recovery.ts';
import {
	ended,
	foundedBy,
	isKeyDue,
	representsAt,
	withKey,
	withoutRepresentative,
	withRepresentative,
	type Representation,
} from './representation.ts';
import type { Role } from './roles.ts';
import { rule } from './rule.ts';
import { keyAt, type UserLog } from './user-log.ts';

export interface Account {
	readonly ik: Bytes;
	readonly organisation: OrganisationId;
	readonly invitation: InvitationId | null;
	/** Places in the directory. */
	readonly admitted: number;
	readonly removed: number | null;
	readonly since: number;
	/** The account in whose place this one came, and the one that came in place of this. */
	readonly replaces: AccountId | null;
	readonly replacedBy: AccountId | null;
}

export interface Invitation {
	readonly by: AccountId;
	readonly kem: Hash;
	readonly organisation: OrganisationId;
	readonly role: Role;
	readonly spaces: readonly SpaceId[];
	/** Seconds since 1970. */
	readonly expires: number;
	readonly approval: boolean;
	readonly replaces: AccountId | null;
	/** Places in the directory. */
	readonly created: number;
	readonly used: { readonly account: AccountId; readonly seq: number } | null;
	readonly revoked: number | null;
}

/** Who belongs to the forum: ids and keys, no names. */
export interface Directory {
	readonly id: ChainId;
	readonly seq: number;
	readonly head: Hash;
	readonly heads: readonly Hash[];
	readonly time: number;
	readonly host: OrganisationId;
	readonly founder: AccountId;
	/** Each with the places where it was added and removed. */
	readonly organisations: ReadonlyMap<OrganisationId, { readonly added: number; readonly removed: number | null }>;
	readonly accounts: ReadonlyMap<AccountId, Account>;
	/** Accounts that were removed, in that order: what every space looks at. */
	readonly removals: readonly { readonly account: AccountId; readonly seq: number }[];
	readonly coordinators: ReadonlySet<AccountId>;
	/** Coordinators whose removal one other coordinator has proposed. */
	readonly motions: Motions;
	/** For each coordinator ever: the places where that began and ended. */
	readonly coordinatorTerms: ReadonlyMap<AccountId, readonly { readonly from: number; readonly to: number | null }[]>;
	/** Who may bind their organisation, and its keys. */
	readonly representation: Representation;
	/** Attempts to restore an account whose devices are all lost. */
	readonly recoveries: Recoveries;
	readonly invitations: ReadonlyMap<InvitationId, Invitation>;
	/** Highest place of each author's user log cited so far: nobody goes back behind it. */
	readonly cited: ReadonlyMap<AccountId, number>;
}

/** True when the account belonged to the forum at place `seq`. */
export function isAccountAt(directory: Directory, account: AccountId, seq: number): boolean {
	const known = directory.accounts.get(account);
	return known !== undefined && known.admitted <= seq && (known.removed === null || known.removed > seq);
}

/** True when the account was a coordinator of the forum at place `seq`. */
export function isCoordinatorAt(directory: Directory, account: AccountId, seq: number): boolean {
	const terms = directory.coordinatorTerms.get(account) ?? [];
	return terms.some(({ from, to }) => from <= seq && (to === null || to > seq));
}

/** True when the organisation belonged to the forum at place `seq`. */
export function isOrganisationAt(directory: Directory, organisation: OrganisationId, seq: number): boolean {
	const known = directory.organisations.get(organisation);
	return known !== undefined && known.added <= seq && (known.removed === null || known.removed > seq);
}

/** True when the account could bind its organisation at place `seq`. */
export const isRepresentativeAt = ({ representation }: Directory, account: AccountId, seq: number): boolean =>
	representsAt(representation, account, seq);

/** True when a representative should make a new key for the organisation. */
export function needsKey({ accounts, representation }: Directory, organisation: OrganisationId): boolean {
	const members = [...accounts].flatMap(([id, account]) => (account.organisation === organisation ? [id] : []));
	return isKeyDue(representation, organisation, members);
}

/** True when the invitation could still be used at place `seq` and time `time`. */
export function isInvitationOpenAt(directory: Directory, invitation: Invitation, seq: number, time: number): boolean {
	const left = directory.organisations.get(invitation.organisation)?.removed;
	const ended = [invitation.used?.seq, invitation.revoked, left].some((place) => typeof place === 'number' && place <= seq);
	return invitation.created <= seq && !ended && time <= invitation.expires;
}

/** The motion about a coordinator that another one could confirm now. */
export const openMotionAbout = (directory: Directory, account: AccountId, time: number) =>
	openMotion(directory.motions, account, time, (by) => directory.coordinators.has(by));

/** What the invitation key signs when it is used: forum, invitation, identity key and encryption key. */
export function admissionMessage(forum: ChainId, invitation: InvitationId, ik: Uint8Array, key: Hash): Bytes {
	return concatBytes(idBytes(forum), idBytes(invitation), ik, idBytes(key));
}

/** The directory after its first link. */
export function createDirectory(link: Link): Directory {
	rule('forum-comes-first', link.type === 'forum.create' && link.seq === 0 && link.device !== null);
	const { host } = readBody('forum.create', link.body);
	return {
		id: link.chain,
		seq: 0,
		head: link.hash,
		heads: [link.hash],
		time: link.time,
		host,
		founder: link.by,
		organisations: new Map([[host, { added: 0, removed: null }]]),
		accounts: new Map(),
		removals: [],
		motions: new Map(),
		coordinators: new Set([link.by]),
		coordinatorTerms: new Map([[link.by, [{ from: 0, to: null }]]]),
		representation: foundedBy(link.by),
		recoveries: new Map(),
		invitations: new Map(),
		cited: new Map(),
	};
}

/** Enters the founder, whose identity key stands in the user log and not in an invitation. */
export function admitFounder(directory: Directory, user: UserLog): Directory {
	const founder: Account = {
		ik: user.ik,
		organisation: directory.host,
		invitation: null,
		admitted: 0,
		removed: null,
		since: directory.time,
		replaces: null,
		replacedBy: null,
	};
	return { ...directory, accounts: new Map([[user.account, founder]]) };
}

/** The directory after `link`, whose signature and place have been checked. */
export async function reduceDirectory(before: Directory, link: Link, author: UserLog): Promise<Directory> {
	const next: Directory = { ...before, seq: link.seq, head: link.hash, heads: [...before.heads, link.hash], time: link.time };
	if (link.type === 'account.admit') return admitAccount(next, link, author);
	rule('author-is-a-member-of-the-forum', isAccountAt(before, link.by, before.seq) && link.device !== null);
	if (link.type === 'recovery.refuse') return refuseRecovery(next, link);
	if (link.type === 'organisation.key') return newOrganisationKey(next, link);
	rule('only-coordinators-change-the-directory', before.coordinators.has(link.by));
	return reduceByCoordinator(next, link);
}

async function admitAccount(next: Directory, link: Link, author: UserLog): Promise<Directory> {
	const body = readBody('account.admit', link.body);
	const invitation = next.invitations.get(body.invitation);
	rule('invitation-exists', invitation !== undefined);
	rule('invitation-is-single-use', invitation.used === null);
	rule('invitation-is-not-revoked', invitation.revoked === null);
	rule('invitation-has-not-expired', link.time <= invitation.expires);
	rule('inviter-is-still-a-coordinator', next.coordinators.has(invitation.by));
	rule('organisation-exists', stands(next, invitation.organisation));
	rule('joiner-signs-with-the-identity-key', link.device === null && equalBytes(author.ik, body.ik));
	rule('joiner-is-new', !next.accounts.has(link.by));
	rule('joiner-key-is-the-first', keyAt(author, 0) === body.key);
	const message = admissionMessage(next.id, body.invitation, body.ik, body.key);
	rule('invitation-key-signed', await verify(idBytes(body.invitation), 'admission', message, body.proof));
	const account: Account = {
		ik: body.ik,
		organisation: invitation.organisation,
		invitation: body.invitation,
		admitted: link.seq,
		removed: null,
		since: link.time,
		replaces: invitation.replaces,
		replacedBy: null,
	};
	const cleared = invitation.replaces === null ? next : replaceAccount(next, invitation.replaces, link);
	return {
		...cleared,
		accounts: new Map(cleared.accounts).set(link.by, account),
		invitations: new Map(next.invitations).set(body.invitation, { ...invitation, used: { account: link.by, seq: link.seq } }),
	};
}

/** Somebody who lost everything is here again as a new identity: the old one ends with the same link. */
function replaceAccount(next: Directory, id: AccountId, link: Link): Directory {
	const old = next.accounts.get(id);
	rule('account-is-replaced-once', old !== undefined && old.replacedBy === null);
	rule('nobody-acts-upward', !next.coordinators.has(id));
	const ended = old.removed === null ? withoutAccounts(next, [id], link.seq) : next;
	const account = ended.accounts.get(id) ?? old;
	return { ...ended, accounts: new Map(ended.accounts).set(id, { ...account, replacedBy: link.by }) };
}

const stands = (directory: Directory, organisation: OrganisationId): boolean => directory.organisations.get(organisation)?.removed === null;

function reduceByCoordinator(next: Directory, link: Link): Directory {
	switch (link.type) {
		case 'organisation.add': {
			const { organisation } = readBody('organisation.add', link.body);
			rule('organisation-is-new', !next.organisations.has(organisation));
			return { ...next, organisations: new Map(next.organisations).set(organisation, { added: link.seq, removed: null }) };
		}
		case 'organisation.remove':
			return removeOrganisation(next, link);
		case 'invitation.create':
			return createInvitation(next, link);
		case 'invitation.revoke':
			return revokeInvitation(next, link);
		case 'account.remove':
			return removeAccount(next, link);
		case 'coordinator.add':
		case 'coordinator.remove':
			return changeCoordinator(next, link, link.type);
		case 'representative.add':
		case 'representative.remove':
			return changeRepresentative(next, link, link.type);
		case 'recovery.approve':
			return approveRecovery(next, link);
		default:
			rule('type-is-known', false);
	}
}

function createInvitation(next: Directory, link: Link): Directory {
	const { invitation: id, ...body } = readBody('invitation.create', link.body);
	admitKey(idBytes(id));
	rule('invitation-is-new', !next.invitations.has(id));
	rule('organisation-exists', stands(next, body.organisation));
	if (body.replaces !== null) checkReplaced(next, body.replaces, body.organisation);
	rule('invitation-ends-after-it-begins', body.expires > link.time);
	const invitation: Invitation = { ...body, by: link.by, created: link.seq, used: null, revoked: null };
	return { ...next, invitations: new Map(next.invitations).set(id, invitation) };
}

function checkReplaced(next: Directory, id: AccountId, organisation: OrganisationId): void {
	const account = next.accounts.get(id);
	rule('account-is-there', account !== undefined && account.organisation === organisation);
	rule('account-is-replaced-once', account.replacedBy === null);
	rule('nobody-acts-upward', !next.coordinators.has(id));
}

function revokeInvitation(next: Directory, link: Link): Directory {
	const { invitation: id } = readBody('invitation.revoke', link.body);
	const invitation = next.invitations.get(id);
	rule('invitation-exists', invitation !== undefined);
	rule('invitation-is-open', invitation.used === null && invitation.revoked === null);
	return { ...next, invitations: new Map(next.invitations).set(id, { ...invitation, revoked: link.seq }) };
}

function removeAccount(next: Directory, link: Link): Directory {
	const { account: id } = readBody('account.remove', link.body);
	const account = next.accounts.get(id);
	rule('account-is-there', account !== undefined && account.removed === null);
	rule('nobody-acts-upward', !next.coordinators.has(id));
	return withoutAccounts(next, [id], link.seq);
}

/** Removes an organisation with everybody in it. */
function removeOrganisation(next: Directory, link: Link): Directory {
	const { organisation } = readBody('organisation.remove', link.body);
	rule('organisation-exists', stands(next, organisation));
	rule('host-stays', organisation !== next.host);
	const people = [...next.accounts].filter(([, account]) => account.organisation === organisation && account.removed === null);
	const ids = people.map(([id]) => id);
	rule('nobody-acts-upward', !ids.some((id) => next.coordinators.has(id)));
	const added = next.organisations.get(organisation)?.added ?? 0;
	const organisations = new Map(next.organisations).set(organisation, { added, removed: link.seq });
	return { ...withoutAccounts(next, ids, link.seq), organisations };
}

function withoutAccounts(next: Directory, ids: readonly AccountId[], seq: number): Directory {
	const accounts = new Map(next.accounts);
	for (const id of ids) {
		const account = accounts.get(id);
		if (account) accounts.set(id, { ...account, removed: seq });
	}
	const representation = ended(next.representation, ids, seq);
	return { ...next, representation, accounts, removals: [...next.removals, ...ids.map((account) => ({ account, seq }))] };
}

function changeCoordinator(next: Directory, link: Link, type: 'coordinator.add' | 'coordinator.remove'): Directory {
	const { account } = readBody(type, link.body);
	rule('account-is-there', isAccountAt(next, account, next.seq));
	const adding = type === 'coordinator.add';
	rule('coordinator-state-changes', next.coordinators.has(account) !== adding);
	rule('last-coordinator-stays', adding || next.coordinators.size > 1);
	if (!adding && account !== link.by) {
		const motion = moveTogether(openMotionAbout(next, account, link.time), link.by, link.time);
		if (motion) return { ...next, motions: withMotion(next.motions, account, motion) };
	}
	const coordinators = new Set(next.coordinators);
	const terms = next.coordinatorTerms.get(account) ?? [];
	if (adding) coordinators.add(account);
	else coordinators.delete(account);
	const changed = adding
		? [...terms, { from: link.seq, to: null }]
		: terms.map((term) => (term.to === null ? { ...term, to: link.seq } : term));
	const motions = withoutMotion(next.motions, account);
	return { ...next, coordinators, motions, coordinatorTerms: new Map(next.coordinatorTerms).set(account, changed) };
}

function changeRepresentative(next: Directory, link: Link, type: 'representative.add' | 'representative.remove'): Directory {
	const { account } = readBody(type, link.body);
	rule('account-is-there', isAccountAt(next, account, next.seq));
	const change = type === 'representative.add' ? withRepresentative : withoutRepresentative;
	return { ...next, representation: change(next.representation, account, link.seq) };
}

/** Made by one of those who hold it, since nobody else may know it. */
function newOrganisationKey(next: Directory, link: Link): Directory {
	const { key } = readBody('organisation.key', link.body);
	const organisation = next.accounts.get(link.by)?.organisation;
	rule('representatives-make-the-key', organisation !== undefined && isRepresentativeAt(next, link.by, next.seq));
	admitKey(key);
	return { ...next, representation: withKey(next.representation, organisation, { key, from: link.seq, by: link.by }) };
}
