import { wordsOf, type FoldedWord } from '../text/fold.ts';

/** Fewer letters than these are in half of all words. */
export const LEAST_LETTERS = 3;
/** A word that stands in more than every fiftieth post says nothing about any of them. */
const MOST_SHARE = 0.02;

/** Where in a text a watch-word stands, in UTF-16 units. */
export interface FoundWord {
	readonly word: string;
	readonly start: number;
	readonly end: number;
}

export type WordRefusal = { readonly kind: 'too-short' } | { readonly kind: 'too-broad'; readonly hits: number; readonly of: number };

/** What an Arabic word may wear before and behind it; of a Latin word, the plural. */
const WORN_BEFORE = '(?:[وف]?(?:[بكل]?ال|لل|[بكلس])?)';
const WORN_BEHIND = '(?:ه|ها|هم|هن|ك|كم|كن|نا|ي|ين|يه|ون|يون|يين|ان|ات|وا|ت|تها|تهم|ته|s|es)?';
const MARBUTA = /ه$/;

interface Token {
	readonly letters: string;
	readonly start: number;
	readonly end: number;
}

/**
 * Every place where a text has one of these words, however it is spelt: alef, hamza, teh marbuta, vowel marks and
 * tatweel as in search, letters drawn out («كـــلللب») or set apart («ك.ل.ب»), with article, particles and endings.
 */
export function wordsFoundIn(text: string, words: readonly string[]): readonly FoundWord[] {
	const tokens = tokensOf(text);
	return words.flatMap((word) => placesOf(tokens, word)).toSorted((a, b) => a.start - b.start);
}

/** Why a word would be of no use, or `null`. `posts`: what was written in the space. */
export function refusalOfWord(word: string, posts: readonly string[]): WordRefusal | null {
	const letters = tokensOf(word)
		.map((token) => token.letters)
		.join('');
	if (letters.length < LEAST_LETTERS) return { kind: 'too-short' };
	const hits = posts.filter((post) => wordsFoundIn(post, [word]).length > 0).length;
	return hits > Math.max(1, Math.floor(posts.length * MOST_SHARE)) ? { kind: 'too-broad', hits, of: posts.length } : null;
}

/** The same word, but for how it is spelt. */
export const isSameWord = (one: string, other: string): boolean => lettersOf(one) === lettersOf(other);
const lettersOf = (text: string): string =>
	tokensOf(text)
		.map(({ letters }) => letters)
		.join(' ');

function placesOf(tokens: readonly Token[], word: string): FoundWord[] {
	const parts = tokensOf(word).map(({ letters }) => patternOf(letters));
	if (parts.length === 0) return [];
	return tokens.flatMap(({ start }, first) => {
		const end = tokens[first + parts.length - 1]?.end;
		const fits = end !== undefined && parts.every((part, place) => part.test(tokens[first + place]?.letters ?? ''));
		return fits ? [{ word, start, end }] : [];
	});
}

const patterns = new Map<string, RegExp>();

/** Letters of a folded word are letters and digits only: nothing in them means something else to a pattern. */
function patternOf(letters: string): RegExp {
	const stem = letters.length > LEAST_LETTERS ? letters.replace(MARBUTA, '') : letters;
	const known = patterns.get(letters) ?? new RegExp(`^${WORN_BEFORE}${stem}${WORN_BEHIND}$`, 'u');
	patterns.set(letters, known);
	return known;
}

/** Words without their repetitions, and letters that were set apart put together again. */
function tokensOf(text: string): readonly Token[] {
	const tokens: Token[] = [];
	let apart: FoldedWord[] = [];
	const join = () => {
		if (apart.length > 1) tokens.push(tokenOf(apart.map(({ word }) => word).join(''), apart));
		else tokens.push(...apart.map((word) => tokenOf(word.word, [word])));
		apart = [];
	};
	for (const word of wordsOf(text)) {
		if (word.word.length === 1) {
			apart.push(word);
			continue;
		}
		join();
		tokens.push(tokenOf(word.word, [word]));
	}
	join();
	return tokens;
}

const tokenOf = (letters: string, words: readonly FoldedWord[]): Token => ({
	letters: letters.replace(/(\p{L})\1+/gu, '$1'),
	start: words[0]?.start ?? 0,
	end: words.at(-1)?.end ?? 0,
});
