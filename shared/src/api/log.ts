import * as v from 'valibot';
import { route } from './route.ts';
import { bytes, count, envelope, envelopeId, link, MAX_ENVELOPE, MAX_WRAP, spaceId, streamId } from './schemas.ts';

/** A sealed event as the server orders it: `position` counts through the space, `seq` through the stream. */
export const stored = v.strictObject({ position: count, stream: streamId, seq: count, envelope });
export type StoredEvent = v.InferOutput<typeof stored>;

export const acknowledgement = v.strictObject({ id: envelopeId, position: count, seq: count });

export const spaces = {
	/** The spaces the account is a member of. */
	list: route('GET', '/api/spaces', 'session', { answer: v.strictObject({ spaces: v.array(spaceId) }) }),
	/** Everything of a space after the given places, in one answer; `more` when it was cut at its size. */
	sync: route('POST', '/api/spaces/:space/sync', 'session', {
		params: v.strictObject({ space: spaceId }),
		request: v.strictObject({
			/** Links of the roster the client has. */
			roster: count,
			/** Position of the last event it has. */
			after: count,
			/** Its wraps from this generation on. */
			generation: count,
		}),
		answer: v.strictObject({
			/** Of the roster, abridged. */
			links: v.array(link),
			events: v.array(stored),
			wraps: v.array(v.strictObject({ generation: count, bytes: bytes(MAX_WRAP) })),
			more: v.boolean(),
		}),
	}),
	/** Durable when acknowledged. An envelope that is already there is acknowledged again. */
	append: route('POST', '/api/spaces/:space/streams/:stream/events', 'session', {
		params: v.strictObject({ space: spaceId, stream: streamId }),
		request: v.strictObject({ envelopes: v.pipe(v.array(envelope), v.minLength(1), v.maxLength(64)) }),
		answer: v.strictObject({ acknowledgements: v.array(acknowledgement) }),
		limit: 2 * MAX_ENVELOPE + 4096,
	}),
};
