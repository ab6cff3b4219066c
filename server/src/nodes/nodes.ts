import { openNodeLine } from '@multaqa/db/postgres-line';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import { createAdapter } from '@socket.io/postgres-adapter';
import { randomBytes } from 'node:crypto';
import type { Server, ServerOptions } from 'socket.io';
import type { Log } from '../log.ts';
import { textsOf, type Frame, type Said } from './frames.ts';
import { BEAT, createHearing } from './hearing.ts';

/** The servers of one forum, side by side on one database. What one of them keeps in memory and others must know goes here. */
export interface Nodes {
	/** Whether there may be others at all. */
	readonly several: boolean;
	/**
	 * Something that nodes speak of; the answer says it to all others. They hear everything one node says in its order, or
	 * learn that they missed something.
	 */
	subject<T extends Cbor>(name: string, heard: (value: T) => void | Promise<void>): (value: T) => void;
	/** Something was missed, or the line is gone: what is remembered of other nodes is worth nothing. */
	onMissed(forget: () => void): void;
	/** Whether what others say is heard. */
	readonly hearing: boolean;
	/** Whether this node does what only one should do. */
	leads(): Promise<boolean>;
	/** What a server of Socket.IO is to be made with, and then the server: its adapter carries what is said. Once. */
	readonly options: () => Partial<ServerOptions>;
	attach(io: Server): void;
	/** Other nodes that are alive. */
	readonly others: number;
	/** Resolves when it hears for the first time. */
	ready(): Promise<void>;
	/** Says what is left to say, and goodbye: what nobody is told of here any more, others will hear. */
	leave(): Promise<void>;
	close(): Promise<void>;
}

const nothing = () => Promise.resolve();

/** A server alone on its database. */
export const alone = (): Nodes => ({
	several: false,
	subject: () => () => undefined,
	onMissed: () => undefined,
	hearing: true,
	leads: () => Promise.resolve(true),
	attach: () => undefined,
	options: () => ({}),
	others: 0,
	ready: nothing,
	leave: nothing,
	close: nothing,
});

/** Joins the nodes of a forum on PostgreSQL. */
export async function joinNodes(url: string, log: Log): Promise<Nodes> {
	const node = randomBytes(9).toString('base64url');
	const subjects = new Map<string, (value: never) => void | Promise<void>>();
	const forgetting: (() => void)[] = [];
	const hearing = createHearing(
		() => performance.now(),
		() => missed(),
	);
	let io: Server | null = null;
	let unsaid: Said[] = [];
	let number = 0;
	let isHearing = false;
	let [heardFirst, failedFirst] = [() => {}, () => {}];
	const first = new Promise<void>(
		(resolve, reject) => ([heardFirst, failedFirst] = [resolve, () => reject(new Error('PostgreSQL lets nobody listen'))]),
	);
	first.catch(() => undefined);
	/** One thing after another, as it was said. */
	let turn: Promise<void> = Promise.resolve();

	const missed = () => forgetting.forEach((forget) => forget());
	const line = await openNodeLine(url, {
		lost() {
			isHearing = false;
			missed();
		},
		listening() {
			hearing.restart();
			isHearing = true;
			heardFirst();
		},
	});

	function say(): void {
		const said = unsaid;
		unsaid = [];
		if (said.length === 0) return;
		const texts = textsOf(said);
		texts.forEach((text, part) => io?.serverSideEmit('said', { node, number: ++number, part, parts: texts.length, text } satisfies Frame));
	}

	/** Nothing that could not be taken was heard. */
	async function orMissed(work: () => void | Promise<void> | undefined): Promise<void> {
		try {
			await work();
		} catch (error) {
			log.unexpected(error);
			missed();
		}
	}

	// A newer version may speak of what this one does not know.
	const hear = ([subject, value]: Said) => orMissed(() => subjects.get(subject)?.(value as never));
	const hearFrame = (frame: Frame) => {
		for (const said of hearing.frame(frame)) turn = turn.then(() => hear(said));
	};

	const beating = setInterval(() => {
		io?.serverSideEmit('beat', node, number);
		if (isHearing) hearing.look();
	}, BEAT).unref();
	return {
		several: true,
		subject(name, heard) {
			subjects.set(name, heard);
			return (value) => {
				// What is said in one turn of the event loop goes together.
				if (unsaid.length === 0) setImmediate(say);
				unsaid.push([name, value]);
			};
		},
		onMissed: (forget) => void forgetting.push(forget),
		get hearing() {
			return isHearing;
		},
		leads: line.leads,
		attach(server) {
			io = server;
			io.on('said', (frame: Frame) => void orMissed(() => hearFrame(frame)));
			io.on('beat', hearing.beat);
			io.on('bye', hearing.bye);
		},
		// Each adapter opens a line, so that there must be one.
		options: () => ({ adapter: createAdapter(line.pool) }),
		get others() {
			return hearing.others;
		},
		async ready() {
			const patience = setTimeout(failedFirst, FIRST).unref();
			await first;
			clearTimeout(patience);
		},
		async leave() {
			clearInterval(beating);
			say();
			io?.serverSideEmit('bye', node, number);
			await line.idle();
		},
		async close() {
			clearInterval(beating);
			await line.close();
		},
	};
}

/** A start that cannot listen ends in words, for a supervisor to try again. */
const FIRST = 15_000;
