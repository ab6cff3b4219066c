import type { Connection } from '@multaqa/db/database';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { createOnce, type Once } from '../once.ts';
import { createOpaque, type OpaqueServer } from './opaque.ts';

/** Sign-ins and registrations under way. */
export interface Exchanges {
	readonly opaque: OpaqueServer;
	/** OPAQUE logins that wait for their last message. */
	readonly logins: Once<{ handle: string; state: string }>;
	/** Challenges a new passkey may answer; taken only when the account is made, so that a retry is possible. */
	readonly registrations: Once<true>;
	/** Challenges of passkey sign-ins, by attempt. */
	readonly passkeys: Once<string>;
	/** Nonces of identity sign-ins, by attempt. */
	readonly identities: Once<Bytes>;
}

const TWO_MINUTES = 2 * 60_000;
/** Creating a passkey can mean fetching a phone; after it the new keys are still to be derived. */
const TEN_MINUTES = 10 * 60_000;
/** As many as can begin in ten minutes: nobody pushes out another's by beginning many. */
const MOST = 20_000;

export function createExchanges(db: Connection, now: () => number): Exchanges {
	return {
		opaque: createOpaque(db),
		logins: createOnce(TWO_MINUTES, MOST, now),
		registrations: createOnce(TEN_MINUTES, MOST, now),
		passkeys: createOnce(TEN_MINUTES, MOST, now),
		identities: createOnce(TEN_MINUTES, MOST, now),
	};
}
