import { announcements, type AnnouncementName, type Announcements } from '@multaqa/shared/api/realtime';
import { encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { isProblem } from '@multaqa/shared/problem';
import { Server, type Socket } from 'socket.io';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { cutOff, MOST_WAITING, waitingFor } from './flow/slow.ts';
import type { Log } from './log.ts';
import type { Nodes } from './nodes/nodes.ts';
import { refuseForeign } from './origin.ts';
import type { Session, Sessions } from './session.ts';

type Room = string & { readonly room: true };

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
		...parts.nodes.options(),
	});
	parts.nodes.attach(io);
	io.on('connection', (socket) => welcome(socket, admitted.get(socket.request), parts.spacesOf));

	const socketsIn = (room: Room) => [...(io.of('/').adapter.rooms.get(room) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? []);
	/** Only the lines of this node: others do the same with theirs when they hear of it. */
	const here = (room: Room, except: string | null) => (except === null ? io.local.in(room) : io.local.in(room).except(ofSession(except)));
	const announceHere = ({ room, name, bytes, except }: Announcement) => {
		for (const socket of socketsIn(room as Room)) if (waitingFor(socket) > MOST_WAITING) cutOff(socket);
		here(room as Room, except).emit(name, bytes);
	};
	const endHere = ({ room, except }: Ending) => {
		here(room as Room, except).emit('ended', encode('ended', {}));
		here(room as Room, except).disconnectSockets(true);
	};
	const followHere = ({ account, space }: Following) => io.local.in(ofAccount(account as AccountId)).socketsJoin(inSpace(space as SpaceId));
	const unfollowHere = ({ account, space }: Following) =>
		io.local.in(ofAccount(account as AccountId)).socketsLeave(inSpace(space as SpaceId));
	const hangUp = () => {
		for (const socket of io.sockets.sockets.values()) cutOff(socket);
	};
	parts.nodes.onMissed(hangUp);
	const onAll = <T extends Cbor>(name: string, doHere: (value: T) => void) => {
		const tell = parts.nodes.subject(name, doHere);
		return (value: T) => {
			doHere(value);
			tell(value);
		};
	};
	/** Whoever opens a line meanwhile is given the rooms of a world that knows of this already. */
	const followed = (doHere: (value: Following) => void) => async (value: Following) => {
		await parts.refresh();
		doHere(value);
	};
	const [tellFollow, tellUnfollow] = [
		parts.nodes.subject('follow', followed(followHere)),
		parts.nodes.subject('unfollow', followed(unfollowHere)),
	];
	const announceOnAll = onAll('announce', announceHere);
	const endOnAll = onAll('end', endHere);
	return {
		everyone: EVERYONE,
		inSpace,
		ofAccount,
		announce(room, name, payload, exceptSession) {
			announceOnAll({ room, name, bytes: encode(name, payload), except: exceptSession ?? null });
		},
		follow(account, space) {
			followHere({ account, space });
			tellFollow({ account, space });
		},
		unfollow(account, space) {
			unfollowHere({ account, space });
			tellUnfollow({ account, space });
		},
		endSession: (id) => endOnAll({ room: ofSession(id), except: null }),
		endAccount: (account, except) => endOnAll({ room: ofAccount(account), except }),
		review(standing) {
			for (const socket of io.sockets.sockets.values()) reviewSocket(socket, standing, parts.spacesOf, endHere);
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
		hangUp,
		close: () => new Promise((resolve) => void io.close(() => resolve())),
	};
}

/** As nodes tell each other. */
type Announcement = {
	readonly room: string;
	readonly name: AnnouncementName;
	readonly bytes: Uint8Array;
	readonly except: string | null;
};
type Ending = Pick<Announcement, 'room' | 'except'>;
type Following = { readonly account: string; readonly space: string };

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

function encode<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): Uint8Array {
	if (!(name in announcements)) throw new Error('no such announcement');
	return encodeCbor(payload as Cbor);
}
