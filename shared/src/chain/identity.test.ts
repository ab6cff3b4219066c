import { beforeAll, describe, expect, test } from 'vitest';
import type { ChainId } from '../bytes/ids.ts';
import { forgeLink } from '../testing/forge.ts';
import { keyHashBytes, onAnotherDevice, personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, TestForum, type Company } from '../testing/test-forum.ts';
import { smallOrderKeys } from '../testing/weak-keys.ts';

describe('a person is an identity key', () => {
	let story: Company;
	let forum: TestForum;
	beforeAll(async () => {
		story = await company();
	});
	const fresh = () => (forum = story.forum.fork());

	const introduction = ({ identity, userKey }: Person) => ({ ik: identity.publicKey, key: keyHashBytes(userKey) });

	test('Mallory cannot begin a log under the name of another account', async () => {
		fresh();
		const dan = await personNamed('Dan');
		const honest = await new TestForum().ofUser(dan, 'identity.create', introduction(dan));
		const body = introduction(story.mallory);
		const forged = await forgeLink(honest, story.mallory.identity, { chain: dan.chain, body });
		expect(await refusalOf(forum.take(forged))).toBe('account-is-its-identity-key');
	});

	test('a log cannot be named by another chain than its account', async () => {
		fresh();
		const dan = await personNamed('Dan');
		const honest = await new TestForum().ofUser(dan, 'identity.create', introduction(dan));
		const forged = await forgeLink(honest, dan.identity, { chain: story.bob.account as string as ChainId });
		expect(await refusalOf(forum.take(forged))).toBe('only-the-identity-key-signs-its-log');
	});

	test('a log does not begin with a device', async () => {
		const dan = await personNamed('Dan');
		expect(await refusalOf(fresh().ofUser(dan, 'device.add', { device: dan.device.publicKey }))).toBe('identity-comes-first');
	});

	test('nobody is introduced twice', async () => {
		expect(await refusalOf(fresh().ofUser(story.bob, 'identity.create', introduction(story.bob)))).toBe('type-is-known');
	});

	test.each(smallOrderKeys)('an identity key of small order is refused: %s', async (key) => {
		const dan = await personNamed('Dan');
		const body = { ...introduction(dan), ik: key };
		expect(await refusalOf(fresh().ofUser(dan, 'identity.create', body))).toBe('weak-key');
	});

	test.each(smallOrderKeys)('a device key of small order is refused: %s', async (key) => {
		expect(await refusalOf(fresh().ofUser(story.bob, 'device.add', { device: key }))).toBe('weak-key');
	});

	test('the server cannot add a device to a person', async () => {
		fresh();
		const other = await onAnotherDevice(story.bob);
		const honest = await forum.fork().ofUser(story.bob, 'device.add', { device: other.device.publicKey });
		expect(await refusalOf(forum.take(await forgeLink(honest, story.mallory.identity, {})))).toBe('tampered');
	});

	test('a stolen device cannot add another device', async () => {
		fresh();
		const other = await onAnotherDevice(story.bob);
		const honest = await forum.fork().ofUser(story.bob, 'device.add', { device: other.device.publicKey });
		const byDevice = await forgeLink(honest, story.bob.device, { device: story.bob.deviceId });
		expect(await refusalOf(forum.take(byDevice))).toBe('tampered');
		const inItsName = await forgeLink(honest, story.bob.identity, { device: story.bob.deviceId });
		expect(await refusalOf(forum.take(inItsName))).toBe('only-the-identity-key-signs-its-log');
	});

	test('a device is added once, and a revoked one does not come back', async () => {
		const { bob } = story;
		const body = { device: bob.device.publicKey };
		expect(await refusalOf(fresh().ofUser(bob, 'device.add', body))).toBe('device-is-new');
		await forum.ofUser(bob, 'device.revoke', body);
		expect(await refusalOf(forum.ofUser(bob, 'device.revoke', body))).toBe('device-is-there');
		expect(await refusalOf(forum.ofUser(bob, 'device.add', body))).toBe('device-is-new');
	});

	test('encryption keys follow each other without a gap', async () => {
		const { bob } = story;
		const key = keyHashBytes(bob.userKey);
		expect(await refusalOf(fresh().ofUser(bob, 'key.new', { generation: 3, key }))).toBe('generations-follow-each-other');
		expect(await refusalOf(forum.ofUser(bob, 'key.new', { generation: 1, key }))).toBe('generations-follow-each-other');
		await forum.ofUser(bob, 'key.new', { generation: 2, key });
		expect(forum.world.users.get(bob.account)?.keys).toHaveLength(2);
	});
});

describe('a revoked device', () => {
	test('signs nothing more, at the place where it was revoked or after', async () => {
		const { forum, carol, space, bob } = await company();
		await forum.ofUser(carol, 'device.revoke', { device: carol.device.publicKey });
		expect(await refusalOf(forum.removeMember(carol, space, bob))).toBe('device-stands');
	});

	test('cannot go back behind what its person has cited since', async () => {
		const { forum, carol, space, bob } = await company();
		const laptop = await onAnotherDevice(carol);
		await forum.ofUser(carol, 'device.add', { device: laptop.device.publicKey });
		const early = await forum.fork().removeMember(carol, space, bob);
		await forum.ofUser(carol, 'device.revoke', { device: carol.device.publicKey });
		await forum.setRole(laptop, space, bob, 'observer');
		const roster = forum.roster(space);
		const late = await forgeLink(early, carol.device, { seq: roster.seq + 1, prev: roster.head, time: roster.time });
		expect(await refusalOf(forum.take(late))).toBe('user-log-never-goes-back');
	});

	test('cannot stand on a place of its log that never was', async () => {
		const { forum, carol, space, bob } = await company();
		const honest = await forum.fork().removeMember(carol, space, bob);
		const log = { seq: 1, head: honest.hash };
		expect(await refusalOf(forum.take(await forgeLink(honest, carol.device, { log })))).toBe('device-stands');
		const ahead = { seq: 9, head: honest.hash };
		expect(await refusalOf(forum.take(await forgeLink(honest, carol.device, { log: ahead })))).toBe('unknown-sender');
		expect(await refusalOf(forum.take(await forgeLink(honest, carol.device, { log: null })))).toBe('user-log-is-cited');
	});

	test('is told from the device of another person', async () => {
		const { forum, carol, mallory, space, bob } = await company();
		const honest = await forum.fork().removeMember(carol, space, bob);
		const forged = await forgeLink(honest, mallory.device, { device: mallory.deviceId });
		expect(await refusalOf(forum.take(forged))).toBe('device-stands');
		const unsigned = await forgeLink(honest, mallory.device, {});
		expect(await refusalOf(forum.take(unsigned))).toBe('tampered');
	});
});
