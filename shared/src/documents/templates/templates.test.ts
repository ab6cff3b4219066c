import { describe, expect, test } from 'vitest';
import { submissionOf } from '../../un/submissions.ts';
import { freezeRefusals } from '../freezing.ts';
import { mayStandAt } from '../pair.ts';
import { withText } from '../translations.ts';
import { templateOf, templates } from './all.ts';
import { beginning, oneMore } from './template.ts';

const ids = () => {
	let next = 0;
	return () => `id-${next++}`;
};

describe.each(templates.map((template) => [template.id, template] as const))('%s', (_, template) => {
	test('says everything in both languages, each in its own letters', () => {
		const { name, about, blocks, parts } = template;
		for (const { ar, en } of [name, about, ...Object.values(blocks), ...parts.flatMap(({ text, hint }) => [text, hint])]) {
			expect(ar === '').toBe(en === '');
			expect(ar).toMatch(/^$|\p{Script=Arabic}/u);
			expect(en).not.toMatch(/\p{Script=Arabic}/u);
		}
	});

	test('tells what belongs into each pair that is to be written, and stands as a text may stand', () => {
		for (const { kind, level, text, hint } of template.parts) {
			expect(text.ar !== '' || hint.ar !== '').toBe(true);
			expect(mayStandAt(kind, level)).toBe(true);
		}
		expect(template.parts.map(({ kind }) => kind).lastIndexOf('title')).toBe(0);
	});

	test('is counted by a rule that is there, and its blocks have names', () => {
		if (template.submission !== null) expect(submissionOf(template.submission)?.limit).not.toBeNull();
		const used = new Set(template.parts.flatMap(({ blocks }) => blocks));
		expect([...used].sort()).toEqual(Object.keys(template.blocks).sort());
	});

	test('can be frozen when everything in it has been written', () => {
		const begun = beginning(template, ids());
		expect(freezeRefusals({ authority: 'both', pairs: begun }).every(({ rule }) => rule === 'paragraph-is-not-empty')).toBe(true);
		const pairs = begun.map((pair) => (pair.ar === '' ? withText(withText(pair, 'ar', 'نص'), 'en', 'Text') : pair));
		expect(freezeRefusals({ authority: template.authority, pairs })).toEqual([]);
		expect(freezeRefusals({ authority: 'both', pairs })).toEqual([]);
		expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length);
	});
});

test('a strategy has one more goal with everything below it, or one more activity alone', () => {
	const headings = (block: string) =>
		oneMore(templateOf('strategy')!, block, ids())
			.filter(({ kind }) => kind === 'heading')
			.map(({ en }) => en);
	expect(headings('goal')).toEqual(['Goal', 'Objective', 'Activities', 'Responsible', 'Indicator']);
	expect(headings('objective')).toEqual(['Objective', 'Activities', 'Responsible', 'Indicator']);
	expect(headings('activity')).toEqual(['Activities', 'Responsible', 'Indicator']);
	expect(headings('toString')).toEqual([]);
});

test('the written statement decides in a language that the Council takes; what is spoken has no headings', () => {
	const written = templateOf('hrc-written-statement')!;
	expect(submissionOf(written.submission!)?.languages).toContain(written.authority);
	expect(templateOf('oral-statement')?.parts.some(({ kind }) => kind === 'heading')).toBe(false);
	expect(templateOf('letter')).toBeNull();
});
