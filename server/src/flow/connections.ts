import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long somebody may take, and how many may be here. Times in milliseconds. */
export interface ConnectionLimits {
	/** From the first byte of a request to the end of its headers. */
	readonly headers: number;
	/** To the end of its body: the client gives up after 90 s itself. */
	readonly request: number;
	/** Without a byte in either direction: somebody who asked and does not read. */
	readonly silence: number;
	readonly keepAlive: number;
	/** How often those who are late are looked for. */
	readonly look: number;
	readonly connections: number;
	/** Connections that have not asked for anything yet. One more, and the oldest of them goes. */
	readonly unheard: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
	headers: 15_000,
	request: 120_000,
	silence: 120_000,
	keepAlive: 60_000,
	look: 5_000,
	connections: 5_000,
	unheard: 500,
};

const HEADER_BYTES = 16 * 1024;
const HEADER_LINES = 64;
/** From here on connections that only wait for another request make room. */
const CROWDED = 0.9;

/** An HTTP server that nobody can fill by being slow. It listens nowhere yet. */
export function createHttp(limits: ConnectionLimits = CONNECTION_LIMITS): Server {
	const http = createServer({
		headersTimeout: limits.headers,
		requestTimeout: limits.request,
		keepAliveTimeout: limits.keepAlive,
		connectionsCheckingInterval: limits.look,
		maxHeaderSize: HEADER_BYTES,
	});
	http.maxHeadersCount = HEADER_LINES;
	http.maxConnections = limits.connections;
	http.setTimeout(limits.silence);
	boundUnheard(http, limits);
	return http;
}

/**
 * Connections that were opened and say nothing cost a stranger nothing. An honest one says what it wants at once, so that
 * the oldest of the silent can always go, and whoever comes next is always heard.
 */
function boundUnheard(http: Server, { unheard, connections }: ConnectionLimits): void {
	const silent = new Set<Socket>();
	let open = 0;
	http.on('connection', (socket) => {
		open++;
		silent.add(socket);
		socket.once('close', () => {
			open--;
			silent.delete(socket);
		});
		if (silent.size > unheard) silent.values().next().value?.destroy();
		if (open > connections * CROWDED) http.closeIdleConnections();
	});
	const heard = ({ socket }: { socket: Socket }) => void silent.delete(socket);
	http.on('request', heard);
	http.on('upgrade', heard);
}
