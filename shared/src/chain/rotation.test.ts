import { beforeAll, describe, expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import { keyHashOf, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, DAY, type Company, type Invited, type TestForum } from '../testing/test-forum.ts';
import { isDirtyAt, openInvitations, recipientsHash } from './roster.ts';

describe('a new key of a space', () => {
	let story: Company;
	let forum: TestForum;
	beforeAll(async () => {
		story = await company();
	});
	const fresh = () => (forum = story.forum.fork());
	const EXACT = 'rotation-reaches-exactly-the-roster';
	const recipients = (accounts: readonly Person[], invitations: readonly Pick<Invited, 'keys'>[] = []) => ({
		recipients: idBytes(
			recipientsHash([
				...accounts.map(({ account, userKey }) => ({ id: account, key: keyHashOf(userKey) })).sort((a, b) => (a.id < b.id ? -1 : 1)),
				...invitations.map(({ keys }) => ({ id: keys.id, key: keyHashOf(keys.kem) })),
			]),
		),
	});

	test('goes to exactly the members, whoever makes it', async () => {
		const { alice, bob, carol, mallory, space } = story;
		fresh();
		expect(await refusalOf(forum.fork().rotate(bob, space, recipients([alice, bob, carol])))).toBe('accepted');
		expect(await refusalOf(forum.rotate(bob, space, recipients([alice, bob, carol, mallory])))).toBe(EXACT);
		expect(await refusalOf(forum.rotate(bob, space, recipients([alice, bob])))).toBe(EXACT);
		expect(await refusalOf(forum.rotate(bob, space, recipients([])))).toBe(EXACT);
		expect(await refusalOf(forum.rotate(mallory, space))).toBe('author-is-a-member-of-the-space');
	});

	test('passes by who was removed, and guests whose time has come', async () => {
		const { alice, bob, carol, mallory, space } = story;
		fresh();
		await forum.addMember(alice, space, mallory, 'guest', forum.now + DAY);
		await forum.removeMember(alice, space, bob);
		expect(await refusalOf(forum.rotate(alice, space, recipients([alice, bob, carol, mallory])))).toBe(EXACT);
		expect(await refusalOf(forum.fork().rotate(alice, space, recipients([alice, carol, mallory])))).toBe('accepted');
		forum.now += DAY;
		expect(await refusalOf(forum.rotate(alice, space, recipients([alice, carol, mallory])))).toBe(EXACT);
		expect(await refusalOf(forum.rotate(alice, space, recipients([alice, carol])))).toBe('accepted');
	});

	test('goes to open invitations too, so that joining needs nobody online', async () => {
		const { alice, bob, carol, space } = story;
		fresh();
		const { keys, expires } = await forum.invite(alice, { spaces: [space] });
		const members = [alice, bob, carol];
		expect(await refusalOf(forum.rotate(alice, space, recipients(members)))).toBe(EXACT);
		expect(await refusalOf(forum.fork().rotate(alice, space, recipients(members, [{ keys }])))).toBe('accepted');
		const revoked = forum.fork();
		await revoked.ofDirectory(alice, 'invitation.revoke', { invitation: idBytes(keys.id) });
		expect(await refusalOf(revoked.rotate(alice, space, recipients(members, [{ keys }])))).toBe(EXACT);
		forum.now = expires + 1;
		expect(await refusalOf(forum.rotate(alice, space, recipients(members, [{ keys }])))).toBe(EXACT);
		expect(await refusalOf(forum.rotate(alice, space, recipients(members)))).toBe('accepted');
	});

	test('goes to no invitation that waits for approval or leads elsewhere', async () => {
		const { alice, bob, carol, space } = story;
		fresh();
		await forum.invite(alice, { spaces: [space], approval: true });
		await forum.invite(alice, { spaces: [] });
		expect(await refusalOf(forum.rotate(alice, space, recipients([alice, bob, carol])))).toBe('accepted');
	});

	test('goes to no invitation where newcomers may not read back', async () => {
		const { alice, space } = story;
		fresh();
		const { keys } = await forum.invite(alice, { spaces: [space] });
		const open = () => openInvitations(forum.roster(space), forum.directory, forum.directory.seq, forum.now);
		expect(open()).toEqual([keys.id]);
		await forum.ofSpace(alice, space, 'policy.set', { history: 'joining' });
		expect(open()).toEqual([]);
	});

	test('is due when a space closes its history: earlier invitations were handed the key', async () => {
		const { alice, space } = story;
		fresh();
		await forum.invite(alice, { spaces: [space] });
		const dirty = () => {
			const roster = forum.roster(space);
			return isDirtyAt(roster, forum.directory, { seq: roster.seq, directory: forum.directory.seq, time: forum.now });
		};
		await forum.ofSpace(alice, space, 'policy.set', { history: 'joining' });
		expect(dirty()).toBe(true);
		await forum.rotate(alice, space);
		expect(dirty()).toBe(false);
		await forum.ofSpace(alice, space, 'policy.set', { history: 'everything' });
		expect(dirty()).toBe(false);
	});

	test('goes to no invitation by a coordinator of the forum who is not in the space', async () => {
		const { alice, mallory, space } = story;
		await fresh().ofDirectory(alice, 'coordinator.add', { account: idBytes(mallory.account) });
		const { keys } = await forum.invite(mallory, { spaces: [space] });
		const roster = forum.roster(space);
		expect(openInvitations(roster, forum.directory, forum.directory.seq, forum.now)).not.toContain(keys.id);
		const withIt = [...forum.recipients(space), { id: keys.id, key: keyHashOf(keys.kem) }];
		expect(await refusalOf(forum.rotate(alice, space, { recipients: idBytes(recipientsHash(withIt)) }))).toBe(EXACT);
	});

	test('goes to no invitation that somebody left behind who was removed or has lost the rank', async () => {
		const { alice, carol, space } = story;
		fresh();
		await forum.ofDirectory(alice, 'coordinator.add', { account: idBytes(carol.account) });
		const { keys } = await forum.invite(carol, { spaces: [space] });
		const open = (course: TestForum) => openInvitations(course.roster(space), course.directory, course.directory.seq, course.now);
		expect(open(forum)).toEqual([keys.id]);
		const removed = forum.fork();
		await removed.removeMember(alice, space, carol);
		expect(open(removed)).toEqual([]);
		const lowered = forum.fork();
		await lowered.setRole(alice, space, carol, 'member');
		expect(open(lowered)).toEqual([]);
		await forum.ofDirectory(carol, 'coordinator.remove', { account: idBytes(carol.account) });
		expect(open(forum)).toEqual([]);
	});

	test('follows the one before', async () => {
		const { alice, space } = story;
		fresh();
		for (const generation of [0, 1, 3]) {
			expect(await refusalOf(forum.rotate(alice, space, { generation }))).toBe('generations-follow-each-other');
		}
	});

	test('hands the key before on, unless the space closes its history', async () => {
		const { alice, mallory, space } = story;
		fresh();
		expect(await refusalOf(forum.rotate(alice, space, { back: null }))).toBe('history-follows-the-policy');
		await forum.ofSpace(alice, space, 'policy.set', { history: 'joining' });
		expect(await refusalOf(forum.fork().rotate(alice, space, { back: null }))).toBe('history-follows-the-policy');
		await forum.addMember(alice, space, mallory, 'member');
		expect(await refusalOf(forum.fork().rotate(alice, space, { back: alice.random(60) }))).toBe('history-follows-the-policy');
		expect(await refusalOf(forum.rotate(alice, space))).toBe('accepted');
		expect(await refusalOf(forum.rotate(alice, space, { back: null }))).toBe('history-follows-the-policy');
	});

	test('has nothing to hand on when it is the first', async () => {
		const { alice } = story;
		fresh();
		const body = { forum: idBytes(forum.directory.id), salt: alice.random(16) };
		const { chain } = await forum.write(alice, { kind: 'roster', chain: null, type: 'space.create', body });
		expect(await refusalOf(forum.rotate(alice, chain, { back: alice.random(60) }))).toBe('history-follows-the-policy');
	});
});
