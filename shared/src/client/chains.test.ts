import { beforeEach, describe, expect, test } from 'vitest';
import { abridge } from '../chain/abridged.ts';
import type { Link } from '../chain/link.ts';
import { Problem } from '../problem.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, type Company } from '../testing/test-forum.ts';
import { importSealingKey } from '../crypto/seal.ts';
import { Chains } from './chains.ts';
import { Findings } from './findings.ts';
import { MemoryStore } from './memory-store.ts';
import type { Ports, Transport } from './ports.ts';
import { Topics } from './topics.ts';

interface Answer {
	links: readonly Uint8Array[];
	position: number;
	more: boolean;
}

let story: Company;
let shared: readonly Uint8Array[];
let store: MemoryStore;
let findings: Findings;
let answer: (after: number) => Answer;
const honest = (after: number): Answer => ({
	links: shared.slice(after, after + 5),
	position: Math.min(after + 5, shared.length),
	more: after + 5 < shared.length,
});

function device(): Chains {
	const transport = {
		call: async (_: unknown, { request }: { request: { after: number } }) => answer(request.after),
	} as unknown as Transport;
	const ports = { transport, store, now: () => 0, random: story.alice.random } as unknown as Ports;
	const topics = new Topics();
	findings = new Findings(ports, topics);
	return new Chains(ports, topics, findings, { localKey });
}

let localKey: CryptoKey;

beforeEach(async () => {
	story = await company();
	localKey = await importSealingKey(new Uint8Array(32));
	shared = story.forum.links.filter(({ kind }) => kind !== 'roster').map(abridge);
	store = new MemoryStore();
	answer = honest;
});

describe('a device that reads the directory', () => {
	test('has it whole, and again after a restart without a line', async () => {
		const chains = device();
		await chains.synchronise();
		expect(chains.world.directory?.head).toBe(story.forum.directory.head);
		answer = () => {
			throw new Problem('offline');
		};
		const restarted = device();
		await restarted.load();
		expect(restarted.world.directory?.head).toBe(story.forum.directory.head);
		expect(restarted.position).toBe(shared.length);
	});

	test('begins anew when what it kept does not hold any more, even if it has no line then', async () => {
		await device().synchronise();
		await store.write([{ bucket: 'links', key: '0/000000000003', value: new Uint8Array(9) }]);
		await device().load();
		const later = device();
		await later.load();
		expect(later.position).toBe(0);
		await later.synchronise();
		expect(later.world.directory?.head).toBe(story.forum.directory.head);
	});
});

describe('a server that lies about the directory', () => {
	const finding = () => findings.list.map(({ kind, rule }) => [kind, rule]);

	test('cannot make a device skip what it will be told later', async () => {
		answer = () => ({ links: [], position: 1_000, more: false });
		const chains = device();
		expect(await refusalOf(chains.synchronise())).toBe('positions-have-no-gap');
		expect(finding()).toEqual([['missing', 'positions-have-no-gap']]);
		answer = honest;
		await chains.synchronise();
		expect(chains.world.directory?.head).toBe(story.forum.directory.head);
	});

	test('cannot keep a device asking for ever', async () => {
		answer = (after) => ({ links: [], position: after, more: true });
		await device().synchronise();
		expect(finding()).toEqual([]);
	});

	test('is reported when it shows another history', async () => {
		const chains = device();
		await chains.synchronise();
		const { forum, alice } = story;
		const [one, other] = [forum.fork(), forum.fork()];
		await one.newOrganisation(alice);
		await other.newOrganisation(alice);
		const last = (course: typeof one) => abridge(course.links.at(-1)!);
		await chains.takeShared([last(one)], chains.position + 1);
		expect(await refusalOf(chains.takeShared([last(other)], chains.position + 1))).toBe('stale');
		expect(finding()).toEqual([['split-view', null]]);
	});

	test('cannot pass a roster off as part of the directory, or of another space', async () => {
		const { forum, space } = story;
		const chains = device();
		await chains.synchronise();
		const roster = forum.links.filter(({ kind }) => kind === 'roster');
		const first = roster[0] as Link;
		expect(await refusalOf(chains.takeShared([abridge(first)], chains.position + 1))).toBe('link-stays-in-its-chain');
		expect(await refusalOf(chains.takeRoster(forum.directory.id, [abridge(first)]))).toBe('link-stays-in-its-chain');
		await chains.takeRoster(space, roster.map(abridge));
		expect(chains.world.rosters.get(space)?.head).toBe(forum.roster(space).head);
	});

	test('cannot alter a link', async () => {
		answer = (after) => ({ ...honest(after), links: honest(after).links.map((bytes) => bytes.with(bytes.length - 1, 0)) });
		expect(await refusalOf(device().synchronise())).toBe('tampered');
		expect(finding()).toEqual([['link-refused', null]]);
	});
});
