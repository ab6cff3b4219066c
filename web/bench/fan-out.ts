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
	const audiences: Audience[] = [];
	try {
		audiences.push(await audienceOf(await ours(forum, port)));
		for (const protocol of ['socket.io', 'ws'] as const) audiences.push(await audienceOf(await bare(protocol, forum.browsers)));
		const [few] = await announced(audiences, 0, FEW);
		const [many, socketIo, ws] = await announced(audiences, FEW, MANY);
		if (!few || !many || !socketIo || !ws) throw new Error('somebody announced nothing');
		return figuresOf(few, many, socketIo, ws);
	} finally {
		await Promise.all(audiences.map((audience) => audience.end()));
	}
}

function figuresOf(few: Announced, many: Announced, socketIo: Announced, ws: Announced): readonly Figure[] {
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

/** Those who listen to one announcer, in a process of their own. */
interface Audience {
	readonly announcer: Announcer;
	/** Opens lines of these browsers; answers how many MB more the announcer holds since there were none. */
	open(from: number, to: number): Promise<number>;
	/** One post; how long after it was sent each line heard of it, in ms. */
	hear(): Promise<readonly number[]>;
	end(): Promise<void>;
}

async function audienceOf(announcer: Announcer): Promise<Audience> {
	const listeners = forkOn(MEASURING, './listeners.child.ts');
	await pause(SETTLING);
	const before = announcer.resident();
	return {
		announcer,
		async open(from, to) {
			const { url, protocol } = announcer;
			const cookies = announcer.browsers.slice(from, to).map(({ cookie }) => cookie);
			const opening: Opening = { url: url.replace(/^http/, 'ws'), protocol, cookies, origin: url };
			listeners.send(opening);
			await messageOf<FromListeners>(listeners);
			await pause(SETTLING);
			return announcer.resident() - before;
		},
		async hear() {
			const began = monotonic();
			const [message] = await Promise.all([messageOf<FromListeners>(listeners), announcer.post()]);
			return message.kind === 'heard' ? message.times.map((time) => time - began) : [];
		},
		async end() {
			await endChild(listeners);
			await announcer.stop();
		},
	};
}

/** They take turns, post by post, so that whatever else goes on here meets all of them. */
async function announced(audiences: readonly Audience[], from: number, lines: number): Promise<readonly Announced[]> {
	const memory: number[] = [];
	for (const audience of audiences) memory.push(((await audience.open(from, lines)) * 1_024) / lines);
	// The first ones are compiled on the way.
	for (let count = 0; count < POSTS / 4; count++) for (const audience of audiences) await audience.hear();
	const before = audiences.map(({ announcer }) => announcer.cpu());
	const delays = audiences.map((): number[] => []);
	for (let count = 0; count < POSTS; count++) {
		for (const [place, audience] of audiences.entries()) {
			delays[place]?.push(...(await audience.hear()));
			await pause(PAUSE);
		}
	}
	return audiences.map(({ announcer }, place) => {
		const all = delays[place] ?? [];
		if (all.length !== POSTS * lines) throw new Error('not everybody heard everything');
		const cpu = ((announcer.cpu() - (before[place] ?? 0)) * 1_000) / all.length;
		return { half: quantile(all, 0.5), most: quantile(all, 0.99), cpu, memory: memory[place] ?? 0 };
	});
}
