import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import { signingKeyFromSeed } from '../crypto/sign.ts';
import type { Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, type Company, type TestForum } from '../testing/test-forum.ts';
import { mixedOrderKeys, smallOrderKeys } from '../testing/weak-keys.ts';
import { isRepresentativeAt, needsKey } from './directory.ts';
import { organisationKeyAt } from './representation.ts';

let story: Company;
let forum: TestForum;
/** Of another organisation than the rest, who are all of the host. */
let dana: Person;
let omar: Person;
beforeAll(async () => {
	story = await company();
	const organisation = await story.forum.newOrganisation(story.alice);
	dana = await story.forum.join('Dana', story.alice, { organisation });
	omar = await story.forum.join('Omar', story.alice, { organisation });
});
beforeEach(() => {
	forum = story.forum.fork();
});

const account = (person: Person) => ({ account: idBytes(person.account) });
const organisationOf = ({ account: id }: Person) => forum.directory.accounts.get(id)!.organisation;
const name = (who: Person, by = story.alice) => refusalOf(forum.ofDirectory(by, 'representative.add', account(who)));
const unname = (who: Person, by = story.alice) => refusalOf(forum.ofDirectory(by, 'representative.remove', account(who)));
const keyBy = (who: Person, key: Uint8Array) => refusalOf(forum.ofDirectory(who, 'organisation.key', { key }));
const newKey = async (who: Person) => (await signingKeyFromSeed(who.random(32))).publicKey;
const represents = ({ account: id }: Person, seq = forum.directory.seq) => isRepresentativeAt(forum.directory, id, seq);

describe('a representative', () => {
	test('is named by a coordinator, for the organisation they came with, until a coordinator takes it back', async () => {
		const { bob } = story;
		const before = forum.directory.seq;
		expect(represents(bob)).toBe(false);
		expect(await name(bob)).toBe('accepted');
		expect([represents(bob), represents(bob, before)]).toEqual([true, false]);
		const during = forum.directory.seq;
		expect(await unname(bob)).toBe('accepted');
		expect([represents(bob), represents(bob, during)]).toEqual([false, true]);
	});

	test('names nobody, not even themselves', async () => {
		const { bob, carol } = story;
		await name(bob);
		expect(await name(carol, bob)).toBe('only-coordinators-change-the-directory');
		expect(await name(carol, carol)).toBe('only-coordinators-change-the-directory');
	});

	test('is not named or unnamed twice', async () => {
		const { bob } = story;
		expect(await unname(bob)).toBe('representative-state-changes');
		await name(bob);
		expect(await name(bob)).toBe('representative-state-changes');
	});

	test('binds nobody any more once removed from the forum', async () => {
		const { alice, bob } = story;
		await name(bob);
		await forum.ofDirectory(alice, 'account.remove', account(bob));
		expect(represents(bob)).toBe(false);
	});
});

describe('the key of an organisation', () => {
	test('is made by a representative and counts from then on; a coordinator makes none for others', async () => {
		const { alice } = story;
		expect(await keyBy(dana, await newKey(dana))).toBe('representatives-make-the-key');
		await name(dana);
		const key = await newKey(dana);
		expect(needsKey(forum.directory, organisationOf(dana))).toBe(true);
		const before = forum.directory.seq;
		expect(await keyBy(dana, key)).toBe('accepted');
		expect(organisationKeyAt(forum.directory.representation, organisationOf(dana), before)).toBeNull();
		expect(organisationKeyAt(forum.directory.representation, organisationOf(dana), forum.directory.seq)).toMatchObject({
			key,
			by: dana.account,
		});
		expect(needsKey(forum.directory, organisationOf(dana))).toBe(false);
		// Alice coordinates, and represents the host alone.
		await keyBy(alice, await newKey(alice));
		expect(organisationKeyAt(forum.directory.representation, organisationOf(dana), forum.directory.seq)).toMatchObject({ key });
	});

	test('is due again when somebody who held it no longer may, and not when another comes', async () => {
		await name(dana);
		await keyBy(dana, await newKey(dana));
		const own = organisationOf(dana);
		await name(omar);
		expect(needsKey(forum.directory, own)).toBe(false);
		await unname(dana);
		expect(needsKey(forum.directory, own)).toBe(true);
		await keyBy(omar, await newKey(omar));
		expect(needsKey(forum.directory, own)).toBe(false);
		await unname(omar);
		// With nobody left to hold it, there is nobody to make it.
		expect(needsKey(forum.directory, own)).toBe(false);
		await name(dana);
		expect(needsKey(forum.directory, own)).toBe(true);
	});

	test('is no weak key, and none that stands for another organisation or stood before', async () => {
		const { alice } = story;
		await name(dana);
		const key = await newKey(dana);
		await keyBy(dana, key);
		expect(await keyBy(alice, key)).toBe('organisation-key-is-new');
		expect(await keyBy(dana, key)).toBe('organisation-key-is-new');
		for (const weak of [...smallOrderKeys, ...mixedOrderKeys(key)]) expect(await keyBy(dana, weak)).toBe('weak-key');
	});
});
