import { PostgresDialect, type Dialect } from 'kysely';

/** PostgreSQL's `bigint`, which the driver would otherwise hand out as text. */
const INT8 = 20;

/** Somebody whose machine went dark keeps a lock until PostgreSQL notices: after twenty seconds, instead of hours. */
const NOTICE_THE_DEAD = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2';

/** How every connection to PostgreSQL is opened. */
export const connectionOptions = (url: string) => ({ connectionString: url, options: NOTICE_THE_DEAD, keepAlive: true });

/**
 * The PostgreSQL dialect. The driver is loaded only here: most forums live in one file.
 * @param patience milliseconds after which PostgreSQL ends a transaction in which nothing happens; 0: never
 */
export async function postgresDialect(url: string, patience = 0): Promise<Dialect> {
	const { default: pg } = await import('pg');
	const pool = new pg.Pool({
		...connectionOptions(url),
		idle_in_transaction_session_timeout: patience,
		max: 10,
		// One stays, so that whoever would replace the forum sees that a server is running on it (`copy/open.ts`).
		min: 1,
		types: { getTypeParser: (id, format) => (id === INT8 ? Number : pg.types.getTypeParser(id, format as 'text')) as never },
	});
	// A connection that breaks, idle or at work, is replaced by the pool; without listeners it would end the process.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => void client.on('error', () => undefined));
	return new PostgresDialect({ pool });
}
