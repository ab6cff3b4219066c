import { beforeAll, describe, expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import { forgeLink } from '../testing/forge.ts';
import { personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, DAY, type Company, type TestForum } from '../testing/test-forum.ts';
import type { Role } from './roles.ts';
import { isDirtyAt, roleOf } from './roster.ts';

describe('who belongs to a space', () => {
	let story: Company;
	let forum: TestForum;
	beforeAll(async () => {
		story = await company();
	});
	const fresh = () => (forum = story.forum.fork());
	const roleHere = (person: Person) => roleOf(forum.roster(story.space), person.account);

	test('is not decided by a stranger, an ordinary member, or one who was removed', async () => {
		const { bob, mallory, carol, alice, space } = story;
		fresh();
		expect(await refusalOf(forum.addMember(mallory, space, mallory, 'member'))).toBe('author-is-a-member-of-the-space');
		expect(await refusalOf(forum.addMember(bob, space, mallory, 'observer'))).toBe('nobody-acts-upward');
		await forum.removeMember(alice, space, carol);
		expect(await refusalOf(forum.addMember(carol, space, mallory, 'member'))).toBe('author-is-a-member-of-the-space');
		expect(await refusalOf(forum.addMember(carol, space, carol, 'member'))).toBe('author-is-a-member-of-the-space');
		const stranger = await personNamed('Stranger');
		await forum.introduce(stranger);
		expect(await refusalOf(forum.addMember(stranger, space, stranger, 'member'))).toBe('author-is-a-member-of-the-forum');
		expect(await refusalOf(forum.addMember(alice, space, stranger, 'member'))).toBe('member-belongs-to-the-forum');
	});

	test('nobody is added twice, and only guests come with an end', async () => {
		const { alice, bob, mallory, space } = story;
		expect(await refusalOf(fresh().addMember(alice, space, bob, 'member'))).toBe('member-is-new');
		expect(await refusalOf(forum.addMember(alice, space, mallory, 'member', forum.now + DAY))).toBe('guest-has-an-end');
		expect(await refusalOf(forum.addMember(alice, space, mallory, 'guest'))).toBe('guest-has-an-end');
	});

	test('a guest is gone at the end, and may be invited back', async () => {
		const { alice, mallory, space } = story;
		await fresh().addMember(alice, space, mallory, 'guest', forum.now + DAY);
		expect(await refusalOf(forum.setRole(alice, space, mallory, 'member'))).toBe('guest-stays-a-guest');
		expect(await refusalOf(forum.setRole(alice, space, story.bob, 'guest'))).toBe('guest-stays-a-guest');
		forum.now += DAY;
		expect(await refusalOf(forum.removeMember(mallory, space, mallory))).toBe('author-is-a-member-of-the-space');
		expect(await refusalOf(forum.addMember(alice, space, mallory, 'member'))).toBe('accepted');
	});

	const grants: [who: 'alice' | 'carol' | 'bob', role: Role, expected: string][] = [
		['alice', 'coordinator', 'accepted'],
		['alice', 'observer', 'accepted'],
		['carol', 'facilitator', 'accepted'],
		['carol', 'member', 'accepted'],
		['carol', 'coordinator', 'nobody-acts-upward'],
		['bob', 'member', 'nobody-acts-upward'],
		['bob', 'guest', 'nobody-acts-upward'],
	];
	test.each(grants)('%s adds a %s: %s', async (who, role, expected) => {
		const { mallory, space } = story;
		const until = role === 'guest' ? fresh().now + DAY : null;
		expect(await refusalOf(fresh().addMember(story[who], space, mallory, role, until))).toBe(expected);
	});

	test('nobody acts on an equal or higher role', async () => {
		const { alice, bob, carol, mallory, space } = story;
		fresh();
		await forum.addMember(alice, space, mallory, 'facilitator');
		expect(await refusalOf(forum.removeMember(bob, space, carol))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.removeMember(carol, space, mallory))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.removeMember(carol, space, alice))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.setRole(carol, space, mallory, 'member'))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.setRole(carol, space, carol, 'coordinator'))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.setRole(bob, space, bob, 'facilitator'))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.removeMember(carol, space, bob))).toBe('accepted');
	});

	test('a member without rank removes nobody, not even an observer', async () => {
		const { alice, bob, mallory, space } = story;
		await fresh().addMember(alice, space, mallory, 'observer');
		expect(await refusalOf(forum.removeMember(bob, space, mallory))).toBe('nobody-acts-upward');
	});

	test('everybody may leave but the last coordinator', async () => {
		const { alice, bob, space } = story;
		expect(await refusalOf(fresh().removeMember(bob, space, bob))).toBe('accepted');
		expect(await refusalOf(forum.removeMember(alice, space, alice))).toBe('last-coordinator-stays');
		expect(await refusalOf(forum.setRole(alice, space, alice, 'member'))).toBe('last-coordinator-stays');
		await forum.setRole(alice, space, story.carol, 'coordinator');
		expect(await refusalOf(forum.fork().setRole(alice, space, alice, 'member'))).toBe('accepted');
		expect(await refusalOf(forum.removeMember(alice, space, alice))).toBe('accepted');
		expect(await refusalOf(forum.removeMember(story.carol, space, story.carol))).toBe('last-coordinator-stays');
	});

	test('who was never there or is gone is neither removed nor changed', async () => {
		const { alice, bob, mallory, space } = story;
		expect(await refusalOf(fresh().removeMember(alice, space, mallory))).toBe('member-is-there');
		expect(await refusalOf(forum.setRole(alice, space, mallory, 'member'))).toBe('member-is-there');
		await forum.removeMember(alice, space, bob);
		expect(await refusalOf(forum.removeMember(alice, space, bob))).toBe('member-is-there');
		expect(await refusalOf(forum.setRole(alice, space, bob, 'observer'))).toBe('member-is-there');
	});

	test('a changed role keeps who vouched for the person', async () => {
		const { alice, carol, mallory, space } = story;
		await fresh().addMember(carol, space, mallory, 'member');
		await forum.setRole(alice, space, mallory, 'observer');
		expect(forum.roster(space).terms.get(mallory.account)?.at(-1)?.voucher).toBe(carol.account);
		expect(roleHere(mallory)).toBe('observer');
	});

	test('only coordinators decide what newcomers may read back', async () => {
		const { alice, carol, space } = story;
		expect(await refusalOf(fresh().ofSpace(carol, space, 'policy.set', { history: 'joining' }))).toBe('only-coordinators-set-the-policy');
		await forum.ofSpace(alice, space, 'policy.set', { history: 'joining' });
		expect(forum.roster(space).history).toBe('joining');
	});

	test('a removal makes the space wait for a new key, and a rotation ends that', async () => {
		const { alice, bob, space } = story;
		fresh();
		const before = forum.roster(space).seq;
		await forum.removeMember(alice, space, bob);
		await forum.rotate(alice, space);
		const roster = forum.roster(space);
		expect(
			[before, roster.seq - 1, roster.seq].map((seq) =>
				isDirtyAt(roster, forum.directory, { seq, directory: forum.directory.seq, time: forum.now }),
			),
		).toEqual([false, true, false]);
	});
});

describe('a space and its directory', () => {
	test('only a coordinator of the forum creates a space', async () => {
		const { forum, bob } = await company();
		expect(await refusalOf(forum.createSpace(bob))).toBe('only-coordinators-create-spaces');
	});

	test('a space belongs to this forum', async () => {
		const { forum, alice } = await company();
		const draft = { kind: 'roster', chain: null, type: 'space.create', body: { forum: alice.random(32), salt: alice.random(16) } } as const;
		expect(await refusalOf(forum.write(alice, draft))).toBe('space-belongs-to-the-forum');
		const later = { ...draft, type: 'policy.set', body: { history: 'joining' } } as const;
		expect(await refusalOf(forum.write(alice, later))).toBe('space-comes-first');
	});

	test('a roster link stands on a place of the directory that is real and known', async () => {
		const { forum, carol, bob, space } = await company();
		const honest = await forum.fork().removeMember(carol, space, bob);
		const { seq, head } = forum.directory;
		const cites = [
			[{ seq, head: honest.hash }, 'directory-is-cited'],
			[null, 'directory-is-cited'],
			[{ seq: seq + 1, head }, 'unknown-sender'],
			[{ seq: 0, head: forum.directory.id as never }, 'directory-never-goes-back'],
		] as const;
		for (const [directory, expected] of cites) {
			expect(await refusalOf(forum.take(await forgeLink(honest, carol.device, { directory })))).toBe(expected);
		}
	});

	test('somebody removed from the forum acts in no space that has seen it', async () => {
		const { forum, alice, carol, bob, space } = await company();
		const early = await forum.fork().removeMember(carol, space, bob);
		await forum.ofDirectory(alice, 'account.remove', { account: idBytes(carol.account) });
		expect(await refusalOf(forum.removeMember(carol, space, bob))).toBe('author-is-a-member-of-the-forum');
		await forum.rotate(alice, space);
		const roster = forum.roster(space);
		const late = await forgeLink(early, carol.device, { seq: roster.seq + 1, prev: roster.head, time: roster.time });
		expect(await refusalOf(forum.take(late))).toBe('directory-never-goes-back');
	});

	test('the identity key alone does nothing in a space', async () => {
		const { forum, carol, bob, space } = await company();
		const honest = await forum.fork().removeMember(carol, space, bob);
		const bare = await forgeLink(honest, carol.identity, { device: null, log: null });
		expect(await refusalOf(forum.take(bare))).toBe('author-is-a-member-of-the-forum');
		const citing = await forgeLink(honest, carol.identity, { device: null });
		expect(await refusalOf(forum.take(citing))).toBe('identity-key-cites-no-log');
	});

	test('a type that nobody knows is refused', async () => {
		const { forum, alice, space } = await company();
		expect(await refusalOf(forum.ofSpace(alice, space, 'space.create', { forum: alice.random(32), salt: alice.random(16) }))).toBe(
			'type-is-known',
		);
	});
});
