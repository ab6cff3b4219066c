import { describe, expect, test } from 'vitest';
import { limitFor, takesLanguage, type WordsOfParts } from './limits.ts';
import type { Status } from './schema.ts';
import { submissionOf } from './submissions.ts';

const held = (id: string, parts: Partial<WordsOfParts>, status: Status = 'special') =>
	limitFor(submissionOf(id)!, status, { title: 0, body: 0, footnotes: 0, ...parts });

describe('a text held against the rule of a body', () => {
	test.each([
		['hrc-written', { body: 1_500 }, 'within', 1_500, 0],
		['hrc-written', { body: 1_501 }, 'over', 1_501, 1],
		['hrc-written', { body: 1_400, footnotes: 101 }, 'over', 1_501, 1],
		['csw-written', { body: 1_400 }, 'within', 1_500, 0],
		['csw-written', { body: 1_401 }, 'over', 1_501, 1],
		['upr-stakeholder-individual', { body: 2_815, footnotes: 900 }, 'within', 2_815, 0],
		['upr-stakeholder-joint', { body: 5_635 }, 'over', 5_635, 5],
		['ecosoc-hls-written', { body: 500 }, 'within', 500, 0],
		['tb-cedaw-alt', { body: 3_301 }, 'over', 3_301, 1],
	])('of %s: %j is %s, %i words, over by %i', (id, parts, verdict, count, over) => {
		expect(held(id, parts)).toMatchObject({ unit: 'words', verdict, count, over });
	});

	test('is warned of what counts only if the body counts it, and not refused for it', () => {
		expect(held('hrc-written', { body: 1_496, title: 6 })).toMatchObject({ verdict: 'unsure', over: 0, more: 6, unsure: ['title'] });
		expect(held('hrc-written', { body: 1_494, title: 6 })).toMatchObject({ verdict: 'within', more: 6 });
		expect(held('hrc-written', { body: 1_501, title: 6 })).toMatchObject({ verdict: 'over', over: 1 });
		expect(held('ecosoc-hls-written', { body: 480, footnotes: 40 })).toMatchObject({ verdict: 'unsure', unsure: ['footnotes'] });
	});

	test('may be longer by general status, and by none is not handed in at all', () => {
		expect(held('hrc-written', { body: 2_000 }, 'general')).toMatchObject({ limit: 2_000, verdict: 'within' });
		expect(held('hrc-written', { body: 9 }, 'none')).toEqual({ unit: 'none', count: 9, reason: 'not-eligible' });
		expect(held('hrc-oral-other', { body: 9 }, 'none')).toEqual({ unit: 'none', count: 9, reason: 'not-eligible' });
		expect(held('upr-stakeholder-joint', { body: 9 }, 'none')).toMatchObject({ verdict: 'within' });
	});

	test('is told of footnotes where none are taken, and their words count', () => {
		expect(held('csw-written', { body: 1_390, footnotes: 20 })).toMatchObject({ footnotesRefused: true, verdict: 'over', over: 10 });
		expect(held('hrc-written', { body: 1, footnotes: 20 })).toMatchObject({ footnotesRefused: false });
	});

	test('that is spoken has a guide, and nothing is refused by it', () => {
		expect(held('hrc-oral-general-debate', { title: 9, body: 260, footnotes: 9 })).toMatchObject({
			unit: 'seconds',
			count: 260,
			seconds: 90,
			guide: 250,
			over: 10,
		});
		expect(held('csw-oral', { body: 9_000 })).toMatchObject({ seconds: 180, guide: null, over: 0 });
	});

	test('without a known limit is counted, and nothing is promised', () => {
		expect(held('tb-cat-alt', { body: 12 })).toEqual({ unit: 'none', count: 12, reason: 'no-limit-known' });
		expect(held('hrc-side-event', { body: 12 })).toEqual({ unit: 'none', count: 12, reason: 'no-limit-known' });
	});

	test('is told how sure that is: no surer than the limit, nor than what counts', () => {
		expect(held('hrc-written', {})).toMatchObject({ confidence: 'high' });
		expect(held('upr-stakeholder-joint', {})).toMatchObject({ confidence: 'low' });
		expect(held('tb-ccpr-alt', {})).toMatchObject({ confidence: 'low' });
	});
});

test.each([
	['hrc-written', false, true],
	['csw-written', true, true],
	['hrc-oral-other', true, true],
	['hrc-side-event', null, null],
])('%s: Arabic is taken: %s, English: %s', (id, ar, en) => {
	expect([takesLanguage(submissionOf(id)!, 'ar'), takesLanguage(submissionOf(id)!, 'en')]).toEqual([ar, en]);
});
