import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import type { Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, DAY, type Company, type TestForum } from '../testing/test-forum.ts';
import { openMotionAbout } from './directory.ts';
import { openMotionIn, roleOf } from './roster.ts';

const account = (person: Person) => ({ account: idBytes(person.account) });
let story: Company;
let forum: TestForum;
beforeAll(async () => void (story = await company()));

describe('a coordinator of the forum', () => {
	beforeEach(async () => {
		forum = story.forum.fork();
		for (const person of [story.bob, story.carol]) await forum.ofDirectory(story.alice, 'coordinator.add', account(person));
	});
	const remove = (by: Person, who: Person) => refusalOf(forum.ofDirectory(by, 'coordinator.remove', account(who)));
	const stands = ({ account: id }: Person) => forum.directory.coordinators.has(id);

	test('is removed by two others together, and by neither alone', async () => {
		const { alice, bob, carol } = story;
		expect(await remove(bob, alice)).toBe('accepted');
		expect(stands(alice)).toBe(true);
		expect(openMotionAbout(forum.directory, alice.account, forum.now)).toMatchObject({ by: bob.account });
		expect(await remove(bob, alice)).toBe('another-coordinator-confirms');
		expect(await remove(carol, alice)).toBe('accepted');
		expect(stands(alice)).toBe(false);
	});

	test('stays when the second voice comes after a week, or the first has gone meanwhile', async () => {
		const { alice, bob, carol } = story;
		await remove(bob, alice);
		const late = forum.fork();
		late.now += 7 * DAY + 1;
		expect(await refusalOf(late.ofDirectory(carol, 'coordinator.remove', account(alice)))).toBe('accepted');
		expect(late.directory.coordinators.has(alice.account)).toBe(true);
		await remove(bob, bob);
		await remove(carol, alice);
		expect(stands(alice)).toBe(true);
	});

	test('is not removed with the whole account, organisation or a new identity first', async () => {
		const { alice, bob } = story;
		expect(await refusalOf(forum.ofDirectory(alice, 'account.remove', account(bob)))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.invite(alice, { replaces: bob }))).toBe('nobody-acts-upward');
	});

	test('who comes back begins without an old proposal', async () => {
		const { alice, bob, carol } = story;
		await remove(bob, alice);
		await remove(alice, alice);
		await forum.ofDirectory(carol, 'coordinator.add', account(alice));
		expect(openMotionAbout(forum.directory, alice.account, forum.now)).toBeNull();
	});
});

describe('a coordinator of a space', () => {
	beforeEach(async () => {
		forum = story.forum.fork();
		for (const person of [story.bob, story.carol]) await forum.setRole(story.alice, story.space, person, 'coordinator');
	});

	test('is removed by two others together, never lowered by one', async () => {
		const { alice, bob, carol, space } = story;
		expect(await refusalOf(forum.setRole(bob, space, alice, 'member'))).toBe('nobody-acts-upward');
		await forum.removeMember(bob, space, alice);
		expect(roleOf(forum.roster(space), alice.account)).toBe('coordinator');
		expect(await refusalOf(forum.removeMember(bob, space, alice))).toBe('another-coordinator-confirms');
		await forum.removeMember(carol, space, alice);
		expect(roleOf(forum.roster(space), alice.account)).toBeNull();
		expect(openMotionIn(forum.roster(space), alice.account, forum.now)).toBeNull();
	});

	test('may leave meanwhile, and a facilitator is no second voice', async () => {
		const { alice, bob, carol, space } = story;
		await forum.removeMember(bob, space, alice);
		await forum.setRole(carol, space, carol, 'facilitator');
		expect(await refusalOf(forum.removeMember(carol, space, alice))).toBe('nobody-acts-upward');
		expect(await refusalOf(forum.removeMember(alice, space, alice))).toBe('accepted');
	});
});
