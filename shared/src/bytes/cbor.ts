import { decode, encode, rfc8949EncodeOptions, Tokenizer } from 'cborg';
import { Problem } from '../problem.ts';
import { fromUtf8, utf8 } from './bytes.ts';

/** What deterministic CBOR carries here: no floats, no tags, no `undefined`, text keys only. */
export type Cbor = null | boolean | number | bigint | string | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

/** Bounds that keep a hostile input from holding a thread (protocol promise G12). */
export interface CborLimits {
	/** Bytes of the whole input. */
	readonly bytes: number;
	/** Data items in it. */
	readonly items: number;
	/** Nesting. */
	readonly depth: number;
}

export const CBOR_LIMITS: CborLimits = { bytes: 2 ** 20, items: 20_000, depth: 16 };

const decodeOptions = {
	strict: true,
	allowIndefinite: false,
	allowUndefined: false,
	allowInfinity: false,
	allowNaN: false,
	rejectDuplicateMapKeys: true,
	retainStringBytes: true,
	tags: {},
} as const;

/** Deterministic CBOR (RFC 8949 §4.2.1): one byte string per value. */
export function encodeCbor(value: Cbor): Uint8Array<ArrayBuffer> {
	return new Uint8Array(encode(value, rfc8949EncodeOptions));
}

/**
 * Reads deterministic CBOR and refuses every other encoding of the same value: the decoder refuses longer
 * forms of numbers and lengths, indefinite lengths and floats; what it leaves open is the order of map keys, and
 * text that is not UTF-8 or begins with a byte order mark, which it would silently change.
 * @throws Problem `malformed`, `too-large`
 */
export function decodeCbor(input: Uint8Array, limits: CborLimits = CBOR_LIMITS): Cbor {
	if (input.length > limits.bytes) throw new Problem('too-large', { limit: limits.bytes });
	const value = decodeWithin(input, limits);
	if (!hasOrderedKeys(value)) throw new Problem('malformed', { reason: 'map keys are not in order' });
	return value;
}

/** Every map's keys stand in the order of their encodings: the shorter first, then bytewise. */
function hasOrderedKeys(value: Cbor): boolean {
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
	if (Array.isArray(value)) return value.every(hasOrderedKeys);
	const keys = Object.keys(value);
	// JavaScript moves keys that look like array indices to the front, so their order cannot be told: not used here.
	if (keys.some((key) => /^\d+$/.test(key))) return false;
	return keys.every((key, place) => place === 0 || comesBefore(keys[place - 1] ?? '', key)) && Object.values(value).every(hasOrderedKeys);
}

function comesBefore(key: string, next: string): boolean {
	if (isAscii(key) && isAscii(next)) return key.length === next.length ? key < next : key.length < next.length;
	const [a, b] = [utf8(key), utf8(next)];
	if (a.length !== b.length) return a.length < b.length;
	const place = a.findIndex((byte, index) => byte !== b[index]);
	return place !== -1 && (a[place] ?? 0) < (b[place] ?? 0);
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

function decodeWithin(input: Uint8Array, limits: CborLimits): Cbor {
	try {
		const tokenizer = new BoundedTokenizer(input, limits);
		return decode(input, { ...decodeOptions, tokenizer }) as Cbor;
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw new Problem('malformed', { reason: error instanceof Error ? error.message : 'CBOR' });
	}
}

/** Counts items and nesting before the recursive decoder walks into them. */
class BoundedTokenizer extends Tokenizer {
	#items = 0;
	readonly #open: number[] = [];
	readonly #limits: CborLimits;

	constructor(input: Uint8Array, limits: CborLimits) {
		super(input, decodeOptions);
		this.#limits = limits;
	}

	override next() {
		const token = super.next();
		if (++this.#items > this.#limits.items) {
			throw new Problem('malformed', { reason: 'too many items' });
		}
		this.#close();
		const { name } = token.type;
		if (name === 'float' || name === 'tag' || name === 'undefined') {
			throw new Problem('malformed', { reason: `${name} is not used here` });
		}
		if (name === 'string' && token.byteValue) token.value = fromUtf8(token.byteValue);
		if (name === 'array') this.#enter(token.value as number);
		if (name === 'map') this.#enter((token.value as number) * 2);
		return token;
	}

	#enter(items: number) {
		if (items === 0) return;
		this.#open.push(items);
		if (this.#open.length > this.#limits.depth) {
			throw new Problem('malformed', { reason: 'nested too deeply' });
		}
	}

	/** One item of the innermost container has begun; containers that are full are left. */
	#close() {
		while (this.#open.length > 0 && this.#open[this.#open.length - 1] === 0) this.#open.pop();
		const innermost = this.#open.length - 1;
		if (innermost >= 0) this.#open[innermost] = (this.#open[innermost] ?? 0) - 1;
	}
}
