import { PostgresDialect, type Dialect } from 'kysely';

/** PostgreSQL's `bigint`, which the driver would otherwise hand out as text. */
const INT8 = 20;

/** The PostgreSQL dialect. The driver is loaded only here: most forums live in one file. */
export async function postgresDialect(url: string): Promise<Dialect> {
	const { default: pg } = await import('pg');
	const pool = new pg.Pool({
		connectionString: url,
		max: 10,
		// One stays, so that whoever would replace the forum sees that a server is running on it (`copy/open.ts`).
		min: 1,
		types: { getTypeParser: (id, format) => (id === INT8 ? Number : pg.types.getTypeParser(id, format as 'text')) as never },
	});
	// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
	pool.on('error', () => undefined);
	return new PostgresDialect({ pool });
}
