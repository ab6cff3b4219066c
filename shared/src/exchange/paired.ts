import type { Language, Pair } from '../documents/pair.ts';
import { otherOf } from '../documents/pair.ts';
import type { TakenParagraph } from './taken.ts';

/** Which sides were filled. */
export type Side = Language | 'both';

/** Paragraphs beside each other. */
export interface Pairing {
	readonly pairs: readonly Pair[];
	readonly side: Side;
	/** Places, from 0, of pairs that have one language only although there are two: what was left over. */
	readonly alone: readonly number[];
}

/**
 * Pairs of what was taken. One language: its side is filled. Two, in whatever order they stand, one after another or by
 * turns: the first Arabic paragraph with the first English one, and so on; headings hold on to each other, so that one
 * paragraph more or less moves nothing behind the next heading. What has no partner stands alone.
 */
export function paired(paragraphs: readonly TakenParagraph[]): Pairing {
	const [ar, en] = (['ar', 'en'] as const).map((language) => paragraphs.filter((one) => one.language === language));
	if (!ar?.length || !en?.length) {
		const side = ar?.length ? 'ar' : 'en';
		return { pairs: paragraphs.map((one) => sole(one)), side, alone: [] };
	}
	const pairs = matchedParts(parts(ar), parts(en));
	return { pairs, side: 'both', alone: pairs.flatMap((pair, place) => (pair.ar === '' || pair.en === '' ? [place] : [])) };
}

const sole = ({ kind, level, text, language }: TakenParagraph): Pair => ({ kind, level, ar: '', en: '', [language]: text }) as Pair;

/** From one heading to the next. */
function parts(paragraphs: readonly TakenParagraph[]): readonly (readonly TakenParagraph[])[] {
	const all: TakenParagraph[][] = [[]];
	for (const one of paragraphs) {
		if (one.kind === 'heading') all.push([]);
		all.at(-1)?.push(one);
	}
	return all;
}

function matchedParts(ar: readonly (readonly TakenParagraph[])[], en: readonly (readonly TakenParagraph[])[]): readonly Pair[] {
	// With other headings in one language, headings hold nothing together.
	const [one, other] = ar.length === en.length ? [ar, en] : [[ar.flat()], [en.flat()]];
	return one.flatMap((part, place) => inOrder(part, other[place] ?? []));
}

/** By their order; a footnote only with a footnote, so that it stays with what it belongs to. */
function inOrder(ar: readonly TakenParagraph[], en: readonly TakenParagraph[]): readonly Pair[] {
	const pairs: Pair[] = [];
	let [left, right] = [0, 0];
	while (left < ar.length || right < en.length) {
		const [one, other] = [ar[left], en[right]];
		const together = one && other && (one.kind === 'footnote') === (other.kind === 'footnote');
		const takes = together ? [one, other] : [one && (!other || one.kind === 'footnote') ? one : other];
		const [first] = takes;
		if (!first) break;
		pairs.push({
			kind: first.kind,
			level: first.level,
			ar: '',
			en: '',
			...Object.fromEntries(takes.flatMap((taken) => (taken ? [[taken.language, taken.text]] : []))),
		} as Pair);
		for (const taken of takes) if (taken?.language === 'ar') left++;
		for (const taken of takes) if (taken?.language === 'en') right++;
	}
	return pairs;
}

/**
 * One side of a text that is there, filled with what was taken in that language: pair by pair, in order. What that side
 * said before is replaced.
 * @returns the pairs, and how many of them are new since there were more paragraphs than pairs
 */
export function withSide(
	pairs: readonly Pair[],
	taken: readonly Pair[],
	language: Language,
): { readonly pairs: readonly Pair[]; readonly more: number } {
	const texts = taken.filter((pair) => pair[language] !== '');
	const filled = pairs.map((pair, place): Pair => ({ ...pair, [language]: texts[place]?.[language] ?? pair[language] }));
	const more = texts.slice(pairs.length).map((pair): Pair => ({ ...pair, [otherOf(language)]: '' }));
	return { pairs: [...filled, ...more], more: more.length };
}
