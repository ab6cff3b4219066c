import { countWords } from '../un/words.ts';
import type { WordsOfParts } from '../un/limits.ts';
import type { Language, Pair } from './pair.ts';

/**
 * Counts a document again at each keystroke: of a paragraph that has not changed, the number is known. What it knows
 * is what was there at the last count, so it does not grow.
 */
export class WordCounter {
	#known = new Map<string, number>();

	/** Words of one language by the parts that bodies count or not (`limitFor`). */
	count(pairs: readonly Pick<Pair, 'kind' | Language>[], language: Language): WordsOfParts {
		const words = { title: 0, body: 0, footnotes: 0 };
		const known = new Map<string, number>();
		for (const pair of pairs) {
			const text = pair[language];
			const count = this.#known.get(text) ?? countWords(text);
			known.set(text, count);
			words[partOf(pair.kind)] += count;
		}
		this.#known = known;
		return words;
	}
}

const partOf = (kind: Pair['kind']): keyof WordsOfParts => (kind === 'title' ? 'title' : kind === 'footnote' ? 'footnotes' : 'body');
