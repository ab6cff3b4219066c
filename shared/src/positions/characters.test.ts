import { expect, test } from 'vitest';
import { charactersIn } from './characters.ts';

test.each<[string, number]>([
	['لا', 2],
	['لـــــا', 2],
	['لَا', 2],
	['l\u200Ba', 2],
	['\u0000a\u0007', 1],
	['a   b\n\n\tc', 5],
	['   ', 0],
	['ـ ـ ـ', 0],
	['e\u0301', 1],
	['🕊🕊', 2],
])('%j has %i characters', (text, expected) => {
	expect(charactersIn(text)).toBe(expected);
});
