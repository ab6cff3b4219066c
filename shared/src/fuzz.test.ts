import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { concatBytes, utf8, type Bytes } from './bytes/bytes.ts';
import { CBOR_LIMITS, decodeCbor, encodeCbor, type Cbor } from './bytes/cbor.ts';
import { unpad } from './bytes/padding.ts';
import { decodeLink } from './chain/link.ts';
import { acceptLink } from './chain/world.ts';
import { openInvitation } from './client/invitation.ts';
import type { Ports } from './client/ports.ts';
import { MAX_ENVELOPE_BYTES, readEnvelope } from './log/envelope.ts';
import { decodeEvent, signEvent } from './log/event.ts';
import { StreamHistory } from './log/history.ts';
import { isProblem, Problem } from './problem.ts';
import { refusalOf } from './testing/refusal.ts';
import { hash } from './crypto/hash.ts';
import { company, type Company } from './testing/test-forum.ts';
import { newStreamId, nextEvent, post } from './testing/writer.ts';
import { emptyVault } from './vault/content.ts';
import { readSheetCode, sheetCode } from './vault/sheet.ts';
import { addMethod, createVault, readMethods, sealVault } from './vault/vault.ts';

/** No malformed input may hold a thread longer (promise G12). */
const LONGEST_MS = 50;
const RUNS = 2_000;

/** What this machine needs at this moment for a fixed piece of work: some milliseconds when it has nothing else to do. */
function yardstick(): number {
	const start = performance.now();
	hash('event', YARD);
	return performance.now() - start;
}
const YARD = new Uint8Array(512 * 1024);
/** On an idle machine of 2026 the yardstick is about 5 ms, so this allows what {@link LONGEST_MS} says; on a busy one, as much more as it is busy. */
const YARDS = 10;

/**
 * Runs a reader on hostile input: it may answer or throw a Problem, soon. The fastest of three tries counts, and
 * it is held against a yardstick taken beside it, so that a busy machine does not look like a slow reader.
 */
async function mustStandUp(read: (input: never) => unknown, input: unknown): Promise<void> {
	let fastest = Infinity;
	let allowed = LONGEST_MS;
	for (let tries = 0; tries < 3 && fastest > allowed; tries++) {
		if (tries > 0) allowed = Math.max(LONGEST_MS, YARDS * yardstick());
		const start = performance.now();
		try {
			await read(input as never);
		} catch (error) {
			if (!isProblem(error)) throw error;
		}
		fastest = Math.min(fastest, performance.now() - start);
	}
	expect(fastest).toBeLessThan(allowed);
}

const readers: Record<string, (bytes: Uint8Array) => unknown> = { decodeCbor, decodeLink, decodeEvent, readEnvelope, readMethods, unpad };
const names = Object.keys(readers);
const readerNamed = (name: string) => readers[name] as (bytes: Uint8Array) => unknown;

let story: Company;
/** Something valid for each reader, to be broken. */
const valid = new Map<string, Bytes>();
beforeAll(async () => {
	story = await company();
	const { forum, space, bob, alice } = story;
	const desk = { forum, space, stream: newStreamId() };
	const content = nextEvent(bob, desk, new StreamHistory());
	const vault = await addMethod(
		createVault(alice.account, emptyVault(alice.random(19), alice.random(32)), alice.random),
		'sheet',
		'',
		alice.random(32),
	);
	const [link] = forum.links.slice(-1);
	if (!link) throw new Error('no links');
	valid.set('decodeCbor', encodeCbor({ a: [1, { b: 'ب' }], c: new Uint8Array(3) }));
	valid.set('decodeLink', link.bytes);
	valid.set('decodeEvent', (await signEvent(content, bob.device)).bytes);
	valid.set('readEnvelope', new Uint8Array((await post(bob, desk, content)).envelope));
	valid.set('readMethods', await sealVault(vault, alice.random));
	valid.set('unpad', new Uint8Array(256));
});

/** A valid input with some bytes replaced, cut out or put in. */
const broken = (bytes: Uint8Array) =>
	fc
		.array(fc.record({ at: fc.nat(bytes.length), drop: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) }), { minLength: 1, maxLength: 4 })
		.map((changes) =>
			changes.reduce<Uint8Array>(
				(before, { at, drop, put }) => concatBytes(before.subarray(0, at), put, before.subarray(at + drop)),
				bytes,
			),
		);

const cbor: fc.Arbitrary<Cbor> = fc.letrec<{ value: Cbor }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5 },
		fc.constant(null),
		fc.boolean(),
		fc.maxSafeInteger(),
		fc.string({ unit: 'grapheme' }),
		fc.uint8Array({ maxLength: 40 }),
		fc.array(tie('value'), { maxLength: 5 }),
		fc.dictionary(
			fc.string({ unit: 'grapheme', maxLength: 6 }).filter((key) => !/^\d+$/.test(key)),
			tie('value'),
			{ maxKeys: 5 },
		),
	) as fc.Arbitrary<Cbor>,
})).value;

describe.each(names)('%s', (name) => {
	const read = readerNamed(name);

	test('stands up to noise', () => {
		return fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), (bytes) => mustStandUp(read, bytes)),
			{ numRuns: RUNS },
		);
	});

	test('stands up to what is nearly right', () => {
		return fc.assert(
			fc.asyncProperty(broken(valid.get(name) as Bytes), (bytes) => mustStandUp(read, bytes)),
			{ numRuns: RUNS },
		);
	});

	test('stands up to sound CBOR that says something else', () => {
		const property = fc.asyncProperty(cbor, cbor, async (value, other) => {
			await mustStandUp(read, encodeCbor(value));
			await mustStandUp(read, encodeCbor([encodeCbor(value), new Uint8Array(64)]));
			await mustStandUp(read, encodeCbor([1, value, other]));
		});
		return fc.assert(property, { numRuns: RUNS / 4 });
	});
});

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

describe('inputs made to be expensive', () => {
	const head = (major: number, length: number): Bytes => {
		const bytes = new Uint8Array(5);
		bytes[0] = (major << 5) | 26;
		new DataView(bytes.buffer).setUint32(1, length);
		return bytes;
	};
	const huge = (major: number): Bytes => concatBytes(Uint8Array.of((major << 5) | 27), Uint8Array.of(0, 0x1f), new Uint8Array(6).fill(255));
	const filled = (length: number, byte: number) => new Uint8Array(length).fill(byte);
	const items = CBOR_LIMITS.items - 1;
	const keys = Object.fromEntries(Array.from({ length: 9_999 }, (_, place) => [`k${String(place).padStart(6, '0')}`, 0]));
	const MiB = CBOR_LIMITS.bytes;

	const inputs: [what: string, bytes: Uint8Array][] = [
		['a megabyte of nested arrays', filled(MiB, 0x81)],
		['a megabyte of nested maps', concatBytes(...Array.from({ length: 1_000 }, () => Uint8Array.of(0xa1, 0x60)), filled(100, 0x81))],
		['a megabyte of nested tags', filled(MiB, 0xc1)],
		['as many items as are let through', encodeCbor(Array.from({ length: items }, () => 0))],
		['more items than that', encodeCbor(Array.from({ length: items + 1 }, () => 0))],
		['as many empty arrays', encodeCbor(Array.from({ length: items }, () => []))],
		['a list that says it has four thousand million items', head(4, 2 ** 32 - 1)],
		['a map that says so', head(5, 2 ** 32 - 1)],
		['a list with more items than a number can count', huge(4)],
		['text longer than any memory', huge(3)],
		['bytes longer than any memory', huge(2)],
		['a megabyte of bytes', concatBytes(head(2, MiB - 5), filled(MiB - 5, 0))],
		['a megabyte of text', concatBytes(head(3, MiB - 5), filled(MiB - 5, 0x61))],
		['a megabyte that is not UTF-8', concatBytes(head(3, MiB - 5), filled(MiB - 5, 0xff))],
		['a map with ten thousand keys', encodeCbor(keys)],
		[
			'a map with ten thousand times the same key',
			concatBytes(Uint8Array.of(0xb9, 0x27, 0x0f), ...Array.from({ length: 9_999 }, () => Uint8Array.of(0x61, 0x61, 0))),
		],
		['more than a megabyte', filled(MiB + 1, 0)],
		['an envelope of full size', encodeCbor([1, 1, filled(MAX_ENVELOPE_BYTES - 32, 1)])],
	];
	test.each(inputs)('%s', async (_, bytes) => {
		for (const name of names) await mustStandUp(readerNamed(name), bytes);
		const wrapped = encodeCbor([bytes.subarray(0, 14_000), new Uint8Array(64)]);
		await mustStandUp(decodeLink, wrapped);
		await mustStandUp(decodeEvent, wrapped);
	});

	test('a thousand broken links after one another do not change the world', async () => {
		const { forum } = story;
		const before = forum.world;
		const property = fc.asyncProperty(broken(valid.get('decodeLink') as Bytes), async (bytes) => {
			const refusal = await refusalOf(async () => acceptLink(before, decodeLink(bytes)));
			expect(refusal).not.toBe('accepted');
		});
		await fc.assert(property, { numRuns: 1_000 });
		expect(forum.world).toBe(before);
	});
});

describe('what people paste', () => {
	const ports = {
		now: () => 0,
		transport: {
			call: async () => {
				throw new Problem('offline');
			},
		},
	} as unknown as Ports;
	/** `offline` means: the fragment was whole, and the server was asked. */
	const outcome = (fragment: string) => refusalOf(openInvitation(ports, fragment));
	const whole = `1.${'A'.repeat(22)}.${'B'.repeat(42)}A.${'C'.repeat(42)}A`;

	test('a whole invitation is taken to the server', async () => {
		expect(await outcome(whole)).toBe('offline');
		expect(await outcome(`#${whole}`)).toBe('offline');
	});

	test.each([
		'',
		'#',
		'1',
		'1...',
		`2${whole.slice(1)}`,
		`${whole}.`,
		`${whole}A`,
		whole.slice(0, -1),
		whole.replaceAll('.', '/'),
		` ${whole}`,
		whole.repeat(2),
		'.'.repeat(100_000),
		'A'.repeat(1_000_000),
	])('anything else is not (%#)', async (fragment) => {
		const start = performance.now();
		expect(await outcome(fragment)).toBe('invitation-invalid');
		expect(performance.now() - start).toBeLessThan(LONGEST_MS * 4);
	});

	test('no text at all makes the reader of invitations fail in another way', async () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('.', '#', '1', 'A', 'é', '-', '_', '=') }));
		const property = fc.asyncProperty(text, async (fragment) => {
			expect(['invitation-invalid', 'offline']).toContain(await outcome(fragment));
		});
		await fc.assert(property, { numRuns: RUNS });
	});

	test('no text at all makes the reader of sheets fail in another way', async () => {
		const code = sheetCode(new Uint8Array(19).fill(7));
		const typed = fc.oneof(
			fc.string({ unit: 'binary' }),
			broken(utf8(code)).map((bytes) => new TextDecoder().decode(bytes)),
		);
		await fc.assert(
			fc.asyncProperty(typed, (text) => mustStandUp(readSheetCode, text)),
			{ numRuns: RUNS },
		);
		await mustStandUp(readSheetCode, 'A'.repeat(1_000_000));
		await mustStandUp(readSheetCode, '-'.repeat(1_000_000));
	});
});
