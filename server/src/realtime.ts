import type { AnnouncementName, Announcements } from '@multaqa/shared/api/realtime';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { isProblem } from '@multaqa/shared/problem';
import { Server, type Socket } from 'socket.io';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { waitingFor } from './flow/slow.ts';
import { encodeAnnouncement, EVERYONE, inSpace, ofAccount, ofSession, openLines, type Ending, type Room } from './lines.ts';
import type { Log } from './log.ts';
import type { Nodes } from './nodes/nodes.ts';
import { refuseForeign } from './origin.ts';
import type { Session, Sessions } from './session.ts';

/** Tells browsers, after commit, that something is new, whichever node they are on. A hint: HTTP is the truth. */
export interface Realtime {
	readonly everyone: Room;
	inSpace(space: SpaceId): Room;
	ofAccount(account: AccountId): Room;
	announce<Name extends AnnouncementName>(room: Room, name: Name, payload: Announcements[Name], exceptSession?: string): void;
	/** Sockets of the account hear of the space from now on, or no more. */
	follow(account: AccountId, space: SpaceId): void;
	unfollow(account: AccountId, space: SpaceId): void;
	/** Tells the sockets of a session, or of an account but `except`, that it is over, and closes them. */
	endSession(id: string): void;
	endAccount(account: AccountId, except: string | null): void;
	/** Looks again at every open socket: whether its session stands, and which spaces it may hear of. */
	review(standing: ReadonlySet<string>): void;
	readonly openSessions: readonly string[];
	/** Open lines, and bytes that wait for the slowest of them. */
	readonly load: { readonly sockets: number; readonly waiting: number };
	readonly openSockets: number;
	/** Lets go of every line of this node: clients open another, where they are taken, and catch up. */
	hangUp(): void;
	close(): Promise<void>;
}

export interface RealtimeParts {
	readonly publicUrl: string;
	readonly sessions: Sessions;
	readonly log: Log;
	readonly nodes: Nodes;
	/** What follows is asked of the world as it is now. */
	readonly refresh: () => Promise<void>;
	/** The spaces an account may hear of now. */
	readonly spacesOf: (account: AccountId) => readonly SpaceId[];
	readonly isAccount: (account: AccountId) => boolean;
}

/** Clients send nothing over this line but the handshake. */
const MOST_BYTES = 2_048;
const MOST_SOCKETS_OF_A_SESSION = 24;
const MOST_SOCKETS_OF_AN_ACCOUNT = 72;
/** From opening a line to saying so. */
const GREETING = 10_000;

export function createRealtime(http: HttpServer, parts: RealtimeParts): Realtime {
	const admitted = new WeakMap<IncomingMessage, Session>();
	const decide = async (request: IncomingMessage, done: (reason: string | null, allowed: boolean) => void) => {
		const session = await admit(request, parts);
		if (session) admitted.set(request, session);
		done(session ? null : 'refused', session !== null);
	};
	const io = new Server(http, {
		serveClient: false,
		// As the page and every engine open it: polling would only be another way to be slow.
		transports: ['websocket'],
		connectTimeout: GREETING,
		perMessageDeflate: false,
		httpCompression: false,
		maxHttpBufferSize: MOST_BYTES,
		allowRequest: (request, done) => void decide(request, done),
		...parts.nodes.options(),
	});
	parts.nodes.attach(io);
	io.on('connection', (socket) => welcome(socket, admitted.get(socket.request), parts.spacesOf));

	const lines = openLines(io, parts.nodes, parts.refresh);
	return {
		everyone: EVERYONE,
		inSpace,
		ofAccount,
		announce: (room, name, payload, exceptSession) =>
			lines.announce({ room, name, bytes: encodeAnnouncement(name, payload), except: exceptSession ?? null }),
		follow: (account, space) => lines.follow({ account, space }),
		unfollow: (account, space) => lines.unfollow({ account, space }),
		endSession: (id) => lines.end({ room: ofSession(id), except: null }),
		endAccount: (account, except) => lines.end({ room: ofAccount(account), except }),
		review(standing) {
			for (const socket of io.sockets.sockets.values()) reviewSocket(socket, standing, parts.spacesOf, lines.endHere);
		},
		get openSessions() {
			return [...new Set([...io.sockets.sockets.values()].map((socket) => sessionOf(socket).id))];
		},
		get openSockets() {
			return io.sockets.sockets.size;
		},
		get load() {
			const sockets = [...io.sockets.sockets.values()];
			return { sockets: sockets.length, waiting: sockets.reduce((most, socket) => Math.max(most, waitingFor(socket)), 0) };
		},
		hangUp: lines.hangUp,
		close: () => new Promise((resolve) => void io.close(() => resolve())),
	};
}

/** The session behind a handshake from our own page; `null` refuses it. */
async function admit(
	request: IncomingMessage,
	{ publicUrl, sessions, isAccount, log, nodes, refresh }: RealtimeParts,
): Promise<Session | null> {
	// Who does not hear the others has nothing to announce: another node takes the line, or this one a little later.
	if (!nodes.hearing) return null;
	try {
		const site = request.headers['sec-fetch-site'];
		refuseForeign({ origin: request.headers.origin, site: typeof site === 'string' ? site : undefined }, publicUrl);
		const session = await sessions.read(request.headers.cookie);
		if (session) await refresh();
		return session && isAccount(session.account) ? session : null;
	} catch (error) {
		if (!isProblem(error, 'foreign-origin')) log.unexpected(error);
		return null;
	}
}

interface SocketData {
	session: Session;
}
const sessionOf = (socket: Socket) => (socket.data as SocketData).session;

function welcome(socket: Socket, session: Session | undefined, spacesOf: RealtimeParts['spacesOf']): void {
	forgetHandshake(socket);
	const open = (room: Room) => socket.nsp.adapter.rooms.get(room)?.size ?? 0;
	if (
		!session ||
		open(ofSession(session.id)) >= MOST_SOCKETS_OF_A_SESSION ||
		open(ofAccount(session.account)) >= MOST_SOCKETS_OF_AN_ACCOUNT
	) {
		socket.disconnect(true);
		return;
	}
	socket.data = { session } satisfies SocketData;
	socket.onAny(() => socket.disconnect(true));
	void socket.join([EVERYONE, ofAccount(session.account), ofSession(session.id), ...spacesOf(session.account).map(inSpace)]);
}

/** Socket.IO keeps headers and address of the first request for as long as the line is open. */
function forgetHandshake(socket: Socket): void {
	Object.assign(socket.handshake, { headers: {}, address: '', query: {}, url: '' });
	Object.assign(socket.conn, { remoteAddress: '' });
}

function reviewSocket(
	socket: Socket,
	standing: ReadonlySet<string>,
	spacesOf: RealtimeParts['spacesOf'],
	end: (ending: Ending) => void,
): void {
	const session = sessionOf(socket);
	if (!standing.has(session.id)) {
		end({ room: ofSession(session.id), except: null });
		return;
	}
	const may = new Set<string>(spacesOf(session.account).map(inSpace));
	for (const room of socket.rooms) if (room.startsWith('space:') && !may.has(room)) void socket.leave(room);
}
