import { beforeAll, describe, expect, test } from 'vitest';
import { equalBytes } from '../bytes/bytes.ts';
import { flipBit } from '../testing/random.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, TestForum, type Company } from '../testing/test-forum.ts';
import { abridge, complete, completeAll, headsOf, placeOf } from './abridged.ts';
import type { Link } from './link.ts';
import { acceptLink, emptyWorld } from './world.ts';

describe('a link that is stored and sent without what the links before it tell', () => {
	let story: Company;
	let removal: Link;
	beforeAll(async () => {
		story = await company();
		const { carol, bob, space } = story;
		removal = await story.forum.fork().removeMember(carol, space, bob);
	});

	test('comes out of it byte for byte as it was signed', () => {
		const { links } = story.forum;
		const whole = completeAll(links.map(abridge), emptyWorld);
		expect(whole).toEqual(links);
		expect(links.map((link) => placeOf(abridge(link)))).toEqual(links.map(({ chain, seq }) => ({ chain: seq === 0 ? null : chain, seq })));
	});

	test('is refused with any bit of it turned over, and never read as another that holds', async () => {
		const { world } = story.forum;
		const bytes = abridge(removal);
		for (let bit = 0; bit < bytes.length * 8; bit += 5) {
			const outcome = await refusalOf(async () => acceptLink(world, complete(flipBit(bytes, bit), headsOf(world))));
			expect(outcome, `bit ${bit}`).not.toBe('accepted');
		}
	});

	test('on top of another history is told from one that was altered', async () => {
		const { forum, carol, bob, space } = story;
		const other = forum.fork();
		await other.removeMember(carol, space, bob);
		const next = await other.rotate(carol, space);
		const fork = forum.fork();
		fork.now += 60;
		await fork.removeMember(carol, space, bob);
		expect(await refusalOf(async () => complete(abridge(next), headsOf(fork.world)))).toBe('stale');
	});

	test('that leaves a gap is missed, and one that cites what is not here waits for it', async () => {
		const { forum } = story;
		const roster = forum.links.filter(({ kind }) => kind === 'roster');
		const user = forum.links.findLast(({ kind, seq }) => kind === 'user' && seq > 0)!;
		const empty = new TestForum();
		expect(await refusalOf(async () => complete(abridge(user), headsOf(empty.world)))).toBe('stale');
		expect(await refusalOf(async () => complete(abridge(roster[0]!), headsOf(empty.world)))).toBe('unknown-sender');
	});

	test('has room for nothing but what was signed', () => {
		const [first] = story.forum.links;
		const bytes = abridge(first!);
		expect(equalBytes(abridge(complete(bytes, headsOf(emptyWorld))), bytes)).toBe(true);
	});
});
