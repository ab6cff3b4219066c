import type { AccountId, InvitationId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Connection } from './database.ts';
import type { Insertable, Selectable } from 'kysely';
import type { WrapTable } from './schema.ts';

export type StoredWrap = Selectable<WrapTable>;
export type NewWrap = Insertable<WrapTable>;

const MOST_ROWS = 500;

/**
 * First write wins, so that nobody replaces a wrap that somebody already relies on; only `author` may
 * replace its own (a new encryption key of the same person).
 */
export async function insertWraps(db: Connection, wraps: readonly NewWrap[], author: AccountId): Promise<void> {
	const others = wraps.filter(({ recipient }) => recipient !== author);
	for (let start = 0; start < others.length; start += MOST_ROWS) {
		await db
			.insertInto('wraps')
			.values(others.slice(start, start + MOST_ROWS))
			.onConflict((conflict) => conflict.columns(['recipient', 'space', 'generation']).doNothing())
			.execute();
	}
	for (const wrap of wraps.filter(({ recipient }) => recipient === author)) await replaceWrap(db, wrap);
}

async function replaceWrap(db: Connection, wrap: NewWrap): Promise<void> {
	await db
		.insertInto('wraps')
		.values(wrap)
		.onConflict((conflict) => conflict.columns(['recipient', 'space', 'generation']).doUpdateSet({ bytes: wrap.bytes }))
		.execute();
}

/** A recipient's wraps in one space, from a generation on. */
export function wrapsOf(db: Connection, recipient: AccountId, space: SpaceId, generation: number) {
	return db
		.selectFrom('wraps')
		.select(['generation', 'bytes'])
		.where('recipient', '=', recipient)
		.where('space', '=', space)
		.where('generation', '>=', generation)
		.orderBy('generation')
		.execute();
}

/** All wraps addressed to an invitation. */
export function wrapsFor(db: Connection, recipient: InvitationId): Promise<StoredWrap[]> {
	return db.selectFrom('wraps').selectAll().where('recipient', '=', recipient).orderBy('space').orderBy('generation').execute();
}
