import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stretch } from '../text/words-compared.ts';
import { compared, type ComparablePair } from './compared.ts';

const paragraph = (ar: string, en = '', id?: string): ComparablePair => ({
	kind: 'paragraph',
	level: 1,
	ar,
	en,
	...(id === undefined ? {} : { id }),
});
const marked = (stretches: readonly Stretch[]) =>
	stretches.map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind]).join('');
const shown = (before: readonly ComparablePair[], after: readonly ComparablePair[]) =>
	compared(before, after).map(
		({ change, moved, ar, en }) => `${change}${moved ? ' moved' : ''}: ${marked(ar)}${en.length > 0 ? ` | ${marked(en)}` : ''}`,
	);

const one = paragraph('ندين قصف المشافي في إدلب', 'We condemn the shelling of hospitals in Idlib');
const two = paragraph('نطالب بلجنة تحقيق مستقلة', 'We ask for an independent inquiry');
const three = paragraph('نشكر الدول التي ساندت', 'We thank the States that helped');

describe('two versions', () => {
	test('that are one are compared as one', () => {
		expect(shown([one, two], [one, two])).toEqual([
			'same: ندين قصف المشافي في إدلب | We condemn the shelling of hospitals in Idlib',
			'same: نطالب بلجنة تحقيق مستقلة | We ask for an independent inquiry',
		]);
	});

	test('are compared word by word in both languages', () => {
		const changed = paragraph('نطالب بلجنة تحقيق دولية مستقلة', 'We demand an independent inquiry');
		expect(shown([one, two], [one, changed])[1]).toBe(
			'changed: نطالب بلجنة تحقيق +دولية +مستقلة | We -ask for -+demand +an independent inquiry',
		);
	});

	test('show what was added, and what was removed where it stood', () => {
		expect(shown([one, two, three], [one, three]).map((line) => line.split(':')[0])).toEqual(['same', 'removed', 'same']);
		expect(shown([two, one], [one]).map((line) => line.split(':')[0])).toEqual(['removed', 'same']);
		expect(shown([one, three], [one, two, three])[1]).toBe('added: +نطالب بلجنة تحقيق مستقلة+ | +We ask for an independent inquiry+');
		expect(shown([], [])).toEqual([]);
	});

	test('show what stands elsewhere as moved, and only that', () => {
		expect(shown([one, two, three], [three, one, two]).map((line) => line.split(':')[0])).toEqual(['same moved', 'same', 'same']);
		const changed = paragraph('نشكر الدول التي ساندت أمس', three.en);
		expect(shown([one, two, three], [changed, one, two])[0]).toMatch(/^changed moved: نشكر الدول التي ساندت\+ أمس\+/);
	});

	test('know a paragraph by its id although nothing else of it stayed', () => {
		const [before, after] = [paragraph('نعم', 'yes', 'a'), paragraph('كلا', 'no', 'a')];
		expect(shown([before], [after])).toEqual(['changed: -نعم-+كلا+ | -yes-+no+']);
		expect(shown([paragraph('نعم', 'yes')], [paragraph('كلا', 'no')]).map((line) => line.split(':')[0])).toEqual(['removed', 'added']);
	});

	test('show a heading made of a paragraph as changed', () => {
		expect(compared([one], [{ ...one, kind: 'heading', level: 2 }])[0]).toMatchObject({ change: 'changed', moved: false });
	});

	test('lose nothing and invent nothing, whatever they are', () => {
		const pairs = fc.array(
			fc.record({
				kind: fc.constant('paragraph' as const),
				level: fc.constant(1 as const),
				ar: fc.constantFrom('', 'ا', 'ب ت', 'ب ث', 'ج'),
				en: fc.constantFrom('', 'a', 'b c', 'b d'),
				id: fc.constantFrom('1', '2', '3', ''),
			}),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(pairs, pairs, (before, after) => {
				const all = compared(before, after);
				expect(all.flatMap((one) => one.after ?? [])).toEqual([...after.keys()]);
				expect(all.flatMap((one) => one.before ?? []).sort((a, b) => a - b)).toEqual([...before.keys()]);
				const stayed = all.filter(({ before, after, moved }) => before !== null && after !== null && !moved).map(({ before }) => before!);
				expect(stayed).toEqual(stayed.toSorted((a, b) => a - b));
				for (const { before: from, after: to, ar } of all) {
					const text = (without: Stretch['kind']) =>
						ar
							.filter(({ kind }) => kind !== without)
							.map(({ text }) => text)
							.join('');
					expect(text('added')).toBe(from === null ? '' : before[from]!.ar);
					expect(text('removed')).toBe(to === null ? '' : after[to]!.ar);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});
