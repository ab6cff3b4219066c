import { concatBytes } from '../bytes/bytes.ts';
import { idBytes, idOf, type AccountId, type ChainId, type Hash, type InvitationId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { readBody } from './bodies.ts';
import { isAccountAt, isCoordinatorAt, isInvitationOpenAt, type Directory, type Invitation } from './directory.ts';
import type { Cite, Link } from './link.ts';
import { mayGrant, outranks, type Role } from './roles.ts';
import { rule } from './rule.ts';

/** One stay of a person in a space, in one role. */
export interface Term {
	/** Place in the roster where it begins; `role: null` is an absence. */
	readonly from: number;
	readonly role: Role | null;
	/** Seconds since 1970. */
	readonly since: number;
	readonly until: number | null;
	/** Who added the person (for a joiner by invitation: who invited). */
	readonly voucher: AccountId;
}

/** One key of a space. */
export interface Generation {
	readonly generation: number;
	/** Place in the roster. */
	readonly seq: number;
	readonly commitment: Uint8Array;
	/** The key before, sealed under this one; `null` for the first, or where newcomers may not read back. */
	readonly back: Uint8Array | null;
	readonly by: AccountId;
	readonly time: number;
}

/** Who belongs to a space, in which role, under which keys. */
export interface Roster {
	readonly id: ChainId;
	readonly forum: ChainId;
	readonly seq: number;
	readonly head: Hash;
	readonly heads: readonly Hash[];
	readonly time: number;
	readonly terms: ReadonlyMap<AccountId, readonly Term[]>;
	readonly generations: readonly Generation[];
	/** Places of removals: what is written after one needs a later generation. */
	readonly removals: readonly number[];
	readonly history: 'everything' | 'joining';
	readonly cited: ReadonlyMap<AccountId, number>;
	/** Highest place of the directory cited so far. */
	readonly directorySeq: number;
}

/** The term of an account at a place, or `null` when it was not a member there. */
export function termAt(roster: Roster, account: AccountId, seq: number, time: number): Term | null {
	const term = roster.terms.get(account)?.findLast(({ from }) => from <= seq);
	if (!term || term.role === null) return null;
	return term.until !== null && time >= term.until ? null : term;
}

/** The role of an account at the head. */
export const roleOf = (roster: Roster, account: AccountId, time = roster.time): Role | null =>
	termAt(roster, account, roster.seq, time)?.role ?? null;

/** Members at the head, in the order of their ids. */
export function membersOf(roster: Roster, time = roster.time): readonly AccountId[] {
	return [...roster.terms.keys()].filter((account) => roleOf(roster, account, time) !== null).sort();
}

/** The generation in force at a place; `null` before the first. */
export function generationAt(roster: Roster, seq: number): Generation | null {
	return roster.generations.findLast((generation) => generation.seq <= seq) ?? null;
}

/** True while a removal waits for its rotation: nobody writes. */
export function isDirtyAt(roster: Roster, seq: number): boolean {
	const removal = roster.removals.findLast((place) => place <= seq);
	return removal !== undefined && removal > (generationAt(roster, seq)?.seq ?? -1);
}

/**
 * Invitations to this space that need nobody's approval and would let somebody in now: they get a wrap too. One by
 * a person who may not grant its role here gets none, or its maker would read with its secret.
 */
export function openInvitations(roster: Roster, directory: Directory, seq: number, time: number): readonly InvitationId[] {
	const opens = (invitation: Invitation) =>
		!invitation.approval &&
		invitation.spaces.includes(roster.id) &&
		isInvitationOpenAt(invitation, seq, time) &&
		isCoordinatorAt(directory, invitation.by, seq) &&
		mayOffer(roster, invitation, time);
	return [...directory.invitations]
		.filter(([, invitation]) => opens(invitation))
		.map(([id]) => id)
		.sort();
}

/** True when the inviter is in the space and may grant the role that the invitation names. */
function mayOffer(roster: Roster, { by, role }: Invitation, time: number): boolean {
	const inviter = roleOf(roster, by, time);
	return inviter !== null && mayGrant(inviter, role);
}

/** Commits a rotation to exactly the members and open invitations of its place. */
export function recipientsHash(members: readonly AccountId[], invitations: readonly InvitationId[]): Hash {
	return idOf<Hash>(hash('recipients', concatBytes(...[...members, ...invitations].map((id) => idBytes(id)))));
}

/** The roster after its first link. */
export function createRoster(link: Link, directory: Directory): Roster {
	rule('space-comes-first', link.type === 'space.create' && link.seq === 0 && link.device !== null);
	const { forum } = readBody('space.create', link.body);
	rule('space-belongs-to-the-forum', forum === directory.id);
	const at = citedDirectory(directory, link, 0);
	rule('only-coordinators-create-spaces', isCoordinatorAt(directory, link.by, at.seq));
	const founder: Term = { from: 0, role: 'coordinator', since: link.time, until: null, voucher: link.by };
	return {
		id: link.chain,
		forum,
		seq: 0,
		head: link.hash,
		heads: [link.hash],
		time: link.time,
		terms: new Map([[link.by, [founder]]]),
		generations: [],
		removals: [],
		history: 'everything',
		cited: new Map(),
		directorySeq: at.seq,
	};
}

/** The roster after `link`, whose signature and place have been checked. */
export function reduceRoster(before: Roster, link: Link, directory: Directory): Roster {
	const at = citedDirectory(directory, link, before.directorySeq);
	rule('author-is-a-member-of-the-forum', isAccountAt(directory, link.by, at.seq) && link.device !== null);
	const next: Roster = {
		...before,
		seq: link.seq,
		head: link.hash,
		heads: [...before.heads, link.hash],
		time: link.time,
		directorySeq: at.seq,
	};
	if (link.type === 'member.add') return addMember(next, link, directory, at);
	const actor = roleOf(before, link.by, link.time);
	rule('author-is-a-member-of-the-space', actor !== null);
	switch (link.type) {
		case 'member.remove':
			return removeMember(next, link, actor);
		case 'role.set':
			return setRole(next, link, actor);
		case 'key.rotate':
			return rotateKey(next, link, directory, at);
		case 'policy.set':
			rule('only-coordinators-set-the-policy', actor === 'coordinator');
			return { ...next, history: readBody('policy.set', link.body).history };
		default:
			rule('type-is-known', false);
	}
}

/** The place of the directory a roster link stands on; the chain never goes back behind it. */
function citedDirectory(directory: Directory, link: Link, least: number): Cite {
	const at = link.directory;
	rule('directory-is-cited', at !== null && directory.heads[at.seq] === at.head);
	rule('directory-never-goes-back', at.seq >= least);
	return at;
}

function addMember(next: Roster, link: Link, directory: Directory, at: Cite): Roster {
	const { account, role, until, invitation } = readBody('member.add', link.body);
	rule('member-belongs-to-the-forum', isAccountAt(directory, account, at.seq));
	rule('member-is-new', roleOf(next, account, link.time) === null);
	rule('guest-has-an-end', (role === 'guest') === (until !== null));
	const voucher = invitation === null ? addedBy(next, link, role) : invitedBy(next, link, directory, { account, role, until, invitation });
	return withTerm(next, account, { from: link.seq, role, since: link.time, until, voucher });
}

function addedBy(next: Roster, link: Link, role: Role): AccountId {
	const actor = roleOf(next, link.by, link.time);
	rule('author-is-a-member-of-the-space', actor !== null);
	rule('nobody-acts-upward', mayGrant(actor, role));
	return link.by;
}

interface Joining {
	readonly account: AccountId;
	readonly role: Role;
	readonly until: number | null;
	readonly invitation: InvitationId;
}

/** A joiner enters alone: the invitation is what a coordinator of this space decided beforehand. */
function invitedBy(next: Roster, link: Link, directory: Directory, { account, role, until, invitation: id }: Joining): AccountId {
	const invitation = directory.invitations.get(id);
	rule('invitation-exists', invitation !== undefined && directory.accounts.get(account)?.invitation === id);
	rule('joiner-enters-alone', link.by === account && !next.terms.has(account));
	rule('invitation-needs-no-approval', !invitation.approval);
	rule('invitation-offers-this-space', invitation.spaces.includes(next.id) && invitation.role === role);
	rule('guest-ends-with-the-invitation', role !== 'guest' || until === invitation.expires);
	rule('nobody-acts-upward', mayOffer(next, invitation, link.time));
	return invitation.by;
}

function removeMember(next: Roster, link: Link, actor: Role): Roster {
	const { account } = readBody('member.remove', link.body);
	const target = roleOf(next, account, link.time);
	rule('member-is-there', target !== null);
	const leaving = account === link.by;
	rule('nobody-acts-upward', leaving || (outranks(actor, target) && mayGrant(actor, target)));
	rule('last-coordinator-stays', target !== 'coordinator' || countCoordinators(next, link.time) > 1);
	const absence: Term = { from: link.seq, role: null, since: link.time, until: null, voucher: link.by };
	return { ...withTerm(next, account, absence), removals: [...next.removals, link.seq] };
}

function setRole(next: Roster, link: Link, actor: Role): Roster {
	const { account, role } = readBody('role.set', link.body);
	const term = termAt(next, account, next.seq, link.time);
	rule('member-is-there', term !== null && term.role !== null);
	rule('guest-stays-a-guest', role !== 'guest' && term.role !== 'guest');
	rule('nobody-acts-upward', mayGrant(actor, role) && (account === link.by || outranks(actor, term.role)));
	rule('last-coordinator-stays', term.role !== 'coordinator' || role === 'coordinator' || countCoordinators(next, link.time) > 1);
	return withTerm(next, account, { ...term, from: link.seq, role, since: link.time });
}

function rotateKey(next: Roster, link: Link, directory: Directory, at: Cite): Roster {
	const body = readBody('key.rotate', link.body);
	const last = next.generations.at(-1)?.generation ?? 0;
	rule('generations-follow-each-other', body.generation === last + 1);
	const members = membersOf(next, link.time);
	const invitations = openInvitations(next, directory, at.seq, link.time);
	rule('rotation-reaches-exactly-the-roster', body.recipients === recipientsHash(members, invitations));
	rule('history-follows-the-policy', last === 0 ? body.back === null : next.history === 'joining' || body.back !== null);
	const { generation, commitment, back } = body;
	return { ...next, generations: [...next.generations, { generation, commitment, back, seq: link.seq, by: link.by, time: link.time }] };
}

function withTerm(roster: Roster, account: AccountId, term: Term): Roster {
	return { ...roster, terms: new Map(roster.terms).set(account, [...(roster.terms.get(account) ?? []), term]) };
}

function countCoordinators(roster: Roster, time: number): number {
	return membersOf(roster, time).filter((account) => roleOf(roster, account, time) === 'coordinator').length;
}
