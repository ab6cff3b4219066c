import { stretchesOf, type Stretch } from '../text/words-compared.ts';
import { matched } from './matched.ts';
import type { Pair } from './pair.ts';

/** A pair of either version. Drafts name theirs; a frozen text has no ids. */
export type ComparablePair = Pair & { readonly id?: string };

/** What became of a pair between two versions (D-4). */
export interface ComparedPair {
	/** `same`: in words, kind and level. */
	readonly change: 'same' | 'changed' | 'added' | 'removed';
	/** It stands elsewhere among its neighbours; besides, it may have changed. */
	readonly moved: boolean;
	/** Its place in each version, from 0; `null`: it is not there. */
	readonly before: number | null;
	readonly after: number | null;
	/** Word by word. */
	readonly ar: readonly Stretch[];
	readonly en: readonly Stretch[];
}

/** Paragraphs that differ in more words are shown one after the other: every pair of a long text has to be compared soon. */
const MOST_CHANGES = 400;

/**
 * Two versions, pair by pair: in the order of the later one, and what was removed after what it used to follow. Pairs
 * are recognised by their ids, by their text, or by most of their words, wherever they stand.
 */
export function compared(before: readonly ComparablePair[], after: readonly ComparablePair[]): readonly ComparedPair[] {
	const partners = matched(before, after);
	const stayed = unmoved(partners);
	const removed = removedAfter(before, partners, stayed);
	const gone = (place: number) => (removed.get(place) ?? []).map((from) => comparedPair(before[from], undefined, from, null, false));
	const standing = after.flatMap((pair, place) => {
		const from = partners[place] ?? null;
		const moved = from !== null && !stayed.has(place);
		return [comparedPair(from === null ? undefined : before[from], pair, from, place, moved), ...gone(place)];
	});
	return [...gone(-1), ...standing];
}

function comparedPair(
	earlier: Pair | undefined,
	later: Pair | undefined,
	before: number | null,
	after: number | null,
	moved: boolean,
): ComparedPair {
	const words = (language: 'ar' | 'en') => stretchesOf(earlier?.[language] ?? '', later?.[language] ?? '', MOST_CHANGES);
	return { change: changeOf(earlier, later), moved, before, after, ar: words('ar'), en: words('en') };
}

function changeOf(earlier: Pair | undefined, later: Pair | undefined): ComparedPair['change'] {
	if (!earlier) return 'added';
	if (!later) return 'removed';
	const same = (['kind', 'level', 'ar', 'en'] as const).every((key) => earlier[key] === later[key]);
	return same ? 'same' : 'changed';
}

/** Where each removed pair is shown: after the pair of the later version that it followed, or at the beginning (-1). */
function removedAfter(
	before: readonly ComparablePair[],
	partners: readonly (number | null)[],
	stayed: ReadonlySet<number>,
): ReadonlyMap<number, readonly number[]> {
	const places = new Map(partners.flatMap((from, place) => (from === null ? [] : [[from, place] as const])));
	const removed = new Map<number, number[]>();
	let last = -1;
	for (const from of before.keys()) {
		const place = places.get(from);
		if (place === undefined) removed.set(last, [...(removed.get(last) ?? []), from]);
		else if (stayed.has(place)) last = place;
	}
	return removed;
}

/** Places of the later version whose pairs kept their order, as many as possible: the longest rising sequence (patience). */
function unmoved(partners: readonly (number | null)[]): ReadonlySet<number> {
	/** Of rising sequences of each length, the place where the one ends that ends lowest. */
	const ends: number[] = [];
	const previous = new Map<number, number | undefined>();
	for (const [place, from] of partners.entries()) {
		if (from === null) continue;
		const length = firstNotBelow(ends, from, partners);
		previous.set(place, ends[length - 1]);
		ends[length] = place;
	}
	const kept = new Set<number>();
	for (let place = ends.at(-1); place !== undefined; place = previous.get(place)) kept.add(place);
	return kept;
}

function firstNotBelow(ends: readonly number[], from: number, partners: readonly (number | null)[]): number {
	let [low, high] = [0, ends.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((partners[ends[middle] ?? 0] ?? 0) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}
