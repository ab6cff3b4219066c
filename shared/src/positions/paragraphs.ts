import type { Paragraph } from './events.ts';

/** A text, as far as its paragraphs are concerned. */
export interface Text {
	readonly paragraphs: readonly Paragraph[];
}

/** What is different between two versions: paragraphs by id. Another order alone changes nothing that was said. */
export interface TextChange {
	/** Other words, in either language. */
	readonly changed: ReadonlySet<string>;
	readonly added: ReadonlySet<string>;
	readonly removed: ReadonlySet<string>;
}

/** What changed from one version to a later one. */
export function changeBetween(before: Text, after: Text): TextChange {
	const earlier = byId(before);
	const later = byId(after);
	const isOther = ({ id, ar, en }: Paragraph) => {
		const old = earlier.get(id);
		return old !== undefined && (old.ar !== ar || old.en !== en);
	};
	return {
		changed: new Set(after.paragraphs.filter(isOther).map(({ id }) => id)),
		added: new Set([...later.keys()].filter((id) => !earlier.has(id))),
		removed: new Set([...earlier.keys()].filter((id) => !later.has(id))),
	};
}

const byId = ({ paragraphs }: Text): ReadonlyMap<string, Paragraph> => new Map(paragraphs.map((paragraph) => [paragraph.id, paragraph]));

/** The same paragraphs with the same words in the same order. */
export const isSameText = (a: Text, b: Text): boolean =>
	a.paragraphs.length === b.paragraphs.length &&
	a.paragraphs.every(({ id, ar, en }, place) => {
		const other = b.paragraphs[place];
		return other?.id === id && other.ar === ar && other.en === en;
	});

/**
 * The paragraph of a text that is nearest to where a missing one stood: its closest neighbour in the last version that had it which is
 * still there, the one before it first. The last paragraph when no version had it; `null` of an empty text.
 * @param earlier the versions before, the oldest first
 */
export function nearestParagraph(missing: string, now: Text, earlier: readonly Text[]): string | null {
	const last = earlier.findLast(({ paragraphs }) => paragraphs.some(({ id }) => id === missing))?.paragraphs ?? [];
	const place = last.findIndex(({ id }) => id === missing);
	const there = byId(now);
	const neighbours = last.map(({ id }, at) => ({ id, at })).filter(({ id }) => there.has(id));
	const [nearest] = neighbours.toSorted((a, b) => Math.abs(a.at - place) - Math.abs(b.at - place) || a.at - b.at);
	return nearest?.id ?? now.paragraphs.at(-1)?.id ?? null;
}
