import { inTransaction } from '@multaqa/db/database';
import { deleteDeposit, deleteExpiredRequests, depositors } from '@multaqa/db/recoveries';
import { isAccount } from '../chain/standing.ts';
import type { Context } from '../context.ts';

/** Forgets requests that nobody answered in time, and what people deposited who no longer belong to the forum. */
export async function sweepRecoveries({ db, ledger, now }: Pick<Context, 'db' | 'ledger' | 'now'>): Promise<void> {
	await inTransaction(db, (transaction) => deleteExpiredRequests(transaction, new Date(now()).toISOString()));
	for (const account of await depositors(db)) {
		if (!isAccount(ledger.world, account)) await inTransaction(db, (transaction) => deleteDeposit(transaction, account));
	}
}
