import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { deadlineOf, isConfirmed } from './deadlines.ts';
import { mechanismOf, mechanisms } from './mechanisms.ts';
import { submissionsFile, type Session, type Submission } from './schema.ts';
import { footnoteFor } from './signing.ts';
import { regimeOf, regimes, submissionOf, submissions } from './submissions.ts';

const rowOf = (id: string): Submission => submissionOf(id)!;
const only = (session: Partial<Session>): Session => ({
	code: 'HRC70',
	start: '2027-03-01',
	end: null,
	status: 'confirmed',
	estimate: null,
	notes: null,
	source: 'a test',
	confidence: 'high',
	...session,
});

describe('the rows', () => {
	test('are all that were gathered', () => {
		expect({ mechanisms: mechanisms.length, submissions: submissions.length, regimes: regimes.length }).toEqual({
			mechanisms: 24,
			submissions: 41,
			regimes: 7,
		});
		expect(mechanisms.reduce((sum, { sessions }) => sum + sessions.length, 0)).toBe(30);
		expect(submissions.filter(({ limit }) => limit !== null)).toHaveLength(14);
	});

	test('have a name of their own', () => {
		for (const rows of [mechanisms, submissions, regimes]) expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
		const codes = mechanisms.flatMap(({ sessions }) => sessions.map(({ code }) => code));
		expect(new Set(codes).size).toBe(codes.length);
	});

	test('lead to one another, and nothing leads nowhere', () => {
		for (const row of submissions) {
			expect(mechanismOf(row.mechanism), row.id).not.toBeNull();
			expect(regimeOf(row) === null, row.id).toBe(row.regime === null);
		}
		const used = new Set(submissions.map(({ regime }) => regime));
		expect(regimes.filter(({ id }) => !used.has(id))).toEqual([]);
	});

	test('are not there under any other name', () => {
		for (const id of ['', 'toString', '__proto__', 'HRC-written']) {
			expect(submissionOf(id)).toBeNull();
			expect(mechanismOf(id)).toBeNull();
		}
	});

	test.each(submissions.filter(({ limit }) => limit !== null).map((row) => [row.id, row] as const))(
		'%s: the limit says where it is from and how sure that is, and what is counted',
		(_, { limit, counts }) => {
			expect(limit?.source.length).toBeGreaterThan(3);
			expect(['high', 'medium', 'low']).toContain(limit?.confidence);
			expect(counts === null).toBe(limit?.unit !== 'words');
		},
	);

	test('know names in both languages, in their own letters', () => {
		for (const { name } of [...mechanisms, ...submissions, ...regimes]) {
			expect(name.ar).toMatch(/\p{Script=Arabic}/u);
			expect(name.en).not.toMatch(/\p{Script=Arabic}/u);
		}
	});

	test('from memory are never more than supposed', () => {
		const remembered = [...submissions, ...submissions.flatMap(({ limit, counts }) => [limit, counts])].filter(
			(row) => row?.source === 'memory',
		);
		expect(remembered.length).toBeGreaterThan(5);
		expect(remembered.filter((row) => row?.confidence !== 'low')).toEqual([]);
	});

	test.each([
		['a limit without a source', { limit: { unit: 'seconds', most: 90, guide: null, confidence: 'high' } }],
		['a limit of nothing', { limit: { unit: 'seconds', most: 0, guide: null, source: 's', confidence: 'high' } }],
		['a confidence of its own', { confidence: 'certain' }],
		['a column nobody knows', { extra: 1 }],
		['an empty name', { name: { ar: ' ', en: 'x' } }],
	])('with %s would not be read', (_, change) => {
		const [row] = submissions;
		const file = (changed: object) => ({ asOf: '2026-11-22', regimes: [], submissions: [{ ...row, ...changed }] });
		expect(v.is(submissionsFile, file({}))).toBe(true);
		expect(v.is(submissionsFile, file(change))).toBe(false);
	});
});

describe('limits', () => {
	test.each([
		['hrc-written', [2_000, 1_500, 1_500, null], 'counted', 0, 'high'],
		['csw-written', [2_000, 1_500, 1_500, null], 'not-allowed', 100, 'high'],
		['ecosoc-hls-written', [2_000, 500, 500, null], 'unknown', 0, 'medium'],
		['upr-stakeholder-individual', [2_815, 2_815, 2_815, 2_815], 'not-counted', 0, 'low'],
		['upr-stakeholder-joint', [5_630, 5_630, 5_630, 5_630], 'not-counted', 0, 'low'],
		['tb-ccpr-alt', [10_000, 10_000, 10_000, 10_000], 'unknown', 0, 'high'],
		['tb-cedaw-alt', [3_300, 3_300, 3_300, 3_300], 'unknown', 0, 'low'],
	])('of %s are %j words by status, footnotes %s, a cover page of %i', (id, most, footnotes, coverPage, confidence) => {
		const { limit, counts } = rowOf(id);
		expect(limit?.unit === 'words' && Object.values(limit.most)).toEqual(most);
		expect(counts).toMatchObject({ footnotes, coverPage });
		expect(limit?.confidence).toBe(confidence);
	});

	test.each([
		['hrc-oral-general-debate', 90, 250],
		['hrc-oral-other', 120, 300],
		['hrc-oral-upr-adoption', 120, 300],
		['upr-adoption-oral', 120, null],
		['csw-oral', 180, null],
		['upr-pre-session', 420, null],
	])('of %s are %i seconds, for which a guide says %s words', (id, most, guide) => {
		expect(rowOf(id).limit).toMatchObject({ unit: 'seconds', most, guide });
	});

	test('are for those who may hand in: who has no limit of words by status is not eligible', () => {
		for (const { limit, eligible } of submissions) {
			if (limit?.unit !== 'words') continue;
			for (const status of ['general', 'special', 'roster', 'none'] as const) expect(limit.most[status] === null).toBe(!eligible[status]);
		}
	});
});

describe('a deadline', () => {
	test('is computed from a session that is confirmed', () => {
		expect(deadlineOf(rowOf('hrc-written'), only({}))).toEqual({ day: '2027-02-15', timezone: 'Europe/Zurich', confidence: 'medium' });
		expect(deadlineOf(rowOf('hrc-written'), only({ start: '2028-03-10' }))).toMatchObject({ day: '2028-02-25' });
	});

	test('is never computed from a supposed date, even where a day stands in the row', () => {
		for (const status of ['unconfirmed', 'presumed-held'] as const) {
			expect(deadlineOf(rowOf('hrc-written'), only({ status }))).toEqual({ day: null, reason: 'not-confirmed' });
			expect(deadlineOf(rowOf('hrc-oral-other'), only({ status }), '2027-03-09')).toEqual({ day: null, reason: 'not-confirmed' });
		}
		const coming = mechanisms.flatMap(({ sessions }) => sessions).filter((session) => !isConfirmed(session));
		expect(coming.map(({ code }) => code)).toEqual(expect.arrayContaining(['HRC64', 'UPR54-SYR', 'CSW71']));
		for (const row of submissions) for (const session of coming) expect(deadlineOf(row, session, '2027-03-09').day).toBeNull();
	});

	test('before a debate needs the day of that debate', () => {
		expect(deadlineOf(rowOf('hrc-oral-other'), only({}), '2027-03-09')).toMatchObject({ day: '2027-03-08' });
		expect(deadlineOf(rowOf('hrc-oral-other'), only({}))).toEqual({ day: null, reason: 'debate-not-known' });
	});

	test('is not computed from a habit, nor from a day that no calendar has', () => {
		expect(deadlineOf(rowOf('upr-stakeholder-joint'), only({}))).toEqual({ day: null, reason: 'pattern' });
		for (const start of ['2027-02-30', '2027-13-01', 'soon', '', '+275760-09-13']) {
			expect(deadlineOf(rowOf('hrc-written'), only({ start }))).toMatchObject({ day: null });
		}
	});
});

test('organisations without status are named in a footnote where the Council wants it, by exactly their names', () => {
	const regime = regimeOf(rowOf('hrc-written'))!;
	expect(footnoteFor(regime, ['Badael', '$& {names}'])).toBe(
		'NGO(s) without consultative status, also share the views expressed in this statement: Badael, $& {names}.',
	);
	expect(footnoteFor(regime, [])).toBeNull();
	expect(footnoteFor(regimeOf(rowOf('csw-written'))!, ['Badael'])).toBeNull();
	expect(regime.order).toEqual(['general', 'special', 'roster']);
});
