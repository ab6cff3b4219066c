import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idBytes, SHORT_ID_LENGTH, type OrganisationId } from '../bytes/ids.ts';
import type { Person } from '../testing/person.ts';
import { company, type Company, type TestForum } from '../testing/test-forum.ts';
import { DirectoryReading } from './directory-reading.ts';

let story: Company;
let forum: TestForum;
let reading: DirectoryReading;
let union: OrganisationId;
/** Of another organisation than the rest, who are all of the host. */
let dana: Person;
beforeAll(async () => {
	story = await company();
	union = await story.forum.newOrganisation(story.alice);
	dana = await story.forum.join('Dana', story.alice, { organisation: union });
});
beforeEach(() => {
	forum = story.forum.fork();
	reading = new DirectoryReading({ chains: forum });
});

const now = () => forum.directory.seq;
const change = (type: string, who: Person) => forum.ofDirectory(story.alice, type, { account: idBytes(who.account) });

describe('what an event cites is answered for its place of the directory, at any later time', () => {
	test('a representative who is named, and whose mandate ends, was one in between and at no other place', async () => {
		const before = now();
		await change('representative.add', dana);
		const during = now();
		await change('representative.remove', dana);
		const places = [before, during, now(), null].map((at) => reading.isRepresentative(dana.account, at));
		expect(places).toEqual([false, true, false, false]);
	});

	test('somebody who is removed stood for the organisation until then, and for none since', async () => {
		await change('representative.add', dana);
		const during = now();
		await change('account.remove', dana);
		expect([during, null].map((at) => reading.organisationOf(dana.account, at))).toEqual([union, null]);
		expect([during, null].map((at) => reading.isRepresentative(dana.account, at))).toEqual([true, false]);
		expect(reading.organisationOf(dana.account, 0)).toBeNull();
	});

	test('whoever came in place of another is the same person, and does not represent because the other did', async () => {
		await change('representative.add', dana);
		const during = now();
		const again = await forum.join('Dana again', story.alice, { organisation: union, replaces: dana });
		const third = await forum.join('Dana a third time', story.alice, { organisation: union, replaces: again });
		expect([dana, again, third].map(({ account }) => reading.personOf(account))).toEqual(Array(3).fill(dana.account));
		expect(reading.personOf(story.bob.account)).toBe(story.bob.account);
		expect([dana, third].map(({ account }) => reading.isRepresentative(account, null))).toEqual([false, false]);
		expect([during, null].map((at) => reading.isRepresentative(dana.account, at))).toEqual([true, false]);
	});

	test('an organisation is there from where it was added to where it was removed', async () => {
		const before = now();
		const league = await forum.newOrganisation(story.alice);
		const during = now();
		await forum.ofDirectory(story.alice, 'organisation.remove', { organisation: idBytes(league, SHORT_ID_LENGTH) });
		expect([before, during, now(), null].map((at) => reading.isOrganisation(league, at))).toEqual([false, true, false, false]);
		expect([reading.isHost(forum.directory.host), reading.isHost(league)]).toEqual([true, false]);
		expect(reading.isOrganisation(forum.directory.host, 0)).toBe(true);
	});

	test('an organisation signs by the key that it had at that place', async () => {
		await change('representative.add', dana);
		const before = now();
		const keys = [];
		for (const name of ['first', 'second']) {
			const { publicKey } = (await forum.join(name, story.alice)).identity;
			await forum.ofDirectory(dana, 'organisation.key', { key: publicKey });
			keys.push({ publicKey, at: now() });
		}
		expect(reading.keyOf(union, before)).toBeNull();
		for (const { publicKey, at } of keys) expect(reading.keyOf(union, at)).toEqual(publicKey);
		expect(reading.keyOf(union, null)).toEqual(keys[1]!.publicKey);
	});

	test('before a directory is here nobody is anything', () => {
		const nobody = new DirectoryReading({ chains: { world: { ...forum.world, directory: null } } });
		expect([nobody.organisationOf(dana.account, null), nobody.isRepresentative(dana.account, 3)]).toEqual([null, false]);
		expect([nobody.isHost(union), nobody.keyOf(union, null), nobody.isOrganisation(union, 0)]).toEqual([false, null, false]);
	});
});
