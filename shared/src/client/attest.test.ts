import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { idBytes, idOf, type AccountId, type Hash } from '../bytes/ids.ts';
import { ATTEST } from '../log/attest.ts';
import { Problem } from '../problem.ts';
import { company, DAY, START, type Company } from '../testing/test-forum.ts';
import { Attestations, confirmationOf } from './attest.ts';
import type { Space } from './space.ts';

let story: Company;
/** Seconds since 1970. */
let now: number;
/** When each person was last heard in the space. */
let heard: Map<AccountId, number>;
let refusal: Problem | null;
let attested: unknown[];
const shown = { position: 7, digest: idOf<Hash>(new Uint8Array(32).fill(9)) };

beforeEach(async () => {
	story = await company();
	vi.useFakeTimers();
	now = START + 30 * DAY;
	heard = new Map();
	refusal = null;
	attested = [];
});
afterEach(() => vi.useRealTimers());

/** The space as Bob's program has it. */
function bobs(): Space {
	const { space, forum } = story;
	const witnesses = () => new Map([...heard].map(([account, time]) => [account, { time, roster: 0 }]));
	return {
		id: space,
		index: 'index',
		synchronised: true,
		roster: forum.roster(space),
		writer: { refusal: () => refusal },
		log: { witnesses, sleeping: [], order: { shown } },
	} as unknown as Space;
}

async function aMinutePasses(): Promise<void> {
	const space = bobs();
	const attestations = new Attestations({
		ports: { now: () => now * 1000 },
		keys: { account: story.bob.account },
		spaces: new Map([[story.space, space]]),
		append: async (id: string, stream: string, type: string, content: unknown) => {
			attested.push({ id, stream, type, content });
			heard.set(story.bob.account, now);
			return shown.digest;
		},
	} as never);
	attestations.consider();
	attestations.consider();
	await vi.advanceTimersByTimeAsync(60_000);
	attestations.consider();
	await vi.advanceTimersByTimeAsync(60_000);
	attestations.stop();
}

describe('what the server has shown', () => {
	test('is said once a day, by itself', async () => {
		await aMinutePasses();
		const content = { position: 7, digest: idBytes(shown.digest) };
		expect(attested).toEqual([{ id: story.space, stream: 'index', type: ATTEST, content }]);
		now += DAY - 1;
		await aMinutePasses();
		expect(attested).toHaveLength(1);
		now += 1;
		await aMinutePasses();
		expect(attested).toHaveLength(2);
	});

	test('is left to three others who were heard today', async () => {
		const { alice, carol, mallory } = story;
		for (const { account } of [alice, carol]) heard.set(account, now);
		heard.set(mallory.account, now - DAY);
		await aMinutePasses();
		expect(attested).toHaveLength(1);
		attested = [];
		heard.delete(story.bob.account);
		heard.set(mallory.account, now);
		await aMinutePasses();
		expect(attested).toEqual([]);
	});

	test('is not said where nobody may write, nor by who stops before', async () => {
		refusal = new Problem('dirty');
		await aMinutePasses();
		expect(attested).toEqual([]);
	});
});

describe('a space', () => {
	const others = 2;
	const confirmation = () => confirmationOf(bobs(), story.bob.account, now, others);

	test('in which nobody else was heard for a week may be an old state; own words do not count', () => {
		const { alice, bob, carol } = story;
		expect(confirmation()).toEqual({ by: 0, stale: true });
		for (const { account } of [alice, carol]) heard.set(account, now - 7 * DAY);
		heard.set(bob.account, now);
		expect(confirmation()).toEqual({ by: 0, stale: true });
		heard.set(alice.account, now - 7 * DAY + 1);
		expect(confirmation()).toEqual({ by: 1, stale: true });
		heard.set(carol.account, now);
		expect(confirmation()).toEqual({ by: 2, stale: false });
	});

	test('with one other person needs that one only, and one in which nobody else is needs nobody', () => {
		heard.set(story.alice.account, now);
		expect(confirmationOf(bobs(), story.bob.account, now, 1).stale).toBe(false);
		heard.clear();
		expect(confirmationOf(bobs(), story.bob.account, now, 1).stale).toBe(true);
		expect(confirmationOf(bobs(), story.bob.account, now, 0).stale).toBe(false);
	});

	test('that somebody entered less than a week ago is not called old yet', () => {
		now = START + 7 * DAY - 1;
		expect(confirmation()).toEqual({ by: 0, stale: false });
		now = START + 7 * DAY;
		expect(confirmation().stale).toBe(true);
	});
});
