import type { Socket } from 'socket.io';

/**
 * Bytes that may wait for one line. More than that somebody does not read, or reads so slowly that the next catch-up
 * over HTTP, which asks for what it can take, is there sooner.
 */
export const MOST_WAITING = 512 * 1024;

interface Packet {
	readonly data?: string | Uint8Array;
}
interface WebSocketLine {
	readonly bufferedAmount: number;
	terminate(): void;
}

const lineOf = ({ conn }: Socket) => (conn.transport as unknown as { socket?: WebSocketLine }).socket;

/** What was announced to a socket and is still here. */
export function waitingFor(socket: Socket): number {
	const packets = (socket.conn as unknown as { writeBuffer: readonly Packet[] }).writeBuffer;
	return packets.reduce((bytes, { data }) => bytes + (data?.length ?? 0), lineOf(socket)?.bufferedAmount ?? 0);
}

/**
 * Ends a line at once, with what waits in it. No farewell: it would wait behind the rest, and after one a client does not
 * come back by itself, while a line that broke is opened again and followed by a catch-up.
 */
export function cutOff(socket: Socket): void {
	lineOf(socket)?.terminate();
}
