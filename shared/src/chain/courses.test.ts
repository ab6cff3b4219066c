import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/courses.json' with { type: 'json' };
import { courseDigest, mustHold, steps } from '../testing/course-steps.ts';

/** As many courses as fit into some seconds; `courses.long.ts` goes on for a minute. */
const MOST_MS = 4_000;

describe('whatever people try, honestly or not', () => {
	test(
		'what everybody believes afterwards has no contradiction in it, and is the same in whatever order it was served',
		() => fc.assert(fc.asyncProperty(steps, mustHold), { interruptAfterTimeLimit: MOST_MS }),
		60_000,
	);

	test.each(vectors.courses)('every runtime judges the $seed course alike, link for link', async ({ seed, steps: count, ...expected }) => {
		expect(await courseDigest(seed, count)).toEqual(expected);
	});
});
