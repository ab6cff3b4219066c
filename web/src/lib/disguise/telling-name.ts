import { skeleton } from '@multaqa/shared/text/skeleton';

/** Of the product, however it is written. */
const PRODUCT = ['ملتقى', 'multaqa'];
/** Shorter words are in too many others («حقوق» names nobody, «نحن» nothing). */
const LEAST = 3;
/** Longer ones are cut off in every tab. */
export const MOST_LETTERS = 30;

/**
 * Which of the names that must not stand in a tab a title contains, as the eye reads it: spaces, marks, case and
 * letters that look alike do not help. `null` when it tells nothing.
 */
export function toldBy(title: string, names: readonly string[]): string | null {
	const seen = skeleton(title);
	return [...PRODUCT, ...names].find((name) => formsOf(name).some((form) => seen.includes(form))) ?? null;
}

/** The whole name, and without the article. */
function formsOf(name: string): string[] {
	const forms = [name, name.replace(/^\s*ال/, '')].map(skeleton);
	return forms.filter((form) => Array.from(form).length >= LEAST);
}
