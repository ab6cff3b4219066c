import { openNodeLine } from '@multaqa/db/postgres-line';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import { createAdapter } from '@socket.io/postgres-adapter';
import type { Server, ServerOptions } from 'socket.io';
import type { Log } from '../log.ts';
import type { Frame, Said } from './frames.ts';
import { BEAT, createHearing } from './hearing.ts';
import { createSpeaking } from './speaking.ts';

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

/** A start that cannot listen ends in words, for a supervisor to try again. */
const PATIENCE = 15_000;

/** Joins the nodes of a forum on PostgreSQL. */
export async function joinNodes(url: string, log: Log): Promise<Nodes> {
	const subjects = new Map<string, (value: never) => void | Promise<void>>();
	const forgetting: (() => void)[] = [];
	const missed = () => forgetting.forEach((forget) => forget());
	const hearing = createHearing(() => performance.now(), missed);
	let io: Server | null = null;
	const speaking = createSpeaking((event, ...words) => io?.serverSideEmit(event, ...words));
	let isHearing = false;
	const heardFirst = Promise.withResolvers<void>();
	heardFirst.promise.catch(() => undefined);
	const line = await openNodeLine(url, {
		lost() {
			isHearing = false;
			missed();
		},
		listening() {
			hearing.restart();
			isHearing = true;
			heardFirst.resolve();
		},
	});
	const beating = setInterval(() => {
		speaking.beat();
		if (isHearing) hearing.look();
	}, BEAT).unref();

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
	/** One thing after another, as it was said. */
	let turn: Promise<void> = Promise.resolve();
	const hearFrame = (frame: Frame) => {
		for (const said of hearing.frame(frame)) turn = turn.then(() => hear(said));
	};

	return {
		several: true,
		subject(name, heard) {
			subjects.set(name, heard);
			return (value) => speaking.say(name, value);
		},
		onMissed: (forget) => void forgetting.push(forget),
		get hearing() {
			return isHearing;
		},
		leads: line.leads,
		// Each adapter opens a line, so that there must be one.
		options: () => ({ adapter: createAdapter(line.pool) }),
		attach(server) {
			io = server;
			io.on('said', (frame: Frame) => void orMissed(() => hearFrame(frame)));
			io.on('beat', hearing.beat);
			io.on('bye', hearing.bye);
		},
		get others() {
			return hearing.others;
		},
		async ready() {
			const patience = setTimeout(() => heardFirst.reject(new Error('PostgreSQL lets nobody listen')), PATIENCE);
			await heardFirst.promise.finally(() => clearTimeout(patience));
		},
		async leave() {
			clearInterval(beating);
			speaking.flush();
			speaking.bye();
			await line.idle();
		},
		async close() {
			clearInterval(beating);
			await line.close();
		},
	};
}
