import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';
import type { Insertable, Selectable } from 'kysely';
import type { PasskeyTable, PassphraseTable } from './schema.ts';

export type Passkey = Selectable<PasskeyTable>;
export type NewPasskey = Insertable<PasskeyTable>;

/** @throws Problem `stale` when the account is there already */
export async function insertAccount(db: Connection, id: AccountId): Promise<void> {
	await db.insertInto('accounts').values({ id }).execute();
}

export async function findPassphrase(db: Connection, handle: string): Promise<PassphraseTable | null> {
	const row = await db.selectFrom('passphrases').selectAll().where('handle', '=', handle).executeTakeFirst();
	return row ?? null;
}

/** Writes the OPAQUE record of a handle; a handle of another account is left alone and answers `false`. */
export async function putPassphrase(db: Connection, row: PassphraseTable): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('passphrases')
		.values(row)
		.onConflict((conflict) => conflict.column('handle').doUpdateSet({ record: row.record }).where('passphrases.account', '=', row.account))
		.executeTakeFirstOrThrow();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findPasskey(db: Connection, id: string): Promise<Passkey | null> {
	const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
	return row ?? null;
}

/** @throws Problem `stale` when the credential is there already */
export async function insertPasskey(db: Connection, row: NewPasskey): Promise<void> {
	await db.insertInto('passkeys').values(row).execute();
}

/** Remembers how often the authenticator says it has signed; never goes back. */
export async function advancePasskey(db: Connection, id: string, counter: number): Promise<void> {
	await db.updateTable('passkeys').set({ counter }).where('id', '=', id).where('counter', '<', counter).execute();
}

/** How many ways the account has to sign in. */
export async function countCredentials(db: Connection, account: AccountId): Promise<number> {
	const passphrases = await db.selectFrom('passphrases').select('handle').where('account', '=', account).execute();
	const passkeys = await db.selectFrom('passkeys').select('id').where('account', '=', account).execute();
	return passphrases.length + passkeys.length;
}

/** Answers whether it was there and of this account. */
export async function deletePasskey(db: Connection, account: AccountId, id: string): Promise<boolean> {
	const { numDeletedRows } = await db.deleteFrom('passkeys').where('id', '=', id).where('account', '=', account).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Answers whether it was there and of this account. */
export async function deletePassphrase(db: Connection, account: AccountId, handle: string): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('passphrases')
		.where('handle', '=', handle)
		.where('account', '=', account)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
