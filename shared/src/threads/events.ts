import * as v from 'valibot';
import type { Hash, StreamId } from '../bytes/ids.ts';

/** Longest post, in characters (UTF-16 units, as a text field counts). */
export const POST_LIMIT = 20_000;
export const TITLE_LIMIT = 200;

const id43 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const id22 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));
const written = (most: number) =>
	v.pipe(
		v.string(),
		v.maxLength(most),
		v.check((text) => text.trim() !== ''),
	);

/** `thread.open` in the index stream; `post.add` in the thread's own stream. */
export const threadEvents = {
	'thread.open': v.strictObject({
		stream: id22 as unknown as v.GenericSchema<StreamId>,
		title: written(TITLE_LIMIT),
	}),
	'post.add': v.strictObject({
		text: written(POST_LIMIT),
		/** The post this one answers; `null` for the thread itself. */
		reply: v.nullable(id43 as unknown as v.GenericSchema<Hash>),
	}),
} as const;

export type ThreadOpen = v.InferOutput<(typeof threadEvents)['thread.open']>;
export type PostAdd = v.InferOutput<(typeof threadEvents)['post.add']>;
