import * as v from 'valibot';
import type { VerifiedEvent } from '../client/types.ts';
import { eventId, once, organisationId, readContent, streamId, written, type SaidOf } from '../log/content.ts';

/** What an organisation answers. «لا موقف بعد» is none of them: it is the lack of an answer, and never counts as agreement. */
export const VALUES = ['support', 'support-with-reservations', 'stand-aside', 'objection', 'block', 'outside-mandate'] as const;
/** One of {@link VALUES}. */
export type StanceValue = (typeof VALUES)[number];
/** What a reservation is about. */
export const RESERVATION_TYPES = ['wording', 'scope', 'timing', 'security', 'mandate', 'language-version', 'attribution'] as const;
/** Who in the organisation decided. */
export const MANDATES = ['board', 'director', 'delegate', 'member-assembly'] as const;
/** One of {@link MANDATES}. */
export type Mandate = (typeof MANDATES)[number];
/**
 * What is told outside of the space: the name, only that there is one more, or, for security, that some names are withheld.
 * Inside, everybody holds the space's key and can read every stance: there is nothing here that could hide one.
 */
export const VISIBILITIES = ['named', 'counted', 'withheld'] as const;
/** Which share of those for and against must be for: more than half, or at least the others. */
export const THRESHOLDS = ['more-than-half', '60-percent', 'two-thirds', 'three-quarters'] as const;
/** One of {@link THRESHOLDS}. */
export type Threshold = (typeof THRESHOLDS)[number];
/** What a decision comes to. Without a quorum it is `no-decision`, never «rejected». */
export const RESULTS = ['passed', 'not-passed', 'no-decision'] as const;

/** Longest texts, in characters (UTF-16 units, as a text field counts), each in one language. */
export const TITLE_LIMIT = 200;
export const QUESTION_LIMIT = 2_000;
export const REASON_LIMIT = 2_000;
export const PRINCIPLE_LIMIT = 500;
export const OUTCOME_LIMIT = 10_000;
export const CONSTITUENCY_LIMIT = 80;
/** Of one version. */
export const MOST_PARAGRAPHS = 400;
/** Of all paragraphs in both languages together, in characters (UTF-16 units): an event holds 192 KiB. */
export const TEXT_LIMIT = 60_000;
/** Of one stance. */
export const MOST_RESERVATIONS = 20;
/** A reservation has 150 words (`rules.ts`) and, whatever its words are like, no more than so many characters. */
export const RESERVATION_LIMIT = 3_000;
/** Of one version: suggested words that it has. */
export const MOST_TAKEN = 200;
/** Of one decision: organisations, and constituencies that they declare. */
export const MOST_ELIGIBLE = 300;
export const MOST_CONSTITUENCIES = 40;

const hash = eventId;
const stream = streamId;
const organisation = organisationId;
/** One text in both languages; one of the two may be missing yet. */
const bilingual = (most: number) =>
	v.pipe(
		v.strictObject({ ar: v.pipe(v.string(), v.maxLength(most)), en: v.pipe(v.string(), v.maxLength(most)) }),
		v.check(({ ar, en }) => (ar + en).trim() !== ''),
	);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
/** A day of the calendar: days since 1970-01-01. */
const day = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));
/** Names a paragraph through all versions of a text. Its number is its place in one of them. */
const paragraphId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,43}$/));

const paragraph = v.pipe(
	v.strictObject({ id: paragraphId, ar: v.string(), en: v.string() }),
	v.check(({ ar, en }) => (ar + en).trim() !== ''),
);
const paragraphs = v.pipe(
	v.array(paragraph),
	v.minLength(1),
	v.maxLength(MOST_PARAGRAPHS),
	v.check((list) => list.reduce((length, { ar, en }) => length + ar.length + en.length, 0) <= TEXT_LIMIT),
);

/** Which reservation: the stance that brought it, and its place there. */
const reservationOf = v.strictObject({ stance: hash, place: v.pipe(count, v.maxValue(MOST_RESERVATIONS - 1)) });
const reservation = v.strictObject({
	type: v.picklist(RESERVATION_TYPES),
	/** `null`: the whole text. */
	paragraph: v.nullable(paragraphId),
	text: written(RESERVATION_LIMIT),
	/** The suggested words that would resolve it. */
	suggestion: v.nullable(hash),
	/** The same reservation to the version before. */
	from: v.nullable(reservationOf),
});

/** What an organisation says about a version. */
const stance = {
	version: hash,
	/** What the organisation said last about this version, as far as its author knew: of two at once the second is told of the first. */
	after: v.nullable(hash),
	value: v.picklist(VALUES),
	reason: v.nullable(written(REASON_LIMIT)),
	/** The shared principle that a block says is harmed. */
	principle: v.nullable(written(PRINCIPLE_LIMIT)),
	reservations: v.pipe(v.array(reservation), v.maxLength(MOST_RESERVATIONS)),
	/** «Would support if …», and the suggested words that would do. */
	condition: v.nullable(v.strictObject({ text: written(REASON_LIMIT), suggestion: v.nullable(hash) })),
	mandate: v.strictObject({ by: v.picklist(MANDATES), day }),
	visibility: v.picklist(VISIBILITIES),
	/** Seconds since 1970. */
	validUntil: count,
	/** The stance to an earlier version that is confirmed as it was. */
	confirms: v.nullable(hash),
};

const model = v.variant('kind', [
	v.strictObject({ kind: v.literal('consent') }),
	v.strictObject({ kind: v.literal('consensus-minus'), k: v.picklist([0, 1, 2]) }),
	v.strictObject({ kind: v.literal('majority'), threshold: v.picklist(THRESHOLDS) }),
	v.strictObject({ kind: v.literal('double-majority'), threshold: v.picklist(THRESHOLDS) }),
]);

/** In the index stream: `issue.…`. In the issue's own stream: all else. Who may say what is decided by `rules.ts`, for every reader alike. */
export const positionEvents = {
	'issue.open': v.strictObject({ stream, title: bilingual(TITLE_LIMIT), question: v.nullable(bilingual(QUESTION_LIMIT)) }),
	/** Another title and question; by whoever opened it, or a facilitator. */
	'issue.change': v.strictObject({ stream, title: bilingual(TITLE_LIMIT), question: v.nullable(bilingual(QUESTION_LIMIT)) }),

	/** A version of the text; by whoever opened the issue, or a facilitator. */
	'position.propose': v.strictObject({
		/** The newest version as its author saw it; `null` for the first. */
		after: v.nullable(hash),
		paragraphs,
		/** Why there is a new version. */
		reason: v.nullable(written(REASON_LIMIT)),
		/** The frozen document whose text this is. */
		frozen: v.nullable(v.strictObject({ stream, hash })),
		/** Suggested words that stand in it: each is accepted with it. */
		takes: v.pipe(v.array(hash), v.maxLength(MOST_TAKEN)),
	}),
	/** Other words for a paragraph; by anybody who may write, for oneself or in an organisation's voice. */
	'wording.suggest': v.pipe(
		v.strictObject({
			/** The version whose paragraph they are for. */
			version: hash,
			paragraph: paragraphId,
			/** How the paragraph would read in each language, of which one may be as it was. */
			ar: v.string(),
			en: v.string(),
			reason: v.nullable(written(REASON_LIMIT)),
			/** The reservation that they answer. */
			for: v.nullable(reservationOf),
		}),
		v.check(({ ar, en }) => (ar + en).trim() !== '' && ar.length + en.length <= TEXT_LIMIT),
	),
	/** Suggested words do not come into the text, says who may propose one; or are taken back, by whose they are. */
	'wording.decline': v.strictObject({ wording: hash, reason: v.nullable(written(REASON_LIMIT)) }),

	/** In the organisation's voice, as all of `stance.…`. `opens`: a sealed answer, once its round has ended. */
	'stance.take': v.strictObject({ ...stance, opens: v.nullable(v.strictObject({ seal: hash, salt: hash })) }),
	/** An answer in a hidden round: nothing but what binds to it (`sealed.ts`). */
	'stance.seal': v.strictObject({ decision: hash, commitment: hash }),
	/** Another representative stands by what one said: a stance, a sealed answer, or that it is taken back. */
	'stance.second': v.strictObject({ said: hash }),
	/** Takes back what the organisation said last, or its sealed answer. */
	'stance.withdraw': v.strictObject({ said: hash, reason: v.nullable(written(REASON_LIMIT)) }),
	/**
	 * What became of a reservation. `accepted`: a version has it, says a facilitator; `kept`: it is published with the text, says
	 * the organisation; `open`: neither, says the organisation.
	 */
	'reservation.settle': v.strictObject({
		reservation: reservationOf,
		as: v.picklist(['open', 'accepted', 'kept']),
		/** The version that has it. */
		version: v.nullable(hash),
	}),

	/** By a facilitator, as all of `decision.…` but the last. Nothing of this changes afterwards. */
	'decision.open': v.strictObject({
		version: hash,
		model,
		/** In percent of those eligible who do not say that it is outside of their mandate. */
		quorum: count,
		/** Seconds since 1970. */
		closes: count,
		eligible: v.pipe(v.array(organisation), v.minLength(1), v.maxLength(MOST_ELIGIBLE)),
		/** As the organisations declare themselves, for those eligible, by their places in `eligible`. */
		constituencies: v.pipe(
			v.array(v.strictObject({ name: written(CONSTITUENCY_LIMIT), of: v.pipe(v.array(count), v.maxLength(MOST_ELIGIBLE)) })),
			v.maxLength(MOST_CONSTITUENCIES),
		),
		/** Answers are sealed until the round has ended; `opening`: how long there is to open them then, in seconds. */
		hidden: v.nullable(v.strictObject({ opening: count })),
	}),
	/** The close time has come: what has a place behind this does not count any more. */
	'decision.end': v.strictObject({ decision: hash }),
	/** The outcome in words, with what was counted. */
	'decision.close': v.strictObject({
		decision: hash,
		result: v.picklist(RESULTS),
		outcome: v.strictObject({ ar: v.pipe(v.string(), v.maxLength(OUTCOME_LIMIT)), en: v.pipe(v.string(), v.maxLength(OUTCOME_LIMIT)) }),
		reasons: written(OUTCOME_LIMIT),
		/** When this is looked at again. */
		review: day,
	}),
	/** The host lends its name, or does not; by its representative. No vote, and later than all of them. */
	'decision.sign-off': v.strictObject({ decision: hash, signs: v.boolean(), reason: v.nullable(written(REASON_LIMIT)) }),
} as const;

/** The events of this feature. */
export type ActType = keyof typeof positionEvents;
/** What an event of a type says. */
export type ContentOf<Type extends ActType> = v.InferOutput<(typeof positionEvents)[Type]>;
/** What somebody does about an issue. */
export type Act = SaidOf<typeof positionEvents>;

export type Paragraph = v.InferOutput<typeof paragraph>;
/** What an organisation holds against a paragraph, or the whole text. */
export type Reservation = v.InferOutput<typeof reservation>;
/** Which reservation: the stance that brought it, and its place there. */
export type ReservationRef = v.InferOutput<typeof reservationOf>;
/** What an organisation says about a version, and nothing of how it is said. */
export type Stance = Omit<ContentOf<'stance.take'>, 'opens'>;
/** How answers are decided upon. */
export type Model = v.InferOutput<typeof model>;
/** One of {@link RESULTS}. */
export type Result = (typeof RESULTS)[number];
/** One text in both languages, of which one may be missing. */
export type Bilingual = ContentOf<'issue.open'>['title'];

const read = once(({ type, content }: VerifiedEvent): Act | null => readAct(type, content));

/** What an event does, if it is one of ours, well formed, and of nobody who was silenced; `null` otherwise. */
export const actIn = (event: VerifiedEvent): Act | null => (event.moderated?.barred === 'silenced' ? null : read(event));

/** An act that is well formed, or `null`: a threshold of 0 or of 101 percent is none. */
export const readAct = (type: string, content: unknown): Act | null => readContent(positionEvents, type, content);
