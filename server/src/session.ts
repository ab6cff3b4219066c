import { deleteExpiredSessions, deleteSession, deleteSessionsOf, extendSession, findSession, insertSession, sessionsOf } from '@multaqa/db/sessions';
import type { Connection } from '@multaqa/db/database';
import { hourOf } from '@multaqa/db/hour';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { createHash, createHmac, randomBytes } from 'node:crypto';

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaOver>;
		UserId: AccountId;
		DatabaseSessionAttributes: { created: string };
	}
}

/** A browser that has signed in. `id` is SHA-256 of its token; `nonce` is what its device proofs sign. */
export interface Session {
	readonly id: string;
	readonly account: AccountId;
	readonly nonce: string;
	/** A `set-cookie` value that prolongs the cookie, from time to time. */
	readonly renewal: string | null;
}

/** The only place that knows `lucia`. */
export interface Sessions {
	/** A new session; `db` may be a transaction. Answers the value of `set-cookie`. */
	begin(db: Connection, account: AccountId): Promise<{ session: Session; cookie: string }>;
	/** The session of a `cookie` header, or `null`. */
	read(cookies: string | undefined): Promise<Session | null>;
	end(id: string): Promise<void>;
	/** Ends all sessions of an account but `except`. */
	endAll(account: AccountId, except: string | null): Promise<void>;
	/** `set-cookie` that removes the cookie. */
	readonly blank: string;
	sweep(): Promise<void>;
}

const IDLE_DAYS = 14;
const DAY = 86_400_000;
const LONGEST = 90 * DAY;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function createSessions(db: Connection, publicUrl: string, now: () => number): Sessions {
	const lucia = luciaOver(db, publicUrl);
	const cookieOf = (token: string) => lucia.createSessionCookie(token).serialize();

	return {
		async begin(connection, account) {
			const token = randomBytes(32).toString('base64url');
			const id = idOf(token);
			await luciaOver(connection, publicUrl).createSession(account, { created: hourOf(now()) }, { sessionId: id });
			return { session: { id, account, nonce: nonceOf(token), renewal: null }, cookie: cookieOf(token) };
		},
		async read(cookies) {
			const token = readToken(lucia, cookies);
			if (token === null) return null;
			const { session } = await lucia.validateSession(idOf(token));
			if (!session) return null;
			if (Date.parse(session.created) + LONGEST <= now()) {
				await lucia.invalidateSession(session.id);
				return null;
			}
			return { id: session.id, account: session.userId, nonce: nonceOf(token), renewal: session.fresh ? cookieOf(token) : null };
		},
		end: (id) => lucia.invalidateSession(id),
		endAll: (account, except) => deleteSessionsOf(db, account, except),
		blank: lucia.createBlankSessionCookie().serialize(),
		sweep: () => deleteExpiredSessions(db, hourOf(now()), hourOf(now() - LONGEST)),
	};
}

const idOf = (token: string) => createHash('sha256').update(token).digest('base64url');
const nonceOf = (token: string) => createHmac('sha256', token).update('multaqa/v1/session-nonce').digest('base64url');

function readToken(lucia: ReturnType<typeof luciaOver>, cookies: string | undefined): string | null {
	try {
		const token = lucia.readSessionCookie(cookies ?? '');
		return token !== null && TOKEN.test(token) ? token : null;
	} catch {
		// A percent sign out of place in somebody's cookie.
		return null;
	}
}

/**
 * `__Host-` demands `Secure`, and not every browser lets plain http on localhost set a secure cookie
 * (Chromium does, Safari does not), so a forum tried out there uses a plain name.
 */
function luciaOver(db: Connection, publicUrl: string) {
	const secure = publicUrl.startsWith('https:');
	return new Lucia(adapterOver(db), {
		sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd'),
		sessionCookie: {
			name: secure ? '__Host-session' : 'session',
			attributes: { secure, sameSite: 'strict', path: '/' },
		},
		getSessionAttributes: ({ created }) => ({ created }),
	});
}

/** Times are kept to the hour. */
function adapterOver(db: Connection): Adapter {
	const fromRow = ({ id, account, created, expires }: { id: string; account: AccountId; created: string; expires: string }): DatabaseSession => ({
		id, userId: account, expiresAt: new Date(expires), attributes: { created },
	});
	return {
		async getSessionAndUser(id) {
			const row = await findSession(db, id);
			return row ? [fromRow(row), { id: row.account, attributes: {} }] : [null, null];
		},
		getUserSessions: async (account) => (await sessionsOf(db, account)).map(fromRow),
		setSession: ({ id, userId, expiresAt, attributes }) =>
			insertSession(db, { id, account: userId, created: attributes.created, expires: hourOf(expiresAt.getTime()) }),
		updateSessionExpiration: (id, expiresAt) => extendSession(db, id, hourOf(expiresAt.getTime())),
		deleteSession: (id) => deleteSession(db, id),
		deleteUserSessions: (account) => deleteSessionsOf(db, account),
		deleteExpiredSessions: () => Promise.resolve(),
	};
}
