import { closeDatabase, openDatabase, type Connection } from '@multaqa/db/database';
import { createAppender } from '@multaqa/db/group-commit';
import { trouble } from '@multaqa/db/file/trouble';
import { existingSessions } from '@multaqa/db/sessions';
import { isProblem, type Problem } from '@multaqa/shared/problem';
import { getRequestListener } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createExchanges, exchangeKey } from './accounts/exchanges.ts';
import { createApi } from './api.ts';
import { openLedger } from './chain/ledger.ts';
import { isAccount, spacesOf } from './chain/standing.ts';
import { ATTACHMENT_ROOM, WRITING_PER_HOUR, type LogLevel } from './config.ts';
import type { Context } from './context.ts';
import { createDispatch } from './dispatch.ts';
import { createAllowance } from './flow/allowance.ts';
import { CONNECTION_LIMITS, createHttp, type ConnectionLimits } from './flow/connections.ts';
import { createGate, GATE_LIMITS, type GateLimits } from './flow/gate.ts';
import { createRoom } from './flow/room.ts';
import { forgetSender } from './headers.ts';
import { createLimits } from './limits.ts';
import { createLog, type LogSink } from './log.ts';
import { alone, joinNodes, type Nodes } from './nodes/nodes.ts';
import { startNotifier } from './notifications/notifier.ts';
import type { MailOptions, PushOptions } from './notifications/options.ts';
import { createHealth } from './operation/health.ts';
import { listenForMetrics } from './operation/metrics-listener.ts';
import { createMetrics } from './operation/metrics.ts';
import { createRetention } from './operation/retention.ts';
import { serverState } from './operation/state.ts';
import { createPublished } from './publications/published.ts';
import { createRealtime } from './realtime.ts';
import { createSessions } from './session.ts';
import { closedSetup, createSetupToken, sharedToken } from './setup.ts';
import { loadWeb } from './web.ts';

export interface ServerOptions {
	/** Where the SQLite file is, unless `databaseUrl` or `database` is given. */
	readonly dataDir?: string;
	readonly databaseUrl?: string | null;
	/** An open database; the server closes it. */
	readonly database?: Connection;
	/** 0: any free port. */
	readonly port?: number;
	readonly host?: string;
	/** Origin under which browsers reach the forum; `null`: `http://localhost` and the port. */
	readonly publicUrl?: string | null;
	readonly logLevel?: LogLevel;
	readonly attachmentRoom?: number;
	readonly logSink?: LogSink;
	/** Left out: nothing is ever sent to a push service. */
	readonly push?: PushOptions | null;
	/** Left out: no mail is ever sent. */
	readonly mail?: MailOptions | null;
	/** Calls of one kind of public route in a minute, by all together. */
	readonly publicPerMinute?: number;
	/** Bytes that one account may write in an hour. */
	readonly writingPerHour?: number;
	/** How many requests may be under way. */
	readonly gate?: Partial<GateLimits>;
	/** How slow somebody may be. */
	readonly connections?: Partial<ConnectionLimits>;
	readonly checkAnswers?: boolean;
	readonly now?: () => number;
	/** Folder of the built page. */
	readonly webBuild?: URL;
	/** Where figures are served to programs on this machine; `null`: nowhere. */
	readonly metricsPort?: number | null;
	/** Told when the database turns out to be damaged after the start. */
	readonly damaged?: (problem: Problem) => void;
}

export interface RunningServer {
	/** Origin under which browsers reach it. */
	readonly url: string;
	/** The port that was opened. */
	readonly port: number;
	/** Opened once, it sets the forum up; `null` when that has been done. */
	readonly setupLink: string | null;
	/** Where figures are served, on this machine only. */
	readonly metricsPort: number | null;
	readonly context: Context;
	/** Stops accepting, finishes what is under way, closes sockets and database. */
	close(): Promise<void>;
}

/** Far above what a forum of thousands needs at its busiest, far below what would keep a core busy. */
const PUBLIC_PER_MINUTE = 2_000;
const MINUTE = 60_000;
/** Bodies while they arrive: of members only the large ones are counted. */
const MEMBERS_ROOM = 64 * 1024 * 1024;
const STRANGERS_ROOM = 16 * 1024 * 1024;
/** What is still under way after this long is cut off. */
const PATIENCE = 3_000;
const LOOK = 25;

/** A whole server: used by `main`, by tests and by the end-to-end stories. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const now = options.now ?? Date.now;
	const log = createLog(options.logLevel ?? 'info', options.logSink ?? ((line) => process.stderr.write(`${line}\n`)));
	const db = options.database ?? (await openDatabase(placeOf(options), options.damaged));
	const nodes = options.databaseUrl && !options.database ? await joinNodes(options.databaseUrl, log) : alone();
	const ledger = await openLedger(db, now, nodes.several).catch((error: unknown) => {
		throw isProblem(error, 'storage-full', 'storage-unavailable') ? error : trouble('chains-hold', 'The database');
	});
	const http = createHttp({ ...CONNECTION_LIMITS, ...options.connections });
	const wanted = options.port ?? 3000;
	const open = () => listen(http, wanted, options.host ?? '127.0.0.1');
	// Nobody is let in before everything is there, unless the port, and with it the address, is only known then.
	const opened = wanted === 0 ? await open() : null;
	const publicUrl = options.publicUrl ?? `http://localhost:${opened ?? wanted}`;
	const { setup, token } = ledger.world.directory ? { setup: closedSetup, token: null } : await openSetup(db, nodes);
	const sessions = createSessions(db, publicUrl, now, nodes);
	const realtime = createRealtime(http, {
		publicUrl,
		sessions,
		log,
		nodes,
		refresh: ledger.refresh,
		spacesOf: (account) => spacesOf(ledger.world, account, Math.floor(now() / 1000)),
		isAccount: (account) => isAccount(ledger.world, account),
	});
	const notifier = await startNotifier({ db, ledger, log, now, nodes, push: options.push ?? null, mail: options.mail ?? null });
	const metrics = createMetrics(options.metricsPort !== undefined && options.metricsPort !== null);
	const context: Context = {
		publicUrl,
		db,
		ledger,
		nodes,
		appender: metrics.measured(createAppender(db)),
		sessions,
		realtime,
		limits: createLimits(options.publicPerMinute ?? PUBLIC_PER_MINUTE, now, nodes),
		gate: createGate({ ...GATE_LIMITS, ...options.gate }),
		rooms: { members: createRoom(MEMBERS_ROOM), strangers: createRoom(STRANGERS_ROOM) },
		allowances: allowancesOf(options.writingPerHour ?? WRITING_PER_HOUR, now, nodes),
		exchanges: createExchanges(db, now, await exchangeKey(db, nodes), nodes),
		notifier,
		published: createPublished(db, publicUrl, now),
		metrics,
		dataDir: options.databaseUrl || options.database ? null : (options.dataDir ?? DATA_DIR),
		setup,
		log,
		now,
		attachmentRoom: options.attachmentRoom ?? ATTACHMENT_ROOM,
		checkAnswers: options.checkAnswers ?? false,
	};
	const api = getRequestListener(createApi(context).fetch, { overrideGlobalObjects: false });
	const web = await loadWeb(options.webBuild ?? new URL('../../web/build/', import.meta.url), context);
	// Before Socket.IO, which answers for its own path.
	let stopping = false;
	const takes = () => nodes.hearing && !stopping;
	http.prependListener('request', createDispatch({ api, web, health: createHealth(db, now, takes), publicUrl, log }));
	http.prependListener('upgrade', forgetSender);
	const figures = await openFigures(context, options.metricsPort ?? null);
	const stopSweeping = sweepEachMinute(context);
	await nodes.ready();
	const port = opened ?? (await open());
	return {
		url: publicUrl,
		port,
		setupLink: token === null ? null : `${publicUrl}/setup#${token}`,
		metricsPort: figures?.port ?? null,
		context,
		async close() {
			stopping = true;
			stopSweeping();
			await figures?.close();
			metrics.close();
			await closeHttp(http, realtime.hangUp);
			await notifier.close();
			await context.appender.idle();
			// Others hear of everything that was acknowledged here.
			await nodes.leave();
			await realtime.close();
			await nodes.close();
			await closeDatabase(db);
		},
	};
}

const DATA_DIR = './data';

/** All together may write in a space what some of them may write alone; attachments are larger. */
function allowancesOf(perHour: number, now: () => number, nodes: Nodes): Context['allowances'] {
	return {
		account: createAllowance(perHour, now, nodes, 'account-wrote'),
		space: createAllowance(8 * perHour, now, nodes, 'space-took'),
		pieces: createAllowance(16 * perHour, now, nodes, 'pieces-wrote'),
	};
}

const openSetup = async (db: Connection, nodes: Nodes) => createSetupToken(nodes.several ? await sharedToken(db) : undefined);

function placeOf({ databaseUrl, dataDir }: ServerOptions) {
	return databaseUrl ? { url: databaseUrl } : { file: join(dataDir ?? DATA_DIR, 'forum.db') };
}

function listen(http: Server, port: number, host: string): Promise<number> {
	return new Promise((resolve, reject) => {
		http.once('error', reject);
		http.listen(port, host, () => {
			http.off('error', reject);
			resolve((http.address() as AddressInfo).port);
		});
	});
}

/** Takes nobody any more, lets go of every line, answers what is under way, and cuts what takes longer than our patience. */
async function closeHttp(http: Server, hangUp: () => void): Promise<void> {
	const closed = new Promise<void>((resolve) => void http.close(() => resolve()));
	const cut = setTimeout(() => http.closeAllConnections(), PATIENCE);
	const looking = setInterval(() => {
		// A line that was being opened, a connection whose answer has gone out.
		hangUp();
		http.closeIdleConnections();
	}, LOOK);
	hangUp();
	http.closeIdleConnections();
	await closed;
	clearTimeout(cut);
	clearInterval(looking);
}

const openFigures = async ({ db, dataDir, metrics, realtime }: Context, port: number | null) =>
	port === null ? null : listenForMetrics(port, async () => metrics.text(await serverState(db, dataDir, realtime.openSockets)));

/** Ends what has expired, and lets no socket outlive its session or its membership. */
function sweepEachMinute(context: Context): () => void {
	const { db, ledger, nodes, realtime, log } = context;
	const retention = createRetention(context);
	const sweep = async () => {
		await ledger.refresh();
		// Two at once would only wait for each other's rows.
		if (await nodes.leads()) await retention.sweep();
		realtime.review(await existingSessions(db, realtime.openSessions));
	};
	const timer = setInterval(() => void sweep().catch((error: unknown) => log.unexpected(error)), MINUTE);
	timer.unref();
	return () => clearInterval(timer);
}
