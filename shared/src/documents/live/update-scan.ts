import { Problem } from '../../problem.ts';

/** What a change, or everything of a text, may consist of at most. */
export interface UpdateLimits {
	/** Sessions whose letters are in it. */
	readonly sessions: number;
	/** Structures, each of which is put in its place among others; values count as one each. */
	readonly structs: number;
	/** Stretches that it deletes. */
	readonly ranges: number;
	/** Structures put in where another of the same change is put in already: each looks at all that the others brought. */
	readonly forks: number;
}

/** A change of one session. */
export const CHANGE_LIMITS: UpdateLimits = { sessions: 1, structs: 4_000, ranges: 2_000, forks: 32 };
/** The change that a version begins with: a thousand paragraphs (`MOST_PAIRS`). */
export const FIRST_LIMITS: UpdateLimits = { ...CHANGE_LIMITS, structs: 12_000 };
/** Everything of a text, as a snapshot brings it. */
export const STATE_LIMITS: UpdateLimits = { sessions: 20_000, structs: 100_000, ranges: 100_000, forks: Infinity };

/** Kinds of structure in Yjs's first form; others than these are in no text of ours. */
const [GC, DELETED, STRING, TYPE, ANY] = [0, 1, 4, 7, 8];
/** `Y.Map` and `Y.Text`. */
const TYPES: readonly number[] = [1, 2];
const [HAS_PARENT_KEY, HAS_RIGHT, HAS_LEFT] = [32, 64, 128];
/** Values: text, true, false, float64, float32, whole number, null. */
const [TEXT, FLOAT64, FLOAT32, WHOLE] = [119, 123, 124, 125];
const BARE: readonly number[] = [120, 121, 126];

/**
 * Reads the bytes of a change before Yjs makes anything of them: a few bytes can say that there are millions of
 * structures. Takes time in proportion to what is allowed, not to what is claimed.
 * @throws Problem `too-large` with what there is too much of, `malformed` for what no document of ours holds
 */
export function scanUpdate(update: Uint8Array, limits: UpdateLimits = CHANGE_LIMITS): void {
	const bytes = new Scanned(update);
	const sessions = atMost('sessions', bytes.number(), limits.sessions);
	let structs = 0;
	for (let session = 0; session < sessions; session++) {
		const count = bytes.number();
		structs = atMost('structs', structs + count, limits.structs);
		skipStructs(bytes, count, limits);
	}
	scanDeletes(bytes, limits);
	if (!bytes.isOver) throw new Problem('malformed', { reason: 'update' });
}

function skipStructs(bytes: Scanned, count: number, limits: UpdateLimits): void {
	const session = { client: bytes.number(), from: bytes.number() };
	const places = new Set<string>();
	let placed = 0;
	for (let struct = 0; struct < count; struct++) {
		const place = skipStruct(bytes, session, limits);
		if (place === null) continue;
		places.add(place);
		atMost('forks', ++placed - places.size, limits.forks);
	}
}

interface SessionPart {
	readonly client: number;
	/** Where what is new of it begins. */
	readonly from: number;
}

/** Answers where it is put in; `null` where that is nowhere. */
function skipStruct(bytes: Scanned, { client, from }: SessionPart, limits: UpdateLimits): string | null {
	const info = bytes.byte();
	const kind = info & 31;
	if (kind === GC) {
		bytes.number();
		return null;
	}
	const left = info & HAS_LEFT ? bytes.id() : null;
	const right = info & HAS_RIGHT ? bytes.id() : null;
	const parent = left || right ? '' : parentIn(bytes, info);
	skipContent(bytes, kind, limits);
	if (left) return `behind ${left.client}.${left.clock}`;
	if (!right) return parent;
	// At the beginning, before what came with it: all of that is looked at.
	return right.client === client && right.clock >= from ? 'first' : `before ${right.client}.${right.clock}`;
}

function parentIn(bytes: Scanned, info: number): string {
	const above = bytes.number() === 1 ? bytes.text() : Object.values(bytes.id()).join('.');
	return `in ${above} ${info & HAS_PARENT_KEY ? bytes.text() : ''}`;
}

function skipContent(bytes: Scanned, kind: number, limits: UpdateLimits): void {
	if (kind === DELETED) bytes.number();
	else if (kind === STRING) bytes.skip(bytes.number());
	else if (kind === TYPE && TYPES.includes(bytes.number())) return;
	else if (kind === ANY) skipValues(bytes, limits);
	else throw new Problem('malformed', { reason: 'update' });
}

function skipValues(bytes: Scanned, { structs }: UpdateLimits): void {
	const count = bytes.number();
	bytes.values = atMost('structs', bytes.values + count, structs);
	for (let value = 0; value < count; value++) skipValue(bytes);
}

function skipValue(bytes: Scanned): void {
	const kind = bytes.byte();
	if (BARE.includes(kind)) return;
	if (kind === TEXT) bytes.skip(bytes.number());
	else if (kind === FLOAT64) bytes.skip(8);
	else if (kind === FLOAT32) bytes.skip(4);
	else if (kind === WHOLE) bytes.number();
	else throw new Problem('malformed', { reason: 'update' });
}

/** Stretches follow each other: the same one a thousand times would cost as much as a thousand. */
function scanDeletes(bytes: Scanned, limits: UpdateLimits): void {
	const named = new Set<number>();
	const sessions = atMost('ranges', bytes.number(), limits.ranges);
	let ranges = 0;
	for (let session = 0; session < sessions; session++) {
		named.add(bytes.number());
		const count = bytes.number();
		ranges = atMost('ranges', ranges + count, limits.ranges);
		for (let range = 0, end = 0; range < count; range++) {
			const from = bytes.number();
			if (from < end) throw new Problem('malformed', { reason: 'update' });
			end = from + bytes.number();
		}
	}
	if (named.size < sessions) throw new Problem('malformed', { reason: 'update' });
}

function atMost(what: keyof UpdateLimits, count: number, most: number): number {
	if (count > most) throw new Problem('too-large', { reason: what, limit: most });
	return count;
}

/** Bytes, read from the beginning. */
class Scanned {
	/** How many values there were. */
	values = 0;
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get isOver(): boolean {
		return this.#at === this.#bytes.length;
	}

	byte(): number {
		const byte = this.#bytes[this.#at++];
		if (byte === undefined) throw new Problem('malformed', { reason: 'update' });
		return byte;
	}

	/** Seven bits in each byte, the lowest first; of a whole number with a sign, only how far it goes is right. */
	number(): number {
		let [value, worth] = [0, 1];
		for (;;) {
			const byte = this.byte();
			value += (byte & 127) * worth;
			if (byte < 128) return value;
			worth *= 128;
			if (value > Number.MAX_SAFE_INTEGER) throw new Problem('malformed', { reason: 'update' });
		}
	}

	id(): { readonly client: number; readonly clock: number } {
		return { client: this.number(), clock: this.number() };
	}

	/** As far as it tells names apart. */
	text(): string {
		const length = this.number();
		const from = this.#at;
		this.skip(length);
		return String.fromCharCode(...this.#bytes.subarray(from, Math.min(this.#at, from + 200)));
	}

	skip(length: number): void {
		this.#at += length;
		if (this.#at > this.#bytes.length) throw new Problem('malformed', { reason: 'update' });
	}
}
