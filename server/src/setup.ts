import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The one-time token of the setup link. Only its hash is kept, in memory: each start makes a new one. */
export interface SetupToken {
	/** In constant time; always `false` once closed. */
	matches(token: string): boolean;
	close(): void;
}

export function createSetupToken(): { token: string; setup: SetupToken } {
	const token = randomBytes(32).toString('base64url');
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
