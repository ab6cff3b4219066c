import { announcements, type AnnouncementName, type Announcements } from '@multaqa/shared/api/realtime';
import { encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { isProblem } from '@multaqa/shared/problem';
import { Server, type Socket } from 'socket.io';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { cutOff, MOST_WAITING, waitingFor } from './flow/slow.ts';
import type { Log } from './log.ts';
import { refuseForeign } from './origin.ts';
import type { Session, Sessions } from './session.ts';

type Room = string & { readonly room: true };

/** Tells browsers, after commit, that something is new. A hint: HTTP is the truth. */
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
	close(): Promise<void>;
}

export interface RealtimeParts {
	readonly publicUrl: string;
	readonly sessions: Sessions;
	readonly log: Log;
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
const EVERYONE = 'everyone' as Room;
const inSpace = (space: SpaceId) => `space:${space}` as Room;
const ofAccount = (account: AccountId) => `account:${account}` as Room;
const ofSession = (id: string) => `session:${id}` as Room;

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
	});
	io.on('connection', (socket) => welcome(socket, admitted.get(socket.request), parts.spacesOf));

	const socketsIn = (room: Room) => [...(io.of('/').adapter.rooms.get(room) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? []);
	const end = (room: Room, except: string | null) => {
		const sockets = except === null ? io.in(room) : io.in(room).except(ofSession(except));
		sockets.emit('ended', encode('ended', {}));
		sockets.disconnectSockets(true);
	};
	return {
		everyone: EVERYONE,
		inSpace,
		ofAccount,
		announce(room, name, payload, exceptSession) {
			for (const socket of socketsIn(room)) if (waitingFor(socket) > MOST_WAITING) cutOff(socket);
			const sockets = exceptSession === undefined ? io.in(room) : io.in(room).except(ofSession(exceptSession));
			sockets.emit(name, encode(name, payload));
		},
		follow: (account, space) => io.in(ofAccount(account)).socketsJoin(inSpace(space)),
		unfollow: (account, space) => io.in(ofAccount(account)).socketsLeave(inSpace(space)),
		endSession: (id) => end(ofSession(id), null),
		endAccount: (account, except) => end(ofAccount(account), except),
		review(standing) {
			for (const socket of io.sockets.sockets.values()) reviewSocket(socket, standing, parts.spacesOf, end);
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
		close: () => new Promise((resolve) => void io.close(() => resolve())),
	};
}

/** The session behind a handshake from our own page; `null` refuses it. */
async function admit(request: IncomingMessage, { publicUrl, sessions, isAccount, log }: RealtimeParts): Promise<Session | null> {
	try {
		const site = request.headers['sec-fetch-site'];
		refuseForeign({ origin: request.headers.origin, site: typeof site === 'string' ? site : undefined }, publicUrl);
		const session = await sessions.read(request.headers.cookie);
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
	end: (room: Room, except: null) => void,
): void {
	const session = sessionOf(socket);
	if (!standing.has(session.id)) {
		end(ofSession(session.id), null);
		return;
	}
	const may = new Set<string>(spacesOf(session.account).map(inSpace));
	for (const room of socket.rooms) if (room.startsWith('space:') && !may.has(room)) void socket.leave(room);
}

function encode<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): Uint8Array {
	if (!(name in announcements)) throw new Error('no such announcement');
	return encodeCbor(payload as Cbor);
}
