export const LEAST_WORDS = 6;
const LEAST_LETTERS = 24;

export type Strength = 'empty' | 'weak' | 'enough' | 'strong';

export interface PassphraseMeasure {
	/** Different words of at least two letters. */
	readonly words: number;
	readonly strength: Strength;
	/** May be used. */
	readonly enough: boolean;
	/** Words that stand there twice count once: worth saying. */
	readonly repeated: boolean;
}

/**
 * An honest, simple measure: words are what protects, not odd characters. It cannot know a quotation from
 * words chosen by chance, so the advice beside it has to say that.
 */
export function measurePassphrase(text: string): PassphraseMeasure {
	const all = text
		.normalize('NFKC')
		.toLowerCase()
		.split(/[\s\-_.,،؛;]+/u)
		.filter((word) => [...word].length >= 2);
	const words = new Set(all).size;
	const letters = [...new Set(all)].join('').length;
	const enough = words >= LEAST_WORDS && letters >= LEAST_LETTERS;
	return { words, enough, repeated: words < all.length, strength: strengthOf(text, enough, words) };
}

function strengthOf(text: string, enough: boolean, words: number): Strength {
	if (text.trim() === '') return 'empty';
	if (!enough) return 'weak';
	return words > LEAST_WORDS + 1 ? 'strong' : 'enough';
}
