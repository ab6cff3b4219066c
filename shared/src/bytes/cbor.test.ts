import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../problem.ts';
import { broken, cbor } from '../testing/hostile-inputs.ts';
import { refusalOf } from '../testing/refusal.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { CBOR_LIMITS, decodeCbor, encodeCbor, type Cbor } from './cbor.ts';

const RUNS = 2_000;

describe('deterministic CBOR', () => {
	test('comes back as it went, for every value', () => {
		const property = fc.property(cbor, (value) => {
			const encoded = encodeCbor(value);
			expect(encodeCbor(decodeCbor(encoded))).toEqual(encoded);
		});
		fc.assert(property, { numRuns: RUNS });
	});

	/** What decodes must be the one encoding of what it decodes to. */
	const isTheOnlyEncoding = (bytes: Uint8Array) => {
		try {
			const value = decodeCbor(bytes);
			expect(encodeCbor(value)).toEqual(new Uint8Array(bytes));
		} catch (error) {
			if (!isProblem(error)) throw error;
		}
	};

	test('has one encoding for each value, among everything that is nearly right', () => {
		const nearly = cbor.chain((value) => broken(encodeCbor(value)));
		fc.assert(fc.property(nearly, isTheOnlyEncoding), { numRuns: 5 * RUNS });
	});

	test('has one encoding for each value, among short inputs of every kind', () => {
		const heads = [
			0x00, 0x18, 0x20, 0x41, 0x58, 0x60, 0x61, 0x63, 0x78, 0x80, 0x81, 0xa0, 0xa1, 0xc0, 0xe0, 0xf4, 0xf6, 0xf7, 0xf8, 0xf9, 0xff, 0xef,
			0xbb, 0xbf, 0xed,
		];
		const byte = fc.oneof(fc.constantFrom(...heads), fc.nat(255));
		const short = fc.array(byte, { minLength: 1, maxLength: 6 }).map((bytes) => Uint8Array.from(bytes));
		fc.assert(fc.property(short, isTheOnlyEncoding), { numRuns: 10 * RUNS });
	});

	/** A map with these keys, in this order, whatever the rules say. */
	const map = (...keys: readonly string[]) =>
		concatBytes(Uint8Array.of(0xa0 | keys.length), ...keys.map((key) => concatBytes(encodeCbor(key), Uint8Array.of(0))));

	test('has the keys of a map in one order: the shorter first, then byte by byte, and none twice', async () => {
		for (const keys of [[], ['a', 'b'], ['b', 'aa'], ['z', 'ب'], ['aaa', 'ب'.repeat(2)]])
			expect(await refusalOf(() => decodeCbor(map(...keys)))).toBe('accepted');
		for (const keys of [
			['b', 'a'],
			['aa', 'b'],
			['ب', 'z'],
			['ت', 'ب'],
			['a', 'a'],
		])
			expect(await refusalOf(() => decodeCbor(map(...keys)))).toBe('malformed');
		expect(await refusalOf(() => decodeCbor(concatBytes(Uint8Array.of(0x81), map('b', 'a'))))).toBe('malformed');
		expect(await refusalOf(() => decodeCbor(concatBytes(Uint8Array.of(0xa1, 0x61, 0x61), map('b', 'a'))))).toBe('malformed');
	});

	test('has no keys that JavaScript would put in their order by itself', async () => {
		expect(await refusalOf(() => decodeCbor(map('a', 'b1')))).toBe('accepted');
		for (const keys of [['1'], ['1', '10'], ['10', '1']]) expect(await refusalOf(() => decodeCbor(map(...keys)))).toBe('malformed');
	});
});

describe('limits', () => {
	const nested = (depth: number): Cbor => (depth === 0 ? 0 : [nested(depth - 1)]);
	const nestedMaps = (depth: number): Cbor => (depth === 0 ? 0 : { a: nestedMaps(depth - 1) });
	const outcome = (value: Cbor, limits = CBOR_LIMITS) => refusalOf(() => decodeCbor(encodeCbor(value), limits));

	test('of depth: sixteen lists or maps in one another, and not one more', async () => {
		const { depth } = CBOR_LIMITS;
		for (const inside of [nested, nestedMaps])
			expect([await outcome(inside(depth)), await outcome(inside(depth + 1))]).toEqual(['accepted', 'malformed']);
		expect(await outcome(Array.from({ length: 100 }, () => nested(depth - 1)))).toBe('accepted');
	});

	test('of items: every one counts, in lists and in maps, keys too', async () => {
		const limits = { ...CBOR_LIMITS, items: 7 };
		expect(await outcome([0, 0, 0, [0, 0]], limits)).toBe('accepted');
		expect(await outcome([0, 0, 0, [0, 0, 0]], limits)).toBe('malformed');
		expect(await outcome({ a: 0, b: 0, c: 0 }, limits)).toBe('accepted');
		expect(await outcome({ a: 0, b: 0, c: [0] }, limits)).toBe('malformed');
	});

	test('of bytes: before anything is read', async () => {
		const text = encodeCbor('a'.repeat(98));
		expect(await refusalOf(() => decodeCbor(text, { ...CBOR_LIMITS, bytes: 100 }))).toBe('accepted');
		expect(await refusalOf(() => decodeCbor(text, { ...CBOR_LIMITS, bytes: 99 }))).toBe('too-large');
		expect(await refusalOf(() => decodeCbor(utf8('no CBOR at all'), { ...CBOR_LIMITS, bytes: 3 }))).toBe('too-large');
	});
});
