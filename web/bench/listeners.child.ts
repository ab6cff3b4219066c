import { createRequire } from 'node:module';
import { monotonic } from './monotonic.ts';

/** Many lines in one process, as light as they can be: what is measured is who announces, not who listens. */

interface WebSocketLike {
	on(name: 'message', heard: (data: Buffer, isBinary: boolean) => void): void;
	on(name: 'error', failed: (error: Error) => void): void;
	on(name: 'close', closed: () => void): void;
	on(name: 'open', opened: () => void): void;
	send(text: string): void;
}

export interface Opening {
	readonly url: string;
	/** `socket.io`: the line is greeted as that protocol wants it; `ws`: it is bare. */
	readonly protocol: 'socket.io' | 'ws';
	/** One line for each. */
	readonly cookies: readonly string[];
	readonly origin: string;
}
/** `heard`: all lines heard the same announcement; when each of them did. */
export type FromListeners =
	| { readonly kind: 'opened'; readonly lines: number }
	| { readonly kind: 'heard'; readonly times: readonly number[] };

// The WebSocket of Socket.IO itself.
const ofServer = createRequire(new URL('../../server/package.json', import.meta.url));
const ofEngine = createRequire(createRequire(ofServer.resolve('socket.io')).resolve('engine.io'));
const { WebSocket } = ofEngine('ws') as { WebSocket: new (url: string, options: object) => WebSocketLike };

const lines: WebSocketLike[] = [];
let times: number[] = [];
const tell = (message: FromListeners) => process.send?.(message);

/** Nobody is greeted by more than so many at once. */
const AT_ONCE = 50;

async function open({ url, protocol, cookies, origin }: Opening): Promise<void> {
	for (let place = 0; place < cookies.length; place += AT_ONCE)
		await Promise.all(cookies.slice(place, place + AT_ONCE).map((cookie) => openLine(url, protocol, { cookie, origin })));
	tell({ kind: 'opened', lines: lines.length });
}

function openLine(url: string, protocol: Opening['protocol'], headers: object): Promise<void> {
	return new Promise((resolve, reject) => {
		const address = protocol === 'ws' ? url : `${url}/socket.io/?EIO=4&transport=websocket`;
		const line = new WebSocket(address, { headers, perMessageDeflate: false });
		lines.push(line);
		line.on('error', reject);
		line.on('close', () => reject(new Error('a line was closed')));
		if (protocol === 'ws') line.on('open', resolve);
		line.on('message', (data, isBinary) => {
			if (isBinary) return note();
			const text = data.toString();
			// Engine.IO: opened, asked whether one is there; Socket.IO: greeted.
			if (text.startsWith('0')) line.send('40');
			else if (text === '2') line.send('3');
			else if (text.startsWith('40')) resolve();
		});
	});
}

/** An announcement reached one more line. The next one is made when all have heard this one. */
function note(): void {
	times.push(monotonic());
	if (times.length < lines.length) return;
	tell({ kind: 'heard', times });
	times = [];
}

process.on('message', (message: Opening) => void open(message));
