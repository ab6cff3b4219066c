import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../problem.ts';
import { broken, cbor } from '../testing/hostile-inputs.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';

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
});
