import { inTransaction } from '@multaqa/db/database';
import { deleteExpiredEnrolments } from '@multaqa/db/enrolments';
import { eraseDeleted } from '@multaqa/db/erase';
import { hourOf } from '@multaqa/db/hour';
import { deleteInvitation, keptInvitations } from '@multaqa/db/invitations';
import { deleteOldLetters } from '@multaqa/db/letters';
import type { Context } from '../context.ts';
import { sweepRecoveries } from '../recoveries/sweep.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Two months: long enough for whoever was away to read what was reported to them. */
const LETTERS_STAY = 60 * DAY;
/** Clocks differ; a day after its end nobody can use an invitation any more. */
const INVITATIONS_STAY = DAY;
/** Cutting the log costs a sync to disk, in which everybody waits. */
const ERASE_EVERY = 10 * MINUTE;

type Parts = Pick<Context, 'db' | 'ledger' | 'now' | 'sessions'>;

/** Forgets what has had its time; every ten minutes it also makes sure that nothing of it is left in the files. */
export function createRetention({ db, ledger, now, sessions }: Parts): { sweep(): Promise<void> } {
	let erased = Number.NEGATIVE_INFINITY;
	return {
		async sweep() {
			await sessions.sweep();
			await deleteExpiredEnrolments(db, new Date(now()).toISOString());
			await sweepRecoveries({ db, ledger, now });
			await deleteOldLetters(db, hourOf(now() - LETTERS_STAY));
			await sweepInvitations({ db, ledger, now });
			if (now() - erased < ERASE_EVERY) return;
			await eraseDeleted(db);
			erased = now();
		},
	};
}

/** What an invitee would have read, and the keys sealed for the link, of invitations that can open nothing any more. */
async function sweepInvitations({ db, ledger, now }: Pick<Parts, 'db' | 'ledger' | 'now'>): Promise<void> {
	const invitations = ledger.world.directory?.invitations;
	for (const id of await keptInvitations(db)) {
		const expires = invitations?.get(id)?.expires;
		const isOver = expires !== undefined && expires * 1_000 + INVITATIONS_STAY < now();
		if (isOver) await inTransaction(db, (transaction) => deleteInvitation(transaction, id));
	}
}
