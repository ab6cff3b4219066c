import { describe, expect, test } from 'vitest';
import type { Stance } from './events.ts';
import { Council, fatima, hash, NOON, org, paragraph, REASON, reservation, standing, stance } from '../testing/council.ts';
import { carriedReservations, isUntouched } from './carry-over.ts';
import { changeBetween } from './paragraphs.ts';
import { historyOf, rowOf, standingValues, unconfirmedFor } from './rows.ts';

const YEAR = 365 * 24 * 60 * 60;
const [one, two, three] = [paragraph('one'), paragraph('two'), paragraph('three')];
const changedTwo = paragraph('two', 'غير ذلك');
const reserved: Partial<Stance> = { value: 'support-with-reservations', reservations: [reservation('تحفّظ', 'one_')] };
const THERE = ['sham', 'furat', 'zaytun'].map(org);
const row = (room: Council, name: string, now = NOON) => {
	const { state, value, oneTap } = rowOf(room.register, org(name), room.version, now);
	return { state, value, oneTap };
};

describe('when another version of the text comes', () => {
	test.each<[string, Partial<Stance>, object[], boolean]>([
		['bare support', {}, [one, changedTwo, three], true],
		['a reservation to another paragraph', reserved, [one, changedTwo, three], true],
		[
			'a reservation to the paragraph that changed',
			{ ...reserved, reservations: [reservation('x', 'two_')] },
			[one, changedTwo, three],
			false,
		],
		['a reservation to a paragraph that is gone', { ...reserved, reservations: [reservation('x', 'two_')] }, [one, three], false],
		['a reservation to the whole text', { ...reserved, reservations: [reservation('x', null)] }, [one, changedTwo, three], false],
		['a reason that names no paragraph', { value: 'objection', reason: REASON }, [one, changedTwo, three], false],
		[
			'a reason beside a reservation',
			{ value: 'objection', reason: REASON, reservations: [reservation('x', 'one_')] },
			[one, changedTwo, three],
			true,
		],
		['a condition', { condition: { text: 'لو حُذفت الفقرة', suggestion: null } }, [one, changedTwo, three], false],
		['bare support, and a paragraph more', {}, [one, two, three, paragraph('four')], true],
		['a reservation, and another order alone', { ...reserved, reservations: [reservation('x', null)] }, [three, two, one], true],
	])('%s waits for confirmation, by one tap only where nothing changed in it', (_, more, paragraphs, oneTap) => {
		const room = new Council().begins([one, two, three]);
		room.takes('sham.rima', more);
		expect(row(room, 'sham').state).toBe('standing');
		room.changes('v1', 'v2', paragraphs);
		expect(row(room, 'sham')).toEqual({ state: 'needs-confirmation', value: stance(more).value, oneTap });
	});

	const confirming = (more: Partial<Stance> = {}) => ({
		...stance({ version: hash('v2'), confirms: hash('sham-rimax'), ...more }),
		opens: null,
	});

	test('one tap says the same again, and nothing else', () => {
		const room = new Council().begins([one, two, three]);
		room.takes('sham.rima', reserved);
		const carried = carriedReservations([...room.register.entries.values()][0] as never);
		room.changes('v1', 'v2', [one, changedTwo, three]);
		const refusal = (more: Partial<Stance>) => room.refusal('sham.omar', 'stance.take', confirming(more));
		const same = { ...reserved, reservations: carried };
		expect(refusal(same)).toBeNull();
		const other = { rule: 'confirmed-stance-is-the-same' };
		expect(refusal({ value: 'support' })).toEqual(other);
		expect(refusal({ ...same, reservations: [{ ...reservation('أخف'), from: null }] })).toEqual(other);
		expect(refusal({ ...same, confirms: hash('nothing') })).toEqual(other);
		expect(room.refusal('furat.ali', 'stance.take', confirming({ value: 'support' }))).toEqual(other);
		room.takes('sham.omar', { ...confirming(same) }, 'confirmed');
		expect(row(room, 'sham')).toEqual({ state: 'standing', value: 'support-with-reservations', oneTap: false });
	});

	test('what changed is read again: one tap does not do', () => {
		const room = new Council().begins([one, two, three]);
		room.takes('sham.rima', { value: 'objection', reason: REASON });
		room.changes('v1', 'v2', [one, changedTwo, three]);
		const more = { value: 'objection' as const, reason: REASON };
		expect(room.refusal('sham.rima', 'stance.take', confirming(more))).toEqual({ rule: 'changed-paragraphs-are-read-again' });
		expect(room.refusal('sham.rima', 'stance.take', confirming({ ...more, confirms: null }))).toBeNull();
	});

	test('one that nobody confirmed goes on to the next, held against the text it was about', () => {
		const room = new Council().begins([one, two, three]);
		room.takes('sham.rima', reserved);
		room.changes('v1', 'v2', [paragraph('one', 'غيره'), two, three]);
		room.changes('v2', 'v3', [one, changedTwo, three]);
		expect(row(room, 'sham')).toEqual({ state: 'needs-confirmation', value: 'support-with-reservations', oneTap: true });
	});

	test('what was taken back does not come back', () => {
		const room = new Council().begins([one, two, three]);
		const said = room.takes('sham.rima');
		room.says('sham.rima', 'stance.withdraw', { said, reason: null }, 'back');
		room.changes('v1', 'v2', [one, two]);
		expect(row(room, 'sham')).toEqual({ state: 'none', value: null, oneTap: false });
	});

	test('publishing waits for those who have not confirmed, by name, and nothing of theirs is counted', () => {
		const room = new Council().begins([one, two, three]);
		for (const name of ['sham', 'furat', 'zaytun']) room.takes(`${name}.rima`);
		room.changes('v1', 'v2', [one, two]);
		room.takes('furat.ali', { version: hash('v2') }, 'confirmed');
		expect(unconfirmedFor(room.register, room.version, THERE, NOON)).toEqual([org('sham'), org('zaytun')]);
		expect(unconfirmedFor(room.register, room.version, [org('furat'), org('zaytun')], NOON)).toEqual([org('zaytun')]);
		expect([...standingValues(room.register, room.version, THERE, NOON)]).toEqual([[org('furat'), 'support']]);
	});

	test('one person of two confirms nothing', () => {
		const room = new Council(standing({}, ['sham'])).begins([one, two, three]);
		const said = room.takes('sham.rima');
		room.says('sham.omar', 'stance.second', { said }, 'yes');
		room.changes('v1', 'v2', [one, two]);
		room.takes('sham.rima', { version: hash('v2') }, 'alone');
		expect(row(room, 'sham').state).toBe('needs-confirmation');
		expect(rowOf(room.register, org('sham'), room.version, NOON).waiting?.id).toBe(hash('alone'));
	});
});

describe('a stance whose time is over', () => {
	test('is shown as old, counts no more, and holds nothing up', () => {
		const room = new Council().begins();
		room.takes('sham.rima', { validUntil: NOON + YEAR });
		expect(row(room, 'sham', NOON + YEAR).state).toBe('standing');
		expect(row(room, 'sham', NOON + YEAR + 1)).toEqual({ state: 'stale', value: 'support', oneTap: false });
		expect(standingValues(room.register, room.version, THERE, NOON + YEAR + 1).size).toBe(0);
		room.changes('v1', 'v2', [one]);
		expect(row(room, 'sham', NOON + YEAR + 1).state).toBe('stale');
		expect(unconfirmedFor(room.register, room.version, THERE, NOON + YEAR + 1)).toEqual([]);
	});

	test('of an organisation that never answered there is none: «لا موقف بعد»', () => {
		expect(row(new Council().begins(), 'sham')).toEqual({ state: 'none', value: null, oneTap: false });
	});
});

describe('a version', () => {
	const refusal = (room: Council, by: string, more: object = {}) =>
		room.refusal(by, 'position.propose', { after: hash('v1'), paragraphs: [one], reason: 'تعديل', frozen: null, takes: [], ...more });

	test('is proposed by whoever opened the issue or facilitates, with a reason, and with something new in it', () => {
		const room = new Council().begins([one, two]);
		expect(refusal(room, fatima)).toBeNull();
		expect(refusal(room, room.opener)).toBeNull();
		expect(refusal(room, 'sham.rima')).toEqual({ rule: 'text-is-proposed-by-its-opener' });
		expect(refusal(room, fatima, { reason: null })).toEqual({ rule: 'new-version-has-a-reason' });
		expect(refusal(room, fatima, { paragraphs: [one, two] })).toEqual({ rule: 'new-version-changes-something' });
		expect(refusal(room, fatima, { paragraphs: [one, one] })).toEqual({ rule: 'paragraph-comes-once' });
		expect(refusal(room, fatima, { paragraphs: [{ ...one, ar: ' ', en: '' }] })).toBe('malformed');
	});

	test('of two at once the first in the server’s order is the next', () => {
		const room = new Council().begins([one, two]);
		room.changes('v1', 'v2', [one]);
		room.changes('v1', 'other', [two]);
		expect([room.version.id, room.version.number, room.refused]).toEqual([hash('v2'), 2, ['text-has-not-changed-meanwhile']]);
		expect(room.refusal('sham.rima', 'stance.take', { ...stance(), opens: null })).toEqual({ rule: 'stance-is-about-the-newest-version' });
	});
});

test('a row shows what was overtaken beside what stands', () => {
	const room = new Council().begins();
	room.takes('sham.rima');
	room.takes('sham.omar', { value: 'stand-aside' });
	const { value, overtaken } = rowOf(room.register, org('sham'), room.version, NOON);
	expect([value, overtaken.map(({ by, stance: said }) => [by, said?.value])]).toEqual(['support', [['sham.omar', 'stand-aside']]]);
});

test('the history of an organisation goes through all versions, what was overtaken among it', () => {
	const room = new Council().begins([one, two]);
	room.takes('sham.rima');
	room.takes('sham.omar');
	room.changes('v1', 'v2', [one]);
	room.takes('sham.rima', { version: hash('v2'), value: 'stand-aside' }, 'later');
	expect(historyOf(room.register, org('sham')).map(({ version, entry }) => [version.number, entry.stance?.value, entry.state])).toEqual([
		[1, 'support', 'standing'],
		[1, 'support', 'overtaken'],
		[2, 'stand-aside', 'standing'],
	]);
});

test('a paragraph that only moved has not changed', () => {
	const change = changeBetween({ paragraphs: [one, two] }, { paragraphs: [two, one] });
	expect([change.changed.size, change.added.size, change.removed.size]).toEqual([0, 0, 0]);
	expect(isUntouched(stance({ reservations: [reservation('x', null)] }), change)).toBe(true);
});
