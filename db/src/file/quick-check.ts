import type Sqlite from 'better-sqlite3';
import { Worker } from 'node:worker_threads';

/**
 * Up to this size a file that was left in the middle is checked before it is opened. A larger one is checked beside the
 * work: a forum of gigabytes would otherwise stay closed for as long after each power cut.
 */
export const QUICK_BYTES = 64 * 1024 * 1024;

/** Whether the pages of a database hang together. */
export const quickCheck = (database: Sqlite.Database): boolean => database.pragma('quick_check(1)', { simple: true }) === 'ok';

/** The same in a thread of its own, on a connection that only reads; `done` is told when it is not so. */
export function checkBeside(file: string, done: (isWhole: boolean) => void): () => void {
	const worker = new Worker(new URL('quick-check.worker.ts', import.meta.url), { workerData: file });
	worker.unref();
	worker.once('message', done);
	// What cannot be read is not whole.
	worker.once('error', () => done(false));
	return () => void worker.terminate();
}
