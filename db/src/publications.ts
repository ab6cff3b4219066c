import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

/** An edition that one coordinator laid down. */
export interface ProposedEdition {
	readonly address: string;
	/** 1, 2, … */
	readonly edition: number;
	readonly space: SpaceId;
	/** ISO text, to the second. */
	readonly published: string;
	readonly proposer: AccountId;
	readonly bytes: Uint8Array;
}

/** An edition as it is kept. */
export interface KeptEdition extends Omit<ProposedEdition, 'proposer' | 'bytes'> {
	/** `null`: it has been confirmed. */
	readonly proposer: AccountId | null;
	readonly bytes: Bytes;
}

/** Keeps an edition that waits, in place of one that waits under the same number. @throws Problem `stale` when that one is confirmed */
export async function proposeEdition(db: Connection, edition: ProposedEdition): Promise<void> {
	const { address, edition: number } = edition;
	await db
		.deleteFrom('publications')
		.where('address', '=', address)
		.where('edition', '=', number)
		.where('proposer', 'is not', null)
		.execute();
	await db.insertInto('publications').values(edition).execute();
}

/** Editions of one statement, the newest first: those that are confirmed, and perhaps one that waits. */
export async function editionsOf(db: Connection, address: string): Promise<readonly KeptEdition[]> {
	return db.selectFrom('publications').selectAll().where('address', '=', address).orderBy('edition', 'desc').execute();
}

/** Names an edition that everybody may read. */
export interface EditionName {
	readonly address: string;
	readonly edition: number;
}

/** The newest confirmed edition of a statement whose hour has come; `null` when there is none: nobody can tell why. */
export async function publishedAt(db: Connection, address: string, now: string): Promise<EditionName | null> {
	const row = await publicEditions(db, now).where('address', '=', address).executeTakeFirst();
	return row ?? null;
}

/** The newest confirmed edition of each statement whose hour has come, the newest statement first. */
export const allPublished = (db: Connection, now: string, most: number): Promise<readonly EditionName[]> =>
	publicEditions(db, now).orderBy('published', 'desc').orderBy('address').limit(most).execute();

const publicEditions = (db: Connection, now: string) =>
	db
		.selectFrom('publications as one')
		.select(['address', 'edition'])
		.where('proposer', 'is', null)
		.where('published', '<=', now)
		.where('edition', '=', ({ selectFrom }) =>
			selectFrom('publications as other')
				.select(({ fn }) => fn.max('other.edition').as('newest'))
				.whereRef('other.address', '=', 'one.address')
				.where('other.proposer', 'is', null),
		);

export async function readEdition(db: Connection, { address, edition }: EditionName): Promise<Bytes | null> {
	const row = await db
		.selectFrom('publications')
		.select('bytes')
		.where('address', '=', address)
		.where('edition', '=', edition)
		.executeTakeFirst();
	return row?.bytes ?? null;
}

/**
 * A second coordinator stands by these bytes, and who laid them down is forgotten. False: they were not there, or not as
 * it is asked for; others may have been laid down in their place a moment ago.
 */
export async function confirmEdition(
	db: Connection,
	{ address, edition, bytes, confirmer }: Pick<KeptEdition, 'address' | 'edition' | 'bytes'> & { readonly confirmer: AccountId },
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('publications')
		.set({ proposer: null })
		.where('address', '=', address)
		.where('edition', '=', edition)
		.where('bytes', '=', bytes)
		.where('proposer', 'is not', null)
		.where('proposer', '!=', confirmer)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}
