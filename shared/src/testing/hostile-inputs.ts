import * as fc from 'fast-check';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { CBOR_LIMITS, decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';

/** Any value that deterministic CBOR carries here. */
export const cbor: fc.Arbitrary<Cbor> = fc.letrec<{ value: Cbor }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5 },
		fc.constant(null),
		fc.boolean(),
		fc.maxSafeInteger(),
		fc.constantFrom('', '__proto__', 'constructor', '\u0000', '\uFEFF', 'A'.repeat(22), 'A'.repeat(43)),
		fc.string({ unit: 'grapheme' }),
		fc.constantFrom(0, 16, 32, 64, 1_216).map((length) => new Uint8Array(length)),
		fc.uint8Array({ maxLength: 40 }),
		fc.array(tie('value'), { maxLength: 5 }),
		fc.dictionary(
			fc.oneof(
				fc.constant('__proto__'),
				fc.string({ unit: 'grapheme', maxLength: 6 }).filter((key) => !/^\d+$/.test(key)),
			),
			tie('value'),
			{ maxKeys: 5 },
		),
	) as fc.Arbitrary<Cbor>,
})).value;

/** A valid input with some bytes replaced, cut out or put in. */
export const broken = (bytes: Uint8Array): fc.Arbitrary<Bytes> =>
	fc
		.array(fc.record({ at: fc.nat(bytes.length), drop: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) }), { minLength: 1, maxLength: 4 })
		.map((changes) =>
			changes.reduce<Bytes>(
				(before, { at, drop, put }) => concatBytes(before.subarray(0, at), put, before.subarray(at + drop)),
				concatBytes(bytes),
			),
		);

/** A valid input with one of its values, at any depth, replaced by another: sound in form, wrong in what it says. */
const otherwise = (sample: Uint8Array): fc.Arbitrary<Bytes> => {
	const value = decoded(sample);
	return value === undefined
		? cbor.map(encodeCbor)
		: fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), cbor).map(([path, other]) => encodeCbor(replaced(value, path, other)));
};

function decoded(bytes: Uint8Array): Cbor | undefined {
	try {
		return decodeCbor(bytes);
	} catch {
		return undefined;
	}
}

function replaced(value: Cbor, [step, ...path]: readonly number[], other: Cbor): Cbor {
	if (step === undefined) return other;
	if (value instanceof Uint8Array) return inside(value, [step, ...path], other);
	if (Array.isArray(value) && value.length > 0) {
		const place = step % value.length;
		return value.with(place, replaced(value[place] as Cbor, path, other));
	}
	const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	const key = keys[step % keys.length];
	if (key === undefined) return other;
	const map = value as { readonly [key: string]: Cbor };
	return { ...map, [key]: replaced(map[key] as Cbor, path, other) };
}

/** Signed and sealed things carry CBOR as bytes. */
function inside(bytes: Uint8Array, path: readonly number[], other: Cbor): Cbor {
	const value = bytes.length > 2 ? decoded(bytes) : undefined;
	return typeof value === 'object' && value !== null ? encodeCbor(replaced(value, path, other)) : other;
}

/** Noise, what is nearly right, and sound CBOR that says something else. */
export const hostile = (sample: Uint8Array): fc.Arbitrary<Uint8Array> =>
	fc.oneof(
		{ arbitrary: fc.uint8Array({ maxLength: 600 }), weight: 1 },
		{ arbitrary: broken(sample), weight: 3 },
		{ arbitrary: otherwise(sample), weight: 3 },
		{ arbitrary: cbor.map(encodeCbor), weight: 1 },
	);

/** Says what follows and how much of it, in three or five bytes. */
function head(major: number, length: number): Bytes {
	const bytes = new Uint8Array(length < 65_536 ? 3 : 5);
	const view = new DataView(bytes.buffer);
	bytes[0] = (major << 5) | (length < 65_536 ? 25 : 26);
	if (length < 65_536) view.setUint16(1, length);
	else view.setUint32(1, length);
	return bytes;
}
const huge = (major: number): Bytes => concatBytes(Uint8Array.of((major << 5) | 27), Uint8Array.of(0, 0x1f), new Uint8Array(6).fill(255));
const filled = (length: number, byte: number): Bytes => new Uint8Array(length).fill(byte);
const times = (count: number, ...bytes: readonly number[]): Bytes =>
	concatBytes(...Array.from({ length: count }, () => Uint8Array.from(bytes)));
/** A map of so many keys of seven letters (`g` is the head of such a text), each with a zero. */
const manyKeys = (count: number): Bytes =>
	concatBytes(head(5, count), utf8(Array.from({ length: count }, (_, place) => `gk${String(place).padStart(6, '0')}\0`).join('')));

/** Something valid in which every list has become very long: with its own entries, and with what is none. */
export function floods(sample: Uint8Array): readonly Bytes[] {
	const value = decoded(sample);
	if (value === undefined) return [];
	return [undefined, 0, {}].map((entry) => encodeCbor(flooded(value, entry)));
}

const FLOOD = 5_000;

function flooded(value: Cbor, entry: Cbor | undefined): Cbor {
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
	if (Array.isArray(value)) return Array.from({ length: FLOOD }, (): Cbor => entry ?? value[0] ?? null);
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flooded(inner, entry)]));
}

/** Inputs made to be expensive: as long, as deep, as many as limits let through, and a little more. */
export function expensiveInputs(): readonly (readonly [what: string, bytes: Bytes])[] {
	const items = CBOR_LIMITS.items - 1;
	const MiB = CBOR_LIMITS.bytes;
	return [
		['a megabyte of nested arrays', filled(MiB, 0x81)],
		['a megabyte of nested maps', concatBytes(times(1_000, 0xa1, 0x60), filled(100, 0x81))],
		['a megabyte of nested tags', filled(MiB, 0xc1)],
		['as many items as are let through', encodeCbor(Array.from({ length: items }, () => 0))],
		['more items than that', encodeCbor(Array.from({ length: items + 1 }, () => 0))],
		['as many empty lists', encodeCbor(Array.from({ length: items }, () => []))],
		['a million zeros', concatBytes(head(4, MiB - 5), filled(MiB - 5, 0))],
		['a million empty maps', concatBytes(head(4, MiB - 5), filled(MiB - 5, 0xa0))],
		['a hundred thousand keys', manyKeys(100_000)],
		['a list that says it has four thousand million items', head(4, 2 ** 32 - 1)],
		['a map that says so', head(5, 2 ** 32 - 1)],
		['a list with more items than a number can count', huge(4)],
		['text longer than any memory', huge(3)],
		['bytes longer than any memory', huge(2)],
		['a megabyte of bytes', concatBytes(head(2, MiB - 5), filled(MiB - 5, 0))],
		['a megabyte of text', concatBytes(head(3, MiB - 5), filled(MiB - 5, 0x61))],
		['a megabyte that is not UTF-8', concatBytes(head(3, MiB - 5), filled(MiB - 5, 0xff))],
		['a map with ten thousand keys', manyKeys(9_999)],
		['a map with ten thousand times the same key', concatBytes(head(5, 9_999), times(9_999, 0x61, 0x61, 0))],
		['more than a megabyte', filled(MiB + 1, 0)],
		['sixteen megabytes', filled(16 * MiB, 0x61)],
		['an envelope of full size', encodeCbor([1, 1, filled(192 * 1024 - 32, 1)])],
		['a megabyte of brackets', filled(MiB, 0x5b)],
		['a megabyte of hyphens', filled(MiB, 0x2d)],
		['a megabyte of dots', filled(MiB, 0x2e)],
	];
}
