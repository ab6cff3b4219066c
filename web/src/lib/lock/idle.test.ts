import { expect, test } from 'vitest';
import { Idle } from './idle.ts';

function clocks() {
	const at = { wall: 1_000_000, page: 0 };
	return { at, idle: new Idle(() => [at.wall, at.page]) };
}

test('time that passes on both clocks counts once', () => {
	const { at, idle } = clocks();
	at.wall += 60_000;
	at.page += 60_000;
	expect(idle.seconds).toBe(60);
});

test('a phone that slept was idle, though the page’s clock stood still', () => {
	const { at, idle } = clocks();
	at.wall += 3_600_000;
	expect(idle.seconds).toBe(3600);
});

test('putting the phone’s clock back gains nothing', () => {
	const { at, idle } = clocks();
	at.page += 900_000;
	at.wall -= 86_400_000;
	expect(idle.seconds).toBe(900);
});

test('use begins a new count', () => {
	const { at, idle } = clocks();
	at.wall += 900_000;
	idle.active();
	expect(idle.seconds).toBe(0);
});
