import { beforeEach, expect, test } from 'vitest';
import { MOST_WRONG, UnlockGuard } from './unlock-guard.svelte.ts';

let now = 1_000_000_000_000;
const guard = () => new UnlockGuard(localStorage, () => now);

beforeEach(() => {
	localStorage.clear();
	now = 1_000_000_000_000;
});

test('every wrong passphrase makes the next wait longer, up to a minute', () => {
	const tried = guard();
	const waits = Array.from({ length: 9 }, () => {
		tried.wrong();
		return (tried.notBefore - now) / 1000;
	});
	expect(waits).toEqual([1, 2, 4, 8, 15, 30, 60, 60, 60]);
});

test('the tenth is the last, counted through reloads', () => {
	const outcomes = Array.from({ length: MOST_WRONG }, () => guard().wrong());
	expect(outcomes).toEqual([...Array<boolean>(9).fill(false), true]);
	expect(guard().left).toBe(0);
});

test('a second tab counts the same tries', () => {
	const [first, second] = [guard(), guard()];
	for (let tries = 0; tries < 5; tries++) first.wrong();
	for (let tries = 0; tries < 4; tries++) expect(second.wrong()).toBe(false);
	expect(first.wrong()).toBe(true);
});

test('a right passphrase forgets the wrong ones, and leaves nothing behind', () => {
	const tried = guard();
	tried.wrong();
	tried.passed();
	expect([tried.left, tried.notBefore > now, localStorage.length]).toEqual([MOST_WRONG, false, 0]);
});

test('a clock that was put back locks nobody out for longer than a minute', () => {
	for (let tries = 0; tries < 9; tries++) guard().wrong();
	now -= 86_400_000;
	expect(guard().notBefore - now).toBeLessThanOrEqual(60_000);
});

test('that the session was ended is still said after a reload, until a right one', () => {
	guard().end();
	expect([guard().ended, guard().left]).toEqual([true, MOST_WRONG]);
	guard().passed();
	expect(guard().ended).toBe(false);
});

test.each(['nonsense', '{"wrong":-3}', '{"wrong":"9"}', 'null'])('%s counts as no try', (kept) => {
	localStorage.setItem('wrong-unlocks', kept);
	expect(guard().left).toBe(MOST_WRONG);
});
