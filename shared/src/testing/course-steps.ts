import { sha256 } from '@noble/hashes/sha2.js';
import * as fc from 'fast-check';
import { toBase64url, utf8 } from '../bytes/bytes.ts';
import { Course } from './course.ts';
import type { Step } from './course-parts.ts';
import { contradictions, judgedOtherwiseLater, ordersThatDiffer } from './course-checks.ts';
import { twists } from './course-twists.ts';
import { worldDigest } from './describe-world.ts';
import { unsafeTestingRandom } from './random.ts';

const HONEST = 3;
const DISHONEST = 1;
const byte = fc.nat(255);
const twist = fc.oneof({ arbitrary: fc.constant(0), weight: HONEST }, { arbitrary: fc.nat(twists.length - 1), weight: DISHONEST });

/** What people try one after another. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.record({ action: byte, actor: byte, other: byte, space: byte, value: byte, twist }),
	{
		minLength: 0,
		maxLength: 150,
		size: 'max',
	},
);

/** The same for a seed, in every runtime and with every version of the generator above. */
export function stepsOf(seed: string, count: number): readonly Step[] {
	const random = unsafeTestingRandom(seed);
	return Array.from({ length: count }, () => {
		const [action = 0, actor = 0, other = 0, space = 0, value = 0, honesty = 0, dishonesty = 0] = random(7);
		return { action, actor, other, space, value, twist: honesty % (HONEST + DISHONEST) < HONEST ? 0 : dishonesty % twists.length };
	});
}

export async function courseOf(seed: string, taken: readonly Step[]): Promise<Course> {
	const course = await Course.begin(seed);
	for (const step of taken) await course.take(step);
	return course;
}

/** What a course came to, for a vector: two runtimes that judge alike give the same. */
export async function courseDigest(seed: string, count: number): Promise<{ accepted: number; outcomes: string; world: string }> {
	const course = await courseOf(seed, stepsOf(seed, count));
	const outcomes = toBase64url(sha256(utf8(course.outcomes.join('\n'))));
	return { accepted: course.accepted.length, outcomes, world: worldDigest(course.world) };
}

/** @throws Error naming everything that must never be so, in whatever course */
export async function mustHold(taken: readonly Step[]): Promise<void> {
	const course = await courseOf('course', taken);
	const wrong = [...contradictions(course), ...(await ordersThatDiffer(course)), ...(await judgedOtherwiseLater(course))];
	if (wrong.length > 0) throw new Error([...new Set(wrong)].join('\n'));
}
