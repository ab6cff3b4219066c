import { wordsFoundIn } from '@multaqa/shared/moderation/words';

/** In how many of these texts a word stands. */
export const hitsOf = (word: string, texts: readonly string[]): number =>
	texts.filter((text) => wordsFoundIn(text, [word]).length > 0).length;
