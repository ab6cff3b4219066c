import type { AccountId, InvitationId } from '../bytes/ids.ts';
import { readBody } from './bodies.ts';
import { isAccountAt, isCoordinatorAt, type Directory } from './directory.ts';
import type { Cite, Link } from './link.ts';
import { moveTogether, withMotion, withoutMotion } from './motion.ts';
import { mayGrant, mayModerate, outranks, type Role } from './roles.ts';
import {
	citedAt,
	membersOf,
	mayOffer,
	openMotionIn,
	recipientsHash,
	recipientsOf,
	roleOf,
	termAt,
	type Roster,
	type Term,
} from './roster.ts';
import { rule } from './rule.ts';
import { revokedBetween, type UserLog } from './user-log.ts';
import { Problem } from '../problem.ts';

/** What a roster stands on: the directory, and every person's log. */
export interface Ground {
	readonly directory: Directory;
	readonly users: ReadonlyMap<AccountId, UserLog>;
}

/** The roster after its first link. */
export function createRoster(link: Link, { directory }: Ground): Roster {
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
		ends: [],
		motions: new Map(),
		generations: [],
		renewals: [],
		closed: null,
		history: 'everything',
		cited: new Map(),
		directorySeq: at.seq,
	};
}

/** The roster after `link`, whose signature and place have been checked. */
export function reduceRoster(before: Roster, link: Link, ground: Ground): Roster {
	const revoked = citesRevocation(before, link, ground);
	// Its key would be wrapped to an encryption key that the revoked device has: `member.rekey` comes first.
	rule('revocation-is-declared-first', !revoked || link.type !== 'key.rotate');
	const next = reduceByType(before, link, ground);
	return revoked && !next.renewals.includes(link.seq) ? { ...next, renewals: [...next.renewals, link.seq] } : next;
}

/** The author's own log, as cited here, has passed a revocation that the roster did not know of. */
function citesRevocation(roster: Roster, { by, log }: Link, { users }: Ground): boolean {
	const user = users.get(by);
	const before = citedAt(roster, by);
	return log !== null && user !== undefined && before !== undefined && revokedBetween(user, before, log.seq);
}

function reduceByType(before: Roster, link: Link, ground: Ground): Roster {
	const { directory } = ground;
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
	if (link.type === 'member.add') return addMember(next, link, ground, at);
	const actor = roleOf(before, link.by, link.time);
	rule('author-is-a-member-of-the-space', actor !== null);
	switch (link.type) {
		case 'member.remove':
			return removeMember(next, link, actor, directory);
		case 'member.rekey':
			return rekeyMember(next, link, ground);
		case 'role.set':
			return setRole(next, link, actor, directory);
		case 'key.rotate':
			return rotateKey(next, link, ground, at);
		case 'policy.set':
			return setPolicy(next, link, actor);
		default:
			rule('type-is-known', false);
	}
}

/** Earlier invitations were handed the key in force: where history closes, what comes from now on is not for them. */
function setPolicy(next: Roster, link: Link, actor: Role): Roster {
	rule('only-coordinators-set-the-policy', actor === 'coordinator');
	const { history } = readBody('policy.set', link.body);
	const closes = history === 'joining' && next.history === 'everything';
	return { ...next, history, renewals: closes ? [...next.renewals, link.seq] : next.renewals };
}

/** The place of the directory a roster link stands on; the chain never goes back behind it. */
function citedDirectory(directory: Directory, link: Link, least: number): Cite {
	const at = link.directory;
	rule('directory-is-cited', at !== null && directory.heads[at.seq] === at.head);
	rule('directory-never-goes-back', at.seq >= least);
	return at;
}

function addMember(next: Roster, link: Link, ground: Ground, at: Cite): Roster {
	const { account, role, until, invitation, log } = readBody('member.add', link.body);
	rule('member-belongs-to-the-forum', isAccountAt(ground.directory, account, at.seq));
	rule('member-is-new', roleOf(next, account, link.time) === null);
	rule('guest-has-an-end', role === 'guest' ? until !== null && until > link.time : until === null);
	rule('user-log-is-cited', (log === null) === (account === link.by));
	const voucher =
		invitation === null ? addedBy(next, link, role) : invitedBy(next, link, ground.directory, { account, role, until, invitation });
	const known = log === null ? next : citeLog(next, account, log, ground);
	const added = withTerm(known, account, { from: link.seq, role, since: link.time, until, voucher });
	const ends = until === null ? added.ends : [...added.ends, { account, until }];
	// Where newcomers may not read back, a key without a way back has to come before anything is written.
	const closing = next.history === 'joining' ? { renewals: [...next.renewals, link.seq], closed: link.seq } : {};
	return { ...added, ends, ...closing };
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

function removeMember(next: Roster, link: Link, actor: Role, directory: Directory): Roster {
	const { account } = readBody('member.remove', link.body);
	const target = roleOf(next, account, link.time);
	rule('member-is-there', target !== null);
	const takesTwo = account !== link.by && target === 'coordinator' && actor === 'coordinator';
	rule('nobody-acts-upward', takesTwo || account === link.by || mayModerate(actor, target));
	rule('last-coordinator-stays', target !== 'coordinator' || hasOtherCoordinator(next, account, link.time, directory));
	const motion = takesTwo ? moveTogether(openMotionIn(next, account, link.time), link.by, link.time) : null;
	if (motion) return { ...next, motions: withMotion(next.motions, account, motion) };
	const absence: Term = { from: link.seq, role: null, since: link.time, until: null, voucher: link.by };
	const motions = withoutMotion(next.motions, account);
	return { ...withTerm(next, account, absence), motions, renewals: [...next.renewals, link.seq] };
}

/** A member's log has gone on. When a device was revoked in between, that device may hold this space's key. */
function rekeyMember(next: Roster, link: Link, ground: Ground): Roster {
	const { account, log } = readBody('member.rekey', link.body);
	rule('member-is-there', roleOf(next, account, link.time) !== null);
	const before = citedAt(next, account) ?? 0;
	const after = citeLog(next, account, log, ground);
	rule('user-log-goes-on', log.seq > before && (account !== link.by || log.seq === link.log?.seq));
	const user = ground.users.get(account);
	return user && revokedBetween(user, before, log.seq) ? { ...after, renewals: [...next.renewals, link.seq] } : after;
}

/** What the roster's next link says of how far somebody's log has gone. */
export function withCited({ cited, seq }: Pick<Roster, 'cited' | 'seq'>, account: AccountId, log: number): Roster['cited'] {
	return new Map(cited).set(account, [...(cited.get(account) ?? []), { from: seq, log }]);
}

/** @throws Problem `unknown-sender` while the log is not known that far */
function citeLog(next: Roster, account: AccountId, log: Cite, { users }: Ground): Roster {
	const user = users.get(account);
	if (!user || log.seq > user.seq) throw new Problem('unknown-sender');
	rule('one-history', user.heads[log.seq] === log.head);
	rule('user-log-never-goes-back', log.seq >= (citedAt(next, account) ?? 0));
	return { ...next, cited: withCited(next, account, log.seq) };
}

function setRole(next: Roster, link: Link, actor: Role, directory: Directory): Roster {
	const { account, role } = readBody('role.set', link.body);
	const term = termAt(next, account, next.seq, link.time);
	rule('member-is-there', term !== null && term.role !== null);
	rule('guest-stays-a-guest', role !== 'guest' && term.role !== 'guest');
	rule('nobody-acts-upward', mayGrant(actor, role) && (account === link.by || outranks(actor, term.role)));
	const keepsOne = term.role !== 'coordinator' || role === 'coordinator';
	rule('last-coordinator-stays', keepsOne || hasOtherCoordinator(next, account, link.time, directory));
	return withTerm(next, account, { ...term, from: link.seq, role, since: link.time });
}

function rotateKey(next: Roster, link: Link, { directory, users }: Ground, at: Cite): Roster {
	const body = readBody('key.rotate', link.body);
	const last = next.generations.at(-1);
	rule('generations-follow-each-other', body.generation === (last?.generation ?? 0) + 1);
	const recipients = recipientsOf(next, directory, users, { directory: at.seq, time: link.time });
	rule('rotation-reaches-exactly-the-roster', body.recipients === recipientsHash(recipients));
	rule('history-follows-the-policy', (body.back === null) === closesHistory(next));
	const { generation, commitment, back } = body;
	const entry = { generation, commitment, back, seq: link.seq, directory: at.seq, by: link.by, time: link.time };
	return { ...next, generations: [...next.generations, entry] };
}

/** The next key has no way back: it is the first, or somebody came who may not read back. */
export function closesHistory({ generations, closed }: Roster): boolean {
	const last = generations.at(-1);
	return last === undefined || (closed !== null && closed > last.seq);
}

function withTerm(roster: Roster, account: AccountId, term: Term): Roster {
	return { ...roster, terms: new Map(roster.terms).set(account, [...(roster.terms.get(account) ?? []), term]) };
}

function hasOtherCoordinator(roster: Roster, account: AccountId, time: number, directory: Directory): boolean {
	return membersOf(roster, directory, time, roster.directorySeq).some(
		(other) => other !== account && roleOf(roster, other, time) === 'coordinator',
	);
}
