import { expect, test } from 'vitest';
import { paragraph } from '../testing/council.ts';
import { changeBetween, nearestParagraph } from './paragraphs.ts';

const text = (...names: string[]) => ({ paragraphs: names.map((name) => paragraph(name)) });

test('a change tells which paragraphs have other words in either language, which came and which went', () => {
	const before = text('aaaa', 'bbbb', 'cccc', 'dddd');
	const [a, b, c] = before.paragraphs as [ReturnType<typeof paragraph>, ReturnType<typeof paragraph>, ReturnType<typeof paragraph>];
	const after = { paragraphs: [a, { ...b, en: 'other' }, { ...c, ar: 'غيره' }, paragraph('eeee')] };
	const { changed, added, removed } = changeBetween(before, after);
	expect([[...changed], [...added], [...removed]]).toEqual([['bbbb', 'cccc'], ['eeee'], ['dddd']]);
});

test.each<[string, string[], string[][], string | null]>([
	['the one before, of two as near', ['aaaa', 'cccc'], [['aaaa', 'bbbb', 'cccc']], 'aaaa'],
	['the one behind, when the one before went too', ['cccc', 'dddd'], [['aaaa', 'bbbb', 'cccc', 'dddd']], 'cccc'],
	[
		'by the last version that had it',
		['aaaa', 'dddd'],
		[
			['aaaa', 'bbbb', 'dddd'],
			['aaaa', 'cccc', 'dddd', 'bbbb'],
		],
		'dddd',
	],
	['the last one, of a text in which nothing stayed', ['xxxx', 'yyyy'], [['aaaa', 'bbbb']], 'yyyy'],
	['the last one, when it never was', ['aaaa', 'cccc'], [['aaaa', 'cccc']], 'cccc'],
])('nearest to a paragraph that is gone is %s', (_, now, earlier, expected) => {
	expect(
		nearestParagraph(
			'bbbb',
			text(...now),
			earlier.map((names) => text(...names)),
		),
	).toBe(expected);
});
