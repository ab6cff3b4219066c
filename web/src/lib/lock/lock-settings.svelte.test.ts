import { beforeEach, expect, test } from 'vitest';
import { LockSettings } from './lock-settings.svelte.ts';

beforeEach(() => localStorage.clear());

test('a device locks after fifteen minutes, not when hidden, and signs out after ten wrong passphrases', () => {
	const { minutes, whenHidden, afterWrong } = new LockSettings();
	expect({ minutes, whenHidden, afterWrong }).toEqual({ minutes: 15, whenHidden: false, afterWrong: 'sign-out' });
});

test('what was chosen holds after a reload', () => {
	const settings = new LockSettings();
	settings.minutes = 1;
	settings.whenHidden = true;
	settings.afterWrong = 'wipe';
	const { minutes, whenHidden, afterWrong } = new LockSettings();
	expect({ minutes, whenHidden, afterWrong }).toEqual({ minutes: 1, whenHidden: true, afterWrong: 'wipe' });
});

test('a choice in one tab does not undo another one made in a second tab', () => {
	const [first, second] = [new LockSettings(), new LockSettings()];
	first.minutes = 5;
	second.whenHidden = true;
	expect(new LockSettings().minutes).toBe(5);
});

test.each(['', 'nonsense', '{"minutes":99999}', '{"minutes":0}', '{"minutes":"never"}', 'null'])('%s locks as by default', (kept) => {
	localStorage.setItem('lock', kept);
	expect(new LockSettings().minutes).toBe(15);
});
