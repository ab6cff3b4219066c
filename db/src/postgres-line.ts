import type { Client, Pool } from 'pg';
import { connectionOptions } from './postgres.ts';
import { LEADER } from './turns.ts';

/** What happens on a line between nodes. */
export interface LineEvents {
	/** The line broke: what others say from now on is missed. */
	lost(): void;
	/** It is there again (the first time too). */
	listening(): void;
}

/**
 * A line between the nodes of a forum, over PostgreSQL's LISTEN and NOTIFY. `pool` is what the PostgreSQL adapter of
 * Socket.IO takes for a pool of connections.
 */
export interface NodeLine {
	readonly pool: Pool;
	/** Whether this node is the one among all that does what only one should do. Asked anew each time. */
	leads(): Promise<boolean>;
	/** Resolves when everything that was said is with PostgreSQL, or lost. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

/** The connection that listens. */
interface Ear {
	readonly client: Client;
	ask(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
}

/** Something comes in every two seconds, if only this node's own heartbeat: a line that is silent for longer is dead. */
const LOOK = 2_000;
const MOST_SILENT_LOOKS = 5;
/** What waits to be said while PostgreSQL is slow. Beyond it is lost, which others notice by its number. */
const MOST_WAITING = 2_000;
const SAYING = 5_000;

/** Opens the line. The adapter asks for the connection it listens on by itself, and again whenever that ended. */
export async function openNodeLine(url: string, events: LineEvents): Promise<NodeLine> {
	const { default: pg } = await import('pg');
	// One connection, so that everything is said in the order in which it was meant.
	const saying = new pg.Pool({ ...connectionOptions(url), max: 1, connectionTimeoutMillis: SAYING, query_timeout: SAYING });
	saying.on('error', () => undefined);
	let ear: Ear | null = null;
	let silent = 0;
	let waiting = 0;
	let last: Promise<unknown> = Promise.resolve();

	/** The adapter neither gives a dead connection back nor listens to its errors: each time it gets one of its own. */
	async function connect(): Promise<Client> {
		hangUp();
		const client = new pg.Client({ ...connectionOptions(url), connectionTimeoutMillis: SAYING });
		client.on('error', () => undefined);
		await client.connect();
		client.on('notification', () => void (silent = 0));
		client.once('end', () => {
			if (ear?.client !== client) return;
			ear = null;
			events.lost();
		});
		const query = client.query.bind(client) as Ear['ask'];
		const listen = async (text: string) => {
			const answer = await query(text).catch((error: unknown) => {
				// The adapter opens another; this one must not tell it to open a third.
				client.removeAllListeners('end');
				void client.end().catch(() => undefined);
				throw error;
			});
			ear = { client, ask: query };
			silent = 0;
			events.listening();
			return answer;
		};
		return Object.assign(client, { query: listen, release: () => void client.end().catch(() => undefined) });
	}

	/** Without its listeners: whoever hangs up knows it. */
	function hangUp(): void {
		const client = ear?.client;
		ear = null;
		client?.removeAllListeners('end');
		void client?.end().catch(() => undefined);
	}

	const say = async (text: string, values?: unknown[]) => {
		// Nothing is too long for NOTIFY (`server/src/nodes/frames.ts`), so the adapter's table of long messages is never there.
		if (!text.startsWith('SELECT pg_notify')) return { rows: [] };
		if (waiting >= MOST_WAITING) throw new Error('too much waits to be said');
		waiting++;
		const said = saying.query(text, values).finally(() => waiting--);
		last = said.catch(() => undefined);
		return said;
	};
	const looking = setInterval(() => {
		// Not asked to end in order: it would wait for an answer that does not come.
		if (ear && ++silent > MOST_SILENT_LOOKS) streamOf(ear.client).destroy();
	}, LOOK).unref();

	return {
		pool: { connect, query: say } as unknown as Pool,
		async leads() {
			try {
				const answer = await ear?.ask('select pg_try_advisory_lock($1, $2) as leads', LEADER);
				return answer?.rows[0]?.['leads'] === true;
			} catch {
				return false;
			}
		},
		idle: async () => void (await last),
		async close() {
			clearInterval(looking);
			hangUp();
			await saying.end();
		},
	};
}

const streamOf = (client: Client) => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
