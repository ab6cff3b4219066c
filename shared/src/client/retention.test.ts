import { beforeEach, describe, expect, test } from 'vitest';
import type { SpaceId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { refusalOf } from '../testing/refusal.ts';
import { id, said, streamId, type Speaker } from '../testing/said.ts';
import type { StreamEvent, VerifiedEvent } from './types.ts';
import { Retention, RETENTION, type RetentionForum } from './retention.ts';

const DAY = 24 * 60 * 60;
const [INDEX, ACTS, THREAD] = ['index', 'acts', 'thread'].map(streamId) as [string, string, string];
const coordinator = { author: 'alice', role: 'coordinator' } as const;
const picture = {
	name: 'صورة',
	type: 'image/png',
	size: 5,
	pixels: null,
	description: null,
	key: new Uint8Array(32),
	pieces: [id('piece')],
};
let streams: Map<string, StreamEvent[]>;
/** Texts that went from this device, and when what hung on them goes from the server. */
let gone: string[];
let expired: (number | null)[];
let own: number | null;
let now: number;
let count: number;

beforeEach(() => {
	streams = new Map([INDEX, ACTS, THREAD].map((stream) => [stream, []]));
	[gone, expired, own, now, count] = [[], [], null, 0, 0];
});

const happens = (stream: string, type: string, content: object, speaker: Speaker, more: object = {}) =>
	void streams.set(stream, [...streams.get(stream)!, { ...said(`e${++count}x`, type, content as never, speaker), ...more } as StreamEvent]);
const rule = (days: number | null, speaker: Speaker = coordinator, more: object = {}) => happens(INDEX, RETENTION, { days }, speaker, more);
const posts = (text: string, time: number, { author = 'bob', stream = THREAD } = {}) =>
	happens(stream, 'post.add', { text, reply: null, attachments: [picture] }, { author, time });

/** What Bob's program erases at a moment. */
async function erased(at: number): Promise<string[]> {
	now = at;
	gone = [];
	expired = [];
	await programOf('member').erase();
	return gone;
}

/** Bob's program, by what Bob is in the space; what it says is there at once. */
function programOf(role: Role): Retention {
	const space = {
		id: 'space',
		index: INDEX,
		moderation: ACTS,
		events: (stream: string) => streams.get(stream) ?? [],
		log: {
			streams: () => [...streams.keys()],
			erase: async (stream: string, isOver: (event: VerifiedEvent) => boolean) => {
				const over = (streams.get(stream) as VerifiedEvent[]).filter(isOver);
				gone.push(...over.map(({ type, content }) => (content as { text?: string }).text ?? type));
				return over;
			},
		},
	};
	const forum = {
		ports: { now: () => now * 1000 },
		keys: { account: 'bob' },
		chains: { world: { rosters: new Map([['space', { seq: 0, terms: new Map([['bob', [{ from: 0, role, until: null }]]]) }]]) } },
		spaces: new Map([['space', space]]),
		inTurn: (work: () => Promise<unknown>) => work(),
		notebook: { content: { own: own === null ? null : [own, 1] } },
		outgoing: {
			send: () => undefined,
			append: async (_: string, { content }: { content: { days: number | null } }) =>
				rule(content.days, { author: 'bob', role, time: now }),
		},
		attachments: { expire: async (_: string, __: unknown, due: number | null) => void expired.push(due) },
	};
	return new Retention(forum as unknown as RetentionForum);
}

describe('what has had its time', () => {
	test('goes when its days are over and not a second before; nothing goes where there is no rule', async () => {
		posts('old', 0);
		expect(await erased(1_000 * DAY)).toEqual([]);
		rule(7);
		posts('new', 3 * DAY);
		expect(await erased(7 * DAY)).toEqual([]);
		expect(await erased(7 * DAY + 1)).toEqual(['old']);
		expect(await erased(10 * DAY + 1)).toEqual(['old', 'new']);
	});

	test('is decided by the shortest rule since it was written: a shorter one reaches back, a longer one prolongs nothing', async () => {
		rule(30);
		posts('first', 0);
		rule(7);
		posts('second', 0);
		rule(null);
		posts('third', 0);
		rule(90);
		expect(await erased(8 * DAY)).toEqual(['first', 'second']);
		expect(await erased(91 * DAY)).toEqual(['first', 'second', 'third']);
	});

	test('is not decided by a rule that was over before it was written', async () => {
		rule(7);
		rule(90);
		posts('later', 0);
		expect(await erased(8 * DAY)).toEqual([]);
	});

	test('is decided by coordinators who may write, and by well-formed rules', async () => {
		posts('kept', 0);
		rule(7, { author: 'fatima', role: 'facilitator' });
		rule(7, coordinator, { moderated: { barred: 'silenced', measures: [] } });
		rule(1);
		expect(await erased(100 * DAY)).toEqual([]);
	});

	test('is no title, name, rule or decision, no stance and no document: only what was said in threads', async () => {
		rule(7);
		own = 1;
		streams.set('issue', []);
		happens('issue', 'stance.take', {}, { time: 0 });
		happens(INDEX, 'thread.open', { stream: THREAD, title: 'x' }, { time: 0 });
		happens(ACTS, 'moderation.hide', {}, { time: 0 });
		posts('post', 0);
		expect(await erased(8 * DAY)).toEqual(['post']);
	});

	test('goes sooner from the devices of whoever chose so, whatever the space says', async () => {
		own = 3;
		posts('post', 0);
		expect([await erased(2 * DAY), await erased(4 * DAY)]).toEqual([[], ['post']]);
		rule(7);
		expect(await erased(4 * DAY)).toEqual(['post']);
	});

	test('has its files taken from the server by its author alone, when the space says so and not when they do', async () => {
		rule(7);
		posts('mine', 0);
		posts('theirs', 0, { author: 'dana' });
		await erased(8 * DAY);
		expect(expired).toEqual([7 * DAY, null]);
		own = 3;
		await erased(4 * DAY);
		expect(expired).toEqual([7 * DAY, null]);
		streams.set(INDEX, []);
		await erased(4 * DAY);
		expect(expired).toEqual([null, null]);
	});
});

describe('a rule', () => {
	const here = 'space' as SpaceId;
	const rules = () => streams.get(INDEX)!.length;

	test('is said by a coordinator, once, and holds at once', async () => {
		posts('old', 0);
		now = 10 * DAY;
		const program = programOf('coordinator');
		await program.setSpace(here, 7);
		expect([gone, program.of(here)]).toEqual([['old'], { space: 7, own: null, effective: 7, since: now }]);
		await program.setSpace(here, 7);
		expect(rules()).toBe(1);
		await program.setSpace(here, null);
		expect([rules(), program.of(here).space]).toEqual([2, null]);
	});

	test('is refused to others before anything is said, and with another number of days to everybody', async () => {
		for (const role of ['facilitator', 'member', 'guest', 'observer'] as const)
			expect(await refusalOf(programOf(role).setSpace(here, 7))).toBe('only-coordinators-set-retention');
		expect(await refusalOf(programOf('coordinator').setSpace(here, 8 as never))).toBe('malformed');
		expect(await refusalOf(programOf('coordinator').setOwn(5 as never))).toBe('malformed');
		expect(await refusalOf(programOf('coordinator').setSpace('elsewhere' as SpaceId, 7))).toBe('not-found');
		expect(rules()).toBe(0);
	});
});
