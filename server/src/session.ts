import {
	bindSession,
	deleteExpiredSessions,
	deleteSession,
	deleteSessionsOf,
	extendSession,
	findSession,
	insertSession,
	sessionsOf,
} from '@multaqa/db/sessions';
import type { Connection } from '@multaqa/db/database';
import { hourOf } from '@multaqa/db/hour';
import type { SessionTable } from '@multaqa/db/schema';
import type { AccountId, DeviceId } from '@multaqa/shared/bytes/ids';
import { isProblem } from '@multaqa/shared/problem';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { alone, type Nodes } from './nodes/nodes.ts';

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaOver>;
		UserId: AccountId;
		DatabaseSessionAttributes: { created: string; device: DeviceId | null };
	}
}

/** A browser that has signed in. `id` is SHA-256 of its token; `nonce` is what its device proofs sign. */
export interface Session {
	readonly id: string;
	readonly account: AccountId;
	readonly nonce: string;
	/** The browser that has proved itself in it. */
	readonly device: DeviceId | null;
	/** A `set-cookie` value that prolongs the cookie, from time to time. */
	readonly renewal: string | null;
}

/** The only place that knows `lucia`. */
export interface Sessions {
	/** A new session; `db` may be a transaction. Answers the value of `set-cookie`. */
	begin(db: Connection, account: AccountId): Promise<{ session: Session; cookie: string }>;
	/** The session of a `cookie` header, or `null`. */
	read(cookies: string | undefined): Promise<Session | null>;
	/** Notes which browser this session is of. */
	bind(session: Session, device: DeviceId): Promise<void>;
	/** The sessions of an account; `since` is a day. */
	list(account: AccountId): Promise<{ id: string; device: DeviceId | null; since: string }[]>;
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

/**
 * A session that has just been read is not read again for so long, so that writing a post costs no more than
 * writing it. Where several nodes share a database, the others are told when one has ended; should that be lost with
 * their line, it lives so long on them.
 */
const REMEMBERED = 5_000;
const MOST_REMEMBERED = 5_000;

export function createSessions(db: Connection, publicUrl: string, now: () => number, nodes: Nodes = alone()): Sessions {
	const lucia = luciaOver(db, publicUrl);
	const remembered = createMemory(now);
	const forgetOne = (id: string) => remembered.forget((session) => session.id === id);
	const forgetAll = ({ account, except }: { account: string; except: string | null }) =>
		remembered.forget((session) => session.account === account && session.id !== except);
	const tellOne = nodes.subject('session', forgetOne);
	const tellAll = nodes.subject('sessions', forgetAll);
	nodes.onMissed(() => remembered.forget(() => true));
	const cookieOf = (token: string) => lucia.createSessionCookie(token).serialize();

	return {
		async begin(connection, account) {
			const token = randomBytes(32).toString('base64url');
			const id = idOf(token);
			await luciaOver(connection, publicUrl).createSession(account, { created: hourOf(now()), device: null }, { sessionId: id });
			return { session: { id, account, nonce: nonceOf(token), device: null, renewal: null }, cookie: cookieOf(token) };
		},
		async read(cookies) {
			const token = readToken(lucia, cookies);
			if (token === null) return null;
			const id = idOf(token);
			const known = remembered.get(id);
			if (known) return known;
			const { session } = await lucia.validateSession(id);
			if (!session) return null;
			if (Date.parse(session.created) + LONGEST <= now()) {
				await lucia.invalidateSession(session.id);
				return null;
			}
			const read = { id, account: session.userId, nonce: nonceOf(token), device: session.device, renewal: null };
			remembered.set(read);
			return session.fresh ? { ...read, renewal: cookieOf(token) } : read;
		},
		async bind({ id }, device) {
			await bindSession(db, id, device);
			forgetOne(id);
			tellOne(id);
		},
		async list(account) {
			const rows = (await sessionsOf(db, account)).filter(({ expires }) => Date.parse(expires) > now());
			return rows.map(({ id, device, created }) => ({ id, device, since: created.slice(0, 10) }));
		},
		async end(id) {
			await lucia.invalidateSession(id);
			forgetOne(id);
			tellOne(id);
		},
		async endAll(account, except) {
			await deleteSessionsOf(db, account, except);
			forgetAll({ account, except });
			tellAll({ account, except });
		},
		blank: lucia.createBlankSessionCookie().serialize(),
		sweep: () => deleteExpiredSessions(db, hourOf(now()), hourOf(now() - LONGEST)),
	};
}

function createMemory(now: () => number) {
	const sessions = new Map<string, { session: Session; until: number }>();
	return {
		get(id: string): Session | null {
			const entry = sessions.get(id);
			if (entry && entry.until > now()) return entry.session;
			sessions.delete(id);
			return null;
		},
		set(session: Session): void {
			if (sessions.size >= MOST_REMEMBERED) sessions.clear();
			sessions.set(session.id, { session, until: now() + REMEMBERED });
		},
		forget(matches: (session: Session) => boolean): void {
			for (const { session } of sessions.values()) if (matches(session)) sessions.delete(session.id);
		},
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
		getSessionAttributes: ({ created, device }) => ({ created, device }),
	});
}

function unlessStorage(error: unknown): void {
	if (!isProblem(error, 'storage-full', 'storage-unavailable')) throw error;
}

/** Times are kept to the hour. */
function adapterOver(db: Connection): Adapter {
	const fromRow = ({ id, account, device, created, expires }: SessionTable): DatabaseSession => ({
		id,
		userId: account,
		expiresAt: new Date(expires),
		attributes: { created, device },
	});
	return {
		async getSessionAndUser(id) {
			const row = await findSession(db, id);
			return row ? [fromRow(row), { id: row.account, attributes: {} }] : [null, null];
		},
		getUserSessions: async (account) => (await sessionsOf(db, account)).map(fromRow),
		setSession: ({ id, userId, expiresAt, attributes }) =>
			insertSession(db, { id, account: userId, ...attributes, expires: hourOf(expiresAt.getTime()) }),
		// A disk that takes nothing is no reason to refuse whoever reads: it is extended another time.
		updateSessionExpiration: (id, expiresAt) => extendSession(db, id, hourOf(expiresAt.getTime())).catch(unlessStorage),
		deleteSession: (id) => deleteSession(db, id),
		deleteUserSessions: (account) => deleteSessionsOf(db, account),
		deleteExpiredSessions: () => Promise.resolve(),
	};
}
