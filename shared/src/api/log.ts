import * as v from 'valibot';
import { ID_LENGTH } from '../bytes/ids.ts';
import { route } from './route.ts';
import { bytes, count, envelope, envelopeId, exactly, link, MAX_ENVELOPE, MAX_WRAP, spaceId, streamId } from './schemas.ts';

/** A sealed event as the server orders it: `position` counts through the space, `seq` through the stream. */
export const stored = v.strictObject({ position: count, stream: streamId, seq: count, envelope });
export type StoredEvent = v.InferOutput<typeof stored>;

/**
 * Events of one stream and one generation whose envelopes are not in the answer: where they stand and what they are
 * called, so that they can be asked for and nothing else can be put in their place. 38 bytes an event.
 */
export const announced = v.strictObject({
	stream: streamId,
	generation: count,
	/** Of the first; the others follow it in the stream without a gap. */
	seq: count,
	/** Position in the space and envelope id. */
	events: v.array(v.strictTuple([count, exactly(ID_LENGTH)])),
});
export type AnnouncedEvents = v.InferOutput<typeof announced>;

/** What is wanted of a stream: everything after one sequence number, up to and with another. */
export const gap = v.strictObject({ stream: streamId, after: count, until: count });
export type Gap = v.InferOutput<typeof gap>;

export const acknowledgement = v.strictObject({ id: envelopeId, position: count, seq: count });

export const spaces = {
	/** The spaces the account is a member of. */
	list: route('GET', '/api/spaces', 'session', { answer: v.strictObject({ spaces: v.array(spaceId) }) }),
	/**
	 * Everything of a space after the given places; `more` when the answer was cut at its size. After a long absence the
	 * envelopes of most streams are left out, and only told of.
	 */
	sync: route('POST', '/api/spaces/:space/sync', 'session', {
		params: v.strictObject({ space: spaceId }),
		request: v.strictObject({
			/** Links of the roster the client has. */
			roster: count,
			/** Position of the last event it has. */
			after: count,
			/** Its wraps from this generation on. */
			generation: count,
			/** Streams whose envelopes are wanted however much there is; `null`: all. */
			whole: v.nullable(v.pipe(v.array(streamId), v.maxLength(8))),
		}),
		answer: v.strictObject({
			/** Of the roster, abridged. */
			links: v.array(link),
			events: v.array(stored),
			announced: v.array(announced),
			wraps: v.array(v.strictObject({ generation: count, bytes: bytes(MAX_WRAP) })),
			more: v.boolean(),
		}),
	}),
	/** Envelopes that were only told of, in the order of what is asked; `more` when the answer was cut at its size. */
	read: route('POST', '/api/spaces/:space/events', 'session', {
		params: v.strictObject({ space: spaceId }),
		request: v.strictObject({ gaps: v.pipe(v.array(gap), v.minLength(1), v.maxLength(64)) }),
		answer: v.strictObject({ events: v.array(stored), more: v.boolean() }),
	}),
	/** Durable when acknowledged. An envelope that is already there is acknowledged again. */
	append: route('POST', '/api/spaces/:space/streams/:stream/events', 'session', {
		params: v.strictObject({ space: spaceId, stream: streamId }),
		request: v.strictObject({ envelopes: v.pipe(v.array(envelope), v.minLength(1), v.maxLength(64)) }),
		answer: v.strictObject({ acknowledgements: v.array(acknowledgement) }),
		limit: 2 * MAX_ENVELOPE + 4096,
	}),
};
