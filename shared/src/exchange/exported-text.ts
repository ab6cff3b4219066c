import type { Hash } from '../bytes/ids.ts';
import type { Bilingual, BilingualText, Language } from '../documents/pair.ts';
import type { RESERVATION_TYPES } from '../positions/events.ts';

/** What a file is made of: one version of a text, and what is published with it. No name of a person has a place in it. */
export interface ExportedText extends BilingualText {
	/** How the document is called: stands where the text has no title of its own. */
	readonly title: Bilingual;
	/** Number of the version. */
	readonly number: number;
	/** What its signatures and decisions name it by; `null` for a draft. */
	readonly hash: Hash | null;
	/** `2027-03-15`; `null`: no day is told. */
	readonly day: string | null;
	/** Organisations named as its authors (`creditOf`); `null`: it was drafted jointly by the signatories. */
	readonly credit: readonly Bilingual[] | null;
	/** Those that are kept for publication. */
	readonly reservations: readonly ExportedReservation[];
	/** `null`: nobody has signed, or who did is not told. */
	readonly signatories: ExportedSignatories | null;
}

/** A reservation that travels with the text. */
export interface ExportedReservation {
	readonly organisation: Bilingual;
	readonly type: (typeof RESERVATION_TYPES)[number];
	/** Number of its paragraph (`numbered`); `null`: it is to the whole text. */
	readonly paragraph: number | null;
	/** In the language in which it was written. */
	readonly text: string;
	readonly language: Language;
}

/** Who signed, in the neutral order that was chosen. */
export interface ExportedSignatories {
	readonly names: readonly Bilingual[];
	/** For those whose names are withheld (`withheldWords`); empty: there are none. */
	readonly withheld: Bilingual;
}

/** What a file holds: one language, or both one after another. */
export const EXPORT_LANGUAGES = ['ar', 'en', 'both'] as const;
/** One of the three. */
export type ExportLanguages = (typeof EXPORT_LANGUAGES)[number];

/** How a file is made. */
export interface ExportOptions {
	readonly languages: ExportLanguages;
	/** Signatories, reservations, credit and version after the text; without them, the text alone, as a UN body takes it. */
	readonly closing: boolean;
}

/**
 * Who is named as author (D-3): all of them, or nobody when one of them has not agreed to it.
 * @returns for {@link ExportedText}'s `credit`
 */
export function creditOf(authors: readonly { readonly name: Bilingual; readonly agreed: boolean }[]): readonly Bilingual[] | null {
	return authors.length > 0 && authors.every(({ agreed }) => agreed) ? authors.map(({ name }) => name) : null;
}

/**
 * The languages of a file in their order, each a text of its own with its own numbers, footnotes and direction. They do
 * not stand side by side: UN bodies take and issue one language at a time, columns halve the lines of both, and what
 * counts words, reads aloud or is copied from would go from one language into the other. The one that decides comes
 * first, otherwise Arabic.
 */
export function languagesIn({ authority }: BilingualText, languages: ExportLanguages): readonly Language[] {
	if (languages !== 'both') return [languages];
	return authority === 'en' ? ['en', 'ar'] : ['ar', 'en'];
}
