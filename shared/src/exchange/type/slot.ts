/** One glyph on its way from letters to its place. */
export interface Slot {
	glyph: number;
	/** Its letter's place in the text. Of several that became one glyph, the first. */
	readonly from: number;
	/** How an Arabic letter is joined. */
	readonly form: Form;
	/** Of how many letters it was made, marks aside. */
	components: number;
	/** Of a mark over a glyph made of several letters: over which of them, from 0. */
	component: number;
	advance: number;
	dx: number;
	dy: number;
	/** Of a mark: the slot that it stands on. */
	base: Slot | null;
}

/** The shapes of an Arabic letter, by the features that give them; nothing for what stands alone. */
export type Form = 'init' | 'medi' | 'fina' | null;

/** What a rule passes over (`lookupFlag`). */
export const IGNORES_MARKS = 0x0008;
