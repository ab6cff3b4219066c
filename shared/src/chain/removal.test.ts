import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idBytes, SHORT_ID_LENGTH, type OrganisationId } from '../bytes/ids.ts';
import { keyHashBytes, onAnotherDevice, personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, DAY, type Company, type TestForum } from '../testing/test-forum.ts';
import { kemKeyFromSeed } from '../crypto/wrap.ts';
import { isAccountAt } from './directory.ts';
import { isDirtyAt, membersOf, openInvitations } from './roster.ts';

let story: Company;
let forum: TestForum;
beforeAll(async () => void (story = await company()));
beforeEach(() => void (forum = story.forum.fork()));

const account = (person: Person) => ({ account: idBytes(person.account) });
const dirty = (time = forum.now) => {
	const { seq } = forum.roster(story.space);
	return isDirtyAt(forum.roster(story.space), forum.directory, { seq, directory: forum.directory.seq, time });
};
const members = () => membersOf(forum.roster(story.space), forum.directory, forum.now);

describe('a person removed from the forum', () => {
	test('is no member of any space, and every space waits for a new key', async () => {
		const { alice, bob, carol } = story;
		const before = forum.directory.seq;
		expect(dirty()).toBe(false);
		await forum.ofDirectory(alice, 'account.remove', account(bob));
		expect(members()).not.toContain(bob.account);
		expect(dirty()).toBe(true);
		expect([isAccountAt(forum.directory, bob.account, before), isAccountAt(forum.directory, bob.account, forum.directory.seq)]).toEqual([
			true,
			false,
		]);
		await forum.rotate(carol, story.space);
		expect(dirty()).toBe(false);
	});

	test('signs nothing more, however old the directory it cites', async () => {
		const { alice, bob, carol, space } = story;
		await forum.ofDirectory(alice, 'account.remove', account(bob));
		expect(await refusalOf(forum.rotate(bob, space))).toBe('author-is-a-member-of-the-forum');
		expect(await refusalOf(forum.ofDirectory(bob, 'coordinator.add', account(carol)))).toBe('author-is-a-member-of-the-forum');
		expect(await refusalOf(forum.ofDirectory(alice, 'account.remove', account(bob)))).toBe('account-is-there');
	});
});

describe('an organisation', () => {
	let organisation: OrganisationId;
	let dana: Person;
	beforeEach(async () => {
		organisation = await forum.newOrganisation(story.alice);
		dana = await forum.join('Dana', story.alice, { spaces: [story.space], organisation });
	});
	const removal = (id: OrganisationId = organisation) =>
		refusalOf(forum.ofDirectory(story.alice, 'organisation.remove', { organisation: idBytes(id, SHORT_ID_LENGTH) }));

	test('goes with all its people, and nobody joins it any more', async () => {
		const { alice, space } = story;
		const invited = await forum.invite(alice, { spaces: [space], organisation });
		await forum.rotate(alice, space);
		const eve = await personNamed('Eve');
		await forum.introduce(eve);
		expect(await removal()).toBe('accepted');
		expect(members()).not.toContain(dana.account);
		expect(dirty()).toBe(true);
		expect(openInvitations(forum.roster(space), forum.directory, forum.directory.seq, forum.now)).not.toContain(invited.keys.id);
		expect(await refusalOf(forum.admit(eve, invited))).toBe('organisation-exists');
		expect(await refusalOf(forum.invite(alice, { organisation }))).toBe('organisation-exists');
		expect(await removal()).toBe('organisation-exists');
	});

	test('stays while a coordinator belongs to it, and the host stays always', async () => {
		await forum.ofDirectory(story.alice, 'coordinator.add', account(dana));
		expect(await removal()).toBe('nobody-acts-upward');
		expect(await removal(forum.directory.host)).toBe('host-stays');
	});
});

describe('somebody who lost everything', () => {
	test('comes back as a new identity, and the old one ends with the same link', async () => {
		const { alice, bob, space } = story;
		const again = await personNamed('Bob again');
		await forum.introduce(again);
		const invited = await forum.invite(alice, { spaces: [space], replaces: bob });
		await forum.admit(again, invited);
		await forum.enter(again, space, invited);
		const { accounts } = forum.directory;
		expect(accounts.get(bob.account)).toMatchObject({ replacedBy: again.account, removed: forum.directory.seq });
		expect(accounts.get(again.account)).toMatchObject({ replaces: bob.account });
		expect(dirty()).toBe(true);
		expect(members()).toContain(again.account);
		expect(members()).not.toContain(bob.account);
	});

	test('is replaced once, and only within the own organisation', async () => {
		const { alice, bob } = story;
		const [first, second] = [await personNamed('Bob again'), await personNamed('Bob once more')];
		for (const person of [first, second]) await forum.introduce(person);
		const [one, two] = [await forum.invite(alice, { replaces: bob }), await forum.invite(alice, { replaces: bob })];
		const organisation = await forum.newOrganisation(alice);
		expect(await refusalOf(forum.invite(alice, { replaces: bob, organisation }))).toBe('account-is-there');
		await forum.admit(first, one);
		expect(await refusalOf(forum.admit(second, two))).toBe('account-is-replaced-once');
		expect(await refusalOf(forum.invite(alice, { replaces: bob }))).toBe('account-is-replaced-once');
	});
});

describe('a device that was revoked', () => {
	const rekey = (by: Person, of: Person, log = forum.citeOf(of)) =>
		refusalOf(forum.ofSpace(by, story.space, 'member.rekey', { account: idBytes(of.account), log }));

	test('makes a space wait for a new key as soon as anybody says so, wrapped to the new encryption key', async () => {
		const { alice, bob, carol, space } = story;
		const next = await kemKeyFromSeed(bob.random(32));
		await forum.ofUser(carol, 'device.revoke', { device: carol.device.publicKey });
		await forum.ofUser(carol, 'key.new', { generation: 2, key: keyHashBytes(next) });
		expect(await rekey(alice, carol)).toBe('accepted');
		expect(dirty()).toBe(true);
		const carols = forum.recipients(space).find(({ id }) => id === carol.account);
		expect(idBytes(carols!.key)).toEqual(keyHashBytes(next));
		await forum.rotate(alice, space);
		expect(dirty()).toBe(false);
	});

	test('is told by any link of its owner too, and no key is made before that', async () => {
		const { carol, space } = story;
		const laptop = await onAnotherDevice(carol);
		await forum.ofUser(carol, 'device.add', { device: laptop.device.publicKey });
		await forum.ofUser(carol, 'device.revoke', { device: carol.device.publicKey });
		expect(await refusalOf(forum.fork().rotate(laptop, space))).toBe('revocation-is-declared-first');
		await forum.setRole(laptop, space, story.bob, 'observer');
		expect(dirty()).toBe(true);
		await forum.rotate(laptop, space);
		expect(dirty()).toBe(false);
	});

	test('is told truly: not a place that is not there, not another history, not twice, not of a stranger', async () => {
		const { alice, bob, mallory } = story;
		const [seq, head] = forum.citeOf(bob);
		expect(await rekey(alice, bob, [seq + 1, head])).toBe('unknown-sender');
		expect(await rekey(alice, bob, [seq, alice.random(32)])).toBe('one-history');
		expect(await rekey(alice, bob)).toBe('user-log-goes-on');
		expect(await rekey(alice, mallory)).toBe('member-is-there');
	});

	test('does not make anybody wait when only a key was renewed', async () => {
		const { alice, bob } = story;
		const next = await kemKeyFromSeed(bob.random(32));
		await forum.ofUser(bob, 'key.new', { generation: 2, key: keyHashBytes(next) });
		expect(await rekey(alice, bob)).toBe('accepted');
		expect(dirty()).toBe(false);
	});
});

describe('a guest', () => {
	test('whose time has come leaves the space waiting for a new key', async () => {
		const { alice, mallory, space } = story;
		await forum.addMember(alice, space, mallory, 'guest', forum.now + DAY);
		expect([dirty(), dirty(forum.now + DAY - 1), dirty(forum.now + DAY)]).toEqual([false, false, true]);
		forum.now += DAY;
		await forum.rotate(alice, space);
		expect(dirty()).toBe(false);
	});

	test('who was made a guest again later is not over with the first end', async () => {
		const { alice, mallory, space } = story;
		await forum.addMember(alice, space, mallory, 'guest', forum.now + DAY);
		await forum.removeMember(alice, space, mallory);
		await forum.rotate(alice, space);
		await forum.addMember(alice, space, mallory, 'guest', forum.now + 3 * DAY);
		expect([dirty(forum.now + 2 * DAY), dirty(forum.now + 3 * DAY)]).toEqual([false, true]);
	});
});

describe('somebody added by another', () => {
	test('comes with the own user log, so that the key goes to the encryption key in force', async () => {
		const { alice, mallory, space } = story;
		const body = { account: idBytes(mallory.account), role: 'member', until: null, invitation: null };
		const add = (log: unknown) => refusalOf(forum.ofSpace(alice, space, 'member.add', { ...body, log } as never));
		expect(await add(null)).toBe('user-log-is-cited');
		expect(await add([9, alice.random(32)])).toBe('unknown-sender');
		expect(await add(forum.citeOf(mallory))).toBe('accepted');
	});
});
