import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';

export interface NewLetter {
	readonly account: AccountId;
	/** When it came, rounded down to the hour. */
	readonly hour: string;
	readonly bytes: Uint8Array;
}

const HOUR = 3_600_000;
/** Letters that fit between two hours, so that numbers go on when all letters before have been forgotten. */
const ROOM_OF_AN_HOUR = 1_000;

/**
 * Lays a letter into somebody's box, unless there are `most` already; answers whether it lies there. Its number is above
 * all there ever were.
 */
export async function insertLetter(db: Connection, { account, hour, bytes }: NewLetter, most: number): Promise<boolean> {
	for (;;) {
		const { last, held } = await db
			.selectFrom('letters')
			.select(({ fn }) => [fn.max<number | string | null>('number').as('last'), fn.countAll<number | string>().as('held')])
			.where('account', '=', account)
			.executeTakeFirstOrThrow();
		if (Number(held) >= most) return false;
		const least = (Date.parse(hour) / HOUR) * ROOM_OF_AN_HOUR;
		const letter = { account, number: Math.max(Number(last ?? 0), least) + 1, hour, bytes };
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('letters')
			.values(letter)
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		// Another letter took the number in between.
		if (numInsertedOrUpdatedRows === 1n) return true;
	}
}

/** Letters to somebody after a number, the oldest first: as many as fit into `room` bytes, and always one. */
export async function lettersAfter(
	db: Connection,
	account: AccountId,
	after: number,
	room: number,
): Promise<{ letters: { number: number; bytes: Bytes }[]; more: boolean }> {
	const rows = await db
		.selectFrom('letters')
		.select(['number', 'bytes'])
		.where('account', '=', account)
		.where('number', '>', after)
		.orderBy('number')
		.limit(MOST_AT_ONCE)
		.execute();
	let taken = 0;
	const fit = rows.filter(({ bytes }, place) => (taken += bytes.length) <= room || place === 0);
	return { letters: fit, more: fit.length < rows.length || rows.length === MOST_AT_ONCE };
}

const MOST_AT_ONCE = 50;

/** Forgets letters that came before an hour. */
export async function deleteOldLetters(db: Connection, hour: string): Promise<void> {
	await db.deleteFrom('letters').where('hour', '<', hour).execute();
}
