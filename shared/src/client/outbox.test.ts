import { beforeEach, describe, expect, test } from 'vitest';
import { encodeCbor } from '../bytes/cbor.ts';
import type { EnvelopeId, SpaceId, StreamId } from '../bytes/ids.ts';
import { envelopeId } from '../log/envelope.ts';
import { Problem } from '../problem.ts';
import { refusalOf } from '../testing/refusal.ts';
import { MemoryStore } from './memory-store.ts';
import { Outbox, outboxPrefixes, waitingKey } from './outbox.ts';
import type { Ports, Transport } from './ports.ts';

const space = 'A'.repeat(43) as SpaceId;
const stream = 'B'.repeat(22) as StreamId;
const DAY = 86_400_000;

let store: MemoryStore;
let now: number;
/** Everything the server was ever sent, and what it answers to one batch. */
let received: EnvelopeId[];
let answer: (ids: readonly EnvelopeId[]) => { acknowledgements: { id: EnvelopeId; position: number }[] };
const all = (ids: readonly EnvelopeId[]) => ({ acknowledgements: ids.map((id, place) => ({ id, position: place + 1 })) });

beforeEach(() => {
	store = new MemoryStore();
	now = DAY;
	received = [];
	answer = all;
});

/** One tab of the browser. */
function tab(reseal: (envelope: Uint8Array) => Uint8Array | null = () => null) {
	const transport = {
		call: async (_: unknown, { request }: { request: { envelopes: readonly Uint8Array[] } }) => {
			const ids = request.envelopes.map(envelopeId);
			received.push(...ids);
			await new Promise((resolve) => setTimeout(resolve, 5));
			return answer(ids);
		},
	} as unknown as Transport;
	const acknowledged: EnvelopeId[] = [];
	const outbox = new Outbox({ transport, store, now: () => now } as unknown as Ports, {
		pieces: { waiting: async () => [], send: async () => undefined, remove: async () => undefined },
		acknowledged: (_, id) => acknowledged.push(id),
		reseal: async (_, __, envelope) => reseal(envelope),
	});
	return { outbox, acknowledged };
}

const envelope = (generation: number, text: number) => encodeCbor([1, generation, new Uint8Array(40).fill(text)]);
async function waiting(count: number, size = 0): Promise<EnvelopeId[]> {
	const envelopes = Array.from({ length: count }, (_, place) =>
		size === 0 ? envelope(1, place) : encodeCbor([1, 1, new Uint8Array(size).fill(place)]),
	);
	await store.write(
		envelopes.map((bytes, place) => ({
			bucket: 'outbox',
			key: waitingKey(space, String(place).padStart(3, '0')),
			value: { stream, envelope: bytes },
		})),
	);
	return envelopes.map(envelopeId);
}
const kept = async (prefix: string) => (await store.list('outbox', prefix)).length;

describe('two tabs of one browser', () => {
	test('send what waits once, whichever of them begins', async () => {
		const ids = await waiting(5);
		const [one, other] = [tab(), tab()];
		await Promise.all([one.outbox.flush(), other.outbox.flush()]);
		expect(received).toEqual(ids);
		expect([...one.acknowledged, ...other.acknowledged]).toEqual(ids);
		expect([one.outbox.waiting, other.outbox.waiting]).toEqual([0, 0]);
	});

	test('seal anew once what a renewal has overtaken: one event, not two', async () => {
		const [old] = await waiting(1);
		let sealed = 0;
		const reseal = () => envelope(2, 100 + ++sealed);
		answer = (ids) => {
			if (ids.includes(old!)) throw new Problem('stale');
			return all(ids);
		};
		await Promise.all([tab(reseal).outbox.flush(), tab(reseal).outbox.flush()]);
		expect(sealed).toBe(1);
		expect(received).toHaveLength(2);
	});

	test('learn of each other’s events from what was acknowledged a moment ago; later that is gone', async () => {
		await waiting(2);
		const { outbox } = tab();
		await outbox.flush();
		const [, done] = outboxPrefixes(space);
		expect([await kept('waiting/'), await kept(done!)]).toEqual([0, 2]);
		now += DAY;
		await outbox.flush();
		expect(await kept('')).toBe(0);
	});
});

describe('what waits', () => {
	test('stays when the server says nothing of it, and is sent again', async () => {
		const [first, second] = await waiting(2);
		answer = () => ({ acknowledgements: [{ id: first!, position: 1 }] });
		const { outbox, acknowledged } = tab();
		await outbox.flush();
		expect([outbox.waiting, acknowledged]).toEqual([1, [first]]);
		answer = all;
		await outbox.flush();
		expect([outbox.waiting, received]).toEqual([0, [first, second, second]]);
	});

	test('stays when it cannot be sealed anew, and the refusal is told', async () => {
		await waiting(1);
		answer = () => {
			throw new Problem('stale');
		};
		const { outbox } = tab();
		expect(await refusalOf(outbox.flush())).toBe('stale');
		expect(await outbox.count()).toBe(1);
	});

	test('goes in pieces that a bad line can carry, in order', async () => {
		const ids = await waiting(8, 60_000);
		const sizes: number[] = [];
		answer = (batch) => {
			sizes.push(batch.length);
			return all(batch);
		};
		await tab().outbox.flush();
		expect(received).toEqual(ids);
		expect(sizes).toEqual([3, 3, 2]);
	});

	test('is counted without being read, however much it is, and what arrived is noted in one go', async () => {
		await waiting(40);
		const read: string[] = [];
		const list = store.list.bind(store);
		store.list = (bucket, prefix) => (read.push(prefix), list(bucket, prefix));
		const writes: number[] = [];
		const write = store.write.bind(store);
		store.write = (changes) => (writes.push(changes.length), write(changes));
		const { outbox } = tab();
		expect([await outbox.count(), read]).toEqual([40, []]);
		await outbox.flush();
		expect([outbox.waiting, outbox.carried, writes]).toEqual([0, 40, [80]]);
	});
});
