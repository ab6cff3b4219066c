import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { InvitationId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

/** First write wins: what an inviter sealed is not replaced. */
export async function insertSealed(db: Connection, id: InvitationId, sealed: Uint8Array): Promise<void> {
	await db
		.insertInto('invitations')
		.values({ id, sealed })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
}

export async function readSealed(db: Connection, id: InvitationId): Promise<Bytes | null> {
	const row = await db.selectFrom('invitations').select('sealed').where('id', '=', id).executeTakeFirst();
	return row?.sealed ?? null;
}

/** Forgets everything an invitation could have opened. */
export async function deleteInvitation(db: Connection, id: InvitationId): Promise<void> {
	await db.deleteFrom('invitations').where('id', '=', id).execute();
	await db.deleteFrom('wraps').where('recipient', '=', id).execute();
}

/** All invitations of which something is kept. */
export async function keptInvitations(db: Connection): Promise<readonly InvitationId[]> {
	const rows = await db.selectFrom('invitations').select('id').execute();
	return rows.map(({ id }) => id);
}
