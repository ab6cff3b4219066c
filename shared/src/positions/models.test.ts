import { describe, expect, test } from 'vitest';
import { org } from '../testing/council.ts';
import type { Model, StanceValue } from './events.ts';
import { hasMajority, tallyByConstituency, verdictOf, type Terms } from './models.ts';
import { quorumOf, tallyOf, type Values } from './tally.ts';

const LETTERS: Readonly<Record<string, StanceValue>> = {
	s: 'support',
	r: 'support-with-reservations',
	a: 'stand-aside',
	o: 'objection',
	b: 'block',
	x: 'outside-mandate',
};

/** One organisation for each letter; a dot has not answered. */
function answers(letters: string): { eligible: Terms['eligible']; values: Values } {
	const eligible = Array.from(letters, (_, place) => org(`o${place}`));
	const values = new Map(
		Array.from(letters, (letter, place) => [org(`o${place}`), LETTERS[letter]] as const).flatMap(([one, value]) =>
			value ? [[one, value]] : [],
		),
	);
	return { eligible, values };
}

function decided(model: Model, quorum: number, letters: string, constituencies: Terms['constituencies'] = []): string {
	const { eligible, values } = answers(letters);
	const { result, why } = verdictOf({ model, quorum, eligible, constituencies }, values);
	return `${result}: ${why}`;
}

const consent: Model = { kind: 'consent' };
const minus = (k: 0 | 1 | 2): Model => ({ kind: 'consensus-minus', k });
const majority = (threshold: Extract<Model, { kind: 'majority' }>['threshold']): Model => ({ kind: 'majority', threshold });
const half = majority('more-than-half');

describe('a decision', () => {
	test.each<[string, Model, number, string, string]>([
		['consent passes when nobody objects', consent, 50, 'sra.', 'passed: nobody-opposed'],
		['consent fails with one objection', consent, 50, 'sssso', 'not-passed: opposed'],
		['consent fails with one block', consent, 50, 'ssssb', 'not-passed: opposed'],
		['consent is no agreement of those who say nothing', consent, 50, 's...', 'no-decision: quorum-not-reached'],
		['consent passes when all stand aside', consent, 50, 'aaaa', 'passed: nobody-opposed'],
		['consensus minus 0 is consent', minus(0), 50, 'sssso', 'not-passed: opposed'],
		['consensus minus 1 carries one', minus(1), 50, 'sssso', 'passed: few-enough-opposed'],
		['consensus minus 1 does not carry an objection and a block', minus(1), 50, 'sssob', 'not-passed: opposed'],
		['consensus minus 2 does', minus(2), 50, 'sssob', 'passed: few-enough-opposed'],
		['consensus minus 2 does not carry three', minus(2), 50, 'ssooo', 'not-passed: opposed'],
		['a tie is no majority', half, 50, 'ssoo', 'not-passed: no-majority'],
		['one more than half is', half, 50, 'ssroo', 'passed: majority'],
		['reservations support', half, 50, 'rrro', 'passed: majority'],
		['who stands aside is in neither half', half, 50, 'saaaa', 'passed: majority'],
		['three of five are 60 percent', majority('60-percent'), 50, 'sssoo', 'passed: majority'],
		['four of seven are not', majority('60-percent'), 50, 'ssssooo', 'not-passed: no-majority'],
		['two of three are two thirds', majority('two-thirds'), 50, 'sso', 'passed: majority'],
		['three of five are not', majority('two-thirds'), 50, 'sssoo', 'not-passed: no-majority'],
		['three of four are three quarters', majority('three-quarters'), 50, 'ssrb', 'passed: majority'],
		['five of seven are not', majority('three-quarters'), 50, 'sssssoo', 'not-passed: no-majority'],
		['with nobody for or against there is no share', half, 50, 'aaaa', 'no-decision: nobody-for-or-against'],
		['without a quorum nothing is rejected', half, 51, 'oo..', 'no-decision: quorum-not-reached'],
		['half is a quorum of 50 percent', half, 50, 'oo..', 'not-passed: no-majority'],
		['standing aside is an answer', half, 75, 'saa.', 'passed: majority'],
		['outside of their mandate leaves the denominator', half, 100, 'ssxxx', 'passed: majority'],
		['and is no answer either', consent, 50, 'xxxx......', 'no-decision: quorum-not-reached'],
		['outside of everybody’s mandate is no decision', consent, 1, 'xxx', 'no-decision: quorum-not-reached'],
		['nobody’s answer is no quorum, however small', consent, 1, '...', 'no-decision: quorum-not-reached'],
	])('%s', (_, model, quorum, letters, expected) => {
		expect(decided(model, quorum, letters)).toBe(expected);
	});

	test.each<[string, string, readonly number[][], string]>([
		[
			'each constituency has its majority',
			'sssss',
			[
				[0, 1],
				[2, 3, 4],
			],
			'passed: majority',
		],
		[
			'a tie in one is no majority there',
			'ssssoss',
			[
				[3, 4],
				[0, 1, 2],
			],
			'not-passed: constituency-without-majority',
		],
		[
			'one that all against it is in',
			'ssssssoo',
			[
				[6, 7],
				[0, 1],
			],
			'not-passed: constituency-without-majority',
		],
		['one with a single organisation does not count', 'sssso', [[4], [0, 1]], 'passed: majority'],
		[
			'one that says nothing has no majority',
			'ssss..',
			[
				[4, 5],
				[0, 1],
			],
			'not-passed: constituency-without-majority',
		],
		[
			'one whose members are outside of their mandate does not count',
			'ssssxx',
			[
				[4, 5],
				[0, 1],
			],
			'passed: majority',
		],
		[
			'an organisation counts in each of its constituencies',
			'sssso',
			[
				[0, 1, 4],
				[2, 3, 4],
			],
			'passed: majority',
		],
		['without constituencies it is a majority', 'sso', [], 'passed: majority'],
		['without a majority of all it fails, whatever each says', 'soo', [[0]], 'not-passed: no-majority'],
	])('of a double majority: %s', (_, letters, groups, expected) => {
		const constituencies = groups.map((of, place) => ({ name: `c${place}`, of }));
		expect(decided({ kind: 'double-majority', threshold: 'more-than-half' }, 50, letters, constituencies)).toBe(expected);
	});

	test('names the constituency that has none, and draws each', () => {
		const { eligible, values } = answers('ssssoo');
		const constituencies = [
			{ name: 'الداخل', of: [4, 5] },
			{ name: 'الشتات', of: [0, 1] },
		];
		expect(
			verdictOf({ model: { kind: 'double-majority', threshold: 'more-than-half' }, quorum: 1, eligible, constituencies }, values).without,
		).toEqual(['الداخل']);
		expect(
			tallyByConstituency({ eligible, constituencies }, values).map(({ name, tally }) => [name, tally.support, tally.objection]),
		).toEqual([
			['الداخل', 0, 2],
			['الشتات', 2, 0],
		]);
	});
});

test('each organisation is counted once, and who is not eligible not at all', () => {
	const { eligible, values } = answers('sraobx.');
	const others = new Map([...values, [org('late'), 'support' as const]]);
	expect(tallyOf([...eligible, org('o0')], others)).toEqual({
		eligible: 7,
		support: 1,
		reserved: 1,
		aside: 1,
		objection: 1,
		block: 1,
		outside: 1,
		silent: 1,
	});
});

test.each<[string, number, object]>([
	['ss........', 20, { answered: 2, of: 10, needed: 2, met: true }],
	['ss........', 21, { answered: 2, of: 10, needed: 3, met: false }],
	['ssx.......', 25, { answered: 2, of: 9, needed: 3, met: false }],
	['sss', 100, { answered: 3, of: 3, needed: 3, met: true }],
	['', 50, { answered: 0, of: 0, needed: 1, met: false }],
])('the quorum bar of %s at %i percent', (letters, percent, expected) => {
	const { eligible, values } = answers(letters);
	expect(quorumOf(tallyOf(eligible, values), percent)).toEqual(expected);
});

test('shares are of whole numbers: no threshold is missed by a rounding', () => {
	for (let all = 1; all <= 300; all++) {
		const thirds = Math.ceil((2 * all) / 3);
		expect(hasMajority(thirds, all - thirds, 'two-thirds')).toBe(true);
		expect(hasMajority(thirds - 1, all - thirds + 1, 'two-thirds')).toBe(false);
		const more = Math.floor(all / 2) + 1;
		expect(hasMajority(more, all - more, 'more-than-half')).toBe(true);
		expect(hasMajority(more - 1, all - more + 1, 'more-than-half')).toBe(false);
	}
});
