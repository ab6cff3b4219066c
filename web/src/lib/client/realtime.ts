import { io, type Socket } from 'socket.io-client';
import * as v from 'valibot';
import { announcements, type AnnouncementName, type Announcements } from '@multaqa/shared/api/realtime';
import { decodeCbor } from '@multaqa/shared/bytes/cbor';
import type { TransportListener } from '@multaqa/shared/client/ports';

const names = Object.keys(announcements) as AnnouncementName[];

/** Opens the realtime line; the answer closes it for good. */
export function listen(listener: TransportListener, connect: () => Socket = connectHere): () => void {
	const socket = connect();
	socket.on('connect', () => listener.opened());
	socket.on('disconnect', () => listener.closed());
	for (const name of names) {
		socket.on(name as string, (payload: unknown) => {
			const read = readAnnouncement(name, payload);
			if (read) listener.announced(name, read);
		});
	}
	return () => {
		socket.removeAllListeners();
		socket.disconnect();
	};
}

/** WebSocket only: long polling would send the same bytes in many more requests. */
function connectHere(): Socket {
	return io({ transports: ['websocket'], reconnectionDelayMax: 20_000, forceNew: true });
}

/** Announcements are hints: what cannot be read is dropped, and the next catch-up brings it. */
export function readAnnouncement<Name extends AnnouncementName>(name: Name, payload: unknown): Announcements[Name] | null {
	try {
		const bytes = payload instanceof ArrayBuffer ? new Uint8Array(payload) : payload;
		if (!(bytes instanceof Uint8Array)) return null;
		return v.parse(announcements[name], decodeCbor(bytes)) as Announcements[Name];
	} catch {
		return null;
	}
}
