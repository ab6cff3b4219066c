import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostile } from './testing/hostile-inputs.ts';
import { hostileReaders, type HostileReader } from './testing/hostile-readers.ts';
import { schemaReaders } from './testing/hostile-schemas.ts';
import { mustStandUp } from './testing/stand-up.ts';

/** How long it goes on: `FUZZ_SECONDS=3600 npm run test:fuzz` for an hour. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 60);
/** Where it begins: the same for everybody, so that a run that passed passes again; another one looks elsewhere. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);
/** Inputs to one reader before it is the next one's turn. */
const ROUND = 50;

const own = await hostileReaders();
const bySchema = schemaReaders();

/** In turn one that reads bytes in its own way and one that differs from others by a schema only. */
const turnOf = (round: number): HostileReader => {
	const readers = round % 2 === 0 ? own : bySchema;
	return readers[(round >> 1) % readers.length] as HostileReader;
};

test(`every reader stands up for ${SECONDS} seconds`, { timeout: SECONDS * 1000 + 60_000 }, async () => {
	const end = performance.now() + SECONDS * 1000;
	let inputs = 0;
	for (let round = 0; performance.now() < end; round++) {
		const { name, read, sample } = turnOf(round);
		const property = fc.asyncProperty(hostile(sample), async (bytes) => {
			inputs++;
			await mustStandUp(read, bytes);
		});
		const { failed, seed, counterexamplePath, errorInstance } = await fc.check(property, { numRuns: ROUND, seed: SEED + round });
		if (failed) throw new Error(`${name}, with seed ${seed} and path ${counterexamplePath}`, { cause: errorInstance });
	}
	expect(inputs).toBeGreaterThan(SECONDS * ROUND);
});
