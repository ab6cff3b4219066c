import * as fc from 'fast-check';
import { test } from 'vitest';
import { mustHold, steps } from '../testing/course-steps.ts';

/** How long it goes on: `FUZZ_SECONDS=3600 npm run test:fuzz` for an hour. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 20);
/** Where it begins: the same for everybody, so that a run that passed passes again; another one looks elsewhere. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

test(`no course of a forum ends in a contradiction, for ${SECONDS} seconds`, { timeout: SECONDS * 1000 + 120_000 }, () =>
	fc.assert(fc.asyncProperty(steps, mustHold), { seed: SEED, numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1000 }),
);
