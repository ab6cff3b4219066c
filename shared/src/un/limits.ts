import type { Confidence, Counts, Limit, Status, Submission } from './schema.ts';

/** The parts of a text that bodies count or do not, in words. */
export interface WordsOfParts {
	readonly title: number;
	/** Headings, paragraphs and items. */
	readonly body: number;
	/** Footnotes and endnotes. */
	readonly footnotes: number;
}

/** A part that no source says is counted or not. */
export type UnsurePart = 'title' | 'footnotes';

/** What a body's rule says of a text. `source` and `confidence` are those of the limit, or lower where how it counts is less sure. */
export type LimitAnswer =
	| {
			readonly unit: 'words';
			/** Everything that is known to count, the cover page included. */
			readonly count: number;
			readonly limit: number;
			/** By how many `count` is over; 0: it is not. */
			readonly over: number;
			/** Words of the parts named by `unsure`, which count besides if the body counts them. */
			readonly more: number;
			readonly unsure: readonly UnsurePart[];
			/** `over` keeps it from being handed in; `unsure`: it is over if `more` words count. */
			readonly verdict: 'within' | 'unsure' | 'over';
			/** There are footnotes where the body takes none. */
			readonly footnotesRefused: boolean;
			readonly source: string;
			readonly confidence: Confidence;
	  }
	| {
			/** A time to speak: words are a guide, for English, and keep nothing from being handed in. */
			readonly unit: 'seconds';
			readonly count: number;
			readonly seconds: number;
			readonly guide: number | null;
			/** By how many words it is over the guide. */
			readonly over: number;
			readonly source: string;
			readonly confidence: Confidence;
	  }
	/** `no-limit-known` does not say that there is none. `not-eligible`: this status hands nothing in here. */
	| { readonly unit: 'none'; readonly count: number; readonly reason: 'no-limit-known' | 'not-eligible' };

/**
 * Holds a text against the limit of what it is written for (D-6).
 * @param submission by whose rule (`submissionOf('hrc-written')`)
 * @param status of the organisation that hands it in: limits depend on it
 * @param parts words of the language that will be handed in: an Arabic text has clearly fewer than its English translation
 */
export function limitFor(submission: Submission, status: Status, parts: WordsOfParts): LimitAnswer {
	const { limit, eligible } = submission;
	if (!eligible[status]) return { unit: 'none', count: spoken(parts), reason: 'not-eligible' };
	if (limit === null || limit.unit === 'events') return { unit: 'none', count: spoken(parts), reason: 'no-limit-known' };
	return limit.unit === 'seconds' ? timeFor(limit, parts) : wordsFor(limit, submission.counts, status, parts);
}

function timeFor({ most, guide, source, confidence }: Limit & { unit: 'seconds' }, parts: WordsOfParts): LimitAnswer {
	const count = spoken(parts);
	return { unit: 'seconds', count, seconds: most, guide, over: guide === null ? 0 : Math.max(0, count - guide), source, confidence };
}

/** Nobody reads out a title or a footnote. */
const spoken = ({ body }: WordsOfParts): number => body;

function wordsFor(rule: Limit & { unit: 'words' }, counts: Counts | null, status: Status, parts: WordsOfParts): LimitAnswer {
	const limit = rule.most[status];
	if (limit === null) return { unit: 'none', count: spoken(parts), reason: 'not-eligible' };
	const rules = { title: counts?.title ?? 'unknown', footnotes: counts?.footnotes ?? 'unknown' };
	const count = KINDS.filter((kind) => COUNTING.includes(rules[kind])).reduce((sum, kind) => sum + parts[kind], bodyOf(counts, parts));
	const unsure = KINDS.filter((kind) => rules[kind] === 'unknown' && parts[kind] > 0);
	const more = unsure.reduce((sum, kind) => sum + parts[kind], 0);
	return {
		unit: 'words',
		count,
		limit,
		over: Math.max(0, count - limit),
		more,
		unsure,
		verdict: count > limit ? 'over' : count + more > limit ? 'unsure' : 'within',
		footnotesRefused: counts?.footnotes === 'not-allowed' && parts.footnotes > 0,
		source: rule.source,
		confidence: lower(rule.confidence, counts?.confidence ?? 'low'),
	};
}

const KINDS = ['title', 'footnotes'] as const;
/** Where footnotes are not taken, their words have to go elsewhere. */
const COUNTING: readonly string[] = ['counted', 'not-allowed'];

const bodyOf = (counts: Counts | null, { body }: WordsOfParts): number => body + (counts?.coverPage ?? 0);

const FROM_LOW: readonly Confidence[] = ['low', 'medium', 'high'];
const lower = (one: Confidence, other: Confidence): Confidence => (FROM_LOW.indexOf(one) < FROM_LOW.indexOf(other) ? one : other);

/** Whether a text may be handed in there in this language; `null`: nothing is written, or no source says so. HRC written statements may not be Arabic. */
export const takesLanguage = ({ languages }: Submission, language: 'ar' | 'en'): boolean | null =>
	languages === null ? null : languages.includes(language);
