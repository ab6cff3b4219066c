import * as v from 'valibot';
import { stored } from './log.ts';
import { bytes, count, link, MAX_WRAP, spaceId } from './schemas.ts';

/**
 * What the server announces over Socket.IO, after commit. Each event carries one `Uint8Array`: the
 * deterministic CBOR of the schema. A hint only; HTTP is the truth. Names are short: one travels with every post.
 */
export const announcements = {
	event: v.strictObject({ space: spaceId, event: stored }),
	/** What was appended in one piece, abridged. `position` is the place in `/api/links/read` (0 for a roster link). */
	links: v.strictObject({ links: v.array(v.strictObject({ position: count, link })) }),
	/** A key for this account alone, just before the links that make it: nobody has to ask for it. */
	wrap: v.strictObject({ space: spaceId, generation: count, bytes: bytes(MAX_WRAP) }),
	vault: v.strictObject({ version: count }),
	notebook: v.strictObject({ version: count }),
	/** There is a letter for this account. */
	letter: v.strictObject({}),
	/** The session was ended on the server: sign-out elsewhere, device revoked. */
	ended: v.strictObject({}),
} as const;

export type Announcements = { [Name in keyof typeof announcements]: v.InferOutput<(typeof announcements)[Name]> };
export type AnnouncementName = keyof Announcements;
