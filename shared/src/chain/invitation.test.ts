import { beforeAll, describe, expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import { sign, signingKeyFromSeed } from '../crypto/sign.ts';
import { forgeLink } from '../testing/forge.ts';
import { keyHashBytes, keyHashOf, personNamed, type Person } from '../testing/person.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, DAY, TestForum, type Company, type Invited } from '../testing/test-forum.ts';
import { smallOrderKeys, universalSignature } from '../testing/weak-keys.ts';
import { admissionMessage } from './directory.ts';
import { roleOf } from './roster.ts';

describe('an invitation', () => {
	let story: Company;
	let forum: TestForum;
	let dan: Person;
	beforeAll(async () => {
		story = await company();
		dan = await personNamed('Dan');
		await story.forum.introduce(dan);
	});
	const fresh = () => (forum = story.forum.fork());
	const invite = (options: Parameters<TestForum['invite']>[1] = {}): Promise<Invited> =>
		fresh().invite(story.alice, { spaces: [story.space], ...options });

	test('lets Dan in, under the organisation and role that Alice chose, with nobody online', async () => {
		const invited = await invite({ role: 'observer' });
		await forum.admit(dan, invited);
		await forum.enter(dan, story.space, invited);
		expect(forum.directory.accounts.get(dan.account)).toMatchObject({ organisation: forum.directory.host, invitation: invited.keys.id });
		expect(roleOf(forum.roster(story.space), dan.account)).toBe('observer');
		expect(forum.roster(story.space).terms.get(dan.account)?.[0]?.voucher).toBe(story.alice.account);
	});

	test('is used once', async () => {
		const invited = await invite();
		await forum.admit(dan, invited);
		const eve = await personNamed('Eve');
		await forum.introduce(eve);
		expect(await refusalOf(forum.admit(eve, invited))).toBe('invitation-is-single-use');
	});

	test('lets nobody in twice', async () => {
		const invited = await invite();
		expect(await refusalOf(forum.admit(story.bob, invited))).toBe('joiner-is-new');
	});

	test('ends when it was said to end', async () => {
		const invited = await invite();
		forum.now = invited.expires;
		expect(await refusalOf(forum.fork().admit(dan, invited))).toBe('accepted');
		forum.now = invited.expires + 1;
		expect(await refusalOf(forum.admit(dan, invited))).toBe('invitation-has-not-expired');
	});

	test('does not end before it begins', async () => {
		const invited = await invite();
		const { alice } = story;
		const honest = await forum.fork().ofDirectory(alice, 'organisation.add', { organisation: alice.random(16) });
		const body = {
			invitation: dan.device.publicKey,
			kem: keyHashBytes(dan.userKey),
			organisation: idBytes(forum.directory.host, 16),
			role: 'member',
			spaces: [],
			expires: forum.now,
			approval: false,
			replaces: null,
		};
		expect(await refusalOf(forum.take(await forgeLink(honest, alice.device, { type: 'invitation.create', body })))).toBe(
			'invitation-ends-after-it-begins',
		);
		const known = { ...body, invitation: idBytes(invited.keys.id), expires: forum.now + DAY };
		expect(await refusalOf(forum.take(await forgeLink(honest, alice.device, { type: 'invitation.create', body: known })))).toBe(
			'invitation-is-new',
		);
		const nowhere = { ...body, organisation: alice.random(16), expires: forum.now + DAY };
		expect(await refusalOf(forum.take(await forgeLink(honest, alice.device, { type: 'invitation.create', body: nowhere })))).toBe(
			'organisation-exists',
		);
	});

	test('does not open once it was revoked', async () => {
		const invited = await invite();
		await forum.ofDirectory(story.alice, 'invitation.revoke', { invitation: idBytes(invited.keys.id) });
		expect(await refusalOf(forum.admit(dan, invited))).toBe('invitation-is-not-revoked');
		expect(await refusalOf(forum.ofDirectory(story.alice, 'invitation.revoke', { invitation: idBytes(invited.keys.id) }))).toBe(
			'invitation-is-open',
		);
	});

	test('cannot be revoked after it was used, nor when it never was', async () => {
		const invited = await invite();
		await forum.admit(dan, invited);
		expect(await refusalOf(forum.ofDirectory(story.alice, 'invitation.revoke', { invitation: idBytes(invited.keys.id) }))).toBe(
			'invitation-is-open',
		);
		expect(await refusalOf(forum.ofDirectory(story.alice, 'invitation.revoke', { invitation: dan.random(32) }))).toBe('invitation-exists');
	});

	test('of another forum says nothing here', async () => {
		const invited = await invite();
		const other = new TestForum();
		const eve = await personNamed('Eve');
		await other.introduce(eve);
		await other.found(eve);
		await other.introduce(dan);
		expect(await refusalOf(other.admit(dan, invited))).toBe('invitation-exists');
		const copied = await other.fork().invite(eve);
		const proof = await sign(
			invited.keys.signing,
			'admission',
			admissionMessage(forum.directory.id, invited.keys.id, dan.identity.publicKey, keyHashOf(dan.userKey)),
		);
		expect(await refusalOf(forum.admit(dan, copied, { proof }))).toBe('invitation-exists');
	});

	test('proof made for one forum does not open another that knows the same invitation', async () => {
		const invited = await invite();
		const message = admissionMessage(story.space, invited.keys.id, dan.identity.publicKey, keyHashOf(dan.userKey));
		expect(await refusalOf(forum.admit(dan, invited, { proof: await sign(invited.keys.signing, 'admission', message) }))).toBe(
			'invitation-key-signed',
		);
	});

	test('falls with its inviter', async () => {
		const { alice, bob, space } = story;
		fresh();
		await forum.ofDirectory(alice, 'coordinator.add', { account: idBytes(bob.account) });
		const invited = await forum.invite(bob, { spaces: [space] });
		await forum.ofDirectory(bob, 'coordinator.remove', { account: idBytes(bob.account) });
		expect(await refusalOf(forum.admit(dan, invited))).toBe('inviter-is-still-a-coordinator');
	});

	test('cannot be used by a second coordinator who only knows its public half', async () => {
		const invited = await invite();
		const thief = { keys: { ...invited.keys, signing: await signingKeyFromSeed(dan.random(32)) } };
		expect(await refusalOf(forum.admit(dan, thief))).toBe('invitation-key-signed');
		expect(await refusalOf(forum.admit(dan, invited, { proof: universalSignature }))).toBe('invitation-key-signed');
	});

	test.each(smallOrderKeys)('under a key of small order, which anybody could use, is not created: %s', async (key) => {
		const { alice } = story;
		const body = {
			kem: keyHashBytes(dan.userKey),
			organisation: idBytes(fresh().directory.host, 16),
			role: 'member',
			spaces: [],
			expires: forum.now + DAY,
			approval: false,
			replaces: null,
		};
		expect(await refusalOf(forum.ofDirectory(alice, 'invitation.create', { ...body, invitation: key }))).toBe('weak-key');
	});

	test('takes the keys the joiner signed, and no others', async () => {
		const invited = await invite();
		const eve = await personNamed('Eve');
		expect(await refusalOf(forum.admit(dan, invited, { key: keyHashBytes(eve.userKey) }))).toBe('joiner-key-is-the-first');
		expect(await refusalOf(forum.admit(dan, invited, { ik: eve.identity.publicKey }))).toBe('joiner-signs-with-the-identity-key');
	});

	test('takes the joiner with the first key, though a later one arrived before', async () => {
		const invited = await invite();
		const eve = await personNamed('Eve');
		await forum.ofUser(dan, 'key.new', { generation: 2, key: keyHashBytes(eve.userKey) });
		expect(await refusalOf(forum.fork().admit({ ...dan, userKey: eve.userKey }, invited))).toBe('joiner-key-is-the-first');
		expect(await refusalOf(forum.admit(dan, invited))).toBe('accepted');
	});

	test('is answered by the identity key, not by a device', async () => {
		const invited = await invite();
		const honest = await forum.fork().admit(dan, invited);
		const log = forum.world.users.get(dan.account);
		const byDevice = await forgeLink(honest, dan.device, { device: dan.deviceId, log: log ? { seq: log.seq, head: log.head } : null });
		expect(await refusalOf(forum.take(byDevice))).toBe('joiner-signs-with-the-identity-key');
	});

	test('opens only the spaces it names, in the role it names', async () => {
		const { alice, space } = story;
		const other = await fresh().createSpace(alice);
		const invited = await forum.invite(alice, { spaces: [other] });
		await forum.admit(dan, invited);
		expect(await refusalOf(forum.enter(dan, space, invited))).toBe('invitation-offers-this-space');
		expect(await refusalOf(forum.enter(dan, other, invited, { role: 'coordinator' }))).toBe('invitation-offers-this-space');
		expect(await refusalOf(forum.enter(dan, other, invited))).toBe('accepted');
	});

	test('is not shared: nobody enters by the invitation of another', async () => {
		const { mallory, space } = story;
		const invited = await invite();
		await forum.admit(dan, invited);
		expect(await refusalOf(forum.enter(mallory, space, invited))).toBe('invitation-exists');
		expect(await refusalOf(forum.enter(mallory, space, invited, { account: idBytes(dan.account), log: forum.citeOf(dan) }))).toBe(
			'joiner-enters-alone',
		);
	});

	test('brings nobody back who was removed', async () => {
		const { alice, space } = story;
		const invited = await invite();
		await forum.admit(dan, invited);
		await forum.enter(dan, space, invited);
		await forum.removeMember(alice, space, dan);
		expect(await refusalOf(forum.enter(dan, space, invited))).toBe('joiner-enters-alone');
	});

	test('that demands approval opens nothing until a coordinator adds the person', async () => {
		const { alice, space } = story;
		const invited = await invite({ approval: true });
		await forum.admit(dan, invited);
		expect(await refusalOf(forum.enter(dan, space, invited))).toBe('invitation-needs-no-approval');
		expect(await refusalOf(forum.addMember(dan, space, dan, 'member'))).toBe('author-is-a-member-of-the-space');
		await forum.addMember(alice, space, dan, 'member');
		expect(roleOf(forum.roster(space), dan.account)).toBe('member');
	});

	test('gives no role above what its inviter has in the space', async () => {
		const { alice, bob, space } = story;
		fresh();
		await forum.ofDirectory(alice, 'coordinator.add', { account: idBytes(bob.account) });
		for (const role of ['coordinator', 'member'] as const) {
			const course = forum.fork();
			const invited = await course.invite(bob, { spaces: [space], role });
			await course.admit(dan, invited);
			expect(await refusalOf(course.enter(dan, space, invited))).toBe('nobody-acts-upward');
		}
	});

	test('leads a guest in until its own end, not until the guest likes', async () => {
		const invited = await invite({ role: 'guest' });
		await forum.admit(dan, invited);
		expect(await refusalOf(forum.enter(dan, story.space, invited, { until: null }))).toBe('guest-has-an-end');
		expect(await refusalOf(forum.enter(dan, story.space, invited, { until: invited.expires + 1 }))).toBe('guest-ends-with-the-invitation');
		await forum.enter(dan, story.space, invited);
		expect(roleOf(forum.roster(story.space), dan.account, invited.expires - 1)).toBe('guest');
		expect(roleOf(forum.roster(story.space), dan.account, invited.expires)).toBe(null);
	});
});
