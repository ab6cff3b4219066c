import * as v from 'valibot';
import { stored } from './log.ts';
import { bytes, count, link, MAX_WRAP, spaceId } from './schemas.ts';

/**
 * What the server announces over Socket.IO, after commit. Each event carries one `Uint8Array`: the
 * deterministic CBOR of the schema. A hint only; HTTP is the truth.
 */
export const announcements = {
	'event:appended': v.strictObject({ space: spaceId, event: stored }),
	/** What was appended in one piece, abridged. `position` is the place in `/api/links/read` (0 for a roster link). */
	'links:appended': v.strictObject({ links: v.array(v.strictObject({ position: count, link })) }),
	/** A key for this account alone, just before the links that make it: nobody has to ask for it. */
	'wrap:stored': v.strictObject({ space: spaceId, generation: count, bytes: bytes(MAX_WRAP) }),
	'vault:changed': v.strictObject({ version: count }),
	'notebook:changed': v.strictObject({ version: count }),
	/** The session was ended on the server: sign-out elsewhere, device revoked. */
	'session:ended': v.strictObject({}),
} as const;

export type Announcements = { [Name in keyof typeof announcements]: v.InferOutput<(typeof announcements)[Name]> };
export type AnnouncementName = keyof Announcements;
