/** The two languages of every document. */
export type Language = 'ar' | 'en';
/** Both, Arabic first. */
export const LANGUAGES: readonly Language[] = ['ar', 'en'];
/** The language that this one is translated from or into. */
export const otherOf = (language: Language): Language => (language === 'ar' ? 'en' : 'ar');

/**
 * What a pair is. A footnote belongs to the nearest pair above that is none, and its mark stands at the end of that
 * one; so a footnote below the title is the title's.
 */
export const PAIR_KINDS = ['title', 'heading', 'paragraph', 'item', 'footnote'] as const;
/** One of the five kinds. */
export type PairKind = (typeof PAIR_KINDS)[number];

/** How deep a heading or a list item stands; everything else stands at 1. */
export const LEVELS = [1, 2, 3] as const;
/** 1 is the highest. */
export type Level = (typeof LEVELS)[number];

/** Which language decides where the two differ. */
export const AUTHORITIES = ['ar', 'en', 'both'] as const;
/** `both`: neither may lack anything. */
export type Authority = (typeof AUTHORITIES)[number];

/** Something said in both languages of the forum. */
export interface Bilingual {
	readonly ar: string;
	readonly en: string;
}

/** One paragraph in both languages. An empty text is one that is missing. */
export interface Pair extends Bilingual {
	readonly kind: PairKind;
	readonly level: Level;
}

/** One text in two languages, pair by pair, in order. */
export interface BilingualText {
	readonly authority: Authority;
	readonly pairs: readonly Pair[];
}

/** A pair while it is written. */
export interface DraftPair extends Pair {
	/** Stays with it through all versions: what reservations and comparisons hold on to. Not part of what is frozen. */
	readonly id: string;
	/** Which of the two was made of the other, and of what; `null`: nobody has said. */
	readonly translation: Translation | null;
}

/** `language` was made of the other language's text of that time, named by its digest (`digestOf`). */
export interface Translation {
	readonly language: Language;
	readonly of: string;
}

/** A text while it is written. */
export interface Draft extends BilingualText {
	readonly pairs: readonly DraftPair[];
}

/** Most pairs of a text: twenty pages have about two hundred. */
export const MOST_PAIRS = 1_000;
/** Longest text of one language of one pair, in UTF-16 units. */
export const PAIR_LIMIT = 10_000;
/** Longest text of both languages, in UTF-16 units: about 200 pages. */
export const TEXT_LIMIT = 300_000;

/** Whether a pair of this kind may stand at this level. */
export const mayStandAt = (kind: PairKind, level: Level): boolean => level === 1 || kind === 'heading' || kind === 'item';

/** Languages in which a text of this authority has to be whole. */
export const languagesOf = (authority: Authority): readonly Language[] => (authority === 'both' ? LANGUAGES : [authority]);
