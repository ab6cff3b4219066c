import type { Connection } from '@multaqa/db/database';
import { settleSetting, writeSetting } from '@multaqa/db/settings';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The one-time token of the setup link. Only its hash is kept, in memory: each start makes a new one. */
export interface SetupToken {
	/** In constant time; always `false` once closed. */
	matches(token: string): boolean;
	close(): void;
}

const SETTING = 'setup-token';
const newToken = () => randomBytes(32).toString('base64url');

/**
 * The same link at every node: whichever the founder's browser comes to knows it. It waits in the database until somebody
 * has used it; whoever can read an empty forum's database can have it anyway.
 */
export const sharedToken = (db: Connection): Promise<string> => settleSetting(db, SETTING, newToken);

/** Nobody needs it any more. */
export const forgetSharedToken = (db: Connection): Promise<void> => writeSetting(db, SETTING, null);

export function createSetupToken(token = newToken()): { token: string; setup: SetupToken } {
	let expected: Buffer | null = digest(token);
	const setup: SetupToken = {
		matches: (candidate) => timingSafeEqual(digest(candidate), expected ?? randomBytes(32)),
		close: () => void (expected = null),
	};
	return { token, setup };
}

/** For a forum that has been set up. */
export const closedSetup: SetupToken = { matches: () => false, close: () => undefined };

const digest = (text: string) => createHash('sha256').update(text).digest();
