import type { AccountId, DeviceId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';
import type { MailTable, PushTable } from './schema.ts';

/** A browser that wants to be woken. */
export interface Push {
	readonly session: string;
	readonly account: AccountId;
	readonly endpoint: string;
	/** Spaces that must not wake it. */
	readonly without: readonly SpaceId[];
	readonly failing: boolean;
}

/**
 * Where a session's browser is reached from now on; `without: null` leaves the choice of spaces as it is, also when the
 * same browser signed in anew.
 */
export async function putPush(
	db: Connection,
	{ session, account, endpoint, without }: Pick<Push, 'session' | 'account' | 'endpoint'> & { without: readonly SpaceId[] | null },
): Promise<void> {
	const before = await db
		.selectFrom('pushes')
		.select('without')
		.where('endpoint', '=', endpoint)
		.where('account', '=', account)
		.executeTakeFirst();
	await db.deleteFrom('pushes').where('endpoint', '=', endpoint).where('account', '=', account).where('session', '!=', session).execute();
	const chosen = without === null ? {} : { without: JSON.stringify(without) };
	await db
		.insertInto('pushes')
		.values({ session, account, endpoint, without: before?.without ?? '[]', failing: 0, ...chosen })
		.onConflict((conflict) => conflict.column('session').doUpdateSet({ endpoint, failing: 0, ...chosen }))
		.execute();
}

export async function findPush(db: Connection, session: string): Promise<Push | null> {
	const row = await db.selectFrom('pushes').selectAll().where('session', '=', session).executeTakeFirst();
	return row ? pushOf(row) : null;
}

export async function allPushes(db: Connection): Promise<readonly Push[]> {
	return (await db.selectFrom('pushes').selectAll().execute()).map(pushOf);
}

const pushOf = ({ without, failing, ...row }: PushTable): Push => ({
	...row,
	without: JSON.parse(without) as SpaceId[],
	failing: failing === 1,
});

/** Notes how a try went; an address that was replaced meanwhile is left alone. */
export async function notePush(db: Connection, { session, endpoint }: Push, failing: boolean): Promise<void> {
	await db
		.updateTable('pushes')
		.set({ failing: failing ? 1 : 0 })
		.where('session', '=', session)
		.where('endpoint', '=', endpoint)
		.execute();
}

/** The browser of an earlier session signed in anew: it goes on being woken under this one, and ends with it. */
export async function movePush(db: Connection, account: AccountId, device: DeviceId, session: string): Promise<void> {
	if (await findPush(db, session)) return;
	const earlier = await db
		.selectFrom('pushes')
		.innerJoin('sessions', 'sessions.id', 'pushes.session')
		.select('pushes.session')
		.where('pushes.account', '=', account)
		.where('sessions.device', '=', device)
		.executeTakeFirst();
	if (earlier) await db.updateTable('pushes').set({ session }).where('session', '=', earlier.session).execute();
}

/** Forgets where a session's browser is reached; with `endpoint` only if that is still the address. */
export async function deletePush(db: Connection, session: string, endpoint?: string): Promise<void> {
	const all = db.deleteFrom('pushes').where('session', '=', session);
	await (endpoint === undefined ? all : all.where('endpoint', '=', endpoint)).execute();
}

/** Forgets a browser under whichever of its account's sessions it is known. */
export async function deleteEndpoint(db: Connection, account: AccountId, endpoint: string): Promise<void> {
	await db.deleteFrom('pushes').where('account', '=', account).where('endpoint', '=', endpoint).execute();
}

/** One mailbox for each account; a new one has not been written to. */
export async function putMail(db: Connection, { account, address, language }: Omit<MailTable, 'sent'>): Promise<void> {
	await db
		.insertInto('mails')
		.values({ account, address, language, sent: null })
		.onConflict((conflict) => conflict.column('account').doUpdateSet({ address, language, sent: null }))
		.execute();
}

export async function findMail(db: Connection, account: AccountId): Promise<MailTable | null> {
	return (await db.selectFrom('mails').selectAll().where('account', '=', account).executeTakeFirst()) ?? null;
}

export function allMails(db: Connection): Promise<MailTable[]> {
	return db.selectFrom('mails').selectAll().execute();
}

/** The hour in which a mailbox was last written to. */
export async function noteMail(db: Connection, account: AccountId, sent: string): Promise<void> {
	await db.updateTable('mails').set({ sent }).where('account', '=', account).execute();
}

export async function deleteMail(db: Connection, account: AccountId): Promise<void> {
	await db.deleteFrom('mails').where('account', '=', account).execute();
}
