import { closeDatabase, openDatabase, type Connection } from '@multaqa/db/database';
import { createAppender } from '@multaqa/db/group-commit';
import { existingSessions } from '@multaqa/db/sessions';
import { deleteExpiredEnrolments } from '@multaqa/db/enrolments';
import { hourOf } from '@multaqa/db/hour';
import { deleteOldLetters } from '@multaqa/db/letters';
import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createExchanges } from './accounts/exchanges.ts';
import { createApi } from './api.ts';
import { openLedger } from './chain/ledger.ts';
import { isAccount, spacesOf } from './chain/standing.ts';
import { ATTACHMENT_ROOM, type LogLevel } from './config.ts';
import type { Context } from './context.ts';
import { createDispatch } from './dispatch.ts';
import { forgetSender } from './headers.ts';
import { createLimits } from './limits.ts';
import { createLog, type LogSink } from './log.ts';
import { startNotifier } from './notifications/notifier.ts';
import type { MailOptions, PushOptions } from './notifications/options.ts';
import { createPublished } from './publications/published.ts';
import { createRealtime } from './realtime.ts';
import { sweepRecoveries } from './recoveries/sweep.ts';
import { createSessions } from './session.ts';
import { closedSetup, createSetupToken } from './setup.ts';
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
	readonly checkAnswers?: boolean;
	readonly now?: () => number;
	/** Folder of the built page. */
	readonly webBuild?: URL;
}

export interface RunningServer {
	/** Origin under which browsers reach it. */
	readonly url: string;
	/** The port that was opened. */
	readonly port: number;
	/** Opened once, it sets the forum up; `null` when that has been done. */
	readonly setupLink: string | null;
	readonly context: Context;
	/** Stops accepting, finishes what is under way, closes sockets and database. */
	close(): Promise<void>;
}

/** Far above what a forum of thousands needs at its busiest, far below what would keep a core busy. */
const PUBLIC_PER_MINUTE = 2_000;
const MINUTE = 60_000;
/** What is still under way after this long is cut off. */
const PATIENCE = 3_000;

/** A whole server: used by `main`, by tests and by the end-to-end stories. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const now = options.now ?? Date.now;
	const log = createLog(options.logLevel ?? 'info', options.logSink ?? ((line) => process.stderr.write(`${line}\n`)));
	const db = options.database ?? (await openDatabase(placeOf(options)));
	const ledger = await openLedger(db, now);
	const http = createServer({ requestTimeout: 5 * MINUTE, headersTimeout: MINUTE / 2, keepAliveTimeout: MINUTE, maxHeaderSize: 16 * 1024 });
	const port = await listen(http, options.port ?? 3000, options.host ?? '127.0.0.1');
	const publicUrl = options.publicUrl ?? `http://localhost:${port}`;
	const { setup, token } = ledger.world.directory ? { setup: closedSetup, token: null } : createSetupToken();
	const sessions = createSessions(db, publicUrl, now);
	const realtime = createRealtime(http, {
		publicUrl,
		sessions,
		log,
		spacesOf: (account) => spacesOf(ledger.world, account, Math.floor(now() / 1000)),
		isAccount: (account) => isAccount(ledger.world, account),
	});
	const notifier = await startNotifier({ db, ledger, log, now, push: options.push ?? null, mail: options.mail ?? null });
	const context: Context = {
		publicUrl,
		db,
		ledger,
		appender: createAppender(db),
		sessions,
		realtime,
		limits: createLimits(options.publicPerMinute ?? PUBLIC_PER_MINUTE, now),
		exchanges: createExchanges(db, now),
		notifier,
		published: createPublished(db, publicUrl, now),
		setup,
		log,
		now,
		attachmentRoom: options.attachmentRoom ?? ATTACHMENT_ROOM,
		checkAnswers: options.checkAnswers ?? false,
	};
	const api = getRequestListener(createApi(context).fetch, { overrideGlobalObjects: false });
	const web = await loadWeb(options.webBuild ?? new URL('../../web/build/', import.meta.url), context);
	// Before Socket.IO, which answers for its own path.
	http.prependListener('request', createDispatch({ api, web, publicUrl, log }));
	http.prependListener('upgrade', forgetSender);
	const stopSweeping = sweepEachMinute(context);
	return {
		url: publicUrl,
		port,
		setupLink: token === null ? null : `${publicUrl}/setup#${token}`,
		context,
		async close() {
			stopSweeping();
			await closeHttp(http, realtime.close);
			await notifier.close();
			await context.appender.idle();
			await closeDatabase(db);
		},
	};
}

function placeOf({ databaseUrl, dataDir }: ServerOptions) {
	return databaseUrl ? { url: databaseUrl } : { file: join(dataDir ?? './data', 'forum.db') };
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

/** Socket.IO closes the HTTP server with itself; connections that stay open longer than our patience are cut. */
async function closeHttp(http: Server, closeRealtime: () => Promise<void>): Promise<void> {
	const cut = setTimeout(() => http.closeAllConnections(), PATIENCE);
	const closed = closeRealtime();
	http.closeIdleConnections();
	await closed;
	clearTimeout(cut);
}

/** Two months: long enough for whoever was away to read what was reported to them. */
const LETTERS_STAY = 60 * 24 * 60 * MINUTE;

/** Ends what has expired, and lets no socket outlive its session or its membership. */
function sweepEachMinute(context: Context): () => void {
	const { db, now, sessions, realtime, log } = context;
	const sweep = async () => {
		await sessions.sweep();
		await deleteExpiredEnrolments(db, new Date(now()).toISOString());
		await sweepRecoveries(context);
		await deleteOldLetters(db, hourOf(now() - LETTERS_STAY));
		realtime.review(await existingSessions(db, realtime.openSessions));
	};
	const timer = setInterval(() => void sweep().catch((error: unknown) => log.unexpected(error)), MINUTE);
	timer.unref();
	return () => clearInterval(timer);
}
