import { beforeAll, describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes/bytes.ts';
import type { SpaceId } from '../bytes/ids.ts';
import { flipBit } from '../testing/random.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company, type Company, type TestForum } from '../testing/test-forum.ts';
import { openBack, sealBack, unwrapGeneration, wrapGeneration } from './generations.ts';

let story: Company;
let forum: TestForum;
let space: SpaceId;
const keyOf = (generation: number): Bytes => forum.generationKeys.get(`${space}/${generation}`) as Bytes;
const entry = (generation: number) => forum.roster(space).generations[generation - 1] as never;
beforeAll(async () => {
	story = await company();
	({ forum, space } = story);
	await forum.rotate(story.alice, space);
	await forum.rotate(story.alice, space);
});

describe('the key of a space', () => {
	const forBob = (key = keyOf(3), generation = 3, of = space) => wrapGeneration(story.bob.userKey.publicKey, of, generation, key);
	const opening = async (wrapped: Uint8Array, seed = story.bob.userKey.seed, generation = 3) =>
		refusalOf(unwrapGeneration(seed, wrapped, forum.roster(space), generation));

	test('reaches Bob in his wrap', async () => {
		expect(await unwrapGeneration(story.bob.userKey.seed, await forBob(), forum.roster(space), 3)).toEqual(keyOf(3));
	});

	test('does not open for somebody else', async () => {
		expect(await opening(await forBob(), story.mallory.userKey.seed)).toBe('wrong-key');
		expect(await opening(await forBob(), new Uint8Array())).toBe('wrong-key');
	});

	test('is refused when it is not the one everybody was promised', async () => {
		expect(await opening(await forBob(story.mallory.random(32)))).toBe('wrap-opens-to-the-commitment');
		expect(await opening(await forBob(keyOf(2)))).toBe('wrap-opens-to-the-commitment');
	});

	test('is refused in the wrap of another generation or space', async () => {
		expect(await opening(await forBob(keyOf(3), 2))).toBe('wrong-key');
		expect(await opening(await forBob(keyOf(3), 3, forum.directory.id))).toBe('wrong-key');
		expect(await opening(await forBob(keyOf(3), 9), story.bob.userKey.seed, 9)).toBe('wrap-opens-to-the-commitment');
	});

	test('is refused with one bit turned over, or cut short', async () => {
		const wrapped = await forBob();
		for (const byte of [0, 500, 1_100, 1_120, 1_130, wrapped.length - 1])
			expect(await opening(flipBit(wrapped, byte * 8))).toBe('wrong-key');
		for (const length of [0, 1, 1_119, 1_136, wrapped.length - 1]) expect(await opening(wrapped.subarray(0, length))).toBe('wrong-key');
	});
});

describe('the keys before', () => {
	test('are reached by a newcomer, one step at a time', async () => {
		const second = await openBack(forum.roster(space), entry(3), keyOf(3));
		expect(second).toEqual(keyOf(2));
		expect(await openBack(forum.roster(space), entry(2), second)).toEqual(keyOf(1));
		expect(await refusalOf(openBack(forum.roster(space), entry(1), keyOf(1)))).toBe('history-is-closed');
	});

	test('stay closed where the space keeps its history', async () => {
		const closed = forum.fork();
		await closed.ofSpace(story.alice, space, 'policy.set', { history: 'joining' });
		await closed.addMember(story.alice, space, story.mallory, 'member');
		await closed.rotate(story.alice, space);
		const last = closed.roster(space).generations.at(-1) as never;
		expect(await refusalOf(openBack(closed.roster(space), last, closed.generationKeys.get(`${space}/4`) as Bytes))).toBe(
			'history-is-closed',
		);
	});

	test('do not open with another key, nor to another key than was promised', async () => {
		expect(await refusalOf(openBack(forum.roster(space), entry(3), keyOf(2)))).toBe('tampered');
		const lying = forum.fork();
		const back = await sealBack(space, 4, story.bob.random(32), keyOf(3), story.bob.random);
		await lying.rotate(story.bob, space, { back });
		const last = lying.roster(space).generations.at(-1) as never;
		expect(await refusalOf(openBack(lying.roster(space), last, lying.generationKeys.get(`${space}/4`) as Bytes))).toBe('tampered');
	});

	test('are refused when the step leads to a false key', async () => {
		const lying = forum.fork();
		const { bob } = story;
		const key = bob.random(32);
		const { commitmentOf } = await import('./generations.ts');
		const back = await sealBack(space, 4, key, bob.random(32), bob.random);
		await lying.rotate(bob, space, { back, commitment: commitmentOf(space, 4, key) });
		const last = lying.roster(space).generations.at(-1) as never;
		expect(await refusalOf(openBack(lying.roster(space), last, key))).toBe('wrap-opens-to-the-commitment');
	});
});
