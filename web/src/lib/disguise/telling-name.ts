import { skeleton } from '@multaqa/shared/text/skeleton';
import { COMMON_WORDS } from './common-words.ts';

/** Of the product, however it is written. */
const PRODUCT = ['ملتقى', 'multaqa'];
/** Shorter words are in too many others («حقوق» names nobody, «نحن» nothing). */
const LEAST = 3;
/** So long a word is told from inside of another («السوريين» by «سوري», “harbours” by “harbour”); a shorter one stands by itself. */
const LONG = 5;
/** Longer ones are cut off in every tab. */
export const MOST_LETTERS = 30;

/** «و» or «ف», a preposition, the article: what an Arabic word may wear before it. */
const WORN = /^[وف]?(?:[بك]?ال|لل)|^[وفبكل]/u;
const GAP = /[^\p{L}\p{M}\p{N}]+/u;

/**
 * Which of the names that must not stand in a tab a title contains, or which word of them, as the eye reads it: spaces,
 * marks, case and letters that look alike do not help. `null` when it tells nothing.
 */
export function toldBy(title: string, names: readonly string[]): string | null {
	const seen = skeleton(title);
	const whole = [...PRODUCT, ...names].find((name) => formsOf(name).some((form) => seen.includes(form)));
	if (whole !== undefined) return whole;
	const words = new Set(wordsOf(title).flatMap(wornAndBare));
	return names.flatMap(wordsOf).find((word) => isTelling(word) && wornAndBare(word).some((form) => isIn(form, words, seen))) ?? null;
}

/** The whole name, and without the article. */
function formsOf(name: string): string[] {
	const forms = [name, name.replace(/^\s*ال/, '')].map(skeleton);
	return forms.filter((form) => Array.from(form).length >= LEAST);
}

const wordsOf = (name: string): string[] => name.split(GAP).filter((word) => word !== '');

/** A word as it stands, and without what it may wear. */
function wornAndBare(word: string): string[] {
	const forms = [word, word.replace(WORN, '')].filter((form) => lengthOf(form) >= LEAST);
	return [...new Set(forms.map(skeleton))];
}

function isIn(form: string, words: ReadonlySet<string>, seen: string): boolean {
	return words.has(form) || (lengthOf(form) >= LONG && seen.includes(form));
}

const lengthOf = (word: string): number => Array.from(word).length;
const common = new Set(COMMON_WORDS.map(skeleton));
const isTelling = (word: string): boolean => !wornAndBare(word).some((form) => common.has(form));
