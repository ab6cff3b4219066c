import { beforeAll, describe, expect, test } from 'vitest';
import { idBytes, type ChainId } from '../bytes/ids.ts';
import { forgeLink } from '../testing/forge.ts';
import { personNamed } from '../testing/person.ts';
import { flipBit } from '../testing/random.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, foundedByAlice, TestForum, type Company } from '../testing/test-forum.ts';
import { decodeLink, encodeLink, type Link } from './link.ts';
import { acceptLink } from './world.ts';

describe('a server that plays with links', () => {
	let story: Company;
	let honest: Link;
	let forum: TestForum;
	beforeAll(async () => {
		story = await company();
		const { carol, bob, space } = story;
		honest = await story.forum.fork().removeMember(carol, space, bob);
	});
	const fresh = () => (forum = story.forum.fork());

	test('cannot replay one', async () => {
		await fresh().take(honest);
		expect(await refusalOf(forum.take(honest))).toBe('stale');
	});

	test('cannot deliver them in another order, or leave one out', async () => {
		const { links } = story.forum;
		for (let place = 2; place < links.length; place++) {
			const shortened = new TestForum();
			for (const link of links.slice(0, place - 1)) await shortened.take(link);
			const [left, next] = [links[place - 1] as Link, links[place] as Link];
			const follows = left.chain === next.chain;
			if (follows) expect(await refusalOf(shortened.take(next))).toBe('stale');
		}
		expect.hasAssertions();
	});

	test('can leave out a whole person only loudly', async () => {
		const without = new TestForum();
		for (const link of story.forum.links.filter(({ by, kind }) => by === story.alice.account && kind === 'user')) await without.take(link);
		const founding = story.forum.links.find(({ kind }) => kind === 'directory') as Link;
		expect(await refusalOf(new TestForum().take(founding))).toBe('unknown-sender');
		expect(await refusalOf(without.take(founding))).toBe('accepted');
	});

	test('cannot move one to another space', async () => {
		const { alice, carol } = story;
		const other = await fresh().createSpace(alice);
		await forum.addMember(alice, other, carol, 'facilitator');
		const roster = forum.roster(other);
		const { signature } = honest;
		const moved = await forgeLink(honest, carol.device, { chain: other, seq: roster.seq + 1, prev: roster.head });
		expect(await refusalOf(forum.take(decodeLink(encodeLink(moved.signed, signature))))).toBe('tampered');
	});

	test('finds no single bit that it could turn over', async () => {
		fresh();
		for (let byte = 0; byte < honest.bytes.length; byte++) {
			const flipped = flipBit(honest.bytes, byte * 8 + (byte % 8));
			const refusal = await refusalOf(async () => acceptLink(forum.world, decodeLink(flipped)));
			expect(refusal, `byte ${byte}`).not.toBe('accepted');
		}
	});

	test('cannot pass off a signature for another use', async () => {
		const { sign } = await import('../crypto/sign.ts');
		const forged = encodeLink(honest.signed, await sign(story.carol.device, 'event', honest.signed));
		expect(await refusalOf(fresh().take(decodeLink(forged)))).toBe('tampered');
	});

	test('cannot let time run backwards, with the help of a member', async () => {
		const { carol } = story;
		const early = await forgeLink(honest, carol.device, { time: fresh().roster(story.space).time - 1 });
		expect(await refusalOf(forum.take(early))).toBe('time-moves-forward');
	});

	test('cannot fork a chain: the second link in one place is stale', async () => {
		const { alice, space, bob } = story;
		const other = await fresh().fork().removeMember(alice, space, bob);
		await forum.take(honest);
		expect(other.seq).toBe(honest.seq);
		expect(await refusalOf(forum.take(other))).toBe('stale');
	});
});

describe('a chain is named by its first link', () => {
	test('so a false forum cannot take the id of a true one', async () => {
		const { forum } = await foundedByAlice();
		const mallory = await personNamed('Mallory');
		const false_ = new TestForum();
		await false_.introduce(mallory);
		const founding = await false_.fork().write(mallory, {
			kind: 'directory',
			chain: null,
			type: 'forum.create',
			body: { host: mallory.random(16), salt: mallory.random(16) },
		});
		const posing = await forgeLink(founding, mallory.device, { chain: forum.directory.id });
		expect(await refusalOf(false_.take(posing))).toBe('chain-is-named-by-its-first-link');
	});

	test('so a second coordinator cannot show a newcomer another space under the id of one', async () => {
		const { forum, alice, space, bob } = await company();
		await forum.ofDirectory(alice, 'coordinator.add', { account: idBytes(bob.account) });
		const newcomer = new TestForum();
		for (const link of forum.links.filter(({ kind }) => kind !== 'roster')) await newcomer.take(link);
		const creation = await newcomer.fork().write(bob, {
			kind: 'roster',
			chain: null,
			type: 'space.create',
			body: { forum: idBytes(forum.directory.id), salt: bob.random(16) },
		});
		const posing = await forgeLink(creation, bob.device, { chain: space });
		expect(await refusalOf(newcomer.take(posing))).toBe('chain-is-named-by-its-first-link');
	});

	test('and a later link names the chain it belongs to', async () => {
		const { forum, carol, bob, space } = await company();
		const honest = await forum.fork().removeMember(carol, space, bob);
		expect(await refusalOf(forum.take(await forgeLink(honest, carol.device, { chain: null })))).toBe('stale');
		const elsewhere = 'A'.repeat(43) as ChainId;
		expect(await refusalOf(forum.take(await forgeLink(honest, carol.device, { chain: elsewhere })))).toBe('stale');
	});

	test('and this device knows one forum only', async () => {
		const { forum, alice } = await foundedByAlice();
		const body = { host: alice.random(16), salt: alice.random(16) };
		expect(await refusalOf(forum.write(alice, { kind: 'directory', chain: null, type: 'forum.create', body }))).toBe('one-forum');
	});
});
