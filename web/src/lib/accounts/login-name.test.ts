import { expect, test } from 'vitest';
import { suggestLoginName } from './login-name.ts';

test('a suggested login name is short, sayable and different each time', () => {
	const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
	const names = Array.from({ length: 200 }, () => suggestLoginName(random));
	for (const name of names) expect(name).toMatch(/^([bdfghklmnrstwz][aiou]){3}-\d{2}$/);
	expect(new Set(names).size).toBeGreaterThan(195);
});
