import type { Language } from '../documents/pair.ts';

/**
 * The language of a paragraph by its letters: what most of them are. Kurdish in Arabic letters counts as Arabic, any
 * language in Latin letters as English: there are two sides.
 * @returns `null` when it has neither
 */
export function scriptOf(text: string): Language | null {
	const arabic = text.match(/\p{Script=Arabic}/gu)?.length ?? 0;
	const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
	if (arabic === 0 && latin === 0) return null;
	return arabic >= latin ? 'ar' : 'en';
}
