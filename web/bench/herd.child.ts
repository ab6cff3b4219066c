import { Agent } from 'node:http';
import { io } from 'socket.io-client';
import { RECONNECTION } from '../src/lib/client/reconnection.ts';
import { statusOf, type Asked } from './asking.ts';
import type { SignedIn } from './large-forum.ts';
import { monotonic } from './monotonic.ts';

/** Many browsers in one process: each opens its line as the page does, and asks what an engine asks whenever it is open. */

export interface Opening {
	readonly url: string;
	readonly browsers: readonly SignedIn[];
	/** What a browser that has everything asks. The notebook with the proof of its device. */
	readonly asked: readonly (Omit<Asked, 'body'> & { readonly body: readonly number[] })[];
}
/** Everybody is back and has asked everything. */
export interface Back {
	/** When the last answer came, the slowest answer in ms, and how many were refused. */
	readonly last: number;
	readonly longest: number;
	readonly refused: number;
	/** How many came back in the fullest tenth of a second. */
	readonly crowd: number;
}

const AT_ONCE = 50;
let [back, longest, refused] = [0, 0, 0];
let moments: number[] = [];

async function open({ url, browsers, asked }: Opening): Promise<void> {
	const everything = asked.map((one) => ({ ...one, body: Uint8Array.from(one.body) }));
	const caughtUp = () => {
		if (++back < browsers.length) return;
		const counts = Map.groupBy(moments, (moment) => Math.floor(moment / 100));
		const crowd = Math.max(...[...counts.values()].map(({ length }) => length));
		process.send?.({ last: monotonic(), longest, refused, crowd } satisfies Back);
		[back, longest, refused, moments] = [0, 0, 0, []];
	};
	for (let place = 0; place < browsers.length; place += AT_ONCE)
		await Promise.all(browsers.slice(place, place + AT_ONCE).map((browser) => openLine(url, browser, everything, caughtUp)));
}

function openLine(url: string, { cookie, proof }: SignedIn, everything: readonly Asked[], caughtUp: () => void): Promise<void> {
	const socket = io(url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin: url }, ...RECONNECTION });
	return new Promise((resolve) => {
		socket.on('connect', () => {
			moments.push(monotonic());
			void catchUp(url, cookie, proof, everything).then(caughtUp).then(resolve);
		});
	});
}

/** One after another, on a connection of its own, as an engine does. */
async function catchUp(url: string, cookie: string, proof: string, everything: readonly Asked[]): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	for (const { proof: proves, ...asked } of everything) {
		const began = monotonic();
		const status = await statusOf(agent, url, cookie, proves === undefined ? asked : { ...asked, proof }).catch(() => 0);
		longest = Math.max(longest, monotonic() - began);
		if (status !== 200) refused++;
	}
	agent.destroy();
}

process.on('message', (message: Opening) => void open(message));
