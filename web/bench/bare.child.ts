import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** The least that can announce: whoever posts is heard by everybody. No account, no session, no room, nothing kept. */

interface BareWebSockets {
	readonly clients: ReadonlySet<{ send(bytes: Uint8Array, options: object): void }>;
}

const ofServer = createRequire(new URL('../../server/package.json', import.meta.url));
const ofEngine = createRequire(createRequire(ofServer.resolve('socket.io')).resolve('engine.io'));

const http = createServer((request, response) => {
	const parts: Buffer[] = [];
	request.on('data', (part: Buffer) => parts.push(part));
	request.once('end', () => {
		announce(Buffer.concat(parts));
		response.end();
	});
});
const announce = process.argv[2] === 'ws' ? bareWebSockets() : bareSocketIo();

function bareSocketIo(): (bytes: Buffer) => void {
	const io = new Server(http, { serveClient: false, transports: ['websocket'], perMessageDeflate: false, httpCompression: false });
	return (bytes) => io.emit('event', bytes);
}

function bareWebSockets(): (bytes: Buffer) => void {
	const { WebSocketServer } = ofEngine('ws') as { WebSocketServer: new (options: object) => BareWebSockets };
	const { clients } = new WebSocketServer({ server: http, perMessageDeflate: false });
	return (bytes) => clients.forEach((client) => client.send(bytes, { binary: true }));
}

http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
