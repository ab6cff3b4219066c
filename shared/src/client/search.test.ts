import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { spaces as spacesApi, chains as chainsApi } from '../api/index.ts';
import type { StoredEvent } from '../api/log.ts';
import { utf8, type Bytes } from '../bytes/bytes.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { abridge } from '../chain/abridged.ts';
import { judge } from '../moderation/judge.ts';
import { indexStreamOf, moderationStreamOf } from '../log/derived-streams.ts';
import { Problem } from '../problem.ts';
import type { Person } from '../testing/person.ts';
import { company, DAY, type Company, type TestForum } from '../testing/test-forum.ts';
import { Bystander, newStreamId, nextEvent, post } from '../testing/writer.ts';
import { unheard } from '../testing/unheard.ts';
import { findable } from '../threads/findable.ts';
import { emptyVault, withGeneration } from '../vault/content.ts';
import { createVault } from '../vault/vault.ts';
import { Chains } from './chains.ts';
import { Findings } from './findings.ts';
import { Keys } from './keys.ts';
import { MemoryStore } from './memory-store.ts';
import { BUCKETS, type Ports, type Transport } from './ports.ts';
import { Search } from './search.ts';
import type { SearchQuestion } from './search-types.ts';
import { Space } from './space.ts';
import { Topics } from './topics.ts';

let story: Company;
let forum: TestForum;
let events: StoredEvent[];
let bobs: Space;
/** Spaces that Bob reads now. */
let readable: SpaceId[];
let search: Search;
let topics: Topics;
let store: MemoryStore;
/** What everybody has seen of each stream. */
let seen: Map<StreamId, Bystander>;

const transport = {
	call: async (route: unknown, { request }: { request: { after: number; roster: number } }) => {
		if (route === chainsApi.read) {
			const links = forum.links.filter(({ kind }) => kind !== 'roster').map(abridge);
			return { links: links.slice(request.after), position: links.length, more: false, time: forum.now };
		}
		if (route !== spacesApi.sync) throw new Problem('offline');
		const roster = forum.links.filter(({ kind }) => kind === 'roster').map(abridge);
		return {
			links: roster.slice(request.roster),
			events: events.filter(({ position }) => position > request.after),
			wraps: [],
			more: false,
		};
	},
} as unknown as Transport;

/** What somebody's program signs and the server takes; Bob hears of it when `hear` is called. */
async function says(person: Person, stream: StreamId, type: string, content: Cbor): Promise<Hash> {
	const desk = { forum, space: story.space, stream };
	const bystander = seen.get(stream) ?? new Bystander(desk);
	seen.set(stream, bystander);
	const arrival = await post(person, desk, { ...nextEvent(person, desk, bystander.history, content), type });
	expect(await bystander.take(arrival)).toBe('accepted');
	events.push({ position: events.length + 1, stream, seq: events.length + 1, envelope: new Uint8Array(arrival.envelope) });
	return bystander.stream.view.at(-1)?.id as Hash;
}

async function thread(person: Person, title: string, ...posts: readonly string[]): Promise<StreamId> {
	const stream = newStreamId();
	await says(person, indexStreamOf(story.space), 'thread.open', { stream, title });
	for (const text of posts) await says(person, stream, 'post.add', { text, reply: null });
	return stream;
}

const ready = () => vi.waitFor(() => expect(search.progress).toBeNull(), 5_000);

/** Bob's device hears of what is new, and the index takes it. */
async function hear(): Promise<void> {
	await bobs.synchronise();
	topics.changed('spaces');
	await new Promise((resolve) => setTimeout(resolve, 300));
	await ready();
}

function find(text: string, question: Partial<SearchQuestion> = {}) {
	const answer = search.find({ text, order: 'newest', most: 50, ...question });
	if (answer.state !== 'found') throw new Error(answer.state);
	return answer;
}

const textsOf = (text: string, question: Partial<SearchQuestion> = {}): readonly string[] =>
	find(text, question).hits.map(({ text: shown, title }) => (shown ?? title).pieces.map((piece) => piece.text).join(''));

beforeEach(async () => {
	story = await company();
	forum = story.forum;
	events = [];
	seen = new Map();
	const { bob, space } = story;
	store = new MemoryStore();
	const ports = { transport, store, random: bob.random, now: () => Date.now() } as unknown as Ports;
	topics = new Topics();
	const findings = new Findings(ports, topics);
	const content = withGeneration(emptyVault(bob.random(19), bob.userKey.seed), space, 1, forum.generationKeys.get(`${space}/1`) as Bytes);
	const keys = await Keys.from(ports, createVault(bob.account, content, bob.random), bob.device, { nonce: '', stored: 1 });
	const chains = new Chains(ports, topics, findings, keys);
	bobs = new Space(space, { ports, chains, keys, findings, judge, ...unheard });
	readable = [space];
	search = new Search({
		ports,
		chains,
		topics,
		spaces: new Map([[space, bobs]]),
		views: {
			get spaces() {
				return readable.map((id) => ({ id }));
			},
		},
		findable: async () => findable,
	});
	onTestFinished(() => search.close());
});

describe('what was written in a space', () => {
	test('is found as soon as somebody begins to search: titles and posts, however they are spelled', async () => {
		await thread(story.alice, 'إعلان دمشق', 'صدر **الإعـــلان** أمس.', 'لا شيء هنا.');
		await bobs.synchronise();
		expect(find('اعلان').total).toBe(0);
		search.begin();
		expect(search.progress).not.toBeNull();
		await ready();
		expect(textsOf('اعلان').toSorted()).toEqual(['إعلان دمشق', 'صدر الإعـــلان أمس.']);
		const [hit] = find('أمس').hits;
		expect(hit).toMatchObject({ kind: 'post', space: story.space, author: story.alice.account, waiting: false });
		expect(hit?.text?.pieces).toEqual([
			{ text: 'صدر الإعـــلان ', hit: false },
			{ text: 'أمس', hit: true },
			{ text: '.', hit: false },
		]);
	});

	test('and goes on being found as it arrives', async () => {
		search.begin();
		const stream = await thread(story.alice, 'نقاش');
		await hear();
		await says(story.carol, stream, 'post.add', { text: 'بيان جديد', reply: null });
		await hear();
		expect(textsOf('بيان')).toEqual(['بيان جديد']);
	});

	test('as it stands now: an edited post by its new words only, one that was taken back not at all', async () => {
		search.begin();
		const stream = await thread(story.alice, 'نقاش');
		const first = await says(story.alice, stream, 'post.add', { text: 'موعد الاجتماع الخميس', reply: null });
		const second = await says(story.alice, stream, 'post.add', { text: 'كلمة سرّية', reply: null });
		await hear();
		expect([textsOf('الخميس'), textsOf('سرية')]).toEqual([['موعد الاجتماع الخميس'], ['كلمة سرّية']]);
		await says(story.alice, stream, 'post.edit', { post: first, text: 'موعد الاجتماع السبت' });
		await says(story.alice, stream, 'post.delete', { post: second });
		await says(story.alice, indexStreamOf(story.space), 'thread.rename', { stream, title: 'مواعيد' });
		await hear();
		expect([textsOf('الخميس'), textsOf('السبت'), textsOf('سرية')]).toEqual([[], ['موعد الاجتماع السبت'], []]);
		expect([textsOf('نقاش'), textsOf('مواعيد')]).toEqual([[], ['مواعيد']]);
		expect(find('السبت').hits[0]?.title.pieces).toEqual([{ text: 'مواعيد', hit: false }]);
	});

	test('the newest first, or what fits best', async () => {
		search.begin();
		const stream = await thread(story.alice, 'نقاش', 'بيان بيان بيان');
		forum.now += DAY;
		await says(story.carol, stream, 'post.add', { text: `بيانات ${'كلام '.repeat(40)}`, reply: null });
		await hear();
		expect(find('بيان').hits.map(({ author }) => author)).toEqual([story.carol.account, story.alice.account]);
		expect(find('بيان', { order: 'best' }).hits.map(({ author }) => author)).toEqual([story.alice.account, story.carol.account]);
	});

	test('only so many at a time, and how many there are', async () => {
		search.begin();
		await thread(story.alice, 'نقاش', 'بيان أول', 'بيان ثان', 'بيان ثالث');
		await hear();
		const answer = find('بيان', { most: 2 });
		expect([answer.total, answer.hits.length, answer.lookedFor]).toEqual([3, 2, 'بيان']);
	});

	test('by one author, of one organisation, in a span of time, with something attached', async () => {
		search.begin();
		const stream = await thread(story.alice, 'نقاش', 'بيان من أليس');
		const later = (forum.now += DAY);
		await says(story.carol, stream, 'post.add', { text: 'بيان من كارول', reply: null });
		await hear();
		const organisation = forum.directory.host;
		expect(textsOf('بيان', { author: story.carol.account })).toEqual(['بيان من كارول']);
		expect(textsOf('بيان', { organisation })).toHaveLength(2);
		expect(textsOf('بيان', { organisation: 'another' as never })).toEqual([]);
		expect(textsOf('بيان', { from: later })).toEqual(['بيان من كارول']);
		expect(textsOf('بيان', { until: later })).toEqual(['بيان من أليس']);
		expect(textsOf('بيان', { space: story.space })).toHaveLength(2);
		expect(textsOf('بيان', { space: 'another' as never })).toEqual([]);
		expect(textsOf('بيان', { attached: true })).toEqual([]);
		const list = { name: 'قائمة', type: 'text/plain', size: 9, pixels: null, key: new Uint8Array(32), pieces: ['A'.repeat(43)] };
		await says(story.carol, stream, 'post.add', { text: 'بيان معه قائمة', reply: null, attachments: [list] });
		await hear();
		expect(textsOf('بيان', { attached: true })).toEqual(['بيان معه قائمة']);
	});

	test('also by a tag of the thread, the name of a milestone and its summary, each said for what it is', async () => {
		search.begin();
		const stream = await thread(story.alice, 'أولويات الدورة', 'كلام');
		const post = await says(story.alice, stream, 'post.add', { text: 'مداخلة ثانية', reply: null });
		await says(story.alice, indexStreamOf(story.space), 'thread.tag', { stream, tags: ['مناصرة', 'بيانات خطية'] });
		await says(story.alice, stream, 'milestone.set', { post, label: 'قرار: إرسال الرسالة' });
		await says(story.alice, stream, 'summary.set', { text: 'اتفاق على **مصير المفقودين**', until: post });
		await hear();
		const [tagged] = find('خطيه').hits;
		expect(tagged).toMatchObject({ kind: 'title', stream, title: { pieces: [{ text: 'أولويات الدورة', hit: false }] } });
		expect(tagged?.text?.pieces).toEqual([
			{ text: 'مناصرة · بيانات ', hit: false },
			{ text: 'خطية', hit: true },
		]);
		// A word of the title and one of a tag find it together, once.
		expect(find('الدورة مناصرة').hits.map(({ kind }) => kind)).toEqual(['title']);
		expect(find('أولويات').hits[0]).toMatchObject({ kind: 'title', text: null });
		expect(find('الرسالة').hits).toMatchObject([{ kind: 'milestone', id: post, stream }]);
		expect(find('المفقودين').hits).toMatchObject([{ kind: 'summary', stream }]);
		expect(textsOf('المفقودين')).toEqual(['اتفاق على مصير المفقودين']);
		expect(find('ثانية').hits).toMatchObject([{ kind: 'post', id: post }]);
		await says(story.alice, indexStreamOf(story.space), 'thread.tag', { stream, tags: [] });
		await says(story.alice, stream, 'milestone.set', { post, label: null });
		await says(story.alice, stream, 'summary.set', { text: 'كل شيء مؤجل', until: post });
		await hear();
		expect([textsOf('مناصرة'), textsOf('الرسالة'), textsOf('المفقودين')]).toEqual([[], [], []]);
		expect(textsOf('ثانية')).toEqual(['مداخلة ثانية']);
	});

	test('also a document by its title, the new one when it was renamed', async () => {
		const stream = newStreamId();
		await says(story.alice, indexStreamOf(story.space), 'document.open', { stream, title: 'بيان المفقودين', template: null });
		await bobs.synchronise();
		search.begin();
		await ready();
		expect(find('بيان').hits).toMatchObject([{ kind: 'document', stream }]);
		await says(story.alice, indexStreamOf(story.space), 'document.change', { stream, title: 'رسالة إلى المجلس' });
		await hear();
		expect(find('بيان').total).toBe(0);
		expect(find('المجلس').hits).toMatchObject([{ kind: 'document', stream }]);
	});

	test('but not once it was hidden, nor the milestone on it', async () => {
		search.begin();
		const stream = await thread(story.alice, 'نقاش', 'كلام');
		const post = await says(story.carol, stream, 'post.add', { text: 'اسم لا يُذكر', reply: null });
		await says(story.alice, stream, 'milestone.set', { post, label: 'محطة الاسم' });
		await hear();
		expect(textsOf('اسم')).toHaveLength(2);
		await says(story.alice, moderationStreamOf(story.space), 'moderation.hide', { stream, post, reason: 'بيانات شخصية' });
		await hear();
		expect(textsOf('اسم')).toEqual([]);
	});

	test('is not found by what somebody had no right to say', async () => {
		search.begin();
		const stream = await thread(story.alice, 'نقاش');
		const first = await says(story.alice, stream, 'post.add', { text: 'بيان', reply: null });
		await says(story.bob, stream, 'post.edit', { post: first, text: 'تزوير' });
		await hear();
		expect([textsOf('بيان'), textsOf('تزوير')]).toEqual([['بيان'], []]);
	});
});

describe('what asks for other letters', () => {
	test.each(['', ' ', 'ا', 'و '])('«%s» is too short', (text) => {
		expect(search.find({ text, order: 'newest', most: 50 })).toEqual({ state: 'too-short' });
	});

	test('and five hundred of them are too many', () => {
		expect(search.find({ text: 'ا'.repeat(500), order: 'newest', most: 50 })).toEqual({ state: 'too-long' });
	});
});

describe('nothing is found any more', () => {
	beforeEach(async () => {
		search.begin();
		await thread(story.alice, 'نقاش', 'بيان');
		await hear();
		await expect.poll(() => textsOf('بيان'), { timeout: 10_000 }).toEqual(['بيان']);
	});

	test('of a space that Bob has left, at once', async () => {
		readable = [];
		expect(textsOf('بيان')).toEqual([]);
		await hear();
		readable = [story.space];
		// It was forgotten, and not hidden: only what is indexed anew comes back.
		expect(textsOf('بيان')).toEqual([]);
		await hear();
		expect(textsOf('بيان')).toEqual(['بيان']);
	});

	test('once the account is locked', async () => {
		search.close();
		expect(textsOf('بيان')).toEqual([]);
		topics.changed('spaces');
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(textsOf('بيان')).toEqual([]);
	});

	test('by whoever opens what the device keeps: neither words nor index are there', async () => {
		const kept = await Promise.all(BUCKETS.map((bucket) => store.list<unknown>(bucket, '')));
		const said = kept.flat().map(({ key, value }) => key + textIn(value));
		expect(said.length).toBeGreaterThan(0);
		expect(said.filter((text) => text.includes('بيان') || text.includes('search'))).toEqual([]);
		expect(textIn({ value: [utf8('بيان')] })).toContain('بيان');
	});
});

/** Everything readable in something that was kept. */
function textIn(value: unknown): string {
	if (value instanceof Uint8Array) return new TextDecoder().decode(value);
	if (typeof value === 'object' && value !== null) return Object.values(value).map(textIn).join(' ');
	return String(value);
}

test('pages are told while the index grows, and when it is whole', async () => {
	const told = vi.fn();
	topics.watch('search', told);
	await thread(story.alice, 'نقاش', 'بيان');
	await bobs.synchronise();
	search.begin();
	await ready();
	expect(told).toHaveBeenCalled();
});
