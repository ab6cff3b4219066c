import { afterAll, beforeAll } from 'vitest';
import { Discussion } from './discussion.ts';
import type { Member } from './member.ts';

/** What the stories of threads begin with: three people who discuss, the same for all tests of a file. */
export let discussion: Discussion;
/** On a phone, in Arabic. */
export let lina: Member;
/** A facilitator at a desk, in English. */
export let fatima: Member;

beforeAll(async () => {
	discussion = await Discussion.start();
	({ lina, fatima } = discussion);
});
afterAll(() => discussion?.stop());
