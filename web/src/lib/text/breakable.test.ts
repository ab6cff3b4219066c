import { expect, test } from 'vitest';
import { breakable } from './breakable.ts';

test('what has no blanks may break, and nothing is lost', () => {
	for (const text of ['', 'نص قصير', 'س'.repeat(20_000), `a ${'b'.repeat(161)} c`, '🌷'.repeat(200)]) {
		const parts = breakable(text);
		expect(parts.join('')).toBe(text);
		expect(Math.max(...parts.map((part) => Math.max(...part.split(/\s/).map((word) => [...word].length))))).toBeLessThanOrEqual(80);
	}
});

test('words as people write them stay whole', () => expect(breakable('فسيكفيكهم الله internationalisation')).toHaveLength(1));
