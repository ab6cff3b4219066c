import { announcements, type AnnouncementName } from '@multaqa/shared/api/realtime';
import { readAnnouncement } from '@multaqa/shared/client/announcement';
import type { TransportListener } from '@multaqa/shared/client/ports';
import type { Socket } from 'socket.io-client';
import { RECONNECTION } from './reconnection.ts';

const names = Object.keys(announcements) as AnnouncementName[];

/** Opens the realtime line; the answer closes it for good. */
export function listen(listener: TransportListener, connect: () => Promise<Socket> = connectHere): () => void {
	let close = () => {};
	let closed = false;
	connect().then(
		(socket) => {
			if (closed) socket.disconnect();
			else close = attend(socket, listener);
		},
		// The script did not arrive: there is no line, and what is written waits for the next opening.
		() => listener.closed(),
	);
	return () => {
		closed = true;
		close();
	};
}

function attend(socket: Socket, listener: TransportListener): () => void {
	if (socket.connected) listener.opened();
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

/** WebSocket only: long polling would send the same bytes in many more requests. Loaded by members only. */
async function connectHere(): Promise<Socket> {
	const { io } = await import('socket.io-client');
	return io({ transports: ['websocket'], forceNew: true, ...RECONNECTION });
}
