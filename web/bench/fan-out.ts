import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, posting } from './asking.ts';
import { endChild, forkOn, MEASURED, MEASURING, messageOf } from './cores.ts';
import { atMost, quantile, told, type Figure } from './figure.ts';
import { newEvent, streamOf, type LargeForum } from './large-forum.ts';
import type { FromListeners, Opening } from './listeners.child.ts';
import { monotonic } from './monotonic.ts';
import { megabytesOf, processorTime, startProcess } from './server-process.ts';

const FEW = 100;
const MANY = 1_000;
const POSTS = 60;
/** Between two of them, so that none waits for what the one before left to be done. */
const PAUSE = 30;
const SETTLING = 2_000;
/** Beside bare Socket.IO, which knows nobody and keeps nothing. */
const OF_BARE = 1.5;
const MOST_KB_OF_A_LINE = 64;

/** Somebody who announces to everybody whatever is posted. */
interface Announcer {
	readonly url: string;
	readonly protocol: Opening['protocol'];
	readonly browsers: readonly { readonly cookie: string }[];
	resident(): number;
	cpu(): number;
	/** Sends one post; resolves when it was answered. */
	post(): Promise<void>;
	stop(): Promise<void>;
}

interface Announced {
	readonly half: number;
	readonly most: number;
	/** Microseconds of the announcer's processor for each line that heard. */
	readonly cpu: number;
	/** kB for each line, beside those that were there before. */
	readonly memory: number;
}

/** From sending a post to a thousand open lines that heard of it, beside the bare libraries with the same bytes. */
export async function fanOut(forum: LargeForum, port: number): Promise<readonly Figure[]> {
	const [few, many] = await announced(await ours(forum, port));
	const [, socketIo] = await announced(await bare('socket.io', forum.browsers));
	const [, ws] = await announced(await bare('ws', forum.browsers));
	const times = (one: number, other: number) => `${(one / other).toFixed(2)} ×`;
	return [
		told(`a post heard on ${FEW} lines, p50`, few.half, 'ms', `p99 ${few.most.toFixed(1)} ms; session, commit with fsync, announcement`),
		told(
			`bare ws, ${MANY} lines, p50`,
			ws.half,
			'ms',
			`p99 ${ws.most.toFixed(1)} ms, ${ws.cpu.toFixed(1)} µs and ${ws.memory.toFixed(1)} kB each`,
		),
		told(`bare Socket.IO, ${MANY} lines, p50`, socketIo.half, 'ms', 'nobody is known, nothing is kept'),
		atMost(
			`a post heard on ${MANY} lines, p50`,
			many.half,
			'ms',
			OF_BARE * socketIo.half,
			`${times(many.half, socketIo.half)} bare Socket.IO`,
		),
		atMost('the same, p99', many.most, 'ms', OF_BARE * socketIo.most, `${times(many.most, socketIo.most)} bare Socket.IO`),
		atMost(
			'processor for each line that heard it',
			many.cpu,
			'µs',
			OF_BARE * socketIo.cpu,
			`${times(many.cpu, socketIo.cpu)} bare Socket.IO`,
		),
		atMost('memory for each open line', many.memory, 'kB', MOST_KB_OF_A_LINE, `bare Socket.IO ${socketIo.memory.toFixed(1)} kB`),
	];
}

async function ours(forum: LargeForum, port: number): Promise<Announcer> {
	const server = await startProcess(port, forum.folder, { keep: true, command: [...MEASURED, process.execPath] });
	const agent = new Agent({ keepAlive: true });
	const path = `/api/spaces/${forum.space}/streams/${streamOf(0)}/events`;
	const cookie = forum.founder.cookies();
	return {
		...server,
		protocol: 'socket.io',
		browsers: forum.browsers,
		post: () => ask(agent, server.url, cookie, posting(path, { envelopes: [newEvent().envelope] })),
		async stop() {
			agent.destroy();
			await server.stop();
		},
	};
}

async function bare(protocol: Opening['protocol'], browsers: Announcer['browsers']): Promise<Announcer> {
	const child = forkOn(MEASURED, './bare.child.ts', protocol);
	const url = `http://localhost:${await messageOf<number>(child)}`;
	const { pid = 0 } = child;
	const agent = new Agent({ keepAlive: true });
	return {
		url,
		protocol,
		browsers,
		resident: () => megabytesOf(pid),
		cpu: () => processorTime(pid),
		post: () => ask(agent, url, '', posting('/', asAnnounced())),
		async stop() {
			agent.destroy();
			await endChild(child);
		},
	};
}

/** As many bytes as we announce. */
const asAnnounced = () => ({
	space: 's'.repeat(43),
	event: { position: 1_000_000, stream: streamOf(0), seq: 10_000, envelope: newEvent().envelope },
});

/** To few, and then to many. */
async function announced(announcer: Announcer): Promise<readonly [Announced, Announced]> {
	const listeners = forkOn(MEASURING, './listeners.child.ts');
	try {
		await pause(SETTLING);
		const before = announcer.resident();
		const opened = async (from: number, to: number) => {
			const { url, protocol } = announcer;
			const cookies = announcer.browsers.slice(from, to).map(({ cookie }) => cookie);
			const opening: Opening = { url: url.replace(/^http/, 'ws'), protocol, cookies, origin: url };
			listeners.send(opening);
			await messageOf<FromListeners>(listeners);
			await pause(SETTLING);
			return announcer.resident() - before;
		};
		const ofFew = await opened(0, FEW);
		const few = await toAll(announcer, FEW, () => messageOf<FromListeners>(listeners));
		const ofMany = await opened(FEW, MANY);
		const many = await toAll(announcer, MANY, () => messageOf<FromListeners>(listeners));
		return [
			{ ...few, memory: (ofFew * 1_024) / FEW },
			{ ...many, memory: (ofMany * 1_024) / MANY },
		];
	} finally {
		await endChild(listeners);
		await announcer.stop();
	}
}

async function toAll(
	{ post: announce, cpu }: Announcer,
	lines: number,
	heard: () => Promise<FromListeners>,
): Promise<Omit<Announced, 'memory'>> {
	const delays: number[] = [];
	// The first ones are compiled on the way.
	for (let count = 0; count < POSTS / 4; count++) await Promise.all([heard(), announce()]);
	const before = cpu();
	for (let count = 0; count < POSTS; count++) {
		const began = monotonic();
		const [message] = await Promise.all([heard(), announce()]);
		if (message.kind === 'heard') delays.push(...message.times.map((time) => time - began));
		await pause(PAUSE);
	}
	const taken = cpu() - before;
	if (delays.length !== POSTS * lines) throw new Error('not everybody heard everything');
	return { half: quantile(delays, 0.5), most: quantile(delays, 0.99), cpu: (taken * 1_000) / delays.length };
}
