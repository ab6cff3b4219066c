import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId, Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import type { Insertable, Selectable } from 'kysely';
import type { Connection } from './database.ts';
import type { RecoveryRequestTable } from './schema.ts';
import { holdRecovery } from './turns.ts';

/** What one person left for recovery. */
export interface NewDeposit {
	readonly account: AccountId;
	readonly id: string;
	readonly box: Uint8Array;
	readonly shares: readonly { readonly coordinator: AccountId; readonly organisation: OrganisationId; readonly bytes: Uint8Array }[];
}

export type RecoveryRequest = Selectable<RecoveryRequestTable>;
export type NewRecoveryRequest = Omit<Insertable<RecoveryRequestTable>, 'entry'>;

/** An account's open requests that nobody approved; the oldest beyond make room. */
const MOST_WAITING = 3;
const MOST_LISTED = 200;
const MOST_ROWS = 100;

/** Replaces what the account deposited before. */
export async function putDeposit(db: Connection, { account, id, box, shares }: NewDeposit): Promise<void> {
	await deleteShares(db, account);
	await db
		.insertInto('recovery_deposits')
		.values({ account, id, box })
		.onConflict((conflict) => conflict.column('account').doUpdateSet({ id, box }))
		.execute();
	for (let start = 0; start < shares.length; start += MOST_ROWS) {
		const rows = shares.slice(start, start + MOST_ROWS).map((share) => ({ ...share, account }));
		await db.insertInto('recovery_shares').values(rows).execute();
	}
}

/** Forgets everything about the recovery of an account. */
export async function deleteDeposit(db: Connection, account: AccountId): Promise<void> {
	await holdRecovery(db);
	const requests = await db.selectFrom('recovery_requests').select('id').where('account', '=', account).execute();
	await deleteRequests(
		db,
		requests.map(({ id }) => id),
	);
	await deleteShares(db, account);
	await db.deleteFrom('recovery_deposits').where('account', '=', account).execute();
}

const deleteShares = (db: Connection, account: AccountId) => db.deleteFrom('recovery_shares').where('account', '=', account).execute();

export async function findDeposit(db: Connection, account: AccountId): Promise<{ id: string; box: Bytes } | null> {
	const row = await db.selectFrom('recovery_deposits').select(['id', 'box']).where('account', '=', account).executeTakeFirst();
	return row ?? null;
}

/** Everybody who deposited something. */
export async function depositors(db: Connection): Promise<readonly AccountId[]> {
	const rows = await db.selectFrom('recovery_deposits').select('account').execute();
	return rows.map(({ account }) => account);
}

/** The deposits of these accounts, each with one coordinator's share of it. */
export async function depositsFor(
	db: Connection,
	accounts: readonly AccountId[],
	coordinator: AccountId,
): Promise<ReadonlyMap<AccountId, { deposit: string; organisation: OrganisationId | null; bytes: Bytes | null }>> {
	if (accounts.length === 0) return new Map();
	const rows = await db
		.selectFrom('recovery_deposits as deposit')
		.leftJoin('recovery_shares as share', (join) =>
			join.onRef('share.account', '=', 'deposit.account').on('share.coordinator', '=', coordinator),
		)
		.select(['deposit.account', 'deposit.id as deposit', 'share.organisation', 'share.bytes'])
		.where('deposit.account', 'in', accounts)
		.execute();
	return new Map(rows.map(({ account, ...rest }) => [account, rest]));
}

/** Keeps a request; one that is there already stays as it is. */
export async function putRequest(db: Connection, row: NewRecoveryRequest): Promise<void> {
	await holdRecovery(db);
	const last = await db
		.selectFrom('recovery_requests')
		.select(({ fn }) => fn.max('entry').as('entry'))
		.executeTakeFirst();
	await db
		.insertInto('recovery_requests')
		.values({ ...row, entry: Number(last?.entry ?? 0) + 1 })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
	const waiting = await unapproved(db, row.account);
	await deleteRequests(db, waiting.slice(MOST_WAITING));
}

/** The newest first. */
async function unapproved(db: Connection, account: AccountId): Promise<readonly Hash[]> {
	const rows = await db
		.selectFrom('recovery_requests as request')
		.leftJoin('recovery_approvals as approval', 'approval.request', 'request.id')
		.select('request.id')
		.where('request.account', '=', account)
		.where('approval.request', 'is', null)
		.orderBy('request.entry', 'desc')
		.execute();
	return rows.map(({ id }) => id);
}

/** A request that is still open at `now` (ISO). */
export async function findRequest(db: Connection, id: Hash, now: string): Promise<RecoveryRequest | null> {
	const row = await db.selectFrom('recovery_requests').selectAll().where('id', '=', id).where('expires', '>', now).executeTakeFirst();
	return row ?? null;
}

/** Requests open at `now` (ISO), the newest first: all, or those about one account. */
export function openRequests(db: Connection, now: string, account: AccountId | null): Promise<RecoveryRequest[]> {
	const open = db.selectFrom('recovery_requests').selectAll().where('expires', '>', now).orderBy('entry', 'desc').limit(MOST_LISTED);
	return (account === null ? open : open.where('account', '=', account)).execute();
}

/** True while an approved request relies on the account's deposit; it stays so to the end of the transaction. */
export async function isRelyingOnDeposit(db: Connection, account: AccountId, now: string): Promise<boolean> {
	await holdRecovery(db);
	const row = await db
		.selectFrom('recovery_requests as request')
		.innerJoin('recovery_approvals as approval', 'approval.request', 'request.id')
		.select('request.id')
		.where('request.account', '=', account)
		.where('request.expires', '>', now)
		.executeTakeFirst();
	return row !== undefined;
}

/** Keeps the share that an approver passed on. @throws Problem `stale` when the organisation has given one */
export async function insertApproval(db: Connection, request: Hash, organisation: OrganisationId, bytes: Uint8Array): Promise<void> {
	await holdRecovery(db);
	await db.insertInto('recovery_approvals').values({ request, organisation, bytes }).execute();
}

export function approvalsOf(db: Connection, request: Hash): Promise<{ organisation: OrganisationId; bytes: Bytes }[]> {
	return db.selectFrom('recovery_approvals').select(['organisation', 'bytes']).where('request', '=', request).execute();
}

/** Forgets requests and what coordinators passed on for them. */
export async function deleteRequests(db: Connection, ids: readonly Hash[]): Promise<void> {
	if (ids.length === 0) return;
	await holdRecovery(db);
	await db.deleteFrom('recovery_approvals').where('request', 'in', ids).execute();
	await db.deleteFrom('recovery_requests').where('id', 'in', ids).execute();
}

export async function deleteExpiredRequests(db: Connection, now: string): Promise<void> {
	const rows = await db.selectFrom('recovery_requests').select('id').where('expires', '<=', now).execute();
	await deleteRequests(
		db,
		rows.map(({ id }) => id),
	);
}
