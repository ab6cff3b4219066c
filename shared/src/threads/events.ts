import * as v from 'valibot';
import { attachmentList } from '../attachments/manifest.ts';
import { eventId, streamId, written } from '../log/content.ts';

/** Longest post, in characters (UTF-16 units, as a text field counts). */
export const POST_LIMIT = 20_000;
export const TITLE_LIMIT = 200;
export const REASON_LIMIT = 500;
export const MILESTONE_LIMIT = 120;
export const TAG_LIMIT = 40;
export const MOST_TAGS = 8;
/** How long an author may change a post, in seconds: long enough for a mistake, too short to rewrite what was answered. */
export const EDIT_WINDOW = 30 * 60;
/** What one may react with: few, and none that mocks. */
export const REACTIONS = ['👍', '❤️', '🙏', '👏', '💡', '🤔', '⚠️'] as const;
export type Reaction = (typeof REACTIONS)[number];

const post = eventId;
const stream = streamId;

/** In the index stream: `thread.…`. In the thread's own stream: all else. Who may say what is decided by the reducers. */
export const threadEvents = {
	'thread.open': v.strictObject({ stream, title: written(TITLE_LIMIT) }),
	/** By whoever opened it within the window for edits, or by a facilitator. */
	'thread.rename': v.strictObject({ stream, title: written(TITLE_LIMIT) }),
	/** All tags of a thread, in place of those before; by whoever opened it or a facilitator. */
	'thread.tag': v.strictObject({ stream, tags: v.pipe(v.array(written(TAG_LIMIT)), v.maxLength(MOST_TAGS)) }),
	/** Keeps a thread at the top of the list; by a facilitator. */
	'thread.pin': v.strictObject({ stream, on: v.boolean() }),
	/** Nobody but facilitators writes there any more, or again; by a facilitator. `because`: the reported post that is answered with it. */
	'thread.close': v.strictObject({
		stream,
		on: v.boolean(),
		reason: v.nullable(written(REASON_LIMIT)),
		because: v.exactOptional(post),
	}),

	'post.add': v.pipe(
		v.strictObject({
			/** Nothing, where files say it. */
			text: v.pipe(v.string(), v.maxLength(POST_LIMIT)),
			/** The post this one answers; `null` for the thread itself. */
			reply: v.nullable(post),
			attachments: v.optional(attachmentList, []),
		}),
		v.check(({ text, attachments }) => text.trim() !== '' || attachments.length > 0),
	),
	/** Another text for an own post, within the window. */
	'post.edit': v.strictObject({ post, text: written(POST_LIMIT) }),
	/** Takes an own post back: a mark stays in its place. */
	'post.delete': v.strictObject({ post }),
	'post.react': v.strictObject({ post, emoji: v.picklist(REACTIONS), on: v.boolean() }),
	/** Everybody is asked to confirm that they have seen this post; by a facilitator. */
	'post.notice': v.strictObject({ post, on: v.boolean() }),
	/** «اطّلعتُ»: formally, and once for all. */
	'post.acknowledge': v.strictObject({ post }),
	/** A station on the way of the discussion, beside the post it points at; `null` takes it away. By a facilitator. */
	'milestone.set': v.strictObject({ post, label: v.nullable(written(MILESTONE_LIMIT)) }),
	/** What was said up to a post, at the head of the thread; by a facilitator. */
	'summary.set': v.strictObject({ text: written(POST_LIMIT), until: post }),
} as const;

export type ThreadEventType = keyof typeof threadEvents;
export type ContentOf<Type extends ThreadEventType> = v.InferOutput<(typeof threadEvents)[Type]>;
