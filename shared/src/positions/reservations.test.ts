import { expect, test } from 'vitest';
import { Council, fatima, hash, org, paragraph, reservation, shortly, terms } from '../testing/council.ts';
import { answersOf } from './answers.ts';
import { carriedReservations } from './carry-over.ts';
import type { Decision, Entry } from './register-types.ts';
import { reservationsOf, wayOf } from './reservations.ts';

/** One reservation: said with other words for it, accepted into the next version, not enough for whose it is, kept. */
function told() {
	const room = new Council().begins();
	const suggestion = room.suggests('sham.rima', {}, 'suggestion', { voice: 'organisation' });
	const first = room.takes('sham.rima', {
		value: 'support-with-reservations',
		reservations: [reservation('عامّ جدًا', 'two_'), { ...reservation('بل هكذا'), suggestion }],
	});
	room.changes('v1', 'v2', [paragraph('one', 'بل هكذا'), paragraph('two'), paragraph('three')]);
	const settle = (by: string, said: string, place: number, as: string, version: string | null, name: string) =>
		room.says(by, 'reservation.settle', { reservation: { stance: said, place }, as, version }, name);
	settle(fatima, first, 1, 'accepted', hash('v2'), 'in');
	const reservations = carriedReservations(room.register.entries.get(first) as Entry);
	const again = room.takes('sham.rima', { version: hash('v2'), value: 'support-with-reservations', reservations }, 'again');
	settle('sham.omar', again, 1, 'kept', null, 'keep');
	return { room, first, again, suggestion };
}

test('a reservation keeps its state when it goes on to the next version, until it is settled anew', () => {
	const { room, first, again } = told();
	const of = (id: string) =>
		reservationsOf(room.register, [room.register.entries.get(id as never) as Entry]).map(({ state, version }) => [state, version]);
	expect(of(first)).toEqual([
		['open', null],
		['accepted', hash('v2')],
	]);
	expect(of(again)).toEqual([
		['open', null],
		['kept', null],
	]);
});

test('its way is told step by step, from where it was first said', () => {
	const { room, first, again, suggestion } = told();
	const steps = wayOf(room.register, { stance: again, place: 1 });
	expect(steps.map(shortly)).toEqual([
		'suggested by sham.rima',
		'said by sham.rima',
		`accepted by ${fatima}`,
		'said by sham.rima',
		'kept by sham.omar',
	]);
	expect(steps[0]?.kind === 'suggested' && steps[0].wording.id).toBe(suggestion);
	expect(steps[1]?.kind === 'said' && [steps[1].entry.id, steps[1].reservation.suggestion]).toEqual([first, suggestion]);
	expect(wayOf(room.register, { stance: hash('nothing'), place: 0 })).toEqual([]);
});

test('those of a decision are of what it counted, each with its organisation and paragraph', () => {
	const { room } = told();
	room.says(fatima, 'decision.open', terms(['sham'], { version: hash('v2') }), 'd1');
	const { register } = room;
	const counted = answersOf(register.decisions[0] as Decision, register).values();
	expect(reservationsOf(register, counted).map(({ organisation, paragraph: at, state }) => [organisation, at, state])).toEqual([
		[org('sham'), 'two_', 'open'],
		[org('sham'), 'one_', 'kept'],
	]);
});

test('nobody goes on from another organisation’s reservation', () => {
	const { room, again } = told();
	const stolen = [{ ...reservation('x'), from: { stance: again, place: 0 } }];
	room.takes('furat.ali', { version: hash('v2'), value: 'support-with-reservations', reservations: stolen });
	expect(room.refused).toEqual(['reservation-goes-on']);
});
