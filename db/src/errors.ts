import { Problem } from '@multaqa/shared/problem';

/** Seconds after which a busy or unreachable database is worth another try. */
const RETRY_AFTER = 5;

const FULL = /^(SQLITE_FULL|53100)$/;
const UNAVAILABLE =
	/^(SQLITE_(IOERR|BUSY|LOCKED|CANTOPEN|READONLY|PROTOCOL|NOMEM)|08|25P03|53|55P03|57|40001|40P01|ECONN|ENOTFOUND|ETIMEDOUT|EPIPE)/;
const CONFLICT = /^(SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)|23505)$/;

/**
 * What a driver's error means, in one place: `storage-full`, `storage-unavailable`, `stale` (a unique
 * constraint, the last guard of every compare-and-swap), or `internal` with the driver's code as the reason.
 * Messages and details of drivers can hold values; none of them goes further than this.
 */
export function problemOf(error: unknown): Problem {
	if (error instanceof Problem) return error;
	const code = codeOf(error);
	if (FULL.test(code)) return new Problem('storage-full');
	if (CONFLICT.test(code)) return new Problem('stale');
	if (UNAVAILABLE.test(code) || isLostConnection(error)) return new Problem('storage-unavailable', { retryAfter: RETRY_AFTER });
	return new Problem('internal', { reason: `database ${code}` });
}

/** What the driver of PostgreSQL says by itself, without a code, when a connection broke or none could be had. */
const LOST =
	/^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout)/;
const isLostConnection = (error: unknown): boolean => error instanceof Error && LOST.test(error.message);

function codeOf(error: unknown): string {
	const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
	return typeof code === 'string' ? code : 'unknown';
}
