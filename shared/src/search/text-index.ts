import { wordsOf } from '../text/fold.ts';
import { Dictionary } from './dictionary.ts';

/** How often a word is in a text counts up to here; kept in the low bits of a posting. */
const MOST = 7;
const NO_WORD = 2 ** 32 - 1;
const SHIFT = 3;

/** Which text a posting names. */
export const textOf = (posting: number): number => posting >> SHIFT;
/** And how often the word is in it. */
export const timesOf = (posting: number): number => posting & MOST;

/**
 * Which words are in which texts, and where. In memory only; whoever adds a text keeps it, and its number. A word is a
 * number in a list, a text a stretch of one long array, so that twenty thousand posts take little more than what they
 * take themselves.
 */
export class TextIndex {
	readonly dictionary = new Dictionary();
	/** By word: the texts it is in, ascending. */
	readonly #postings: (number[] | null)[] = [];
	/** Every text's words, one after another. */
	#words = new Uint32Array(1 << 12);
	#used = 0;
	readonly #starts: number[] = [0];
	#living = 0;

	/** How many texts there ever were. */
	get size(): number {
		return this.#starts.length - 1;
	}

	/** How many there are. */
	get living(): number {
		return this.#living;
	}

	/** How many words a text has on average. */
	get meanLength(): number {
		return this.#used / Math.max(1, this.size);
	}

	/** What its arrays take, beside the words themselves. */
	get bytes(): number {
		return this.#words.byteLength;
	}

	/** Answers the text's number. */
	add(text: string): number {
		const number = this.size;
		for (const { word, hamza, led } of wordsOf(text)) {
			const found = this.dictionary.take(word, hamza, led);
			this.#write(found);
			this.#post(found, number);
		}
		this.#starts.push(this.#used);
		this.#living++;
		return number;
	}

	/** Nothing of the text is found any more, and words that were in no other are forgotten. */
	remove(number: number): void {
		const words = this.wordsIn(number);
		for (const word of new Set(words)) this.#unpost(word, number);
		words.fill(NO_WORD);
		this.#living--;
	}

	postings(word: number): readonly number[] {
		return this.#postings[word] ?? NONE;
	}

	lengthOf(number: number): number {
		return (this.#starts[number + 1] ?? 0) - (this.#starts[number] ?? 0);
	}

	/** The words of a text in order. */
	wordsIn(number: number): Uint32Array {
		return this.#words.subarray(this.#starts[number], this.#starts[number + 1]);
	}

	#write(word: number): void {
		if (this.#used === this.#words.length) {
			const wider = new Uint32Array(this.#words.length * 2);
			wider.set(this.#words);
			this.#words = wider;
		}
		this.#words[this.#used++] = word;
	}

	#post(word: number, text: number): void {
		const first = (text << SHIFT) | 1;
		const postings = this.#postings[word];
		const last = postings?.at(-1) ?? 0;
		if (!postings) this.#postings[word] = [first];
		else if (textOf(last) !== text) postings.push(first);
		else if (timesOf(last) < MOST) postings[postings.length - 1] = last + 1;
	}

	#unpost(word: number, number: number): void {
		const postings = this.#postings[word];
		if (!postings) return;
		const place = placeOf(postings, number);
		if (textOf(postings[place] ?? -1) === number) postings.splice(place, 1);
		if (postings.length > 0) return;
		this.#postings[word] = null;
		this.dictionary.drop(word);
	}
}

/** Where the posting of a text stands, or would stand. */
function placeOf(postings: readonly number[], text: number): number {
	let low = 0;
	let high = postings.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (textOf(postings[middle] ?? 0) < text) low = middle + 1;
		else high = middle;
	}
	return low;
}

const NONE: readonly number[] = [];
