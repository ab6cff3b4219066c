import type { Bilingual, Language } from './pair.ts';

/** From how many on they are counted: with fewer, a number would tell too much (rule of three, E-6). */
export const LEAST_COUNTED = 3;

/** What stands after the names, or in their place, for those that signed with their name withheld. `{count}` is put in. */
export const WITHHELD = {
	/** «3 منظمات» of 3 to 10, 103 to 110, …; the noun stands in the singular for all else. */
	few: {
		ar: '{count} منظمات حُجبت أسماؤها لدواعٍ أمنية',
		en: '{count} organisations whose names are withheld for security reasons',
	},
	many: {
		ar: '{count} منظمة حُجبت أسماؤها لدواعٍ أمنية',
		en: '{count} organisations whose names are withheld for security reasons',
	},
	/** Fewer than three, after names. */
	others: { ar: 'منظمات أخرى', en: 'other organisations' },
	/** Fewer than three, and no name is given. */
	unnamed: {
		ar: 'منظمات حُجبت أسماؤها لدواعٍ أمنية',
		en: 'organisations whose names are withheld for security reasons',
	},
	/** Before any of them when names stand before it; in Arabic it is joined to the next word. */
	and: { ar: 'و', en: 'and ' },
} as const satisfies Record<string, Bilingual>;

/**
 * How withheld names are told: the number from three on, below it only that there are others.
 * @param withheld how many signed with their name withheld
 * @param named how many names stand before it
 * @returns «و3 منظمات حُجبت أسماؤها لدواعٍ أمنية»; `''` when there are none
 */
export function withheldWords(withheld: number, named: number, language: Language): string {
	if (!Number.isInteger(withheld) || withheld <= 0) return '';
	const and = named > 0 ? WITHHELD.and[language] : '';
	return and + wordsFor(withheld, named)[language].replace('{count}', String(withheld));
}

function wordsFor(withheld: number, named: number): Bilingual {
	if (withheld < LEAST_COUNTED) return named > 0 ? WITHHELD.others : WITHHELD.unnamed;
	const hundredth = withheld % 100;
	return hundredth >= 3 && hundredth <= 10 ? WITHHELD.few : WITHHELD.many;
}
