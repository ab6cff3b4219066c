import * as v from 'valibot';
import type { VerifiedEvent } from '../client/types.ts';
import { eventId, once, readContent, streamId, written, type SaidOf } from '../log/content.ts';

export const REASON_LIMIT = 1_000;
export const APPEAL_LIMIT = 4_000;
/** How long somebody may be silenced, in days. There is no other length, and none without an end. */
export const SILENCE_DAYS = [1, 3, 7, 30] as const;
/** How long each waits between two posts of theirs in a slowed thread, in seconds. */
export const SLOW_SECONDS = [60, 300, 900, 3_600] as const;
/** Watch-words of a space. */
export const MOST_WORDS = 200;
export const WORD_LIMIT = 60;

const post = eventId;
const event = eventId;
const stream = streamId;
const reason = written(REASON_LIMIT);

/** All in the moderation stream of a space. What somebody had no right to do never happened: `rules.ts`. */
export const moderationEvents = {
	/** Asks the author to put it differently, and lets them, even after the time for edits. */
	'moderation.reword': v.strictObject({ stream, post, reason }),
	/** Takes a post out of sight; its author and facilitators still read it. */
	'moderation.hide': v.strictObject({ stream, post, reason }),
	/** The author of a post may only read for so many days. */
	'moderation.silence': v.strictObject({ stream, post, days: v.picklist(SILENCE_DAYS), reason }),
	/** Members wait between two posts of theirs in this thread; `because`: the reported post that is answered with it. */
	'moderation.slow': v.strictObject({ stream, seconds: v.picklist(SLOW_SECONDS), reason, because: v.exactOptional(post) }),
	/** What members post in this thread is shown once a facilitator has let it in. */
	'moderation.approval': v.strictObject({ stream, reason }),
	/** Ends one of these before its time. */
	'moderation.lift': v.strictObject({ measure: event, reason }),
	/** Lets in a post that waits. */
	'moderation.admit': v.strictObject({ stream, post }),
	/** Leaves a post outside that waits: its author still reads it. */
	'moderation.keep-out': v.strictObject({ stream, post, reason }),
	/** A post was reported, and a facilitator saw no reason for a measure. */
	'moderation.dismiss': v.strictObject({ stream, post, reason }),
	/** What was reported of a post was not what stands in it, or there is no such post: it counts against nobody. */
	'moderation.discard': v.strictObject({ stream, post, reason }),
	/** Whoever is concerned asks another facilitator. */
	'moderation.appeal': v.strictObject({ measure: event, text: written(APPEAL_LIMIT) }),
	'moderation.decide': v.strictObject({ measure: event, uphold: v.boolean(), reason }),
	/** All watch-words, in place of those before. */
	'moderation.words': v.strictObject({ words: v.pipe(v.array(written(WORD_LIMIT)), v.maxLength(MOST_WORDS)) }),
} as const;

export type ActType = keyof typeof moderationEvents;
export type ContentOf<Type extends ActType> = v.InferOutput<(typeof moderationEvents)[Type]>;
/** What a facilitator does, or whoever is concerned answers. */
export type Act = SaidOf<typeof moderationEvents>;

/** What an event of the moderation stream does, if it is well formed; `null` otherwise. */
export const actIn = once(({ type, content }: VerifiedEvent): Act | null => readAct(type, content));

/** An act that is well formed, or `null`: a silence without a reason or with another length is none. */
export const readAct = (type: string, content: unknown): Act | null => readContent(moderationEvents, type, content);
