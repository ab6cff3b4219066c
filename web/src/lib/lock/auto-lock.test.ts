import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { autoLock } from './auto-lock.ts';
import { Idle } from './idle.ts';
import { LockSettings } from './lock-settings.svelte.ts';

const MINUTE = 60_000;
let now = 0;
let stops: (() => void)[] = [];

beforeEach(() => {
	localStorage.clear();
	now = 0;
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
	for (const stop of stops) stop();
	stops = [];
	vi.useRealTimers();
});

function watched() {
	const lock = vi.fn();
	stops.push(autoLock(lock, new Idle(() => [now, now])));
	return lock;
}

function pass(minutes: number) {
	now += minutes * MINUTE;
	vi.advanceTimersByTime(1000);
}

/** What another tab of this browser says. */
async function otherTabSays(news: string) {
	const channel = new BroadcastChannel('multaqa:lock');
	channel.postMessage({ news, from: -1 });
	channel.close();
	await new Promise((resolve) => setTimeout(resolve, 50));
}

function hide(hidden: boolean) {
	vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
	document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

test('locks after fifteen minutes without use, and not before', () => {
	const lock = watched();
	pass(14.9);
	expect(lock).not.toHaveBeenCalled();
	pass(0.2);
	expect(lock).toHaveBeenCalled();
});

test.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'])('%s is use', (name) => {
	const lock = watched();
	pass(14);
	document.body.dispatchEvent(new Event(name));
	pass(14);
	expect(lock).not.toHaveBeenCalled();
	pass(2);
	expect(lock).toHaveBeenCalled();
});

test('a shorter time chosen meanwhile holds at once, from another tab too', () => {
	const lock = watched();
	pass(2);
	localStorage.setItem('lock', JSON.stringify({ minutes: 1 }));
	vi.advanceTimersByTime(1000);
	expect(lock).toHaveBeenCalled();
});

test('a time that is not offered, such as never, is not taken', () => {
	localStorage.setItem('lock', JSON.stringify({ minutes: 1e9 }));
	const lock = watched();
	pass(15);
	expect(lock).toHaveBeenCalled();
});

test('the first touch after a night locks, though no timer ran', () => {
	const lock = watched();
	now += 8 * 60 * MINUTE;
	document.body.dispatchEvent(new Event('pointerdown'));
	expect(lock).toHaveBeenCalled();
});

test('coming back to a page that slept locks it before anything is touched', () => {
	const lock = watched();
	now += 20 * MINUTE;
	hide(false);
	expect(lock).toHaveBeenCalled();
});

test('use in another tab keeps this one open', async () => {
	const lock = watched();
	pass(14);
	await otherTabSays('active');
	pass(14);
	expect(lock).not.toHaveBeenCalled();
});

test('another tab that locks, locks this one', async () => {
	const lock = watched();
	await otherTabSays('lock');
	expect(lock).toHaveBeenCalledOnce();
});

test('a hidden tab stays open unless it was chosen otherwise', () => {
	const lock = watched();
	hide(true);
	expect(lock).not.toHaveBeenCalled();
	new LockSettings().whenHidden = true;
	hide(true);
	expect(lock).toHaveBeenCalledOnce();
});

test('what the page still has to keep is kept before a hidden tab locks', () => {
	new LockSettings().whenHidden = true;
	const order: string[] = [];
	stops.push(autoLock(() => order.push('lock')));
	const keep = () => order.push('draft');
	document.addEventListener('visibilitychange', keep, { once: true });
	hide(true);
	expect(order).toEqual(['draft', 'lock']);
});

test('after it was ended it locks nothing', () => {
	const lock = watched();
	stops.pop()?.();
	pass(60);
	hide(false);
	expect(lock).not.toHaveBeenCalled();
});
