import { expect, test } from 'vitest';
import { isEnough, ShiftThrice } from './shift-thrice.ts';

/** Presses and lets go, at these milliseconds; answers whether that was the way out. */
function presses(counting: ShiftThrice, ...times: number[]): boolean {
	return times.map((now) => (counting.down({ key: 'Shift', repeat: false }), isEnough(counting.up({ key: 'Shift' }, now)))).includes(true);
}

test('Shift three times in two seconds leads out', () => {
	expect(presses(new ShiftThrice(), 0, 300, 600)).toBe(true);
});

test('twice does not, and three times over a quarter of a minute neither', () => {
	expect(presses(new ShiftThrice(), 0, 300)).toBe(false);
	expect(presses(new ShiftThrice(), 0, 5_000, 10_000, 15_000)).toBe(false);
});

test('capital letters do not add up', () => {
	const counting = new ShiftThrice();
	for (let letter = 0; letter < 5; letter++) {
		counting.down({ key: 'Shift', repeat: false });
		counting.down({ key: 'A', repeat: false });
		expect(isEnough(counting.up({ key: 'Shift' }, letter * 100))).toBe(false);
	}
});

test('a key between them begins anew', () => {
	const counting = new ShiftThrice();
	presses(counting, 0, 100);
	counting.down({ key: 'a', repeat: false });
	expect(presses(counting, 200)).toBe(false);
});

test('Shift with Alt, which turns the language of the keyboard, does not count', () => {
	const counting = new ShiftThrice();
	for (let turn = 0; turn < 4; turn++) {
		counting.down({ key: 'Alt', repeat: false });
		counting.down({ key: 'Shift', repeat: false });
		counting.down({ key: 'Alt', repeat: true });
		expect(isEnough(counting.up({ key: 'Shift' }, turn * 100))).toBe(false);
	}
});

test('a key that is held down repeats itself, but is one', () => {
	const counting = new ShiftThrice();
	for (let repeat = 0; repeat < 5; repeat++) counting.down({ key: 'Shift', repeat: repeat > 0 });
	expect(counting.up({ key: 'Shift' }, 10)).toBe(0);
});
