import { inTransaction, type Connection } from '@multaqa/db/database';
import { insertLinks, knownHashes, linksInOrder } from '@multaqa/db/links';
import { inTurnForLinks } from '@multaqa/db/turns';
import type { AccountId, Hash } from '@multaqa/shared/bytes/ids';
import { equalBytes } from '@multaqa/shared/bytes/bytes';
import { abridge, complete, headsOf } from '@multaqa/shared/chain/abridged';
import { decodeLink, type Link } from '@multaqa/shared/chain/link';
import { acceptLink, emptyWorld, type World } from '@multaqa/shared/chain/world';
import { isProblem, Problem } from '@multaqa/shared/problem';
import { createLock, together } from '../lock.ts';

/** The chains as the server holds them: in memory, rebuilt from the links, appended to one batch at a time. */
export interface Ledger {
	readonly world: World;
	/**
	 * Resolves when the world holds everything that any node had acknowledged before this was called. Costs one question
	 * to the database for all who ask together; nothing where there is one node.
	 */
	refresh(): Promise<void>;
	/**
	 * Appends a batch whole or not at all. Links that are stored already are acknowledged again; a batch of
	 * nothing else changes nothing.
	 * @throws Problem `stale`, `rejected-link`, `malformed`, and what `allow` or `alongside` throw
	 */
	append(batch: LinkBatch): Promise<Appended>;
}

export interface LinkBatch {
	readonly links: readonly Uint8Array[];
	/** Whose links these must be. */
	readonly by: AccountId;
	/** Looks at the world as it is, when nobody else can change it any more. */
	readonly require?: (world: World) => void;
	/** Looks at the world as it would become, before anything is written. */
	readonly allow?: (staged: Staged) => void | Promise<void>;
	/** Written in the same transaction. */
	readonly alongside?: (transaction: Connection, staged: Staged) => Promise<void>;
}

/** A batch that every rule has accepted, and the worlds on both sides of it. */
export interface Staged {
	readonly before: World;
	readonly after: World;
	/** Without those that were stored already. */
	readonly fresh: readonly Link[];
	/** Seconds since 1970 by the server's clock. */
	readonly time: number;
}

export interface Appended extends Staged {
	readonly hashes: readonly Hash[];
	/** Place of each fresh link among directory and user links; 0 for roster links. */
	readonly positions: readonly number[];
}

const PAGE = 1_000;
/** How far ahead of the server's clock a link may be dated. */
const LEEWAY = 10 * 60;

/**
 * Reads and checks all links. @throws Error when the stored links do not hold: the database was tampered with
 * @param shared whether other nodes write links too
 */
export async function openLedger(db: Connection, now: () => number, shared = false): Promise<Ledger> {
	const lock = createLock();
	const seconds = () => Math.floor(now() / 1000);
	let [world, entry] = [emptyWorld, 0];

	/** The order of the links is one for all nodes, so that whoever has read further knows more and nothing else. */
	const advance = (reached: Reached) => {
		if (reached.entry > entry) ({ world, entry } = reached);
	};
	const catchUp = async () => advance(await replay(db, world, entry));

	async function append(batch: LinkBatch): Promise<Appended> {
		const links = batch.links.map(decodeLink);
		if (links.some(({ by }) => by !== batch.by)) throw new Problem('rejected-link', { rule: 'links-are-the-senders-own' });
		const hashes = links.map(({ hash }) => hash);
		const [before, after] = [world, entry];
		const known = await knownHashes(db, hashes);
		const fresh = links.filter(({ hash }) => !known.has(hash));
		batch.require?.(before);
		const staged: Staged = { before, after: await stage(before, fresh, seconds()), fresh, time: seconds() };
		if (fresh.length === 0) return { ...staged, hashes, positions: [] };
		await batch.allow?.(staged);
		const rows = fresh.map((link) => ({ ...link, bytes: abridge(link) }));
		const positions = await inTransaction(db, async (transaction) => {
			const places = await insertLinks(transaction, rows, after);
			await batch.alongside?.(transaction, staged);
			return places;
		});
		advance({ world: staged.after, entry: after + fresh.length });
		return { ...staged, hashes, positions };
	}

	/** Nobody else appends meanwhile; what others appended before is known when this is examined. */
	async function appendInTurn(batch: LinkBatch): Promise<Appended> {
		try {
			if (shared) await catchUp();
			return await append(batch);
		} catch (error) {
			// Another process was faster all the same: see what it wrote, let the client try again.
			if (isProblem(error, 'stale')) await catchUp();
			throw error;
		}
	}

	await catchUp();
	return {
		get world() {
			return world;
		},
		refresh: shared ? together(catchUp) : () => Promise.resolve(),
		append: (batch) => lock(() => (shared ? inTurnForLinks(db, () => appendInTurn(batch)) : appendInTurn(batch))),
	};
}

interface Reached {
	readonly world: World;
	readonly entry: number;
}

async function replay(db: Connection, from: World, after: number): Promise<Reached> {
	let world = from;
	let entry = after;
	for (;;) {
		const rows = await linksInOrder(db, entry, PAGE);
		for (const row of rows) {
			world = await acceptLink(world, complete(row.bytes, headsOf(world)));
			entry = row.entry;
		}
		if (rows.length < PAGE) return { world, entry };
	}
}

async function stage(before: World, links: readonly Link[], time: number): Promise<World> {
	let world = before;
	for (const link of links) {
		if (link.time > Math.max(time + LEEWAY, lastTime(world, link))) throw new Problem('rejected-link', { rule: 'time-is-not-ahead' });
		const next = await accept(world, link);
		requireAbridgeable(link, next);
		world = next;
	}
	return world;
}

/** Links are stored and served in their short form: each must come out of it as it went in. */
function requireAbridgeable(link: Link, world: World): void {
	if (!equalBytes(complete(abridge(link), headsOf(world)).bytes, link.bytes)) throw new Problem('malformed', { reason: 'link' });
}

/** Codes that only mean something inside an engine travel as the name of the rule that refused. */
async function accept(world: World, link: Link): Promise<World> {
	try {
		return await acceptLink(world, link);
	} catch (error) {
		if (isProblem(error, 'tampered', 'unknown-sender', 'weak-key')) throw new Problem('rejected-link', { rule: error.code });
		throw error;
	}
}

function lastTime(world: World, link: Link): number {
	if (link.kind === 'user') return world.users.get(link.by)?.time ?? 0;
	return (link.kind === 'directory' ? world.directory : world.rosters.get(link.chain))?.time ?? 0;
}
