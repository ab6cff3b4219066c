import * as v from 'valibot';
import { eventId, streamId, written } from '../../log/content.ts';
import { LANGUAGES, MOST_PAIRS } from '../pair.ts';

/** Longest title in the list, in characters (UTF-16 units, as a text field counts). */
export const TITLE_LIMIT = 200;
export const REASON_LIMIT = 500;
export const COMMENT_LIMIT = 5_000;
/** Words that a comment is about. */
export const QUOTE_LIMIT = 300;
/** Most bytes of one change or snapshot as they are sent: an event holds 192 KiB. */
export const MOST_SENT = 160 * 1024;
/** Devices that write at once, and more. */
const MOST_HEADS = 64;
/** Texts of which one change says that the variants are settled. */
const MOST_SETTLED = 100;

const stream = streamId;
const event = eventId;
/** Deflated where that is shorter (`packed.ts`). */
const sent = v.pipe(
	v.instance(Uint8Array<ArrayBuffer>),
	v.check(({ length }) => length > 0 && length <= MOST_SENT),
);
const pair = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,43}$/));
const language = v.picklist(LANGUAGES);
/** Whose changes these are: a number of eight bytes for each time that a document is opened for writing (`session.ts`). */
const session = v.pipe(
	v.instance(Uint8Array<ArrayBuffer>),
	v.check(({ length }) => length === 8),
);
/** The last events of the stream that its author took in: everything that these stand on, and nothing else. */
const heads = v.pipe(v.array(event), v.minLength(1), v.maxLength(MOST_HEADS));
/** A version is named by what opened it: its `document.reopen`, `null` for the first. */
const version = v.nullable(event);

/** In the index stream: `document.open` and `document.change`. In the document's own stream: all else. Who may say what is decided by readers. */
export const documentEvents = {
	'document.open': v.strictObject({ stream, title: written(TITLE_LIMIT), template: v.nullable(written(40)) }),
	/** Another title; by whoever opened it or a facilitator. */
	'document.change': v.strictObject({ stream, title: written(TITLE_LIMIT) }),

	/** What was typed within about a second. */
	'document.update': v.strictObject({
		version,
		session,
		/** A Yjs update (its first form) with nothing in it but this session's own changes. */
		update: sent,
		/** Its author's device was on the line: what others wrote reached it within moments. */
		online: v.boolean(),
		/** Texts whose variants, as far as the author had seen them, are settled with this. */
		settles: v.exactOptional(v.pipe(v.array(v.strictTuple([pair, language])), v.maxLength(MOST_SETTLED))),
	}),
	/** Everything of a version up to some place, for whoever opens it later. `before`: the snapshot before. */
	'document.snapshot': v.strictObject({ version, heads, state: sent, before: v.nullable(event) }),
	/** Nobody changes this version any more; by a facilitator. */
	'document.freeze': v.strictObject({
		version,
		heads,
		number: v.pipe(v.number(), v.integer(), v.minValue(1)),
		hash: event,
		/** The frozen text (`canonicalBytes`). */
		text: sent,
		/** Of its pairs, in order: they stay the same through all versions. */
		pairs: v.pipe(v.array(pair), v.maxLength(MOST_PAIRS)),
	}),
	/** A new version, which begins as the frozen one was; by a facilitator. */
	'document.reopen': v.strictObject({ of: event, reason: written(REASON_LIMIT), session, update: sent }),

	'document.comment': v.strictObject({
		/** The paragraph; `null`: the whole text. */
		pair: v.nullable(pair),
		language: v.nullable(language),
		/** The words that it is about, as they stood. */
		quote: v.nullable(written(QUOTE_LIMIT)),
		text: written(COMMENT_LIMIT),
	}),
	'document.comment.reply': v.strictObject({ comment: event, text: written(COMMENT_LIMIT) }),
	/** «محلولة», or open again. */
	'document.comment.resolve': v.strictObject({ comment: event, on: v.boolean() }),
	/** Takes an own comment or answer back: a mark stays in its place. */
	'document.comment.delete': v.strictObject({ said: event }),
} as const;

/** The events of this feature. */
export type DocumentEventType = keyof typeof documentEvents;
/** What an event of a type says. */
export type ContentOf<Type extends DocumentEventType> = v.InferOutput<(typeof documentEvents)[Type]>;
