import { languagesOf, mayStandAt, MOST_PAIRS, PAIR_LIMIT, TEXT_LIMIT, type BilingualText, type Language, type Pair } from './pair.ts';

/**
 * What keeps a text from being one that can be frozen, by the rule that refuses it. `pair` is its place in the list,
 * from 0.
 */
export type StructureRefusal =
	/** There is no pair at all. */
	| { readonly rule: 'text-is-there' }
	/** The first pair is no title, or a later one is. */
	| { readonly rule: 'title-comes-first'; readonly pair: number }
	/** A title, paragraph or footnote stands at another level than 1. */
	| { readonly rule: 'level-fits-the-kind'; readonly pair: number }
	/** Nothing is written in either language. */
	| { readonly rule: 'paragraph-is-not-empty'; readonly pair: number }
	/** Missing in a language in which the text has to be whole. */
	| { readonly rule: 'paragraph-is-there'; readonly pair: number; readonly language: Language }
	| { readonly rule: 'paragraph-has-an-end'; readonly pair: number; readonly language: Language }
	| { readonly rule: 'text-has-an-end' };

/** Everything about a normal text (`normalText`) that keeps it from being frozen; none: it can be. */
export function structureRefusals({ authority, pairs }: BilingualText): readonly StructureRefusal[] {
	if (pairs.length === 0) return [{ rule: 'text-is-there' }];
	const length = pairs.reduce((sum, { ar, en }) => sum + ar.length + en.length, 0);
	if (pairs.length > MOST_PAIRS || length > TEXT_LIMIT) return [{ rule: 'text-has-an-end' }];
	const whole = languagesOf(authority);
	return pairs.flatMap((pair, place) => [...placeRefusals(pair, place), ...wordRefusals(pair, place, whole)]);
}

function placeRefusals({ kind, level }: Pair, place: number): readonly StructureRefusal[] {
	const refusals: StructureRefusal[] = [];
	if ((kind === 'title') !== (place === 0)) refusals.push({ rule: 'title-comes-first', pair: place });
	if (!mayStandAt(kind, level)) refusals.push({ rule: 'level-fits-the-kind', pair: place });
	return refusals;
}

function wordRefusals(pair: Pair, place: number, whole: readonly Language[]): readonly StructureRefusal[] {
	if (pair.ar === '' && pair.en === '') return [{ rule: 'paragraph-is-not-empty', pair: place }];
	const missing = whole
		.filter((language) => pair[language] === '')
		.map((language) => ({ rule: 'paragraph-is-there', pair: place, language }) as const);
	const long = (['ar', 'en'] as const)
		.filter((language) => pair[language].length > PAIR_LIMIT)
		.map((language) => ({ rule: 'paragraph-has-an-end', pair: place, language }) as const);
	return [...missing, ...long];
}
