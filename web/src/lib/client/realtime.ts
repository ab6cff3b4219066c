import { announcements, type AnnouncementName } from '@multaqa/shared/api/realtime';
import { readAnnouncement } from '@multaqa/shared/client/announcement';
import type { TransportListener } from '@multaqa/shared/client/ports';
import { io, type Socket } from 'socket.io-client';

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
