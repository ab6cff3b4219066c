import { concatBytes, equalBytes, type Bytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type ChainId, type Hash, type InvitationId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import { admitKey, verify } from '../crypto/sign.ts';
import { readBody } from './bodies.ts';
import type { Link } from './link.ts';
import type { Role } from './roles.ts';
import { rule } from './rule.ts';
import type { UserLog } from './user-log.ts';

export interface Account {
	readonly ik: Bytes;
	readonly organisation: OrganisationId;
	readonly invitation: InvitationId | null;
	/** Places in the directory. */
	readonly admitted: number;
	readonly removed: number | null;
	readonly since: number;
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
	readonly organisations: ReadonlySet<OrganisationId>;
	readonly accounts: ReadonlyMap<AccountId, Account>;
	readonly coordinators: ReadonlySet<AccountId>;
	/** For each coordinator ever: the places where that began and ended. */
	readonly coordinatorTerms: ReadonlyMap<AccountId, readonly { readonly from: number; readonly to: number | null }[]>;
	readonly representatives: ReadonlySet<AccountId>;
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

/** True when the invitation could still be used at place `seq` and time `time`. */
export function isInvitationOpenAt(invitation: Invitation, seq: number, time: number): boolean {
	const ended = [invitation.used?.seq, invitation.revoked].some((place) => typeof place === 'number' && place <= seq);
	return invitation.created <= seq && !ended && time <= invitation.expires;
}

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
		organisations: new Set([host]),
		accounts: new Map(),
		coordinators: new Set([link.by]),
		coordinatorTerms: new Map([[link.by, [{ from: 0, to: null }]]]),
		representatives: new Set([link.by]),
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
	};
	return { ...directory, accounts: new Map([[user.account, founder]]) };
}

/** The directory after `link`, whose signature and place have been checked. */
export async function reduceDirectory(before: Directory, link: Link, author: UserLog): Promise<Directory> {
	const next: Directory = { ...before, seq: link.seq, head: link.hash, heads: [...before.heads, link.hash], time: link.time };
	if (link.type === 'account.admit') return admitAccount(next, link, author);
	rule('author-is-a-member-of-the-forum', isAccountAt(before, link.by, before.seq) && link.device !== null);
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
	rule('joiner-signs-with-the-identity-key', link.device === null && equalBytes(author.ik, body.ik));
	rule('joiner-is-new', !next.accounts.has(link.by));
	rule('joiner-key-is-the-first', author.key.hash === body.key && author.key.generation === 1);
	const message = admissionMessage(next.id, body.invitation, body.ik, body.key);
	rule('invitation-key-signed', await verify(idBytes(body.invitation), 'admission', message, body.proof));
	const account: Account = {
		ik: body.ik,
		organisation: invitation.organisation,
		invitation: body.invitation,
		admitted: link.seq,
		removed: null,
		since: link.time,
	};
	return {
		...next,
		accounts: new Map(next.accounts).set(link.by, account),
		invitations: new Map(next.invitations).set(body.invitation, { ...invitation, used: { account: link.by, seq: link.seq } }),
	};
}

function reduceByCoordinator(next: Directory, link: Link): Directory {
	switch (link.type) {
		case 'organisation.add': {
			const { organisation } = readBody('organisation.add', link.body);
			rule('organisation-is-new', !next.organisations.has(organisation));
			return { ...next, organisations: new Set(next.organisations).add(organisation) };
		}
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
		case 'policy.set':
			readBody('policy.set', link.body);
			return next;
		default:
			rule('type-is-known', false);
	}
}

function createInvitation(next: Directory, link: Link): Directory {
	const { invitation: id, ...body } = readBody('invitation.create', link.body);
	admitKey(idBytes(id));
	rule('invitation-is-new', !next.invitations.has(id));
	rule('organisation-exists', next.organisations.has(body.organisation));
	rule('invitation-ends-after-it-begins', body.expires > link.time);
	const invitation: Invitation = { ...body, by: link.by, created: link.seq, used: null, revoked: null };
	return { ...next, invitations: new Map(next.invitations).set(id, invitation) };
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
	const representatives = new Set(next.representatives);
	representatives.delete(id);
	return { ...next, representatives, accounts: new Map(next.accounts).set(id, { ...account, removed: link.seq }) };
}

function changeCoordinator(next: Directory, link: Link, type: 'coordinator.add' | 'coordinator.remove'): Directory {
	const { account } = readBody(type, link.body);
	rule('account-is-there', isAccountAt(next, account, next.seq));
	const adding = type === 'coordinator.add';
	rule('coordinator-state-changes', next.coordinators.has(account) !== adding);
	rule('nobody-acts-upward', adding || account === link.by);
	rule('last-coordinator-stays', adding || next.coordinators.size > 1);
	const coordinators = new Set(next.coordinators);
	const terms = next.coordinatorTerms.get(account) ?? [];
	if (adding) coordinators.add(account);
	else coordinators.delete(account);
	const changed = adding
		? [...terms, { from: link.seq, to: null }]
		: terms.map((term) => (term.to === null ? { ...term, to: link.seq } : term));
	return { ...next, coordinators, coordinatorTerms: new Map(next.coordinatorTerms).set(account, changed) };
}

function changeRepresentative(next: Directory, link: Link, type: 'representative.add' | 'representative.remove'): Directory {
	const { account } = readBody(type, link.body);
	rule('account-is-there', isAccountAt(next, account, next.seq));
	const representatives = new Set(next.representatives);
	if (type === 'representative.add') representatives.add(account);
	else representatives.delete(account);
	return { ...next, representatives };
}
