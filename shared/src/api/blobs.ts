import * as v from 'valibot';
import { route } from './route.ts';
import { blobId, bytes, MAX_BLOB, spaceId } from './schemas.ts';

/** Pieces of attachments: sealed, padded, named by their content. */
export const blobs = {
	/** Keeps a piece; the same one again changes nothing. `storage-full` when the forum has no more room for attachments. */
	write: route('POST', '/api/spaces/:space/blobs', 'session', {
		params: v.strictObject({ space: spaceId }),
		request: v.strictObject({ bytes: bytes(MAX_BLOB) }),
		answer: v.strictObject({ id: blobId }),
		limit: MAX_BLOB + 1024,
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
