import { idBytes, SHORT_ID_LENGTH, type AccountId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import { admissionMessage } from '../chain/directory.ts';
import { ROLES } from '../chain/roles.ts';
import { closesHistory } from '../chain/roster-reducer.ts';
import { recipientsHash, recipientsOf, type Recipient } from '../chain/roster.ts';
import { invitationKeys } from '../client/invitation.ts';
import { sign } from '../crypto/sign.ts';
import { placeOf, type Stand, type Step, type Wish } from './course-parts.ts';
import { keyHashBytes, keyHashOf, type Person } from './person.ts';
import { DAY } from './test-forum.ts';

type Action = (course: Stand, step: Step) => Promise<readonly Wish[]> | readonly Wish[];

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(1, list.length)];

/** Mostly somebody who may, else anybody. */
function actorAmong(course: Stand, entitled: readonly AccountId[], { actor }: Step): Person {
	const account = actor % 4 === 0 ? undefined : pick(entitled, actor >> 2);
	return account === undefined ? course.whoIs(course.person(actor >> 2).account) : course.whoIs(account);
}

const ofUser = (by: Person, type: string, body: Wish['body']): Wish => ({
	by,
	kind: 'user',
	chain: by.chain,
	type,
	body,
	byIdentity: true,
});

/** What somebody says in a link of a type; `null` when there is nothing to say. */
type BodyOf = (course: Stand, step: Step, by: Person) => Wish['body'] | null;

/** Something a coordinator of the forum says. */
const ofForum =
	(type: string, bodyOf: BodyOf): Action =>
	(course, step) => {
		const { directory } = course.world;
		if (!directory) return [];
		const by = actorAmong(course, [...directory.coordinators], step);
		const body = bodyOf(course, step, by);
		return body ? [{ by, kind: 'directory', chain: directory.id, type, body }] : [];
	};

/** Something that somebody of a space says, mostly a coordinator or facilitator of it. */
const ofSpace =
	(type: string, bodyOf: (...of: [...Parameters<BodyOf>, SpaceId]) => Wish['body'] | null): Action =>
	(course, step) => {
		const space = pick(course.spaces, step.space);
		if (!space) return [];
		const by = actorAmong(course, leadersOf(course, space), step);
		const body = bodyOf(course, step, by, space);
		return body ? [{ by, kind: 'roster', chain: space, type, body }] : [];
	};

const leadersOf = ({ world }: Stand, space: SpaceId): readonly AccountId[] =>
	[...(world.rosters.get(space)?.terms ?? [])]
		.filter(([, terms]) => ['coordinator', 'facilitator'].includes(terms.at(-1)?.role ?? ''))
		.map(([account]) => account);

const accountOf = (course: Stand, { other }: Step): Uint8Array => idBytes(course.person(other).account);
const selfOrOther = (course: Stand, step: Step, by: Person): Uint8Array =>
	step.value % 3 === 0 ? idBytes(by.account) : accountOf(course, step);
const organisationOf = ({ world }: Stand, { value }: Step): OrganisationId | undefined =>
	pick([...(world.directory?.organisations.keys() ?? [])], value);
const organisationBytes = (course: Stand, step: Step): Uint8Array => {
	const organisation = organisationOf(course, step);
	return organisation ? idBytes(organisation, SHORT_ID_LENGTH) : course.random(SHORT_ID_LENGTH);
};
const placeOfLog = ({ world }: Stand, account: AccountId, back: number): [number, Uint8Array] | null => {
	const log = world.users.get(account);
	if (!log) return null;
	const seq = Math.max(0, log.seq - back);
	return placeOf({ seq, head: log.heads[seq] ?? log.head });
};

const invite: Action = async (course, step) => {
	const keys = await invitationKeys(course.random(16));
	const { other, space, value } = step;
	const expires = course.now + (1 + (value % 5)) * DAY;
	course.invitations.push({ keys, expires });
	const member = course.world.directory?.accounts.get(course.person(other).account);
	const body = {
		invitation: idBytes(keys.id),
		kem: keyHashBytes(keys.kem),
		organisation: value % 7 === 0 && member ? idBytes(member.organisation, SHORT_ID_LENGTH) : organisationBytes(course, step),
		role: pick(ROLES, other) ?? 'member',
		spaces: course.spaces.filter((_, place) => (space + place) % 2 === 0).map((id) => idBytes(id)),
		expires,
		approval: value % 4 === 1,
		replaces: value % 7 === 0 && member ? accountOf(course, step) : null,
	};
	return ofForum('invitation.create', () => body)(course, step);
};

const admit: Action = async (course, { actor, value }) => {
	const { directory } = course.world;
	const invitation = pick(course.invitations.toReversed(), value % 4);
	if (!directory || !invitation) return [];
	const strangers = course.people.map(([person]) => person as Person).filter(({ account }) => !directory.accounts.has(account));
	const by = pick(strangers, actor % 5) ?? course.person(actor);
	const ik = by.identity.publicKey;
	const key = keyHashOf(by.userKey);
	const proof = await sign(invitation.keys.signing, 'admission', admissionMessage(directory.id, invitation.keys.id, ik, key));
	const body = { ik, key: idBytes(key), invitation: idBytes(invitation.keys.id), proof };
	return [{ by, kind: 'directory', chain: directory.id, type: 'account.admit', body, byIdentity: true }];
};

/** A joiner enters the spaces that the invitation offers. */
const enter: Action = (course, { actor, value }) => {
	const { directory } = course.world;
	const joined = [...(directory?.accounts ?? [])].filter(([, { invitation }]) => invitation !== null);
	const [account, entry] = pick(joined, actor) ?? [];
	const invitation = entry?.invitation ? directory?.invitations.get(entry.invitation) : undefined;
	if (!account || !entry?.invitation || !invitation) return [];
	const space = pick(value % 5 === 0 ? course.spaces : invitation.spaces, value);
	const { role, expires } = invitation;
	const body = {
		account: idBytes(account),
		role,
		until: role === 'guest' ? expires : null,
		invitation: idBytes(entry.invitation),
		log: null,
	};
	return space ? [{ by: course.whoIs(account), kind: 'roster', chain: space, type: 'member.add', body }] : [];
};

const addMember = ofSpace('member.add', (course, step) => {
	const { account } = course.person(step.other);
	const role = pick(ROLES, step.value) ?? 'member';
	const until = role === 'guest' ? course.now + (step.value % 9) * DAY : null;
	return { account: idBytes(account), role, until, invitation: null, log: placeOfLog(course, account, step.value % 5 === 4 ? 1 : 0) };
});

/** Recipients as an honest program counts them, or as somebody would like them to be. */
const rotate = (dishonest: boolean): Action =>
	ofSpace('key.rotate', (course, { value, other }, _by, space) => {
		const { rosters, directory, users } = course.world;
		const roster = rosters.get(space);
		if (!roster || !directory) return null;
		const time = Math.max(course.now, roster.time);
		const honest = recipientsOf(roster, directory, users, { directory: directory.seq, time });
		const mallory = course.person(other);
		const more: Recipient = { id: mallory.account, key: keyHashOf(mallory.userKey) };
		const counted = [honest, honest.slice(1), [...honest, more], honest.toReversed(), honest.map(({ id }) => ({ id, key: more.key }))];
		const recipients = (dishonest && pick(counted, value)) || honest;
		const closes = dishonest && value % 6 === 5 ? !closesHistory(roster) : closesHistory(roster);
		return {
			generation: roster.generations.length + (dishonest && value % 7 === 6 ? 2 : 1),
			commitment: course.random(32),
			recipients: idBytes(recipientsHash(recipients)),
			back: closes ? null : course.random(60),
		};
	});

const recovery = (type: 'recovery.approve' | 'recovery.refuse') =>
	ofForum(type, (course, step) => ({ account: accountOf(course, step), key: new Uint8Array(32).fill(step.value % 2) }));

/** The first two links of a person. They build on each other, so the second waits for the next time. */
const introduce: Action = (course, { actor }) => {
	const by = course.person(actor);
	return course.world.users.has(by.account)
		? [ofUser(by, 'device.add', { device: by.device.publicKey })]
		: [ofUser(by, 'identity.create', { ik: by.identity.publicKey, key: keyHashBytes(by.userKey) })];
};

const found: Action = (course, { actor }) => {
	const body = { host: course.random(SHORT_ID_LENGTH), salt: course.random(16) };
	return [{ by: course.person(actor), kind: 'directory', chain: null, type: 'forum.create', body }];
};

const createSpace: Action = (course, step) => {
	const { directory } = course.world;
	if (!directory || course.spaces.length > 3) return [];
	const body = { forum: idBytes(directory.id), salt: course.random(16) };
	return [{ by: actorAmong(course, [...directory.coordinators], step), kind: 'roster', chain: null, type: 'space.create', body }];
};

const device =
	(type: 'device.add' | 'device.revoke'): Action =>
	(course, { actor, value }) => {
		const by = course.person(actor, value);
		return [ofUser(by, type, { device: by.device.publicKey })];
	};

const newKey: Action = (course, { actor, value }) => {
	const by = course.person(actor);
	const generation = (course.world.users.get(by.account)?.keys.length ?? 0) + (value % 5 === 4 ? 2 : 1);
	return [ofUser(by, 'key.new', { generation, key: course.random(32) })];
};

const wait: Action = (course, { value }) => {
	course.wait((value % 12) / 2);
	return [];
};

/** Everything that is tried. */
export const actions = {
	introduce,
	found,
	createSpace,
	invite,
	admit,
	enter,
	addMember,
	'device.add': device('device.add'),
	'device.revoke': device('device.revoke'),
	newKey,
	rotate: rotate(false),
	rotateOtherwise: rotate(true),
	removeMember: ofSpace('member.remove', (course, step, by) => ({ account: selfOrOther(course, step, by) })),
	setRole: ofSpace('role.set', (course, step) => ({ account: accountOf(course, step), role: pick(ROLES, step.value) ?? 'member' })),
	setHistory: ofSpace('policy.set', (_course, { value }) => ({ history: value % 2 === 0 ? 'joining' : 'everything' })),
	rekey: ofSpace('member.rekey', (course, step, by) => {
		const { account } = step.value % 2 === 0 ? by : course.person(step.other);
		const log = placeOfLog(course, account, step.value % 5 === 4 ? 1 : 0);
		return log && { account: idBytes(account), log };
	}),
	addOrganisation: ofForum('organisation.add', (course, step) => ({
		organisation: step.value % 5 === 4 ? organisationBytes(course, step) : course.random(SHORT_ID_LENGTH),
	})),
	removeOrganisation: ofForum('organisation.remove', (course, step) => ({ organisation: organisationBytes(course, step) })),
	revokeInvitation: ofForum('invitation.revoke', ({ invitations }, { value }) => {
		const invitation = pick(invitations, value);
		return invitation ? { invitation: idBytes(invitation.keys.id) } : null;
	}),
	removeAccount: ofForum('account.remove', (course, step) => ({ account: accountOf(course, step) })),
	addCoordinator: ofForum('coordinator.add', (course, step) => ({ account: accountOf(course, step) })),
	removeCoordinator: ofForum('coordinator.remove', (course, step, by) => ({ account: selfOrOther(course, step, by) })),
	addRepresentative: ofForum('representative.add', (course, step) => ({ account: accountOf(course, step) })),
	removeRepresentative: ofForum('representative.remove', (course, step) => ({ account: accountOf(course, step) })),
	approveRecovery: recovery('recovery.approve'),
	refuseRecovery: recovery('recovery.refuse'),
	wait,
} as const satisfies Record<string, Action>;

/** How often something is tried, where that is not twice. */
export const often: Partial<Record<keyof typeof actions, number>> = {
	introduce: 1,
	found: 1,
	'device.add': 3,
	'device.revoke': 1,
	approveRecovery: 4,
	createSpace: 1,
	invite: 4,
	admit: 5,
	enter: 4,
	addMember: 5,
	rotate: 5,
	rotateOtherwise: 3,
	removeMember: 5,
	removeCoordinator: 4,
	setRole: 4,
	rekey: 4,
	removeOrganisation: 1,
	addRepresentative: 1,
	removeRepresentative: 1,
	removeAccount: 1,
};
