import type { AccountId, ChainId, Hash, InvitationId, SpaceId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction, type Connection } from './database.ts';
import { deleteInvitation, insertSealed, readSealed } from './invitations.ts';
import { insertLinks, knownHashes, linksAfter, linksForSpaces, linksInOrder, linksOf, type NewLink } from './links.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';
import { insertWraps, wrapsFor, wrapsOf } from './wraps.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const link = (chain: ChainId, seq: number, kind: NewLink['kind'] = 'directory'): NewLink => ({
	chain,
	seq,
	kind,
	hash: freshId<Hash>(),
	bytes: bytes(seq, 7),
});

for (const dialect of DIALECTS) {
	describe(`chains on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		const chain = freshId<ChainId>();
		const space = freshId<SpaceId>();

		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(() => emptyTables(db));

		test('directory and user links get positions, roster links only their place in the order', async () => {
			const positions = await insertLinks(db, [link(chain, 0), link(space, 0, 'roster'), link(chain, 1), link(freshId(), 0, 'user')], 0);
			expect(positions).toEqual([1, 0, 2, 3]);
			expect(await insertLinks(db, [link(chain, 2)], 4)).toEqual([4]);
			expect((await linksAfter(db, 2, 10)).map(({ position }) => position)).toEqual([3, 4]);
			expect((await linksInOrder(db, 0, 10)).map(({ entry }) => entry)).toEqual([1, 2, 3, 4, 5]);
		});

		test('two links for one place: the second is stale, and nothing of its batch stays', async () => {
			await insertLinks(db, [link(chain, 0)], 0);
			const batch = [link(space, 0, 'roster'), link(chain, 0)];
			await expect(inTransaction(db, (transaction) => insertLinks(transaction, batch, 1))).rejects.toMatchObject({ code: 'stale' });
			expect(await linksOf(db, space, 0)).toEqual([]);
		});

		test('links that were examined before another node wrote are stale, though their own places are free', async () => {
			await insertLinks(db, [link(chain, 0)], 0);
			await expect(insertLinks(db, [link(space, 0, 'roster')], 0)).rejects.toMatchObject({ code: 'stale' });
			expect(await linksOf(db, space, 0)).toEqual([]);
		});

		test('a chain is read from a place on, and links are known by their hash', async () => {
			const links = [link(space, 0, 'roster'), link(space, 1, 'roster'), link(space, 2, 'roster')];
			await insertLinks(db, links, 0);
			expect((await linksOf(db, space, 1)).map((read) => read[0])).toEqual([1, 2]);
			const [first] = links;
			expect([...(await knownHashes(db, [first!.hash, freshId<Hash>()]))]).toEqual([first!.hash]);
		});

		test('a newcomer is shown directory, user logs and the rosters offered, in the order they were taken', async () => {
			const other = freshId<SpaceId>();
			await insertLinks(db, [link(chain, 0), link(space, 1, 'roster'), link(other, 2, 'roster'), link(freshId(), 3, 'user')], 0);
			const seen = async (spaces: SpaceId[]) => (await linksForSpaces(db, spaces)).map((read) => read.bytes[0]);
			expect(await seen([space])).toEqual([0, 1, 3]);
			expect(await seen([space, other])).toEqual([0, 1, 2, 3]);
			expect(await seen([])).toEqual([0, 3]);
		});

		test('nobody replaces a wrap that another wrote, but everyone may renew their own', async () => {
			const [alice, bob] = [freshId<AccountId>(), freshId<AccountId>()];
			const wrap = (recipient: AccountId, value: number) => ({ space, generation: 1, recipient, bytes: bytes(value) });
			await insertWraps(db, [wrap(alice, 1), wrap(bob, 1)], alice);
			await insertWraps(db, [wrap(alice, 2), wrap(bob, 2)], alice);
			expect((await wrapsOf(db, alice, space, 0)).map((row) => row.bytes[0])).toEqual([2]);
			expect((await wrapsOf(db, bob, space, 0)).map((row) => row.bytes[0])).toEqual([1]);
			expect(await wrapsOf(db, bob, space, 2)).toEqual([]);
		});

		test('a used invitation leaves nothing that it could open', async () => {
			const invitation = freshId<InvitationId>();
			await insertSealed(db, invitation, bytes(1));
			await insertSealed(db, invitation, bytes(2));
			await insertWraps(db, [{ space, generation: 1, recipient: invitation, bytes: bytes(3) }], freshId<AccountId>());
			expect((await readSealed(db, invitation))?.[0]).toBe(1);
			expect(await wrapsFor(db, invitation)).toHaveLength(1);
			await deleteInvitation(db, invitation);
			expect(await readSealed(db, invitation)).toBeNull();
			expect(await wrapsFor(db, invitation)).toEqual([]);
		});
	});
}
