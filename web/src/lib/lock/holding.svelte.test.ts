import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Holding } from './holding.svelte.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function held() {
	const wipe = vi.fn();
	return { wipe, hold: new Holding(wipe) };
}

test('three seconds count', () => {
	const { wipe, hold } = held();
	hold.press();
	vi.advanceTimersByTime(3100);
	expect(wipe).toHaveBeenCalledOnce();
	expect(hold.tooShort).toBe(false);
});

test('a little less does nothing and says so', () => {
	const { wipe, hold } = held();
	hold.press();
	vi.advanceTimersByTime(2900);
	hold.release();
	vi.advanceTimersByTime(10_000);
	expect(wipe).not.toHaveBeenCalled();
	expect(hold.tooShort).toBe(true);
});

test('many short presses do not add up', () => {
	const { wipe, hold } = held();
	for (let press = 0; press < 10; press++) {
		hold.press();
		vi.advanceTimersByTime(1000);
		hold.release();
	}
	expect(wipe).not.toHaveBeenCalled();
});

test('letting go after it was held says nothing of a short press', () => {
	const { hold } = held();
	hold.press();
	vi.advanceTimersByTime(3100);
	hold.release();
	expect(hold.tooShort).toBe(false);
});

test('a page that is left meanwhile does not go on counting', () => {
	const { wipe, hold } = held();
	hold.press();
	hold.leave();
	vi.advanceTimersByTime(10_000);
	expect(wipe).not.toHaveBeenCalled();
});
