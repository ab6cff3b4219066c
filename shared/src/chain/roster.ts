import { concatBytes } from '../bytes/bytes.ts';
import { idBytes, idOf, type AccountId, type ChainId, type Hash, type InvitationId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { isAccountAt, isCoordinatorAt, isInvitationOpenAt, type Directory, type Invitation } from './directory.ts';
import { openMotion, type Motion, type Motions } from './motion.ts';
import { mayGrant, type Role } from './roles.ts';
import { keyAt, type UserLog } from './user-log.ts';

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
	/** Place of the directory it was made at. */
	readonly directory: number;
	readonly commitment: Uint8Array;
	/** The key before, sealed under this one; `null` for the first, or where newcomers may not read back. */
	readonly back: Uint8Array | null;
	readonly by: AccountId;
	readonly time: number;
}

/** How far somebody's user log was known, from a place of the roster on. */
export interface Cited {
	readonly from: number;
	/** Place of the user log. */
	readonly log: number;
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
	/** Ends of guests' stays, seconds since 1970. */
	readonly ends: readonly { readonly account: AccountId; readonly until: number }[];
	/** Coordinators whose removal one other coordinator has proposed. */
	readonly motions: Motions;
	readonly generations: readonly Generation[];
	/** Places after which a later generation is needed: removals, revoked devices, admissions where history is closed. */
	readonly renewals: readonly number[];
	/** Place of the last admission whose newcomer may not read back. */
	readonly closed: number | null;
	readonly history: 'everything' | 'joining';
	/** How far each person's user log was cited, the last word last: keys go to the encryption key in force there. */
	readonly cited: ReadonlyMap<AccountId, readonly Cited[]>;
	/** Highest place of the directory cited so far. */
	readonly directorySeq: number;
}

/** A moment, as somebody saw it: a place in the roster, one in the directory, and a time (seconds since 1970). */
export interface Moment {
	readonly seq: number;
	readonly directory: number;
	readonly time: number;
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

/** Members at the head who belong to the forum (at a place of the directory), in the order of their ids. */
export function membersOf(roster: Roster, directory: Directory, time = roster.time, at = directory.seq): readonly AccountId[] {
	return [...roster.terms.keys()].filter((account) => roleOf(roster, account, time) !== null && isAccountAt(directory, account, at)).sort();
}

/** The motion about a coordinator of the space that another one could confirm now. */
export const openMotionIn = (roster: Roster, account: AccountId, time: number): Motion | null =>
	openMotion(roster.motions, account, time, (by) => roleOf(roster, by, time) === 'coordinator');

/** The highest place of somebody's user log that was cited up to a place of the roster; `undefined` before the first. */
export const citedAt = ({ cited }: Pick<Roster, 'cited'>, account: AccountId, seq = Infinity): number | undefined =>
	cited.get(account)?.findLast(({ from }) => from <= seq)?.log;

/** The generation in force at a place; `null` before the first. */
export function generationAt(roster: Roster, seq: number): Generation | null {
	return roster.generations.findLast((generation) => generation.seq <= seq) ?? null;
}

/** The last generation at a place that closed history: newcomers know nothing of what was written before it. */
export const eraAt = (roster: Roster, seq: number): number =>
	roster.generations.findLast((generation) => generation.seq <= seq && generation.back === null)?.generation ?? 1;

/** True while somebody who has left may still hold the key in force: nobody writes until there is another. */
export function isDirtyAt(roster: Roster, directory: Directory, at: Moment): boolean {
	const last = generationAt(roster, at.seq);
	if (last === null) return true;
	const renewal = roster.renewals.findLast((place) => place <= at.seq);
	return (renewal !== undefined && renewal > last.seq) || leftTheForum(roster, directory, last, at) || guestEnded(roster, last, at);
}

function leftTheForum(roster: Roster, { removals }: Directory, last: Generation, at: Moment): boolean {
	return removals.some(
		({ account, seq }) => seq > last.directory && seq <= at.directory && termAt(roster, account, at.seq, at.time) !== null,
	);
}

function guestEnded({ ends, terms }: Roster, last: Generation, at: Moment): boolean {
	const isOver = (account: AccountId, until: number) => terms.get(account)?.findLast(({ from }) => from <= at.seq)?.until === until;
	return ends.some(({ account, until }) => until > last.time && until <= at.time && isOver(account, until));
}

/**
 * Invitations to this space that need nobody's approval and would let somebody in now: they get a wrap too, unless
 * newcomers may not read back. One by a person who may not grant its role here gets none, or its maker would read
 * with its secret.
 */
export function openInvitations(roster: Roster, directory: Directory, seq: number, time: number): readonly InvitationId[] {
	if (roster.history === 'joining') return [];
	const opens = (invitation: Invitation) =>
		!invitation.approval &&
		invitation.spaces.includes(roster.id) &&
		isInvitationOpenAt(directory, invitation, seq, time) &&
		isCoordinatorAt(directory, invitation.by, seq) &&
		mayOffer(roster, invitation, time);
	return [...directory.invitations]
		.filter(([, invitation]) => opens(invitation))
		.map(([id]) => id)
		.sort();
}

/** True when the inviter is in the space and may grant the role that the invitation names. */
export function mayOffer(roster: Roster, { by, role }: Pick<Invitation, 'by' | 'role'>, time: number): boolean {
	const inviter = roleOf(roster, by, time);
	return inviter !== null && mayGrant(inviter, role);
}

/** Somebody who gets a space's key, and the hash of the encryption key it is wrapped to. */
export interface Recipient {
	readonly id: AccountId | InvitationId;
	readonly key: Hash;
}

/** Exactly who gets a space's next key: members with the encryption keys the roster knows of, then open invitations. */
export function recipientsOf(
	roster: Roster,
	directory: Directory,
	users: ReadonlyMap<AccountId, UserLog>,
	{ directory: at, time }: Pick<Moment, 'directory' | 'time'>,
): readonly Recipient[] {
	const members = membersOf(roster, directory, time, at).flatMap((id): Recipient[] => {
		const log = users.get(id);
		return log ? [{ id, key: keyAt(log, citedAt(roster, id) ?? 0) }] : [];
	});
	const invitations = openInvitations(roster, directory, at, time).flatMap((id): Recipient[] => {
		const invitation = directory.invitations.get(id);
		return invitation ? [{ id, key: invitation.kem }] : [];
	});
	return [...members, ...invitations];
}

/**
 * The encryption key that somebody's wrap of a generation is for: the one its rotation commits to, or for who came
 * after that the one in force when they came.
 */
export function recipientKeyOf(roster: Roster, log: UserLog, { seq, time }: Generation): Hash {
	const { account } = log;
	const came = termAt(roster, account, seq, time)
		? undefined
		: roster.terms.get(account)?.find(({ from, role }) => from > seq && role !== null);
	// What a link cites of its own author's log counts from the next one on.
	return keyAt(log, citedAt(roster, account, came?.from ?? seq - 1) ?? 0);
}

/** Commits a rotation to exactly its recipients and their keys. */
export function recipientsHash(recipients: readonly Recipient[]): Hash {
	return idOf<Hash>(hash('recipients', concatBytes(...recipients.flatMap(({ id, key }) => [idBytes(id), idBytes(key)]))));
}
