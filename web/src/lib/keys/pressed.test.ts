import { expect, test } from 'vitest';
import { isPaletteKey, latinKey } from './pressed.ts';

test.each([
	['j', 'KeyJ', 'j'],
	['J', 'KeyJ', 'j'],
	['ت', 'KeyJ', 'j'],
	['ق', 'KeyR', 'r'],
	['؟', 'Slash', '?'],
	['?', 'Slash', '?'],
	['ظ', 'Slash', '/'],
	['/', 'Slash', '/'],
	// Dvorak: the letter counts, not its place.
	['j', 'KeyC', 'j'],
	['Escape', 'Escape', 'Escape'],
	['1', 'Digit1', '1'],
])('«%s» on %s is %s', (key, code, meant) => {
	expect(latinKey({ key, code })).toBe(meant);
});

test('the palette opens with Ctrl or ⌘ and K on an Arabic keyboard too, and with nothing else held', () => {
	const pressed = { key: 'ن', code: 'KeyK', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };
	expect(isPaletteKey(pressed)).toBe(true);
	expect(isPaletteKey({ ...pressed, ctrlKey: false, metaKey: true })).toBe(true);
	expect(isPaletteKey({ ...pressed, shiftKey: true })).toBe(false);
	expect(isPaletteKey({ ...pressed, ctrlKey: false })).toBe(false);
});
