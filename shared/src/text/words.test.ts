import { describe, expect, test } from 'vitest';
import { wordList } from './words.ts';

describe.each(['ar', 'en'] as const)('words to compare aloud (%s)', (language) => {
	const words = wordList[language];

	test('a byte has exactly one word', () => {
		expect(words).toHaveLength(256);
		expect(new Set(words).size).toBe(256);
	});

	test('no word is another one with a letter more', () => {
		const close = words.flatMap((a) => words.filter((b) => a !== b && a.length === b.length - 1 && b.startsWith(a)));
		expect(close).toEqual([]);
	});

	test('no word carries marks that a screen hides', () => {
		expect(words.filter((word) => !/^\p{L}+$/u.test(word))).toEqual([]);
	});
});
