import { expect, test } from 'vitest';
import { Council, fatima, org, terms } from '../testing/council.ts';
import { answersOf } from './answers.ts';
import type { Decision } from './register-types.ts';
import { toldOutside } from './outside.ts';

function outside(withheld: number) {
	const names = ['sham', 'furat', 'zaytun', ...Array.from({ length: withheld }, (_, place) => `quiet${place}`)];
	const room = new Council().begins();
	room.says(fatima, 'decision.open', terms(names), 'd1');
	room.takes('sham.rima');
	room.takes('furat.ali', { visibility: 'counted' });
	room.takes('zaytun.hala', { visibility: 'counted', value: 'stand-aside' });
	for (const name of names.slice(3)) room.takes(`${name}.rami`, { visibility: 'withheld' });
	return toldOutside(answersOf(room.register.decisions[0] as Decision, room.register));
}

test('outside only those are named who let themselves be named; others are numbers', () => {
	const told = outside(3);
	expect(told.named).toEqual([{ organisation: org('sham'), value: 'support' }]);
	expect([...told.counted]).toEqual([
		['support', 1],
		['stand-aside', 1],
	]);
	expect(told.withheld).toBe(3);
});

test('of fewer than three withheld names not even the number is told', () => {
	expect([outside(0).withheld, outside(1).withheld, outside(2).withheld]).toEqual([null, 'some', 'some']);
});
