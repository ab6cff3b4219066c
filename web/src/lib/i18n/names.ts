const ARTICLE = /^ال(?=\p{L}{2})/u;
const collator = new Intl.Collator('ar', { sensitivity: 'base', numeric: true });

/** Orders names as an Arabic index does: without the article «ال». A missing name comes last. */
export function compareNames(a: string | null, b: string | null): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	return collator.compare(a.trim().replace(ARTICLE, ''), b.trim().replace(ARTICLE, ''));
}

/** First letter of a name for its badge: the article is not a letter of the name. */
export function initialOf(name: string): string {
	const [first] = new Intl.Segmenter('ar').segment(name.trim().replace(ARTICLE, ''));
	return first?.segment ?? '';
}
