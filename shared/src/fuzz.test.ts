import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink } from './chain/link.ts';
import { acceptLink } from './chain/world.ts';
import { broken, expensiveInputs, floods, hostile } from './testing/hostile-inputs.ts';
import { hostileReaders, type HostileReader } from './testing/hostile-readers.ts';
import { schemaReaders } from './testing/hostile-schemas.ts';
import { refusalOf } from './testing/refusal.ts';
import { mustStandUp } from './testing/stand-up.ts';
import { company } from './testing/test-forum.ts';

/** Of each reader, or as many as fit into half a second; `fuzz.long.ts` goes on for a minute. */
const RUNS = 100;
const MOST_MS = 500;

const standsUpToWhateverIsSent = ({ read, sample }: HostileReader, numRuns: number) =>
	fc.assert(
		fc.asyncProperty(hostile(sample), (bytes) => mustStandUp(read, bytes)),
		{ numRuns, interruptAfterTimeLimit: MOST_MS },
	);
const isWhole = async ({ read, sample }: HostileReader) =>
	expect(await refusalOf(async () => read(sample))).toMatch(/^(accepted|offline|type-is-known)$/);

describe.each(await hostileReaders())('$name', (reader) => {
	const expensive = expensiveInputs().filter(([, { length }]) => length <= (reader.most ?? Infinity));

	test('is read while it is whole', () => isWhole(reader));
	test('stands up to whatever is sent in its place', () => standsUpToWhateverIsSent(reader, 3 * RUNS));
	test('stands up to inputs made to be expensive', async () => {
		for (const [, bytes] of expensive) await mustStandUp(reader.read, bytes);
	});
});

describe.each(schemaReaders())('$name', (reader) => {
	test('is read while it is whole', () => isWhole(reader));
	test('stands up to whatever is sent in its place', () => standsUpToWhateverIsSent(reader, RUNS));
	test('stands up to lists without end', async () => {
		for (const bytes of floods(reader.sample)) await mustStandUp(reader.read, bytes);
	});
});

test('a thousand broken links after one another do not change the world', async () => {
	const { forum } = await company();
	const before = forum.world;
	const [link] = forum.links.slice(-1);
	if (!link) throw new Error('no links');
	const property = fc.asyncProperty(broken(link.bytes), async (bytes) => {
		expect(await refusalOf(async () => acceptLink(before, decodeLink(bytes)))).not.toBe('accepted');
	});
	await fc.assert(property, { numRuns: 1_000 });
	expect(forum.world).toBe(before);
});
