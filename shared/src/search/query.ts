import { wordsOf, type FoldedWord } from '../text/fold.ts';
import { exactForms, formsOf, type Form } from './clitics.ts';

/** Longest query, in characters, and most words of one. */
export const QUERY_LIMIT = 200;
export const WORDS_LIMIT = 16;
/** Fewer letters are in nearly every text. */
const LEAST = 2;

/** Words that stand one after another; most often it is one. Each is looked for under several spellings. */
export interface QueryPart {
	readonly words: readonly (readonly Form[])[];
	/** As it is looked for. */
	readonly shown: string;
}

/** What somebody looks for, or why nothing can be looked for. */
export type Query = { readonly parts: readonly QueryPart[] } | { readonly refused: 'too-short' | 'too-long' };

/** Text, and whether it stood in quotation marks; `ended`: something came after it. */
interface Chunk {
	readonly text: string;
	readonly quoted: boolean;
	readonly ended: boolean;
}

const QUOTED = /["«“„](?<quote>[^"»”“]*)(?<close>["»”“]?)|[^\s"«“„]+/gu;
const DIGIT = /^\p{N}/u;

/**
 * Reads what was typed. All of its words have to be there; words in quotation marks one after another and as they are
 * written. The last word may still be going on, and so may others that are long enough to tell something.
 */
export function readQuery(typed: string): Query {
	if (typed.trim().length > QUERY_LIMIT) return { refused: 'too-long' };
	const parts = chunksOf(typed).flatMap(partOf);
	if (parts.reduce((sum, { words }) => sum + words.length, 0) > WORDS_LIMIT) return { refused: 'too-long' };
	return parts.some(({ shown }) => shown.replaceAll(/[" ]/g, '').length >= LEAST) ? { parts } : { refused: 'too-short' };
}

/** How it is looked for, to be shown: «اعلان "حقوق الانسان"». */
export const queryText = (parts: readonly QueryPart[]): string => parts.map(({ shown }) => shown).join(' ');

function chunksOf(typed: string): readonly Chunk[] {
	return Array.from(typed.matchAll(QUOTED), ({ 0: whole, index, groups }) => {
		const quoted = groups?.['quote'] !== undefined;
		const closed = quoted && groups?.['close'] !== '';
		return { text: groups?.['quote'] ?? whole, quoted, ended: closed || index + whole.length < typed.length };
	});
}

function partOf({ text, quoted, ended }: Chunk): readonly QueryPart[] {
	const words = wordsOf(text);
	const [first] = words;
	if (first === undefined) return [];
	const shown = words.map(({ word }) => word).join(' ');
	const last = words.length - 1;
	// What stands together without a space, such as A/HRC/58, is looked for as it stands.
	if (quoted || last > 0) {
		const forms = words.map((word, place) => exactForms(word, !ended && place === last));
		return [{ words: forms, shown: `"${shown}"` }];
	}
	// A single letter is a word that has just been begun; a single digit may be what is meant.
	if (shown.length < LEAST && !DIGIT.test(shown)) return [];
	return [{ words: [formsOf(first, !ended || goesOn(first))], shown }];
}

const goesOn = ({ word }: FoldedWord): boolean => word.length > LEAST;
