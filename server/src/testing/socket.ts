import type { AnnouncementName } from '@multaqa/shared/api/realtime';
import { decodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import { io, type Socket } from 'socket.io-client';

export interface Announced {
	readonly name: AnnouncementName;
	readonly payload: Record<string, Cbor>;
}

/** A realtime line, and everything it was told. */
export interface Line {
	readonly socket: Socket;
	readonly heard: Announced[];
	/** The next announcement of that name, or one heard already; fails after ten seconds. */
	next(name: AnnouncementName): Promise<Announced['payload']>;
	close(): void;
}

/** @throws Error when the server refuses the handshake */
export async function openLine(url: string, headers: Record<string, string>): Promise<Line> {
	const socket = io(url, { transports: ['websocket'], extraHeaders: headers, reconnection: false, forceNew: true });
	const heard: Announced[] = [];
	socket.onAny((name: AnnouncementName, bytes: Uint8Array) => {
		heard.push({ name, payload: decodeCbor(new Uint8Array(bytes)) as Record<string, Cbor> });
	});
	await new Promise<void>((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('connect_error', (error) => {
			socket.close();
			reject(error);
		});
	});
	return {
		socket,
		heard,
		async next(name) {
			for (let tries = 0; tries < 1_000; tries++) {
				const index = heard.findIndex((announced) => announced.name === name);
				if (index !== -1) return heard.splice(index, 1)[0]!.payload;
				await new Promise((resolve) => setTimeout(resolve, 10));
			}
			throw new Error(`${name} was not announced`);
		},
		close: () => void socket.close(),
	};
}
