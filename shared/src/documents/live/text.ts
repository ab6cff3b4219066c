import * as Y from 'yjs';
import {
	AUTHORITIES,
	LANGUAGES,
	LEVELS,
	MOST_PAIRS,
	PAIR_KINDS,
	type Authority,
	type Draft,
	type DraftPair,
	type Language,
} from '../pair.ts';
import { STATUSES, type Status } from '../../un/schema.ts';
import { PLACE } from './place.ts';

/**
 * How a text lies in Yjs: `pairs` by their ids, each with kind, level, place, what its translation was made of, and a
 * text in each language; `about` what holds for the whole. A pair that was taken out is marked as `gone` and stays, so
 * that what somebody else wrote in it meanwhile is not lost.
 */
export const ROOTS = ['pairs', 'about'] as const;
/** A pair as it lies there. */
export type PairMap = Y.Map<unknown>;

export const pairsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('pairs');
export const aboutOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('about');

/** By whose rule words are counted, in which language, for an organisation of which status. */
export interface Counting {
	readonly submission: string;
	readonly status: Status;
	readonly language: Language;
}

/** A pair while several write it. */
export interface LivePair extends DraftPair {
	/** Which part of the document's template it began as, from 0: what belongs there. */
	readonly part: number | null;
}

/** A text while several write it. */
export interface LiveText extends Draft {
	readonly pairs: readonly LivePair[];
	readonly counting: Counting | null;
}

/** A pair in its place, taken out or not. */
export interface PlacedPair extends LivePair {
	readonly place: string;
	readonly gone: boolean;
}

const PAIR_ID = /^[A-Za-z0-9_-]{1,43}$/;
/** Which language was made of the other, and what that was: `ar:digest`. */
const TRANSLATION = /^(ar|en):([A-Za-z0-9_-]{16})$/;

/** The text in one language of a pair; `null`: there is none, as in what somebody broke. */
export function textOf(pair: unknown, language: Language): Y.Text | null {
	const text = pair instanceof Y.Map ? pair.get(language) : null;
	return text instanceof Y.Text ? text : null;
}

/** A pair of a text; `null`: there is none. */
export function pairIn(doc: Y.Doc, id: string): PairMap | null {
	const pair = pairsOf(doc).get(id);
	return pair instanceof Y.Map ? pair : null;
}

/** All that are there, in their order; those that were taken out among them. */
export function placedPairs(doc: Y.Doc): readonly PlacedPair[] {
	const pairs = [...pairsOf(doc).entries()].flatMap(([id, pair]) => readPair(id, pair) ?? []);
	pairs.sort((one, other) => compare(one.place, other.place) || compare(one.id, other.id));
	return pairs;
}

/** One of them. */
export const placedPair = (doc: Y.Doc, id: string): PlacedPair | null => readPair(id, pairsOf(doc).get(id));

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What somebody broke is no pair. */
function readPair(id: string, pair: unknown): PlacedPair | null {
	if (!(pair instanceof Y.Map) || !PAIR_ID.test(id)) return null;
	const [ar, en] = [textOf(pair, 'ar'), textOf(pair, 'en')];
	const [kind, level, place] = [pair.get('kind'), pair.get('level'), pair.get('place')];
	if (!ar || !en || typeof place !== 'string' || !PLACE.test(place)) return null;
	const kindHere = PAIR_KINDS.find((one) => one === kind) ?? 'paragraph';
	const levelHere = LEVELS.find((one) => one === level) ?? 1;
	const says = { ar: ar.toString(), en: en.toString() };
	const translation = translationIn(pair);
	return { id, kind: kindHere, level: levelHere, ...says, translation, part: partIn(pair), place, gone: pair.get('gone') === true };
}

function partIn(pair: PairMap): number | null {
	const part = pair.get('part');
	return typeof part === 'number' && part >= 0 ? part : null;
}

function translationIn(pair: PairMap): DraftPair['translation'] {
	const written = pair.get('translation');
	const parts = typeof written === 'string' ? TRANSLATION.exec(written) : null;
	return parts ? { language: parts[1] as Language, of: parts[2] as string } : null;
}

/** What {@link placedPairs} reads as a translation. */
export const translationMark = (translation: DraftPair['translation']): string | null =>
	translation && `${translation.language}:${translation.of}`;

/** The text as it is shown and frozen. */
export function liveText(doc: Y.Doc): LiveText {
	const pairs = placedPairs(doc)
		.filter(({ gone }) => !gone)
		.slice(0, MOST_PAIRS + 1)
		.map(({ id, kind, level, ar, en, translation, part }) => ({ id, kind, level, ar, en, translation, part }));
	return { authority: authorityIn(doc), pairs, counting: countingIn(doc) };
}

function authorityIn(doc: Y.Doc): Authority {
	const written = aboutOf(doc).get('authority');
	return AUTHORITIES.find((one) => one === written) ?? 'both';
}

function countingIn(doc: Y.Doc): Counting | null {
	const about = aboutOf(doc);
	const [submission, status, language] = ['submission', 'status', 'counted'].map((key) => about.get(key));
	if (typeof submission !== 'string' || submission === '') return null;
	return {
		submission,
		status: STATUSES.find((one) => one === status) ?? 'special',
		language: LANGUAGES.find((one) => one === language) ?? 'en',
	};
}
