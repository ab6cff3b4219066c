import { wordsFoundIn } from '@multaqa/shared/moderation/words';
import { expect, test } from 'vitest';
import { marked } from './watch.ts';

const shown = (text: string, ...words: string[]) =>
	marked(text, wordsFoundIn(text, words))
		.map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
		.join('');

test('every watch-word is marked where it stands, as it is spelt', () => {
	expect(shown('هذا خااائن وذاك خائن', 'خائن')).toBe('هذا [خااائن] وذاك [خائن]');
});

test('two words in the same place are marked once', () => {
	expect(shown('كلاب السلطة هنا', 'كلاب السلطة', 'كلاب')).toBe('[كلاب السلطة] هنا');
});

test('of a long text only what stands around is shown', () => {
	const long = shown(`${'أ'.repeat(500)} خائن ${'ب'.repeat(500)}`, 'خائن');
	expect(long.length).toBeLessThan(160);
	expect(long).toContain('[خائن]');
});
