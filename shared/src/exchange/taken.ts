import { normalText } from '../documents/normal-text.ts';
import { MOST_PAIRS, PAIR_LIMIT, TEXT_LIMIT, type Language, type Level, type PairKind } from '../documents/pair.ts';
import { Problem } from '../problem.ts';
import { scriptOf } from './script.ts';

/** One paragraph out of a file or the clipboard, normal and in the language of its script. */
export interface TakenParagraph {
	readonly kind: PairKind;
	readonly level: Level;
	readonly text: string;
	readonly language: Language;
}

/** What a file holds beside its text, in the order in which it is told. Nothing of it is kept, unless it says so. */
export const LEFT_OUT = [
	/** Programs. */
	'macros',
	/** Objects of other programs, and controls. */
	'objects',
	/** Pictures that would be fetched from somewhere when they are shown. */
	'remote-pictures',
	'pictures',
	/** Text that its reader does not see. */
	'hidden',
	/** Names of those who changed something or commented on it. */
	'authors',
	/** Passages that were taken out, and still were in the file. */
	'deletions',
	/** Passages that were put in: their text is kept. */
	'insertions',
	'comments',
	/** Its paragraphs are kept, one after another. */
	'tables',
	/** The same. */
	'text-boxes',
	/** Addresses behind words; the words are kept. */
	'links',
	/** Written on one line. */
	'formulas',
	/** At the head and the foot of pages. */
	'headers',
	/** Lists of contents. */
	'contents',
	/** Author, company, times and the like. */
	'properties',
	/** Signatories, reservations and version, as our own files have them after the text. */
	'closing',
] as const;
/** One of them. */
export type LeftOut = (typeof LEFT_OUT)[number];

/** How many of one kind there were. */
export interface Removal {
	readonly what: LeftOut;
	readonly count: number;
}

/** What was taken out of a file or the clipboard. */
export interface Taken {
	readonly paragraphs: readonly TakenParagraph[];
	/** In the order of {@link LEFT_OUT}. */
	readonly removed: readonly Removal[];
}

/** A paragraph as it is found. */
export interface Found {
	readonly kind: PairKind;
	readonly level: Level;
	readonly text: string;
	/** Of its footnotes, in their order. */
	readonly notes: readonly string[];
}

/** Counts what is left out. */
export class Removals {
	readonly #counts = new Map<LeftOut, number>();

	add(what: LeftOut, count = 1): void {
		if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
	}

	get all(): readonly Removal[] {
		return LEFT_OUT.flatMap((what) => (this.#counts.has(what) ? [{ what, count: this.#counts.get(what) ?? 0 }] : []));
	}
}

/**
 * Paragraphs with their languages: by their script, and where there are no letters, that of the paragraph before.
 * @throws Problem `text-empty`, `text-too-long`
 */
export function taken(found: readonly Found[], removals: Removals): Taken {
	const flat = found.flatMap(({ kind, level, text, notes }) => [
		{ kind, level, text: normalText(text) },
		...notes.map((note) => ({ kind: 'footnote', level: 1, text: normalText(note) }) as const),
	]);
	const written = flat.filter(({ text }) => text !== '');
	checkLengths(written.map(({ text }) => text.length));
	let language: Language = written.map(({ text }) => scriptOf(text)).find((script) => script !== null) ?? 'ar';
	const paragraphs = written.map((paragraph): TakenParagraph => {
		language = scriptOf(paragraph.text) ?? language;
		return { ...paragraph, language };
	});
	return { paragraphs: titled(paragraphs), removed: removals.all };
}

/** A text has one title in each language, and it comes first; without one, a heading that comes first is it. */
function titled(paragraphs: readonly TakenParagraph[]): readonly TakenParagraph[] {
	const begun = new Set<Language>();
	return paragraphs.map((paragraph) => {
		const isFirst = !begun.has(paragraph.language);
		begun.add(paragraph.language);
		if (isFirst && (paragraph.kind === 'title' || paragraph.kind === 'heading')) return { ...paragraph, kind: 'title', level: 1 };
		return paragraph.kind === 'title' ? { ...paragraph, kind: 'heading', level: 1 } : paragraph;
	});
}

function checkLengths(lengths: readonly number[]): void {
	if (lengths.length === 0) throw new Problem('text-empty');
	const [sum, longest] = [lengths.reduce((one, other) => one + other, 0), lengths.reduce((one, other) => Math.max(one, other), 0)];
	if (sum > TEXT_LIMIT) throw new Problem('text-too-long', { limit: TEXT_LIMIT, actual: sum });
	if (longest > PAIR_LIMIT) throw new Problem('text-too-long', { limit: PAIR_LIMIT, actual: longest });
	// Twice as many: one for each language.
	if (lengths.length > 2 * MOST_PAIRS) throw new Problem('text-too-long', { limit: 2 * MOST_PAIRS, actual: lengths.length });
}

/** A level that a text has, of one that a program has. */
export const levelOf = (depth: number): Level => (depth <= 1 ? 1 : depth === 2 ? 2 : 3);
