import type { Regime } from './schema.ts';

/**
 * The footnote to the title that names organisations without consultative status, in the words that OHCHR's guidelines
 * for NGO written statements give; names are apart by commas, as they are.
 * @returns `null` where the regime knows no such footnote, or nobody is to be named
 */
export function footnoteFor({ footnote }: Regime, names: readonly string[]): string | null {
	if (footnote === undefined || names.length === 0) return null;
	// A function, since a name with «$&» in it is a name.
	return footnote.replace('{names}', () => names.join(', '));
}
