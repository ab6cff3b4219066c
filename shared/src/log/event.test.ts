import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idBytes, type Hash } from '../bytes/ids.ts';
import type { Arrival } from '../client/stream.ts';
import { signEvent, type EventContent } from './event.ts';
import { onAnotherDevice } from '../testing/person.ts';
import { flipBit } from '../testing/random.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, type Company, type TestForum } from '../testing/test-forum.ts';
import { Bystander, newStreamId, nextEvent, post, sealAs, type Desk } from '../testing/writer.ts';
import { readEnvelope } from './envelope.ts';
import { indexStreamOf } from './derived-streams.ts';

let story: Company;
let forum: TestForum;
let desk: Desk;
let reader: Bystander;
beforeAll(async () => {
	story = await company();
});
beforeEach(() => {
	forum = story.forum.fork();
	desk = { forum, space: story.space, stream: newStreamId() };
	reader = new Bystander(desk);
});
const next = (who: 'alice' | 'bob' | 'carol' | 'mallory', changes: Partial<EventContent> = {}): EventContent => ({
	...nextEvent(story[who], desk, reader.history),
	...changes,
});
const posted = (who: 'alice' | 'bob' | 'carol' | 'mallory', changes: Partial<EventContent> = {}, place: Partial<EventContent> = {}) =>
	post(story[who], desk, next(who, changes), place);

describe('a post by a member', () => {
	test('is shown under its author', async () => {
		expect(await reader.take(await posted('bob'))).toBe('accepted');
		expect(reader.stream.view).toMatchObject([{ verified: true, author: story.bob.account, content: { text: 'سلام', reply: null } }]);
	});

	test('is followed by another', async () => {
		for (const who of ['bob', 'carol', 'bob', 'alice'] as const) expect(await reader.take(await posted(who))).toBe('accepted');
		expect(reader.stream.view).toHaveLength(4);
	});
});

describe('a server that plays with posts', () => {
	const HIDDEN = [{ verified: false }];

	test('cannot turn over a single bit, and no text is shown', async () => {
		const arrival = await posted('bob');
		for (let byte = 0; byte < arrival.envelope.length; byte++) {
			const flipped: Arrival = { ...arrival, envelope: flipBit(arrival.envelope, byte * 8 + (byte % 8)) };
			const fresh = new Bystander(desk);
			expect(await fresh.take(flipped), `byte ${byte}`).not.toBe('accepted');
			expect(fresh.stream.view).toMatchObject(HIDDEN);
			expect(JSON.stringify(fresh.stream.view)).not.toContain('سلام');
		}
	});

	test('cannot move one to another stream', async () => {
		const arrival = await posted('bob');
		const other = new Bystander({ ...desk, stream: newStreamId() });
		expect(await other.take(arrival)).toBe('tampered');
	});

	test('cannot move one to another space, even with the same key', async () => {
		const other = await forum.createSpace(story.alice);
		forum.generationKeys.set(`${other}/1`, forum.generationKeys.get(`${desk.space}/1`) as never);
		expect(await new Bystander({ ...desk, space: other }).take(await posted('bob'))).toBe('tampered');
	});

	test('cannot show one twice', async () => {
		const arrival = await posted('bob');
		await reader.take(arrival);
		expect(await reader.take(arrival)).toBe('stale');
	});

	test('cannot leave one out', async () => {
		const before = new Bystander(desk);
		await reader.take(await posted('bob'));
		expect(await before.take(await posted('bob'))).toBe('device-sequence-has-no-gap');
		expect(await before.take(await posted('carol'))).toBe('parents-are-known');
	});

	test('cannot show them in another order', async () => {
		const first = await posted('bob');
		await reader.take(first);
		const second = await posted('bob');
		const late = new Bystander(desk);
		expect(await late.take(second)).toBe('device-sequence-has-no-gap');
	});

	test('cannot name another generation than the one it was sealed under', async () => {
		await forum.rotate(story.alice, desk.space);
		const { sealed } = readEnvelope((await posted('bob')).envelope);
		const { encodeCbor } = await import('../bytes/cbor.ts');
		const arrival = { ...(await posted('bob')), envelope: encodeCbor([1, 1, sealed]) };
		expect(await reader.take(arrival)).toBe('tampered');
	});
});

describe('a member who seals what another signed', () => {
	const MOVED = 'event-stays-in-its-place';

	test('cannot move it to another stream, space or generation', async () => {
		const { alice } = story;
		const { bytes } = await signEvent(next('bob'), story.bob.device);
		const other = await forum.createSpace(alice);
		await forum.rotate(alice, desk.space);
		const stream = newStreamId();
		const here = { space: desk.space, stream: desk.stream, generation: 1 };
		expect(await new Bystander({ ...desk, stream }).take(await sealAs(forum, bytes, { ...here, stream }))).toBe(MOVED);
		expect(await new Bystander({ ...desk, space: other }).take(await sealAs(forum, bytes, { ...here, space: other }))).toBe(MOVED);
		const { bytes: later } = await signEvent(next('carol'), story.carol.device);
		expect(await reader.take(await sealAs(forum, later, here))).toBe(MOVED);
		expect(await reader.take(await sealAs(forum, bytes, here))).toBe('accepted');
	});

	test('may hand on under the next key what was written before it, and only once', async () => {
		const { bytes } = await signEvent(next('bob'), story.bob.device);
		await forum.rotate(story.alice, desk.space);
		const renewed = { space: desk.space, stream: desk.stream, generation: 2 };
		expect(await reader.take(await sealAs(forum, bytes, renewed))).toBe('accepted');
		expect(await reader.take(await sealAs(forum, bytes, renewed))).toBe('stale');
	});

	test('cannot repeat it in a new envelope', async () => {
		const content = next('bob');
		const { bytes } = await signEvent(content, story.bob.device);
		await reader.take(await sealAs(forum, bytes, content));
		expect(await reader.take(await sealAs(forum, bytes, content))).toBe('stale');
	});

	test('cannot change a word of it', async () => {
		const content = next('bob');
		const { event } = await signEvent(content, story.bob.device);
		const { encodeCbor } = await import('../bytes/cbor.ts');
		const { event: other } = await signEvent({ ...content, content: { text: 'لا', reply: null } }, story.carol.device);
		const mixed = encodeCbor([other.signed, event.signature]);
		expect(await reader.take(await sealAs(forum, mixed, content))).toBe('tampered');
	});

	test('cannot write under the name of another', async () => {
		const { bob, carol } = story;
		expect(await reader.take(await post(carol, desk, next('bob')))).toBe('tampered');
		const log = forum.world.users.get(carol.account);
		const asBob = { author: bob.account, log: { seq: log?.seq ?? 0, head: log?.head as Hash } };
		expect(await reader.take(await posted('carol', asBob))).toBe('device-stands');
		expect(await reader.take(await posted('carol', { author: bob.account, log: next('bob').log }))).toBe('device-stands');
	});
});

describe('who may write', () => {
	test('not somebody outside, though the server hands over the key', async () => {
		expect(await reader.take(await posted('mallory'))).toBe('author-is-a-member-of-the-space');
	});

	test('not an observer', async () => {
		await forum.setRole(story.alice, desk.space, story.bob, 'observer');
		expect(await reader.take(await posted('bob'))).toBe('role-may-write');
	});

	test('an observer only about themselves, in the index', async () => {
		const { alice, bob, space } = story;
		await forum.setRole(alice, space, bob, 'observer');
		desk = { forum, space, stream: indexStreamOf(space) };
		reader = new Bystander(desk);
		expect(await reader.take(await posted('bob', { type: 'thread.open' }))).toBe('role-may-write');
		expect(await reader.take(await posted('bob', { type: 'profile.set', content: { name: 'بسام' } }))).toBe('accepted');
	});

	test('not somebody made an observer who cites the time before, after having seen what came since', async () => {
		const { alice, bob, space } = story;
		const { chain } = next('bob');
		await forum.setRole(alice, space, bob, 'observer');
		await reader.take(await posted('alice'));
		expect(await reader.take(await posted('bob', { chain }))).toBe('cites-never-go-back');
	});

	test('not for an organisation, but by whoever represents it at the place of the directory they cite', async () => {
		const { alice, bob } = story;
		expect(await reader.take(await posted('bob', { voice: 'organisation' }))).toBe('voice-is-a-representatives');
		await forum.ofDirectory(alice, 'representative.add', { account: idBytes(bob.account) });
		reader = new Bystander(desk);
		expect(await reader.take(await posted('bob', { voice: 'organisation' }))).toBe('accepted');
		const before = next('bob', { voice: 'organisation' });
		await forum.ofDirectory(alice, 'representative.remove', { account: idBytes(bob.account) });
		expect(await reader.take(await posted('bob', { voice: 'organisation' }))).toBe('voice-is-a-representatives');
		// Written before it ended, and sent after: what was said for the organisation stays said.
		reader = new Bystander(desk);
		expect(await reader.take(await posted('bob', { voice: 'organisation', directory: before.directory }))).toBe('accepted');
	});

	test('not while a removal waits for its new key, and after it only under that key', async () => {
		const { alice, carol, space } = story;
		await forum.removeMember(alice, space, carol);
		expect(await reader.take(await posted('bob'))).toBe('nobody-writes-before-the-rotation');
		expect(await reader.take(await posted('carol'))).toBe('author-is-a-member-of-the-space');
		await forum.rotate(alice, space);
		expect(await reader.take(await posted('bob', { generation: 1 }))).toBe('event-uses-the-generation-of-its-head');
		expect(await reader.take(await posted('bob'))).toBe('accepted');
	});

	test('not under a key that does not exist yet', async () => {
		forum.generationKeys.set(`${desk.space}/2`, story.bob.random(32));
		expect(await reader.take(await posted('bob', { generation: 2 }))).toBe('event-uses-the-generation-of-its-head');
	});

	test('not whom the forum has removed, nor anybody before the key that the removal demands', async () => {
		const { alice, bob, carol, space } = story;
		await forum.ofDirectory(alice, 'account.remove', { account: idBytes(bob.account) });
		expect(await reader.take(await posted('bob'))).toBe('author-is-a-member-of-the-forum');
		expect(await reader.take(await posted('carol'))).toBe('nobody-writes-before-the-rotation');
		const { directory } = next('carol');
		await forum.rotate(carol, space);
		const before = { seq: directory.seq - 1, head: forum.directory.heads[directory.seq - 1]! };
		expect(await reader.take(await posted('carol', { directory: before }))).toBe('cites-belong-together');
		expect(await reader.take(await posted('carol'))).toBe('accepted');
	});

	test('not after a guest has gone, before the key that this demands', async () => {
		const { alice, mallory, space } = story;
		await forum.addMember(alice, space, mallory, 'guest', forum.now + 100);
		expect(await reader.take(await posted('bob', { time: forum.now + 100 }))).toBe('nobody-writes-before-the-rotation');
	});

	test('a guest until the end', async () => {
		const { alice, mallory, space } = story;
		const until = forum.now + 100;
		await forum.addMember(alice, space, mallory, 'guest', until);
		expect(await reader.take(await posted('mallory', { time: until - 1 }))).toBe('accepted');
		expect(await reader.take(await posted('mallory', { time: until }))).toBe('author-is-a-member-of-the-space');
	});

	test('not a device that was revoked, nor one that was never added', async () => {
		const { bob } = story;
		const laptop = await onAnotherDevice(bob);
		expect(await reader.take(await post(laptop, desk, nextEvent(laptop, desk, reader.history)))).toBe('device-stands');
		await forum.ofUser(bob, 'device.add', { device: laptop.device.publicKey });
		await forum.ofUser(bob, 'device.revoke', { device: bob.device.publicKey });
		expect(await reader.take(await posted('bob'))).toBe('device-stands');
		expect(await reader.take(await post(laptop, desk, nextEvent(laptop, desk, reader.history)))).toBe('accepted');
	});

	test('not a revoked device that has written since and cites the time before', async () => {
		const { bob } = story;
		const { log } = next('bob');
		const laptop = await onAnotherDevice(bob);
		await forum.ofUser(bob, 'device.add', { device: laptop.device.publicKey });
		await reader.take(await posted('bob'));
		await forum.ofUser(bob, 'device.revoke', { device: bob.device.publicKey });
		expect(await reader.take(await posted('bob', { log }))).toBe('cites-never-go-back');
	});
});

describe('two views of one history', () => {
	test('are found by the first event that crosses', async () => {
		const { alice, bob, carol, space } = story;
		const shownToBob = forum.fork();
		await shownToBob.setRole(alice, space, carol, 'member');
		await forum.setRole(alice, space, carol, 'observer');
		const fromBob = await post(bob, desk, nextEvent(bob, { ...desk, forum: shownToBob }, reader.history));
		expect(await reader.take(fromBob)).toBe('one-history');
	});

	test('of the directory are found as well', async () => {
		const { alice, bob, carol } = story;
		const shownToBob = forum.fork();
		await shownToBob.ofDirectory(alice, 'coordinator.add', { account: idBytes(carol.account) });
		await forum.ofDirectory(alice, 'coordinator.add', { account: idBytes(bob.account) });
		const fromBob = await post(bob, desk, nextEvent(bob, { ...desk, forum: shownToBob }, reader.history));
		expect(await reader.take(fromBob)).toBe('one-history');
	});

	test('are told from a view that is only behind', async () => {
		const ahead = forum.fork();
		await ahead.setRole(story.alice, desk.space, story.carol, 'member');
		const arrival = await post(story.bob, desk, nextEvent(story.bob, { ...desk, forum: ahead }, reader.history));
		expect(await reader.take(arrival)).toBe('unknown-sender');
	});
});

test('an envelope is read as it is, without a key', async () => {
	const { envelope } = await posted('bob');
	expect(readEnvelope(envelope).generation).toBe(1);
	expect(await refusalOf(() => readEnvelope(envelope.subarray(1)))).toBe('malformed');
});
