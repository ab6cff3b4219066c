import type { Connection } from '@multaqa/db/database';
import { settleSetting } from '@multaqa/db/settings';
import { fromBase64url, toBase64url, type Bytes } from '@multaqa/shared/bytes/bytes';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import { randomBytes } from 'node:crypto';
import { alone, type Nodes } from '../nodes/nodes.ts';
import { createOnce, type Once } from '../once.ts';
import { createOpaque, type OpaqueServer } from './opaque.ts';

/** Sign-ins and registrations under way. */
export interface Exchanges {
	readonly opaque: OpaqueServer;
	/** OPAQUE logins that wait for their last message. */
	readonly logins: Once<{ handle: string; state: string }>;
	/** Challenges a new passkey may answer; taken only when the account is made, so that a retry is possible. */
	readonly registrations: Once<true>;
	/** Challenges of passkey sign-ins. */
	readonly passkeys: Once<string>;
	/** Nonces of identity sign-ins. */
	readonly identities: Once<Bytes>;
}

const TWO_MINUTES = 2 * 60_000;
/** Creating a passkey can mean fetching a phone; after it the new keys are still to be derived. */
const TEN_MINUTES = 10 * 60_000;
const KEY_BYTES = 32;
const SETTING = 'exchange-key';

/** @param key seals what clients bring back */
export function createExchanges(
	db: Connection,
	now: () => number,
	key: Uint8Array = randomBytes(KEY_BYTES),
	nodes: Nodes = alone(),
): Exchanges {
	const once = <T extends Cbor>(label: string, lifetime: number) => createOnce<T>({ label, lifetime, key, now, nodes });
	return {
		opaque: createOpaque(db),
		logins: once('login', TWO_MINUTES),
		registrations: once('registration', TEN_MINUTES),
		passkeys: once('passkey', TEN_MINUTES),
		identities: once('identity', TEN_MINUTES),
	};
}

/** Nodes share the key, so that what one has begun another can go on with. */
export async function exchangeKey(db: Connection, nodes: Nodes): Promise<Uint8Array> {
	if (!nodes.several) return randomBytes(KEY_BYTES);
	return fromBase64url(await settleSetting(db, SETTING, () => toBase64url(randomBytes(KEY_BYTES))));
}
