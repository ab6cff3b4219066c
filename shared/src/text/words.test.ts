import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { toBase64url, utf8 } from '../bytes/bytes.ts';
import { wordPairs, wordsAt } from './words.ts';

/** As people hear and type: spellings that are confused become one. */
const fold = (word: string) => word.replace(/[أإآ]/g, 'ا').replaceAll('ة', 'ه').replaceAll('ى', 'ي');
const arabic = wordPairs.map(([word]) => fold(word));
const english = wordPairs.map(([, word]) => word);

/** How many letters have to be changed, put in or left out (Levenshtein). */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, place) => place);
	for (const [above, letter] of [...a].entries()) {
		const next = [above + 1];
		for (const [place, other] of [...b].entries()) {
			next.push(Math.min((next[place] ?? 0) + 1, (row[place + 1] ?? 0) + 1, (row[place] ?? 0) + (letter === other ? 0 : 1)));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

describe.each([
	['Arabic', arabic],
	['English', english],
] as const)('the %s words', (_, words) => {
	test('are 256, and all different', () => {
		expect(words).toHaveLength(256);
		expect(new Set(words).size).toBe(256);
	});

	test('are never one letter away from each other', () => {
		const near = words.flatMap((word, place) =>
			words
				.slice(place + 1)
				.filter((other) => distance(word, other) < 2)
				.map((other) => `${word} ${other}`),
		);
		expect(near).toEqual([]);
	});

	test('seldom begin alike at the same length', () => {
		const beginnings = new Set(words.map((word) => `${word.slice(0, 3)}${word.length}`));
		expect(256 - beginnings.size).toBeLessThanOrEqual(16);
	});
});

test('every Arabic word is one short word without vowel marks', () => {
	for (const [word] of wordPairs) expect(word).toMatch(/^[\u0621-\u063A\u0641-\u064A]{2,8}$/);
});

test('every English word is one short word', () => {
	for (const [, word] of wordPairs) expect(word).toMatch(/^[a-z]{3,11}$/);
});

test('the list is the one that was published, in its order', () => {
	const written = wordPairs.map((pair) => pair.join(' ')).join('\n');
	expect(toBase64url(sha256(utf8(written)))).toBe('qJcN8QDzO3QSDYUgrugXszLwo-CH7Gq4IZ-RKWSP-po');
});

test('two people read the same things at the same places', () => {
	const [first, last] = [wordPairs[0], wordPairs[255]];
	expect(wordsAt([0, 255], 'ar')).toEqual([first?.[0], last?.[0]]);
	expect(wordsAt([0, 255], 'en')).toEqual([first?.[1], last?.[1]]);
	expect(wordsAt([0, 255, 0], 'ar')).toHaveLength(3);
});
