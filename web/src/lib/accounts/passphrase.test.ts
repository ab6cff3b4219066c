import { describe, expect, test } from 'vitest';
import { measurePassphrase } from './passphrase.ts';

describe('how strong a passphrase is', () => {
	test('six different words are enough, in Arabic, in English and mixed', () => {
		expect(measurePassphrase('قمر نافذة زيتون جسر حصان مطرقة').enough).toBe(true);
		expect(measurePassphrase('lamp river carpet stork anchor melon').enough).toBe(true);
		expect(measurePassphrase('قمر river زيتون stork حصان melon').strength).toBe('enough');
	});

	test('five words are not', () => {
		expect(measurePassphrase('قمر نافذة زيتون جسر حصان')).toMatchObject({ words: 5, enough: false, strength: 'weak' });
	});

	test('one word six times is one word', () => {
		expect(measurePassphrase('password password password password password password')).toMatchObject({
			words: 1,
			enough: false,
			repeated: true,
		});
	});

	test('an odd long string of one word does not pass for words', () => {
		expect(measurePassphrase('Tr0ub4dor&3_very_long!').enough).toBe(false);
	});

	test('six tiny words are too few letters', () => {
		expect(measurePassphrase('في من إن هل لا ما').enough).toBe(false);
	});

	test('nothing typed is not called weak', () => {
		expect(measurePassphrase('   ').strength).toBe('empty');
	});
});
