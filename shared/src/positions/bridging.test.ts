import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bridgingOf, groupOf, sentenceOf, type Group } from './bridging.ts';

type Counts = readonly [support: number, opposed: number, stances: number];
const groups = (...counts: readonly Counts[]): readonly Group[] =>
	counts.map(([support, opposed, stances], place) => ({ name: `c${place}`, support, opposed, stances }));

/** `positions.md`: computed once, by other means. */
const GOLDEN: readonly [readonly Counts[], readonly number[], number][] = [
	[
		[
			[6, 0, 6],
			[4, 1, 5],
			[1, 3, 4],
		],
		[0.862, 0.562, 0.09],
		0.352,
	],
	[
		[
			[6, 0, 6],
			[3, 0, 5],
			[2, 0, 4],
		],
		[0.862, 0.535, 0.45],
		0.592,
	],
	[
		[
			[6, 0, 6],
			[5, 0, 5],
			[4, 0, 4],
		],
		[0.862, 0.84, 0.81],
		0.837,
	],
	[
		[
			[2, 0, 2],
			[2, 0, 2],
		],
		[0.694, 0.694],
		0.694,
	],
	[
		[
			[10, 0, 10],
			[0, 2, 2],
		],
		[0.911, 0.028],
		0.159,
	],
];

test.each(GOLDEN)('of %j the score is golden', (counts, each, score) => {
	const bridging = bridgingOf(groups(...counts));
	expect(Math.abs((bridging?.score ?? NaN) - score)).toBeLessThanOrEqual(0.001);
	for (const [place, agreement] of each.entries())
		expect(Math.abs((bridging?.groups[place]?.agreement ?? NaN) - agreement)).toBeLessThanOrEqual(0.001);
});

test.each<[string, readonly Counts[]]>([
	['no constituency', []],
	['one constituency', [[6, 0, 6]]],
	[
		'a second one with a single stance',
		[
			[6, 0, 6],
			[1, 0, 1],
		],
	],
	[
		'two with a single stance each',
		[
			[1, 0, 1],
			[1, 0, 1],
		],
	],
])('with %s there is no number: «الإجابات غير كافية»', (_, counts) => {
	expect(bridgingOf(groups(...counts))).toBeNull();
	expect(sentenceOf(bridgingOf(groups(...counts)))).toEqual({ kind: 'not-enough-answers' });
});

test('the sentence tells of constituencies, never of an organisation', () => {
	const sentence = (...counts: Counts[]) => sentenceOf(bridgingOf(groups(...counts)));
	expect(sentence([6, 0, 6], [4, 1, 5], [1, 3, 4])).toEqual({ kind: 'some-agree', agreeing: 2, of: 3, objecting: ['c2'], divided: [] });
	expect(sentence([6, 0, 6], [3, 0, 5], [2, 0, 4])).toEqual({ kind: 'some-agree', agreeing: 2, of: 3, objecting: [], divided: ['c2'] });
	expect(sentence([2, 0, 2], [2, 0, 2])).toEqual({ kind: 'all-agree', of: 2 });
	expect(sentence([0, 2, 2], [0, 0, 3])).toEqual({ kind: 'none-agrees', agreeing: 0, of: 2, objecting: ['c0'], divided: ['c1'] });
	expect(sentence([1, 1, 2], [2, 0, 2])).toEqual({ kind: 'some-agree', agreeing: 1, of: 2, objecting: ['c0'], divided: [] });
});

test('who is silent or outside of their mandate is none of a constituency’s stances', () => {
	const tally = { eligible: 9, support: 2, reserved: 1, aside: 1, objection: 1, block: 1, outside: 1, silent: 2 };
	expect(groupOf('c', tally)).toEqual({ name: 'c', support: 3, opposed: 2, stances: 6 });
});

const group = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map(([s, o, a]): Counts => [s, o, s + o + a]);

test('the score is between 0 and 1, to the last digit the same in every order, and never falls when one more agrees', () => {
	fc.assert(
		fc.property(fc.array(group, { minLength: 2, maxLength: 12 }), (counts) => {
			const score = bridgingOf(groups(...counts))?.score;
			expect(bridgingOf(groups(...counts.toReversed()))?.score).toBe(score);
			if (score === undefined) return;
			expect(score).toBeGreaterThan(0);
			expect(score).toBeLessThan(1);
			const [[s, o, n], ...others] = counts as [Counts, ...Counts[]];
			if (n >= 2) expect(bridgingOf(groups([s + 1, o, n + 1], ...others))?.score).toBeGreaterThan(score);
		}),
	);
});
