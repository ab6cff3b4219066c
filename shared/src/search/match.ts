import { isMeant, type Form } from './clitics.ts';
import type { Dictionary } from './dictionary.ts';
import type { QueryPart } from './query.ts';
import { textOf, timesOf, type TextIndex } from './text-index.ts';

/** How much less a longer word counts than the one that was typed. */
const LONGER = 0.6;
/** After how many mentions one more counts half (BM25). */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.5;

/** Words of the dictionary that are meant, and how near each is to what was typed. */
type Meant = ReadonlyMap<number, number>;

/** Texts in which everything is, and how well each fits. */
export interface Matches {
	readonly texts: readonly number[];
	score(text: number): number;
	/** Which of the text's words were found, as places from first to last, each stretch one after another. */
	stretches(text: number): readonly (readonly [first: number, last: number])[];
}

/** Looks for all parts of a query. */
export function match(index: TextIndex, parts: readonly QueryPart[]): Matches {
	const scores = new Float32Array(index.size);
	const met = new Uint8Array(index.size);
	const meant = parts.map(({ words }) => words.map((forms) => meantBy(forms, index.dictionary)));
	for (const [place, words] of meant.entries()) {
		const here = weigh(index, words);
		const rarity = Math.log(1 + index.living / (1 + here.count));
		for (let text = 0; text < here.weights.length; text++) {
			const weight = here.weights[text] ?? 0;
			if (weight === 0 || met[text] !== place) continue;
			met[text] = place + 1;
			scores[text] = (scores[text] ?? 0) + rarity * weight;
		}
	}
	const texts: number[] = [];
	for (const [text, count] of met.entries()) if (count === meant.length) texts.push(text);
	return {
		texts,
		score: (text) => scores[text] ?? 0,
		stretches: (text) => meant.flatMap((words) => stretchesOf(index.wordsIn(text), words)).sort((a, b) => a[0] - b[0]),
	};
}

function meantBy(forms: readonly Form[], dictionary: Dictionary): Meant {
	const meant = new Map<number, number>();
	const mean = (number: number, weight: number) => meant.set(number, Math.max(weight, meant.get(number) ?? 0));
	for (const form of forms) {
		if (form.open !== 'more') {
			for (const number of dictionary.spelled(form.spelling)) if (isMeant(number, form, dictionary)) mean(number, form.weight);
		}
		if (form.open === false) continue;
		for (const number of dictionary.beginning(form.spelling)) {
			if (meant.get(number) !== form.weight && isMeant(number, form, dictionary)) mean(number, form.weight * LONGER);
		}
	}
	return meant;
}

/** By text: how well one part of a query fits, 0 when it is not in it. */
function weigh(index: TextIndex, words: readonly Meant[]): { weights: Float32Array; count: number } {
	const weights = new Float32Array(index.size);
	const [first = NOTHING] = words;
	for (const [word, near] of first) {
		for (const posting of index.postings(word)) {
			const text = textOf(posting);
			const weight = near * saturated(timesOf(posting), index.lengthOf(text) / index.meanLength);
			if (weight > (weights[text] ?? 0)) weights[text] = weight;
		}
	}
	let count = 0;
	for (let text = 0; text < weights.length; text++) {
		if (weights[text] === 0) continue;
		if (words.length > 1 && stretchesOf(index.wordsIn(text), words).length === 0) weights[text] = 0;
		else count++;
	}
	return { weights, count };
}

const saturated = (times: number, length: number): number =>
	(times * (SATURATION + 1)) / (times + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length));

/** Where words that are meant stand one after another. */
function stretchesOf(text: Uint32Array, words: readonly Meant[]): readonly (readonly [number, number])[] {
	const found: [number, number][] = [];
	const last = text.length - words.length;
	for (let start = 0; start <= last; start++) {
		if (words.every((meant, offset) => meant.has(text[start + offset] ?? -1))) found.push([start, start + words.length - 1]);
	}
	return found;
}

const NOTHING: Meant = new Map();
