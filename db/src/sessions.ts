import type { AccountId, DeviceId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';
import type { SessionTable } from './schema.ts';

export async function insertSession(db: Connection, row: SessionTable): Promise<void> {
	await db.insertInto('sessions').values(row).execute();
}

export async function findSession(db: Connection, id: string): Promise<SessionTable | null> {
	const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
	return row ?? null;
}

export function sessionsOf(db: Connection, account: AccountId): Promise<SessionTable[]> {
	return db.selectFrom('sessions').selectAll().where('account', '=', account).execute();
}

export async function extendSession(db: Connection, id: string, expires: string): Promise<void> {
	await db.updateTable('sessions').set({ expires }).where('id', '=', id).execute();
}

export async function deleteSession(db: Connection, id: string): Promise<void> {
	await db.deleteFrom('sessions').where('id', '=', id).execute();
}

/** Says whose browser this is; the first to say so is believed. */
export async function bindSession(db: Connection, id: string, device: DeviceId): Promise<void> {
	await db.updateTable('sessions').set({ device }).where('id', '=', id).where('device', 'is', null).execute();
}

/** Ends every session of the account but `except`. */
export async function deleteSessionsOf(db: Connection, account: AccountId, except: string | null = null): Promise<void> {
	const all = db.deleteFrom('sessions').where('account', '=', account);
	await (except === null ? all : all.where('id', '!=', except)).execute();
}

/** Removes what ended before `hour` or began before `oldest`. */
export async function deleteExpiredSessions(db: Connection, hour: string, oldest: string): Promise<void> {
	await db
		.deleteFrom('sessions')
		.where((or) => or.or([or('expires', '<=', hour), or('created', '<', oldest)]))
		.execute();
}

/** Which of `ids` still stand. */
export async function existingSessions(db: Connection, ids: readonly string[]): Promise<ReadonlySet<string>> {
	if (ids.length === 0) return new Set();
	const rows = await db.selectFrom('sessions').select('id').where('id', 'in', ids).execute();
	return new Set(rows.map(({ id }) => id));
}
