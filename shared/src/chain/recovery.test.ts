import { beforeAll, describe, expect, test } from 'vitest';
import { idBytes, type Hash } from '../bytes/ids.ts';
import { keyHashOf, personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { foundedByAlice, type TestForum } from '../testing/test-forum.ts';
import { RECOVERY_SECONDS, recoveryAttempt, recoveryState } from './recovery.ts';

/** Alice and Anna coordinate the host, Carol another organisation; Bob, of a third, lost every device. */
interface Coordinated {
	readonly forum: TestForum;
	readonly alice: Person;
	readonly anna: Person;
	readonly carol: Person;
	readonly bob: Person;
	readonly mallory: Person;
}

let story: Coordinated;
let forum: TestForum;
let asked: Hash;
let other: Hash;

beforeAll(async () => {
	const { forum: founded, alice } = await foundedByAlice();
	const anna = await founded.join('Anna', alice);
	const carol = await founded.join('Carol', alice, { organisation: await founded.newOrganisation(alice) });
	const bob = await founded.join('Bob', alice, { organisation: await founded.newOrganisation(alice) });
	const mallory = await founded.join('Mallory', alice);
	for (const { account } of [anna, carol]) await founded.ofDirectory(alice, 'coordinator.add', { account: idBytes(account) });
	story = { forum: founded, alice, anna, carol, bob, mallory };
	asked = keyHashOf((await personNamed('New phone')).userKey);
	other = keyHashOf((await personNamed('Server')).userKey);
});

const begin = (): Coordinated => {
	forum = story.forum.fork();
	return story;
};
const approve = (by: Person, whom: Person, key: Hash = asked) =>
	forum.ofDirectory(by, 'recovery.approve', { account: idBytes(whom.account), key: idBytes(key) });
const refuse = (by: Person, whom: Person) =>
	forum.ofDirectory(by, 'recovery.refuse', { account: idBytes(whom.account), key: idBytes(asked) });
const stateNow = (whom: Person, key: Hash = asked) => {
	const attempt = recoveryAttempt(forum.directory, whom.account, key);
	return attempt && recoveryState(attempt, forum.now);
};

describe('restoring Bob, who lost every device', () => {
	test('takes two coordinators of different organisations', async () => {
		const { alice, carol, bob } = begin();
		await approve(alice, bob);
		expect(stateNow(bob)).toBe('open');
		forum.now += RECOVERY_SECONDS;
		await approve(carol, bob);
		expect(stateNow(bob)).toBe('complete');
	});

	test('one approver changes nothing, and everybody can see the attempt', async () => {
		const { alice, bob } = begin();
		await approve(alice, bob);
		expect(await refusalOf(approve(alice, bob))).toBe('recovery-takes-two-organisations');
		expect(forum.directory.recoveries.get(bob.account)).toMatchObject([{ approvals: [{ by: alice.account }] }]);
		expect(stateNow(bob)).toBe('open');
	});

	test('the same organisation does not count twice', async () => {
		const { alice, anna, bob } = begin();
		await approve(alice, bob);
		expect(await refusalOf(approve(anna, bob))).toBe('recovery-takes-two-organisations');
	});

	test('a second approval after 48 hours is refused', async () => {
		const { alice, carol, bob } = begin();
		await approve(alice, bob);
		forum.now += RECOVERY_SECONDS + 1;
		expect(stateNow(bob)).toBe('expired');
		expect(await refusalOf(approve(carol, bob))).toBe('recovery-within-48-hours');
	});

	test('a third approval is refused', async () => {
		const { alice, anna, carol, bob } = begin();
		await approve(alice, bob);
		await approve(carol, bob);
		expect(await refusalOf(approve(anna, bob))).toBe('recovery-needs-no-third');
	});

	test('a key that the server put in the place of his never adds up with his own', async () => {
		const { alice, carol, bob } = begin();
		await approve(alice, bob, asked);
		await approve(carol, bob, other);
		expect([stateNow(bob, asked), stateNow(bob, other)]).toEqual(['open', 'open']);
		await approve(carol, bob, asked);
		expect([stateNow(bob, asked), stateNow(bob, other)]).toEqual(['complete', 'open']);
	});

	test('is not for members, for those who no longer coordinate or belong to the forum, or for himself', async () => {
		const { alice, anna, carol, bob, mallory } = begin();
		expect(await refusalOf(approve(mallory, bob))).toBe('only-coordinators-change-the-directory');
		expect(await refusalOf(approve(bob, bob))).toBe('only-coordinators-change-the-directory');
		await forum.ofDirectory(anna, 'coordinator.remove', { account: idBytes(anna.account) });
		expect(await refusalOf(approve(anna, bob))).toBe('only-coordinators-change-the-directory');
		await forum.ofDirectory(alice, 'account.remove', { account: idBytes(anna.account) });
		expect(await refusalOf(approve(anna, bob))).toBe('author-is-a-member-of-the-forum');
		expect(await refusalOf(approve(carol, carol))).toBe('recovery-is-approved-by-others');
	});

	test('an approver who has left the coordination since does not count', async () => {
		const { anna, carol, bob } = begin();
		await approve(anna, bob);
		await forum.ofDirectory(anna, 'coordinator.remove', { account: idBytes(anna.account) });
		expect(await refusalOf(approve(carol, bob))).toBe('recovery-approver-still-coordinates');
	});

	test('is over for an account that was removed or never was', async () => {
		const { alice, bob } = begin();
		await forum.ofDirectory(alice, 'account.remove', { account: idBytes(bob.account) });
		expect(await refusalOf(approve(alice, bob))).toBe('account-is-there');
		expect(await refusalOf(approve(alice, await personNamed('Nobody')))).toBe('account-is-there');
	});
});

describe('an attempt that is not Bob', () => {
	test('is refused by Bob, from a device that is not lost', async () => {
		const { alice, carol, bob } = begin();
		await approve(alice, bob);
		await refuse(bob, bob);
		expect(stateNow(bob)).toBe('refused');
		expect(await refusalOf(approve(carol, bob))).toBe('recovery-was-not-refused');
		expect(await refusalOf(refuse(carol, bob))).toBe('recovery-was-not-refused');
	});

	test('is refused by another coordinator, even when both approvals are there', async () => {
		const { alice, anna, carol, bob } = begin();
		await approve(alice, bob);
		await approve(carol, bob);
		await refuse(anna, bob);
		expect(stateNow(bob)).toBe('refused');
	});

	test('is not refused by anybody else, nor before it is there', async () => {
		const { alice, bob, mallory } = begin();
		expect(await refusalOf(refuse(bob, bob))).toBe('recovery-is-there');
		await approve(alice, bob);
		expect(await refusalOf(refuse(mallory, bob))).toBe('only-coordinators-change-the-directory');
	});
});
