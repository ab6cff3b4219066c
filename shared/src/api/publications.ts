import * as v from 'valibot';
import { MAX_PUBLICATION } from '../publication/publication.ts';
import { address, digest } from '../publication/signed-text.ts';
import { nothing, route } from './route.ts';
import { bytes, spaceId } from './schemas.ts';

const params = v.strictObject({ space: spaceId, address });

/**
 * Statements on their way to the public. What is public is read as pages, without a session; these are for those who
 * coordinate a space.
 */
export const publications = {
	/**
	 * Lays an edition down for another coordinator to confirm; it takes the place of one that nobody confirmed. Nothing is
	 * shown yet.
	 * `stale`: not the edition that comes next. `tampered`: it does not prove what it says. `rejected-link` with a rule of
	 * `server/src/publications`.
	 */
	propose: route('PUT', '/api/spaces/:space/publications/:address', 'device', {
		params,
		request: v.strictObject({ bytes: bytes(MAX_PUBLICATION) }),
		answer: nothing,
		limit: MAX_PUBLICATION + 1024,
	}),
	/** What waits to be confirmed, byte for byte. `not-found`: nothing does. */
	waiting: route('GET', '/api/spaces/:space/publications/:address', 'session', {
		params,
		answer: v.strictObject({ bytes: bytes(MAX_PUBLICATION) }),
	}),
	/** A second coordinator stands by exactly these bytes: from the hour they name, everybody can read them. */
	confirm: route('POST', '/api/spaces/:space/publications/:address/confirm', 'device', {
		params,
		request: v.strictObject({ digest }),
		answer: nothing,
	}),
};
