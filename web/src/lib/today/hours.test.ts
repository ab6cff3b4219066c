import { expect, test } from 'vitest';
import { hourFrom, isWithin, lastTime } from './hours.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

test.each([
	['0', 0],
	['07', 7],
	[' 23 ', 23],
	['٨', 8],
	['٢٣', 23],
	['۱۹', 19],
])('%j is an hour', (typed, hour) => {
	expect(hourFrom(typed)).toBe(hour);
});

test.each(['', ' ', '24', '٢٤', '-1', '7.5', '7:00', '1e1', '0x7', '007', 'ثمانية', '８'])('%j is no hour', (typed) => {
	expect(hourFrom(typed)).toBeNull();
});

test('a digest is due at its hour, and until then the one of yesterday counts', () => {
	expect(lastTime(8, at(22, 8))).toBe(at(22, 8).getTime() / 1000);
	expect(lastTime(8, at(22, 7, 59))).toBe(at(21, 8).getTime() / 1000);
	expect(lastTime(0, at(1, 0, 5))).toBe(at(1, 0).getTime() / 1000);
	expect(lastTime(23, at(1, 0, 5))).toBe(new Date(2026, 9, 31, 23).getTime() / 1000);
});

test('quiet hours last over midnight, end with their hour, and are none when both are the same', () => {
	const night = { from: 22, to: 7 };
	expect([21, 22, 0, 6, 7].map((hour) => isWithin(night, at(22, hour)))).toEqual([false, true, true, true, false]);
	expect([8, 9, 16, 17].map((hour) => isWithin({ from: 9, to: 17 }, at(22, hour)))).toEqual([false, true, true, false]);
	expect(isWithin({ from: 5, to: 5 }, at(22, 5))).toBe(false);
});
