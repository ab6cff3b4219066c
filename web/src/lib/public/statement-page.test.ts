import { published, signatoryOf, signingOrganisation, STATEMENT, withdrawn } from '@multaqa/shared/testing/published';
import { describe, expect, test } from 'vitest';
import { statementPage } from './statement-page.ts';

describe('the page of a statement', () => {
	test('says in each language what was signed, by whom, who withdrew and how many are withheld', async () => {
		const [host, families] = [await signingOrganisation(1, 'المضيف', 'Host'), await signingOrganisation(2, 'رابطة العائلات', '')];
		const signatories = [await signatoryOf(host, STATEMENT), await withdrawn(families, await signatoryOf(families, STATEMENT))];
		const { texts } = statementPage(await published([host], { signatories, changes: { withheld: 4 } }));
		expect(texts.en.signatories.map(({ name, withdrawn: gone }) => [name, gone?.reason ?? null])).toEqual([
			['Host', null],
			['رابطة العائلات', 'The board has changed its position'],
		]);
		expect(texts.ar.withheld).toBe('و4 منظمات حُجبت أسماؤها لدواعٍ أمنية');
		expect(texts.en.parts.map(({ number }) => number)).toEqual([1, 2]);
		expect(texts.ar.title).toBe(STATEMENT.pairs[0]!.ar);
	});

	test('tells no number of fewer than three whose names are withheld', async () => {
		const host = await signingOrganisation(1, 'المضيف', 'Host');
		const { texts } = statementPage(await published([host], { changes: { withheld: 'some' } }));
		expect([texts.ar.withheld, texts.en.withheld]).toEqual(['ومنظمات أخرى', 'and other organisations']);
	});

	test('tells reservations with the number of their paragraph, and none of an organisation that withdrew', async () => {
		const [host, families] = [await signingOrganisation(1, 'المضيف', 'Host'), await signingOrganisation(2, 'رابطة العائلات', 'Families')];
		const signatories = [await signatoryOf(host, STATEMENT), await withdrawn(families, await signatoryOf(families, STATEMENT))];
		const reservations = [
			{ organisation: host.name, paragraph: 2, type: 'wording' as const, text: 'نفضّل «الكشف عن مصير».' },
			{ organisation: host.name, paragraph: null, type: 'timing' as const, text: 'Too early.' },
			{ organisation: families.name, paragraph: 1, type: 'scope' as const, text: 'أضيق مما يجب.' },
		];
		const { texts } = statementPage(await published([host], { signatories, changes: { reservations } }));
		expect(texts.ar.reservations).toEqual([
			{ organisation: 'المضيف', paragraph: 2, text: 'نفضّل «الكشف عن مصير».' },
			{ organisation: 'المضيف', paragraph: null, text: 'Too early.' },
		]);
	});

	test('leaves a paragraph out that one language lacks, and keeps the numbers of the others', async () => {
		const host = await signingOrganisation(1, 'المضيف', 'Host');
		const text = { authority: 'ar' as const, pairs: STATEMENT.pairs.map((pair, place) => (place === 1 ? { ...pair, en: '' } : pair)) };
		const { texts } = statementPage(await published([host], { text }));
		expect(texts.en.parts.map(({ number }) => number)).toEqual([2]);
		expect(texts.ar.parts.map(({ number }) => number)).toEqual([1, 2]);
	});

	test('sets footnotes below the text, each beside the paragraph, or the title, that it belongs to', async () => {
		const host = await signingOrganisation(1, 'المضيف', 'Host');
		const [title, first, second] = STATEMENT.pairs;
		const note = (ar: string, en: string) => ({ kind: 'footnote' as const, level: 1 as const, ar, en });
		const pairs = [title!, note('عن العنوان', 'On the title'), first!, note('أولى', 'First'), note('ثانية', ''), second!];
		const { texts } = statementPage(await published([host], { text: { authority: 'ar', pairs } }));
		expect([texts.ar.titleNotes, texts.ar.parts.map(({ notes }) => notes)]).toEqual([[1], [[2, 3], []]]);
		expect(texts.ar.footnotes.map(({ number, text }) => `${number} ${text}`)).toEqual(['1 عن العنوان', '2 أولى', '3 ثانية']);
		expect(texts.en.parts.map(({ number, notes }) => [number, notes])).toEqual([
			[1, [2]],
			[2, []],
		]);
	});
});
