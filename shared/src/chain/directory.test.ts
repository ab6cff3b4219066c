import { beforeAll, describe, expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import { forgeLink } from '../testing/forge.ts';
import { keyHashBytes, personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, foundedByAlice, TestForum, type Company } from '../testing/test-forum.ts';
import { isAccountAt, isCoordinatorAt } from './directory.ts';

const account = (person: Person) => ({ account: idBytes(person.account) });

describe('founding', () => {
	test('Alice founds a forum and is its only coordinator', async () => {
		const { forum, alice } = await foundedByAlice();
		const { directory } = forum;
		expect(directory.id).toBe(directory.heads[0]);
		expect([...directory.coordinators]).toEqual([alice.account]);
		expect(directory.accounts.get(alice.account)?.ik).toEqual(alice.identity.publicKey);
		expect(directory.accounts.get(alice.account)?.organisation).toBe(directory.host);
	});

	test('a directory does not begin with anything else', async () => {
		const forum = new TestForum();
		const alice = await personNamed('Alice');
		await forum.introduce(alice);
		const draft = { kind: 'directory', chain: null, type: 'organisation.add', body: { organisation: alice.random(16) } } as const;
		expect(await refusalOf(forum.write(alice, draft))).toBe('forum-comes-first');
	});

	test('two founders with the same answers make two forums', async () => {
		const first = await foundedByAlice();
		const other = new TestForum();
		const bob = await personNamed('Bob');
		await other.introduce(bob);
		expect(await other.found(bob)).not.toBe(first.forum.directory.id);
	});
});

describe('the directory', () => {
	let story: Company;
	let forum: TestForum;
	beforeAll(async () => {
		story = await company();
	});
	const fresh = () => (forum = story.forum.fork());

	test('is changed by coordinators only', async () => {
		const { bob, mallory, space } = story;
		for (const person of [bob, mallory]) {
			fresh();
			expect(await refusalOf(forum.newOrganisation(person))).toBe('only-coordinators-change-the-directory');
			expect(await refusalOf(forum.invite(person, { spaces: [space] }))).toBe('only-coordinators-change-the-directory');
			expect(await refusalOf(forum.ofDirectory(person, 'coordinator.add', account(person)))).toBe('only-coordinators-change-the-directory');
			expect(await refusalOf(forum.ofDirectory(person, 'account.remove', account(bob)))).toBe('only-coordinators-change-the-directory');
		}
	});

	test('is closed to strangers and to those who were removed', async () => {
		const { alice, carol } = story;
		fresh();
		const stranger = await personNamed('Stranger');
		await forum.introduce(stranger);
		expect(await refusalOf(forum.newOrganisation(stranger))).toBe('author-is-a-member-of-the-forum');
		await forum.ofDirectory(alice, 'account.remove', account(carol));
		expect(await refusalOf(forum.newOrganisation(carol))).toBe('author-is-a-member-of-the-forum');
		expect(await refusalOf(forum.ofDirectory(alice, 'account.remove', account(carol)))).toBe('account-is-there');
	});

	test('is not changed by an identity key without a device', async () => {
		const { alice } = story;
		const honest = await fresh()
			.fork()
			.ofDirectory(alice, 'organisation.add', { organisation: alice.random(16) });
		const bare = await forgeLink(honest, alice.identity, { device: null, log: null });
		expect(await refusalOf(forum.take(bare))).toBe('author-is-a-member-of-the-forum');
	});

	test('knows each organisation once', async () => {
		const { alice } = story;
		const organisation = await fresh().newOrganisation(alice);
		const again = forum.ofDirectory(alice, 'organisation.add', { organisation: idBytes(organisation, 16) });
		expect(await refusalOf(again)).toBe('organisation-is-new');
	});

	test('keeps its last coordinator', async () => {
		const { alice } = story;
		expect(await refusalOf(fresh().ofDirectory(alice, 'coordinator.remove', account(alice)))).toBe('last-coordinator-stays');
	});

	test('lets a coordinator go, and nobody push one out', async () => {
		const { alice, bob } = story;
		fresh();
		await forum.ofDirectory(alice, 'coordinator.add', account(bob));
		expect(await refusalOf(forum.ofDirectory(alice, 'coordinator.add', account(bob)))).toBe('coordinator-state-changes');
		expect(await refusalOf(forum.ofDirectory(alice, 'coordinator.remove', account(bob)))).toBe('accepted');
		expect(await refusalOf(forum.ofDirectory(alice, 'coordinator.remove', account(bob)))).toBe('another-coordinator-confirms');
		expect(forum.directory.coordinators.has(bob.account)).toBe(true);
		expect(await refusalOf(forum.ofDirectory(bob, 'account.remove', account(alice)))).toBe('nobody-acts-upward');
		const during = forum.directory.seq;
		await forum.ofDirectory(bob, 'coordinator.remove', account(bob));
		expect(isCoordinatorAt(forum.directory, bob.account, during)).toBe(true);
		expect(isCoordinatorAt(forum.directory, bob.account, forum.directory.seq)).toBe(false);
		expect(await refusalOf(forum.newOrganisation(bob))).toBe('only-coordinators-change-the-directory');
	});

	test('makes nobody a coordinator or representative who is not there', async () => {
		const { alice } = story;
		fresh();
		const stranger = await personNamed('Stranger');
		for (const type of ['coordinator.add', 'representative.add', 'account.remove']) {
			expect(await refusalOf(forum.ofDirectory(alice, type, account(stranger)))).toBe('account-is-there');
		}
	});

	test('remembers who belonged to it at which place', async () => {
		const { alice, bob } = story;
		fresh();
		const before = forum.directory.seq;
		await forum.ofDirectory(alice, 'account.remove', account(bob));
		expect(isAccountAt(forum.directory, bob.account, before)).toBe(true);
		expect(isAccountAt(forum.directory, bob.account, forum.directory.seq)).toBe(false);
	});

	test('refuses types and fields that it does not know', async () => {
		const { alice } = story;
		expect(await refusalOf(fresh().ofDirectory(alice, 'forum.close', {}))).toBe('type-is-known');
		expect(await refusalOf(forum.ofDirectory(alice, '__proto__', {}))).toBe('type-is-known');
		expect(await refusalOf(forum.ofDirectory(alice, 'organisation.add', { organisation: alice.random(16), name: 'x' }))).toBe('malformed');
		expect(await refusalOf(forum.ofDirectory(alice, 'organisation.add', { organisation: keyHashBytes(alice.userKey) }))).toBe('malformed');
	});
});
