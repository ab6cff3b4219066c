import { sql } from 'kysely';
import { inTransaction, type Connection } from './database.ts';
import { isSqlite } from './engine.ts';

/**
 * Locks of PostgreSQL by which the nodes of a forum wait for each other, each named by two numbers. They end with their
 * transaction or connection, however that ended.
 */
const OURS = 0x6d756c74;
/** Whoever has it does what only one node should do; held by a connection (`postgres-line.ts`). */
export const LEADER = [OURS, 1] as const;
const LINKS = [OURS, 2] as const;
const RECOVERY = [OURS, 3] as const;
/** The second number is of the space. Two spaces with one number only wait for each other. */
const SPACES = 0x73706163;

/** Does `work` while no other node appends links. It is done on other connections than the one that waits. */
export function inTurnForLinks<T>(db: Connection, work: () => Promise<T>): Promise<T> {
	return inTransaction(db, async (transaction) => {
		await sql`select pg_advisory_xact_lock(${LINKS[0]}, ${LINKS[1]})`.execute(transaction);
		return work();
	});
}

/**
 * From here to the end of the transaction nobody else changes what is kept for recovery. SQLite does one thing at a time
 * anyway; elsewhere many requests at once for one account would get in each other's way, and so tell that there is one.
 */
export async function holdRecovery(transaction: Connection): Promise<void> {
	if (isSqlite(transaction)) return;
	await sql`select pg_advisory_xact_lock(${RECOVERY[0]}, ${RECOVERY[1]})`.execute(transaction);
}

/** From here to the end of the transaction no other node writes into these spaces. */
export async function holdSpaces(transaction: Connection, spaces: readonly string[]): Promise<void> {
	// In one order everywhere, or two nodes could wait for each other.
	const keys = [...new Set(spaces.map(keyOf))].sort((one, other) => one - other);
	for (const key of keys) await sql`select pg_advisory_xact_lock(${SPACES}, ${key})`.execute(transaction);
}

const keyOf = (space: string): number => Buffer.from(space, 'base64url').readInt32BE();
