import type { Authority, Bilingual, DraftPair, Level, PairKind } from '../pair.ts';
import { confirmed } from '../translations.ts';

/** A pair to begin with. */
export interface TemplatePart {
	readonly kind: PairKind;
	readonly level: Level;
	/** What stands there at once, in both languages: a heading, a salutation. Empty texts are to be written. */
	readonly text: Bilingual;
	/** What belongs there; shown while nothing is written. */
	readonly hint: Bilingual;
	/** Blocks that it is part of, the outer first: each may be repeated as a whole. */
	readonly blocks: readonly string[];
}

/** A kind of document, with what it begins with. */
export interface Template {
	readonly id: string;
	readonly name: Bilingual;
	/** What it is for, and what to know before. */
	readonly about: Bilingual;
	/** By which body's rule it is counted: an id of `un/submissions.ts`. `null`: none. */
	readonly submission: string | null;
	/** Which language decides, to begin with. */
	readonly authority: Authority;
	readonly blocks: Readonly<Record<string, Bilingual>>;
	readonly parts: readonly TemplatePart[];
}

const nothing: Bilingual = { ar: '', en: '' };

/** A heading that stands there at once. */
export const heading = (level: Level, ar: string, en: string, hint: Bilingual = nothing): TemplatePart => ({
	kind: 'heading',
	level,
	text: { ar, en },
	hint,
	blocks: [],
});

/** Something to be written. */
export const part = (kind: PairKind, ar: string, en: string, level: Level = 1): TemplatePart => ({
	kind,
	level,
	text: nothing,
	hint: { ar, en },
	blocks: [],
});

/** A sentence of form that stands there at once and may be changed. */
export const phrase = (ar: string, en: string): TemplatePart => ({
	kind: 'paragraph',
	level: 1,
	text: { ar, en },
	hint: nothing,
	blocks: [],
});

/** Parts that may be repeated together. */
export const block = (name: string, ...parts: readonly TemplatePart[]): readonly TemplatePart[] =>
	parts.map((one) => ({ ...one, blocks: [name, ...one.blocks] }));

/** The pairs of a new document, its translations marked as current. @param newId a new id at each call */
export const beginning = ({ parts }: Template, newId: () => string): readonly DraftPair[] => parts.map((one) => pairOf(one, newId));

/** The pairs that one more of a block begins with, its inner blocks once each; none: there is no such block. */
export const oneMore = ({ parts }: Template, name: string, newId: () => string): readonly DraftPair[] =>
	parts.filter(({ blocks }) => blocks.includes(name)).map((one) => pairOf(one, newId));

const pairOf = ({ kind, level, text }: TemplatePart, newId: () => string): DraftPair =>
	confirmed({ id: newId(), kind, level, ...text, translation: null }, 'en');
