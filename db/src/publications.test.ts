import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from './database.ts';
import {
	allPublished,
	confirmEdition,
	editionsOf,
	proposeEdition,
	publishedAt,
	readEdition,
	type ProposedEdition,
} from './publications.ts';
import { DIALECTS, emptyTables, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';

type Edition = ProposedEdition & { readonly bytes: Bytes };

const EMBARGO = '2026-12-10T08:00:00Z';
const BEFORE = '2026-12-10T07:59:59Z';
const space = freshId<SpaceId>();
const [first, second] = [freshId<AccountId>(), freshId<AccountId>()];

for (const dialect of DIALECTS) {
	describe(`publications on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		beforeAll(async () => void ({ db, close } = await openTestDatabase(dialect)), 60_000);
		afterAll(() => close());
		beforeEach(() => emptyTables(db));

		/** PostgreSQL's driver answers with bytes of a kind of its own. */
		const bytesOf = async (number = 1) => [...((await readEdition(db, edition({ edition: number }))) ?? [])];
		const edition = (more: Partial<Edition> = {}): Edition => ({
			address: 'k7qf2m3xab',
			edition: 1,
			space,
			published: EMBARGO,
			proposer: first,
			bytes: Uint8Array.from([1]),
			...more,
		});
		const publish = async (more: Partial<Edition> = {}) => {
			const made = edition(more);
			await proposeEdition(db, made);
			await confirmEdition(db, { ...made, confirmer: second });
		};

		test('are seen from their hour on, and only once a second person has confirmed', async () => {
			await proposeEdition(db, edition());
			expect(await publishedAt(db, 'k7qf2m3xab', EMBARGO)).toBeNull();
			expect(await confirmEdition(db, { ...edition(), confirmer: second })).toBe(true);
			expect(await publishedAt(db, 'k7qf2m3xab', BEFORE)).toBeNull();
			expect(await publishedAt(db, 'k7qf2m3xab', EMBARGO)).toEqual({ address: 'k7qf2m3xab', edition: 1 });
			expect(await bytesOf()).toEqual([1]);
			expect(await readEdition(db, edition({ edition: 2 }))).toBeNull();
			expect(await publishedAt(db, 'other23456', EMBARGO)).toBeNull();
		});

		test('are confirmed by somebody else, once', async () => {
			await proposeEdition(db, edition());
			expect(await confirmEdition(db, { ...edition(), confirmer: first })).toBe(false);
			const both = await Promise.all([1, 2].map(() => confirmEdition(db, { ...edition(), confirmer: second })));
			expect(both.sort()).toEqual([false, true]);
		});

		test('that wait are replaced; one that is confirmed stays', async () => {
			await proposeEdition(db, edition());
			await proposeEdition(db, edition({ bytes: Uint8Array.from([2]), proposer: second }));
			expect(await editionsOf(db, 'k7qf2m3xab')).toMatchObject([{ proposer: second }]);
			expect(await bytesOf()).toEqual([2]);
			expect(await confirmEdition(db, { ...edition(), confirmer: first })).toBe(false);
			expect(await confirmEdition(db, { ...edition({ bytes: Uint8Array.from([2]) }), confirmer: first })).toBe(true);
			await expect(proposeEdition(db, edition({ bytes: Uint8Array.from([3]) }))).rejects.toMatchObject({ code: 'stale' });
			expect(await bytesOf()).toEqual([2]);
		});

		test('are listed by their newest edition, the newest statement first', async () => {
			await publish();
			await publish({ edition: 2, bytes: Uint8Array.from([2]) });
			await proposeEdition(db, edition({ edition: 3 }));
			await publish({ address: 'newer23456', published: '2026-12-11T08:00:00Z' });
			await publish({ address: 'later23456', published: '2027-01-01T08:00:00Z' });
			const seen = (await allPublished(db, '2026-12-12T00:00:00Z', 10)).map(({ address, edition: number }) => [address, number]);
			expect(seen).toEqual([
				['newer23456', 1],
				['k7qf2m3xab', 2],
			]);
			expect(await allPublished(db, '2026-12-12T00:00:00Z', 1)).toHaveLength(1);
		});
	});
}
