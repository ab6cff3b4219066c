import * as v from 'valibot';
import { route } from './route.ts';
import { blobId, bytes, exactly, MAX_BLOB, spaceId } from './schemas.ts';

/** Removed in one request: an attachment of the largest size has fewer. */
export const MOST_PIECES = 120;

/** Pieces of attachments: sealed, padded, named by their content. */
export const blobs = {
	/**
	 * Keeps a piece with a lock, of which whoever has the key can have it removed; the same piece again changes nothing.
	 * `storage-full` when the forum has no more room for attachments.
	 */
	write: route('POST', '/api/spaces/:space/blobs', 'session', {
		params: v.strictObject({ space: spaceId }),
		request: v.strictObject({ bytes: bytes(MAX_BLOB), lock: exactly(32) }),
		answer: v.strictObject({ id: blobId }),
		limit: MAX_BLOB + 1024,
	}),
	/** Removes pieces whose keys are shown. Answers the same whether or not they were there, and whether or not the keys fit. */
	remove: route('POST', '/api/spaces/:space/blobs/remove', 'session', {
		params: v.strictObject({ space: spaceId }),
		request: v.strictObject({ pieces: v.pipe(v.array(v.strictObject({ id: blobId, key: exactly(32) })), v.maxLength(MOST_PIECES)) }),
		answer: v.strictObject({}),
	}),
	/** `not-found` when it is not there, or the asker is not in the space. */
	read: route('GET', '/api/spaces/:space/blobs/:blob', 'session', {
		params: v.strictObject({ space: spaceId, blob: blobId }),
		answer: v.strictObject({ bytes: bytes(MAX_BLOB) }),
	}),
	/** Is it there? So that an upload that broke off goes on where it was. */
	probe: route('GET', '/api/spaces/:space/blobs/:blob/there', 'session', {
		params: v.strictObject({ space: spaceId, blob: blobId }),
		answer: v.strictObject({ there: v.boolean() }),
	}),
};
