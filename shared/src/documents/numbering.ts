import type { PairKind } from './pair.ts';

/** How a pair is called in its text. */
export interface PairNumber {
	/**
	 * Of a paragraph: 1, 2, … through the whole text («§ 5»). Of an item: 1, 2, … since the last pair that is neither
	 * item nor footnote, at its level. Of a footnote: 1, 2, … through the whole text. `null`: titles and headings have none.
	 */
	readonly number: number | null;
	/** The pair that a footnote belongs to, by its place from 0; `null` for all else, and for one that stands before everything. */
	readonly of: number | null;
}

/** The numbers of all pairs, in their order. */
export function numbered(pairs: readonly { readonly kind: PairKind; readonly level: number }[]): readonly PairNumber[] {
	let [paragraphs, footnotes] = [0, 0];
	let above: number | null = null;
	let items: number[] = [];
	return pairs.map(({ kind, level }, place) => {
		if (kind === 'footnote') return { number: ++footnotes, of: above };
		above = place;
		if (kind === 'item') {
			// What stood deeper begins anew.
			items = items.slice(0, level);
			items[level - 1] = (items[level - 1] ?? 0) + 1;
			return { number: items[level - 1] ?? null, of: null };
		}
		items = [];
		return { number: kind === 'paragraph' ? ++paragraphs : null, of: null };
	});
}
