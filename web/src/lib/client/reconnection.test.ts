import { Manager } from 'socket.io-client';
import { expect, test } from 'vitest';
import { RECONNECTION } from './reconnection.ts';

const CLIENTS = 1_000;
const LONG = 60_000;

/** What the library itself waits before one try after another. */
function waits(): () => number {
	const manager = new Manager('http://localhost', { ...RECONNECTION, autoConnect: false });
	const { backoff } = manager as unknown as { backoff: { duration(): number } };
	return () => backoff.duration();
}

/** When each of a thousand clients knocks, in ms after the server was back, when it was away for so long. */
function knocks(away: number): readonly number[] {
	return Array.from({ length: CLIENTS }, () => {
		const next = waits();
		let time = next();
		while (time < away) time += next();
		return time - away;
	});
}

/** How many of them do so in the fullest piece of time. */
function fullest(times: readonly number[], piece: number): number {
	const counts = Map.groupBy(times, (time) => Math.floor(time / piece));
	return Math.max(...[...counts.values()].map(({ length }) => length));
}

test('a thousand clients that lost their line together do not come back together, and all soon', () => {
	const times = knocks(0);
	expect(Math.max(...times)).toBeLessThanOrEqual(4_000);
	expect(fullest(times, 400)).toBeLessThan(CLIENTS / 5);
});

test('nor when the server needed a moment, in which some have tried in vain', () => {
	const times = knocks(1_500);
	expect(Math.max(...times)).toBeLessThanOrEqual(10_000);
	expect(fullest(times, 500)).toBeLessThan(CLIENTS / 3);
});

test('nor after a long absence of the server: all within ten seconds', () => {
	const times = knocks(LONG);
	expect(Math.max(...times)).toBeLessThanOrEqual(10_000);
	expect(fullest(times, 1_000)).toBeLessThan(CLIENTS / 4);
});
