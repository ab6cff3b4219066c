import type { Hash, OrganisationId } from '../bytes/ids.ts';
import { normalText } from '../documents/normal-text.ts';
import { MOST_TAKEN, type Bilingual, type Paragraph, type ReservationRef } from './events.ts';
import { keyOf, type Register, type Version, type Wording } from './register-types.ts';

/** `open`: nothing became of it yet. `accepted`: a version has it. `taken-back`: by whose it was. */
export type WordingState = 'open' | 'accepted' | 'declined' | 'taken-back';

/** What became of suggested words: what the text has, it has, whatever was said about them before. */
export function wordingState({ accepted, declined }: Pick<Wording, 'accepted' | 'declined'>): WordingState {
	if (accepted) return 'accepted';
	if (declined) return declined.isTakenBack ? 'taken-back' : 'declined';
	return 'open';
}

/** The same words to whoever reads them, however they were typed: so a document that was frozen has them, too. */
export const areSameWords = (one: Bilingual, other: Bilingual): boolean =>
	normalText(one.ar) === normalText(other.ar) && normalText(one.en) === normalText(other.en);

/** As they are suggested: without what is not seen, line by line. */
export const seenWords = ({ ar, en }: Bilingual): Bilingual => ({ ar: seenText(ar), en: seenText(en) });

const seenText = (text: string): string => text.split('\n').map(normalText).join('\n').trim();

/** Nothing in it hides or turns anything. */
export const showsAll = (text: string): boolean => seenText(text) === text;

/** A reservation to the whole text may be answered by words for any paragraph. `paragraph`: `null` for the whole text. */
export const mayAnswer = (wording: Pick<Wording, 'paragraph'>, paragraph: string | null): boolean =>
	paragraph === null || paragraph === wording.paragraph;

/** Suggested words that stand in a text and are not accepted yet, by whatever way they came there: a version with it takes these. */
export const takesOf = ({ wordings }: Pick<Register, 'wordings'>, paragraphs: readonly Paragraph[]): Hash[] =>
	[...wordings.values()]
		.filter((wording) => wording.accepted === null && paragraphs.some((paragraph) => standsAs(wording, paragraph)))
		.map(({ id }) => id)
		.slice(0, MOST_TAKEN);

/** Is this the paragraph, and are these its words? */
export const standsAs = (wording: Pick<Wording, 'paragraph' | 'ar' | 'en'>, paragraph: Paragraph): boolean =>
	paragraph.id === wording.paragraph && areSameWords(paragraph, wording);

/** A paragraph of a version. */
export const paragraphIn = (version: Pick<Version, 'paragraphs'> | null | undefined, id: string): Paragraph | null =>
	version?.paragraphs.find((one) => one.id === id) ?? null;

/** The words for which others were suggested, and what stands there now. */
export interface WordingBase {
	/** As whoever suggests had it. */
	readonly before: Paragraph | null;
	/** In the newest version; `null` where it is no longer there. */
	readonly now: Paragraph | null;
	/** It has other words now than the ones they were suggested for. */
	readonly hasMoved: boolean;
}

/** What suggested words are held against. */
export function baseOf({ versions }: Pick<Register, 'versions'>, { version, paragraph }: Wording): WordingBase {
	const before = paragraphIn(
		versions.find(({ id }) => id === version),
		paragraph,
	);
	const now = paragraphIn(versions.at(-1), paragraph);
	return { before, now, hasMoved: !before || !now || !areSameWords(before, now) };
}

/** Suggested words for a paragraph, in order. */
export const wordingsFor = ({ wordings }: Pick<Register, 'wordings'>, paragraph: string): readonly Wording[] =>
	[...wordings.values()].filter((wording) => wording.paragraph === paragraph);

/** Suggested words that answer one of these reservations, or that one of them names. */
export function wordingsAbout(
	{ wordings, entries }: Pick<Register, 'wordings' | 'entries'>,
	reservations: readonly ReservationRef[],
): readonly Wording[] {
	const keys = new Set(reservations.map(keyOf));
	const named = new Set(reservations.map(({ stance, place }) => entries.get(stance)?.stance?.reservations[place]?.suggestion));
	return [...wordings.values()].filter((wording) => named.has(wording.id) || (wording.for !== null && keys.has(keyOf(wording.for))));
}

/** Whose reservations suggested words answer: by what they say themselves, or by being named there. */
export function organisationsAnswered({ entries }: Pick<Register, 'entries'>, wording: Wording): readonly OrganisationId[] {
	const answered = wording.for && entries.get(wording.for.stance);
	const naming = [...entries.values()].filter(
		({ stance, state }) => state !== 'overtaken' && stance?.reservations.some(({ suggestion }) => suggestion === wording.id),
	);
	return [...new Set([...(answered ? [answered] : []), ...naming].map(({ organisation }) => organisation))];
}
