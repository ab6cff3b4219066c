import { describe, expect, test } from 'vitest';
import type { OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Cell } from './cells.ts';
import { countsOf } from './cells.ts';
import { EVERYTHING, listedOf, narrowed, type ListedIssue } from './listed.ts';

const [sham, furat] = ['sham', 'furat'] as OrganisationId[] as [OrganisationId, OrganisationId];
const cell = (value: Cell['value'], state: Cell['state'] = value === null ? 'none' : 'standing'): Cell => ({
	value,
	state,
	time: 1,
	half: false,
	waiting: false,
});

function issue(ar: string, cells: Readonly<Record<string, Cell>>, more: Partial<ListedIssue> = {}): ListedIssue {
	const about = { title: { ar, en: '' }, question: { ar: '', en: 'Who decides?' }, stream: ar as StreamId };
	const listed = {
		issue: about as never,
		version: {} as never,
		cells: new Map(Object.entries(cells)) as never,
		decision: null,
		waits: [],
		missing: 0,
	};
	return { ...listedOf(listed, 0), ...more };
}

const list = [
	issue('مصير المفقودين', { sham: cell('support'), furat: cell(null) }, { waits: [{ kind: 'stance', until: null }] }),
	issue('أماكن العودة', { sham: cell('objection'), furat: cell('support', 'stale') }, { phase: 'open' }),
	issue('اللجنة الدستورية', { sham: cell('support', 'needs-confirmation'), furat: cell('block') }, { phase: 'closed' }),
];
const found = (narrowing: object) => narrowed(list, { ...EVERYTHING, ...narrowing }).map(({ issue: { title } }) => title.ar);

describe('issues are found', () => {
	test('by their words in either language, however they are spelled', () => {
		expect(found({})).toHaveLength(3);
		expect(found({ text: 'اماكن العوده' })).toEqual(['أماكن العودة']);
		expect(found({ text: 'decides' })).toHaveLength(3);
		expect(found({ text: 'nobody' })).toEqual([]);
	});

	test('by what stands, never by what is old or has to be confirmed', () => {
		expect(found({ state: 'support' })).toEqual(['مصير المفقودين']);
		expect(found({ state: 'needs-confirmation' })).toEqual(['اللجنة الدستورية']);
		expect(found({ state: 'stale' })).toEqual(['أماكن العودة']);
		expect(found({ state: 'none', organisation: sham })).toEqual([]);
		expect(found({ state: 'none', organisation: furat })).toEqual(['مصير المفقودين']);
	});

	test('by their decision, and by what waits for the reader', () => {
		expect([found({ state: 'running' }), found({ state: 'decided' })]).toEqual([['أماكن العودة'], ['اللجنة الدستورية']]);
		expect(found({ mine: true })).toEqual(['مصير المفقودين']);
	});
});

test('what is old or to be confirmed is counted apart: it is agreement of nobody', () => {
	const { signs, stale, unconfirmed } = countsOf([
		cell('support'),
		cell('support', 'stale'),
		cell('support', 'needs-confirmation'),
		cell(null),
		cell(null, 'sealed'),
	]);
	expect([signs.get('support'), signs.get('none'), signs.get('sealed'), stale, unconfirmed]).toEqual([1, 1, 1, 1, 1]);
});
