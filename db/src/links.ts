import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { ChainId, Hash } from '@multaqa/shared/bytes/ids';
import type { ChainKind } from '@multaqa/shared/chain/link';
import type { Connection } from './database.ts';

/** A link as it is to be stored. */
export interface NewLink {
	readonly chain: ChainId;
	readonly seq: number;
	readonly hash: Hash;
	readonly kind: ChainKind;
	/** Abridged: without what the links before it tell. */
	readonly bytes: Uint8Array;
}

/**
 * Appends links in their order; answers the position of each (0 for roster links).
 * @param after the entry after which they were examined: whatever came in between could have forbidden them
 * @throws Problem `stale` when a place of a chain is taken, or another node has written after that entry
 */
export async function insertLinks(db: Connection, links: readonly NewLink[], after: number): Promise<number[]> {
	let entry = after;
	let position = await lastPosition(db);
	const rows = links.map(({ chain, seq, hash, kind, bytes }) => ({
		chain,
		seq,
		hash,
		kind,
		bytes,
		entry: ++entry,
		position: kind === 'roster' ? null : ++position,
	}));
	if (rows.length > 0) await db.insertInto('links').values(rows).execute();
	return rows.map((row) => row.position ?? 0);
}

async function lastPosition(db: Connection): Promise<number> {
	const row = await db
		.selectFrom('links')
		.select('position')
		.where('position', 'is not', null)
		.orderBy('position', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.position ?? 0;
}

/** Which of `hashes` are stored. */
export async function knownHashes(db: Connection, hashes: readonly Hash[]): Promise<ReadonlySet<Hash>> {
	if (hashes.length === 0) return new Set();
	const rows = await db.selectFrom('links').select('hash').where('hash', 'in', hashes).execute();
	return new Set(rows.map(({ hash }) => hash));
}

/** Every link in the order it was taken, after `entry`: how the world is rebuilt. */
export function linksInOrder(db: Connection, entry: number, most: number) {
	return db.selectFrom('links').select(['entry', 'bytes']).where('entry', '>', entry).orderBy('entry').limit(most).execute();
}

/** What a newcomer to some spaces is shown: directory, user logs and these spaces' rosters, in the order they were taken. */
export function linksForSpaces(db: Connection, spaces: readonly ChainId[]) {
	return db
		.selectFrom('links')
		.select('bytes')
		.where((row) => row.or([row('kind', '!=', 'roster'), ...spaces.map((space) => row('chain', '=', space))]))
		.orderBy('entry')
		.execute();
}

/** Directory and user links after `position`, at most `most`. */
export async function linksAfter(db: Connection, position: number, most: number) {
	const rows = await db
		.selectFrom('links')
		.select(['position', 'bytes'])
		.where('position', '>', position)
		.orderBy('position')
		.limit(most)
		.execute();
	return rows.map((row) => ({ position: row.position ?? 0, bytes: row.bytes }));
}

/** The largest place a column can hold. */
const LAST = 2 ** 31 - 1;

/** The links of one chain from place `seq` on, up to `until` and with it. */
export async function linksOf(db: Connection, chain: ChainId, seq: number, until = LAST): Promise<Bytes[]> {
	const rows = await db
		.selectFrom('links')
		.select('bytes')
		.where('chain', '=', chain)
		.where('seq', '>=', seq)
		.where('seq', '<=', until)
		.orderBy('seq')
		.execute();
	return rows.map(({ bytes }) => bytes);
}
