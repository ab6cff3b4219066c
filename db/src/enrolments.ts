import type { Connection } from './database.ts';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Insertable } from 'kysely';
import type { EnrolmentTable } from './schema.ts';

/** Leaves a bundle; an account has one at a time. @throws Problem `stale` when the id is taken */
export async function putEnrolment(db: Connection, row: Insertable<EnrolmentTable>): Promise<void> {
	const { id, sealed, expires } = row;
	await db
		.insertInto('enrolments')
		.values(row)
		.onConflict((conflict) => conflict.column('account').doUpdateSet({ id, sealed, expires }))
		.execute();
}

/** Takes the bundle away with it: the second caller gets `null`, and so does one who comes after `now` (ISO). */
export async function takeEnrolment(db: Connection, id: string, now: string): Promise<Bytes | null> {
	const row = await db.deleteFrom('enrolments').where('id', '=', id).returning(['sealed', 'expires']).executeTakeFirst();
	return row && row.expires > now ? row.sealed : null;
}

export async function deleteExpiredEnrolments(db: Connection, now: string): Promise<void> {
	await db.deleteFrom('enrolments').where('expires', '<=', now).execute();
}
