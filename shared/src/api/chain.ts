import * as v from 'valibot';
import { route } from './route.ts';
import { bytes, count, hash, invitationId, kemKey, link, MAX_LINK, MAX_SEALED, MAX_WRAP, wrap } from './schemas.ts';

export const chains = {
	/** The directory and every user log, abridged, after a position. `more` when the answer was cut at its size. */
	read: route('POST', '/api/links/read', 'session', {
		request: v.strictObject({ after: count }),
		/** `time`: seconds since 1970 by the server's clock; a hint for a device whose own is wrong. */
		answer: v.strictObject({ links: v.array(link), position: count, more: v.boolean(), time: count }),
		packed: true,
	}),
	/**
	 * Appends links of one or more chains, whole or not at all. `stale` when a head has moved,
	 * `rejected-link` with the rule that refused. A link that is already there is acknowledged again.
	 */
	append: route('POST', '/api/links', 'session', {
		request: v.strictObject({
			links: v.pipe(v.array(link), v.minLength(1), v.maxLength(64)),
			wraps: v.pipe(v.array(wrap), v.maxLength(1024)),
			/** Public encryption keys that the links name by hash; stored by content (`hash('public-key', key)`). */
			publicKeys: v.pipe(v.array(kemKey), v.maxLength(8)),
			/** For `invitation.create`: what the invitee will read, sealed to the link's secret. */
			sealed: v.optional(v.strictObject({ invitation: invitationId, bytes: bytes(MAX_SEALED) })),
			/** For `recovery.approve`: the approver's share, wrapped to the key that is approved. */
			share: v.optional(bytes(MAX_WRAP)),
		}),
		answer: v.strictObject({ hashes: v.array(hash) }),
		limit: 64 * MAX_LINK + 1024 * (MAX_WRAP + 128),
	}),
	/** Public encryption keys by their hashes, in the order asked; those that are not there are left out. */
	keys: route('POST', '/api/keys', 'session', {
		request: v.strictObject({ hashes: v.pipe(v.array(hash), v.maxLength(512)) }),
		answer: v.strictObject({ keys: v.array(kemKey) }),
	}),
};
