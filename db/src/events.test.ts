import type { EnvelopeId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDatabase, openDatabase, type Connection } from './database.ts';
import { eventsAfter, eventsOf, type EventAppend } from './events.ts';
import { createAppender, type Appender } from './group-commit.ts';
import { DIALECTS, emptyTables, limitGrowth, liftLimit, openTestDatabase } from './testing/dialects.ts';
import { freshId } from './testing/ids.ts';

const HOUR = '2026-11-22T13:00:00.000Z';
const envelope = (size = 300) => ({ id: freshId<EnvelopeId>(), generation: 1, envelope: new Uint8Array(randomBytes(size)) });
const appendTo = (space: SpaceId, stream: StreamId, ...envelopes: EventAppend['envelopes']): EventAppend => ({
	space,
	stream,
	hour: HOUR,
	generation: 1,
	envelopes,
});

for (const dialect of DIALECTS) {
	describe(`the log on ${dialect}`, () => {
		let db: Connection;
		let close: () => Promise<void>;
		let appender: Appender;
		const space = freshId<SpaceId>();
		const stream = freshId<StreamId>(16);

		beforeAll(async () => {
			({ db, close } = await openTestDatabase(dialect));
		}, 60_000);
		afterAll(() => close());
		beforeEach(async () => {
			await emptyTables(db);
			appender = createAppender(db);
		});

		test('counts positions through the space and sequence numbers through each stream, from 1', async () => {
			const other = freshId<StreamId>(16);
			const first = await appender.append(appendTo(space, stream, envelope(), envelope()));
			const second = await appender.append(appendTo(space, other, envelope()));
			const elsewhere = await appender.append(appendTo(freshId<SpaceId>(), stream, envelope()));
			expect([...first, ...second].map(({ position, seq }) => [position, seq])).toEqual([
				[1, 1],
				[2, 2],
				[3, 1],
			]);
			expect(elsewhere[0]).toMatchObject({ position: 1, seq: 1 });
		});

		test('acknowledges an envelope that is sent again with the place it has, and keeps one', async () => {
			const sealed = envelope();
			const [first] = await appender.append(appendTo(space, stream, sealed));
			const [again, twin] = await appender.append(appendTo(space, stream, sealed, sealed));
			expect(first).toMatchObject({ position: 1, fresh: true });
			expect(again).toMatchObject({ position: 1, seq: 1, fresh: false });
			expect(twin).toMatchObject({ position: 1, seq: 1, fresh: false });
			expect((await eventsAfter(db, space, 0, { most: 2 ** 20 })).events).toHaveLength(1);
		});

		test('refuses an envelope under another stream without harming those who arrive with it', async () => {
			const sealed = envelope();
			await appender.append(appendTo(space, stream, sealed));
			const [moved, honest] = await Promise.allSettled([
				appender.append(appendTo(space, freshId<StreamId>(16), sealed)),
				appender.append(appendTo(space, stream, envelope())),
			]);
			expect(moved).toMatchObject({ status: 'rejected', reason: { code: 'rejected-link' } });
			expect(honest).toMatchObject({ status: 'fulfilled', value: [{ position: 2, seq: 2 }] });
		});

		test('one bad row fails alone, although it shared a transaction with good ones', async () => {
			const bad = { ...envelope(), generation: null as unknown as number };
			const settled = await Promise.allSettled([
				appender.append(appendTo(space, stream, envelope())),
				appender.append(appendTo(space, stream, bad)),
				appender.append(appendTo(space, stream, envelope())),
			]);
			expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
			const { events } = await eventsAfter(db, space, 0, { most: 2 ** 20 });
			expect(events.map(({ position }) => position)).toEqual([1, 2]);
		});

		test('200 writers at once leave no gap and no double', async () => {
			const writers = Array.from({ length: 200 }, () => appender.append(appendTo(space, stream, envelope())));
			const positions = (await Promise.all(writers)).map(([place]) => place?.position ?? 0).sort((a, b) => a - b);
			expect(positions).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
		});

		test('answers what comes after a position, cut at a size, and says whether there is more', async () => {
			await appender.append(appendTo(space, stream, ...Array.from({ length: 10 }, () => envelope(1000))));
			const first = await eventsAfter(db, space, 0, { most: 3500 });
			expect(first.events.map(({ position }) => position)).toEqual([1, 2, 3]);
			expect(first.more).toBe(true);
			const rest = await eventsAfter(db, space, 3, { most: 2 ** 20 });
			expect(rest.events.map(({ position }) => position)).toEqual([4, 5, 6, 7, 8, 9, 10]);
			expect(rest.more).toBe(false);
			expect((await eventsAfter(db, space, 0, { most: 10 })).events).toHaveLength(1);
			expect((await eventsAfter(db, space, 10, { most: 10 })).events).toHaveLength(0);
		});

		test('of much that was written only the wanted streams are answered whole, and of the others where everything stands', async () => {
			const other = freshId<StreamId>(16);
			for (const each of [stream, other, stream, other]) await appender.append(appendTo(space, each, envelope(1000)));
			const little = await eventsAfter(db, space, 0, { most: 2 ** 20, least: { bytes: 4_000, whole: [other] } });
			expect([little.events.length, little.told.length]).toEqual([4, 0]);
			const { events, told, more } = await eventsAfter(db, space, 0, { most: 2 ** 20, least: { bytes: 3_999, whole: [other] } });
			expect(events.map(({ position }) => position)).toEqual([2, 4]);
			expect(told.map(({ position, seq }) => [position, seq])).toEqual([
				[1, 1],
				[3, 2],
			]);
			expect(told.every(({ stream: of, generation, id }) => of === stream && generation === 1 && id.length === 43)).toBe(true);
			expect(more).toBe(false);
			expect((await eventsAfter(db, space, 0, { most: 1_100, least: { bytes: 0, whole: [other] } })).more).toBe(true);
		});

		test('parts of streams are answered one after another, cut at a size', async () => {
			const other = freshId<StreamId>(16);
			await appender.append(appendTo(space, stream, ...Array.from({ length: 4 }, () => envelope(1000))));
			await appender.append(appendTo(space, other, ...Array.from({ length: 2 }, () => envelope(1000))));
			const parts = [
				{ stream: other, after: 0, until: 2 },
				{ stream, after: 1, until: 3 },
			];
			const places = async (most: number) => {
				const { events, more } = await eventsOf(db, space, parts, most);
				return [events.map(({ position }) => position), more];
			};
			expect(await places(2 ** 20)).toEqual([[5, 6, 2, 3], false]);
			expect(await places(3_000)).toEqual([[5, 6, 2], true]);
			expect(await places(2_000)).toEqual([[5, 6], true]);
			expect(await places(2_500)).toEqual([[5, 6], true]);
			expect(await places(1)).toEqual([[5], true]);
			expect((await eventsOf(db, freshId<SpaceId>(), parts, 2 ** 20)).events).toEqual([]);
		});
	});
}

test('a full disk refuses everybody with the same Problem, loses nothing acknowledged, and heals', async () => {
	const { db, close } = await openTestDatabase('sqlite');
	const appender = createAppender(db);
	const space = freshId<SpaceId>();
	const stream = freshId<StreamId>(16);
	await appender.append(appendTo(space, stream, envelope()));
	await limitGrowth(db, 20);
	const settled = await Promise.allSettled(Array.from({ length: 8 }, () => appender.append(appendTo(space, stream, envelope(60_000)))));
	expect(settled.every((result) => result.status === 'rejected' && result.reason.code === 'storage-full')).toBe(true);
	await liftLimit(db);
	expect((await appender.append(appendTo(space, stream, envelope())))[0]).toMatchObject({ position: 2 });
	await close();
});

test('while the disk takes its time what waits is bounded, and who comes then is told at once', async () => {
	const { db, close } = await openTestDatabase('sqlite');
	const appender = createAppender(db);
	const space = freshId<SpaceId>();
	const stream = freshId<StreamId>(16);
	const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	// Whoever holds the only connection is a disk that does not answer.
	const slow = db.transaction().execute(() => {
		held.resolve();
		return release.promise;
	});
	await held.promise;
	const small = Array.from({ length: 3_000 }, () => appender.append(appendTo(space, stream, envelope(20))));
	const large = Array.from({ length: 80 }, () => appender.append(appendTo(space, stream, envelope(1_000_000))));
	const settled = Promise.allSettled([...small, ...large]);
	const refused = await Promise.race(
		small.slice(-1).map((each) =>
			each.then(
				() => null,
				(problem: unknown) => problem,
			),
		),
	);
	expect(refused).toMatchObject({ code: 'storage-unavailable', detail: { retryAfter: 2 } });
	expect(appender.load.waiting).toBeLessThanOrEqual(2_000);
	expect(appender.load.bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
	release.resolve();
	await slow;
	const taken = (await settled).filter(({ status }) => status === 'fulfilled').length;
	expect(taken).toBeGreaterThan(1_000);
	const last = await appender.append(appendTo(space, stream, envelope()));
	expect(last[0]).toMatchObject({ position: taken + 1 });
	await appender.idle();
	expect(appender.load).toEqual({ waiting: 0, bytes: 0 });
	await close();
}, 30_000);

test('two processes on one file share its places without gap or double', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'multaqa-db-'));
	const file = join(directory, 'forum.db');
	const [one, two] = [await openDatabase({ file }), await openDatabase({ file })];
	const appenders = [createAppender(one), createAppender(two)];
	const space = freshId<SpaceId>();
	const stream = freshId<StreamId>(16);
	const positions: number[] = [];
	for (let round = 0; round < 10; round++) {
		for (const appender of appenders)
			positions.push(...(await appender.append(appendTo(space, stream, envelope()))).map((place) => place.position));
	}
	expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
	await Promise.all([closeDatabase(one), closeDatabase(two)]);
	await rm(directory, { recursive: true });
});
