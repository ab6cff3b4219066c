import * as v from 'valibot';

/**
 * What the project knows of the United Nations, as rows with a source and a confidence each. Gathered from public
 * material and partly from memory: `high` was read in an official or first-hand source, `medium` in a secondary or
 * older one, `low` is memory or a pattern, to be confirmed before anybody relies on it.
 */
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
/** How far a row is to be believed. */
export type Confidence = (typeof CONFIDENCES)[number];

/** Consultative status with ECOSOC (resolution 1996/31, part III). */
export const STATUSES = ['general', 'special', 'roster', 'none'] as const;
/** Of one organisation. */
export type Status = (typeof STATUSES)[number];

const UN_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const;

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/));
const name = v.strictObject({ ar: text, en: text });
const told = { source: text, confidence: v.picklist(CONFIDENCES) };
const words = v.pipe(v.number(), v.integer(), v.minValue(1));
const day = v.pipe(v.string(), v.isoDate());
const timezone = v.picklist(['Europe/Zurich', 'America/New_York', 'Asia/Damascus']);
const languages = v.nullable(v.array(v.picklist(UN_LANGUAGES)));

/** Who may sign what is handed in, and what becomes of those without consultative status. */
const regime = v.strictObject({
	id,
	name,
	withoutStatus: v.picklist(['footnote-only', 'reject-statement', 'sign', 'named-in-speech', 'co-sponsor']),
	/** One statement by each organisation: who signs a joint one can send no other. */
	exclusive: v.exactOptional(v.boolean()),
	/** A statement of its own besides any number of joint ones. */
	individualAndJoint: v.exactOptional(v.boolean()),
	/** The footnote to the title in which those without status are named; `{names}` is put in. */
	footnote: v.exactOptional(text),
	/** In which order signatories stand, where the body says so. */
	order: v.exactOptional(v.array(v.picklist(STATUSES))),
	check: v.exactOptional(text),
	namesOn: v.exactOptional(text),
	...told,
});

const limit = v.variant('unit', [
	/** `null`: whoever has this status hands in nothing. */
	v.strictObject({
		unit: v.literal('words'),
		most: v.strictObject({ general: v.nullable(words), special: v.nullable(words), roster: v.nullable(words), none: v.nullable(words) }),
		...told,
	}),
	/** `guide`: how many English words are spoken in that time, where a guide says so. */
	v.strictObject({ unit: v.literal('seconds'), most: words, guide: v.nullable(words), ...told }),
	/** By one organisation, at one session. */
	v.strictObject({ unit: v.literal('events'), most: words, ...told }),
]);

/** What counts as words of a text. What no source says is `unknown`. */
const counts = v.strictObject({
	title: v.picklist(['counted', 'not-counted', 'unknown']),
	/** Footnotes and endnotes. */
	footnotes: v.picklist(['counted', 'not-counted', 'not-allowed', 'unknown']),
	/** Words of a cover page that the system adds and that count. */
	coverPage: v.pipe(v.number(), v.integer(), v.minValue(0)),
	note: v.exactOptional(text),
	...told,
});

const format = v.strictObject({
	file: v.exactOptional(text),
	pdf: v.exactOptional(v.boolean()),
	emphasis: v.exactOptional(text),
	issued: v.exactOptional(text),
	font: v.exactOptional(text),
	modes: v.exactOptional(v.array(v.picklist(['in-person', 'pre-recorded-video']))),
	videoNote: v.exactOptional(text),
	minutes: v.exactOptional(words),
	rooms: v.exactOptional(text),
	paragraphNumbers: v.exactOptional(v.boolean()),
	pageNumbers: v.exactOptional(v.boolean()),
	annexes: v.exactOptional(text),
	preferredLanguages: v.exactOptional(v.array(v.picklist(UN_LANGUAGES))),
	countriesPerFile: v.exactOptional(words),
	names: v.exactOptional(text),
	public: v.exactOptional(text),
	footnotes: v.exactOptional(v.boolean()),
	acronyms: v.exactOptional(text),
	channel: v.exactOptional(text),
});

const deadline = v.variant('type', [
	/** So many days from the beginning of a session or debate, in the time of that place. */
	v.strictObject({
		type: v.literal('relative'),
		from: v.picklist(['session.start', 'debate.start']),
		days: v.pipe(v.number(), v.integer()),
		timezone,
		note: v.exactOptional(text),
		...told,
	}),
	/** A habit in words: nothing is computed from it. */
	v.strictObject({
		type: v.literal('pattern'),
		text,
		passed: v.exactOptional(v.literal(true)),
		time: v.exactOptional(text),
		...told,
	}),
]);

const submission = v.strictObject({
	id,
	mechanism: id,
	name,
	/** `null`: no limit is known, which does not mean that there is none. */
	limit: v.nullable(limit),
	/** For limits in words. */
	counts: v.nullable(counts),
	/** `null`: nothing is written. */
	languages,
	languagesConfidence: v.picklist(CONFIDENCES),
	format: v.nullable(format),
	deadline,
	eligible: v.strictObject({
		general: v.boolean(),
		special: v.boolean(),
		roster: v.boolean(),
		none: v.boolean(),
		note: v.exactOptional(text),
	}),
	regime: v.nullable(id),
	notes: v.nullable(text),
	...told,
});

const session = v.strictObject({
	code: text,
	start: v.nullable(day),
	end: v.nullable(day),
	status: v.picklist(['held', 'confirmed', 'presumed-held', 'unconfirmed']),
	/** What is supposed of it, in words. */
	estimate: v.nullable(text),
	notes: v.nullable(text),
	...told,
});

const mechanism = v.strictObject({
	id,
	name,
	body: text,
	city: text,
	timezone,
	cycle: v.strictObject({ text, ...told }),
	/** What it has had to do with Syria. */
	relevance: text,
	sessions: v.array(session),
	related: v.exactOptional(v.array(v.strictObject({ what: text, pattern: text, ...told }))),
	/** By when somebody should look whether this still holds. */
	verifyBy: v.exactOptional(day),
});

/** Shape of `submissions.json`: what may be handed in where, and who may sign it. */
export const submissionsFile = v.strictObject({ asOf: day, regimes: v.array(regime), submissions: v.array(submission) });
/** Shape of `mechanisms.json`: bodies, their cycles and sessions. */
export const mechanismsFile = v.strictObject({ asOf: day, mechanisms: v.array(mechanism) });

/** Who may sign what is handed in. */
export type Regime = v.InferOutput<typeof regime>;
/** How long it may be: in words by status, in seconds of speech, or how many events. */
export type Limit = v.InferOutput<typeof limit>;
/** Which parts of a text are words to that body. */
export type Counts = v.InferOutput<typeof counts>;
/** Something that may be handed in at a mechanism. */
export type Submission = v.InferOutput<typeof submission>;
/** A session, with days (`YYYY-MM-DD`) where they are known. */
export type Session = v.InferOutput<typeof session>;
/** A body and its cycle. */
export type Mechanism = v.InferOutput<typeof mechanism>;
/** Until when: days from the beginning of something, or a habit in words. */
export type Deadline = v.InferOutput<typeof deadline>;
