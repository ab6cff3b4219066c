import { judge } from '../moderation/judge.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { chains as chainsApi, spaces as spacesApi } from '../api/index.ts';
import type { StoredEvent } from '../api/log.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { abridge } from '../chain/abridged.ts';
import { Problem } from '../problem.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, type Company, type TestForum } from '../testing/test-forum.ts';
import { Bystander, newStreamId, nextEvent, post, type Desk } from '../testing/writer.ts';
import { unheard } from '../testing/unheard.ts';
import { emptyVault, withGeneration } from '../vault/content.ts';
import { createVault } from '../vault/vault.ts';
import { Chains } from './chains.ts';
import { Findings } from './findings.ts';
import { wrapGeneration } from './generations.ts';
import { Keys } from './keys.ts';
import { placed } from './placed.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports, Transport } from './ports.ts';
import { Space } from './space.ts';
import { Topics } from './topics.ts';

let story: Company;
let forum: TestForum;
let desk: Desk;
/** What the server has, and whether Bob reaches it. */
let events: StoredEvent[];
let online: boolean;
let findings: Findings;
/** Alice's own view of the stream. */
let alices: Bystander;
let bobs: Space;

/** What the server has for Bob alone: a generation's key, wrapped. */
const wrapFor = async (generation: number) => ({
	generation,
	bytes: await wrapGeneration(
		story.bob.userKey.publicKey,
		story.space,
		generation,
		forum.generationKeys.get(`${story.space}/${generation}`) as Bytes,
	),
});

const transport = {
	call: async (route: unknown, { request }: { request: { after: number; roster: number; generation: number } }) => {
		if (!online) throw new Problem('offline');
		const { space } = story;
		if (route === chainsApi.read) {
			const links = forum.links.filter(({ kind }) => kind !== 'roster').map(abridge);
			return { links: links.slice(request.after), position: links.length, more: false, time: forum.now };
		}
		if (route !== spacesApi.sync) throw new Problem('offline');
		const roster = forum.links.filter(({ kind, chain }) => kind === 'roster' && chain === space).map(abridge);
		const wraps = forum.roster(space).generations.filter(({ generation }) => generation >= request.generation);
		return {
			links: roster.slice(request.roster),
			events: events.filter(({ position }) => position > request.after),
			wraps: await Promise.all(wraps.map(({ generation }) => wrapFor(generation))),
			more: false,
		};
	},
} as unknown as Transport;

/** Alice writes, and the server takes it. */
async function aliceWrites(): Promise<StoredEvent> {
	const { envelope, ...arrival } = await post(story.alice, desk, nextEvent(story.alice, desk, alices.history));
	expect(await alices.take({ ...arrival, envelope })).toBe('accepted');
	const event = { position: events.length + 1, stream: desk.stream, seq: events.length + 1, envelope: new Uint8Array(envelope) };
	events.push(event);
	return event;
}

beforeEach(async () => {
	story = await company();
	forum = story.forum;
	desk = { forum, space: story.space, stream: newStreamId() };
	alices = new Bystander(desk);
	events = [];
	online = true;
	const { bob, space } = story;
	const ports = { transport, store: new MemoryStore(), random: bob.random, now: () => forum.now * 1000 } as unknown as Ports;
	const topics = new Topics();
	findings = new Findings(ports, topics);
	const content = withGeneration(emptyVault(bob.random(19), bob.userKey.seed), space, 1, forum.generationKeys.get(`${space}/1`) as Bytes);
	const keys = await Keys.from(ports, createVault(bob.account, content, bob.random), bob.device, { nonce: '', stored: 1 });
	const chains = new Chains(ports, topics, findings, keys);
	bobs = new Space(space, { ports, chains, keys, findings, judge, ...unheard });
	await bobs.synchronise();
});

const shown = () => bobs.events(desk.stream).map(({ verified }) => verified);

describe('what is announced to Bob', () => {
	test('is shown without asking, when nothing came in between', async () => {
		const event = await aliceWrites();
		online = false;
		await bobs.hear(event);
		expect(shown()).toEqual([true]);
	});

	test('is fetched together with what he missed', async () => {
		await aliceWrites();
		await bobs.hear(await aliceWrites());
		expect(shown()).toEqual([true, true]);
	});

	test('is fetched with the links and keys it stands on, when he has not heard of those', async () => {
		await forum.removeMember(story.alice, story.space, story.carol);
		await forum.rotate(story.alice, story.space);
		await bobs.hear(await aliceWrites());
		await bobs.hear(await aliceWrites());
		expect(shown()).toEqual([true, true]);
		expect(findings.list).toEqual([]);
	});

	test('is a removal and the new key: he writes and reads on without asking for anything', async () => {
		const removal = await forum.removeMember(story.alice, story.space, story.carol);
		const rotation = await forum.rotate(story.alice, story.space);
		online = false;
		bobs.hearWrap(await wrapFor(2));
		for (const link of [removal, rotation]) await bobs.hearLink(abridge(link));
		await bobs.hear(await aliceWrites());
		expect(shown()).toEqual([true]);
		expect(findings.list).toEqual([]);
	});

	test('is a key that is not the one the roster commits to: it is refused, and the true one asked for', async () => {
		const rotation = await forum.rotate(story.alice, story.space);
		const { publicKey } = story.bob.userKey;
		bobs.hearWrap({ generation: 2, bytes: await wrapGeneration(publicKey, story.space, 2, story.bob.random(32)) });
		await bobs.hearLink(abridge(rotation));
		await bobs.hear(await aliceWrites());
		expect(shown()).toEqual([true]);
		expect(findings.list).toMatchObject([{ kind: 'wrap-refused' }]);
	});

	test('is not held against Alice when his line broke at that moment', async () => {
		await forum.setRole(story.alice, story.space, story.carol, 'member');
		const event = await aliceWrites();
		online = false;
		expect(await refusalOf(bobs.hear(event))).toBe('offline');
		online = true;
		await bobs.hear(await aliceWrites());
		expect(shown()).toEqual([true, true]);
		expect(findings.list).toEqual([]);
	});
});

describe('a server that cheats Bob', () => {
	const rules = () => findings.list.map(({ rule }) => rule);

	test('is found out when it shows a post twice', async () => {
		const event = await aliceWrites();
		await bobs.log.receive(placed([event, { ...event, position: 2 }]));
		expect(shown()).toEqual([true]);
		expect(rules()).toEqual(['event-comes-once']);
	});

	test('is found out when it shows something sealed under an old key after what was sealed under a new one', async () => {
		const { carol, alice, space } = story;
		const kept = await post(carol, desk, nextEvent(carol, desk, alices.history));
		await forum.rotate(alice, space);
		await aliceWrites();
		await bobs.synchronise();
		await bobs.log.receive(placed([{ position: 2, stream: desk.stream, seq: 2, envelope: new Uint8Array(kept.envelope) }]));
		expect(shown()).toEqual([true, false]);
		expect(rules()).toEqual(['generation-never-goes-back']);
	});

	test('is found out when it leaves one out', async () => {
		const [first, , third] = [await aliceWrites(), await aliceWrites(), await aliceWrites()];
		await bobs.log.receive(placed([first, third]));
		expect(shown()).toEqual([true, false]);
		expect(rules()).toEqual(['positions-have-no-gap', 'device-sequence-has-no-gap']);
	});

	test('is found out though it numbers them without a gap', async () => {
		const [first, , third] = [await aliceWrites(), await aliceWrites(), await aliceWrites()];
		await bobs.log.receive(placed([first, { ...third, position: 2 }]));
		expect(shown()).toEqual([true, false]);
		expect(rules()).toEqual(['device-sequence-has-no-gap']);
	});

	test('is found out when it puts a post into another thread', async () => {
		const event = await aliceWrites();
		await bobs.log.receive(placed([{ ...event, stream: newStreamId() }]));
		expect(findings.list).toMatchObject([{ kind: 'event-refused', code: 'tampered' }]);
	});
});
