import { Problem } from '../../../problem.ts';
import { latin } from '../octets.ts';
import { uncleanable } from '../traces.ts';
import { unfiltered } from './filters.ts';
import { isDict, isList, nameIn, PdfRef, PdfStream, type PdfDict, type PdfValue } from './objects.ts';
import { PdfReader } from './reader.ts';

const MOST_SECTIONS = 500;
const MOST_UNPACKED = 128 * 1024 * 1024;
/** Streams that say a wrong length: looking for the end of each costs the whole file. */
const MOST_SEARCHES = 100;

type Place = { readonly kind: 'at'; readonly offset: number } | { readonly kind: 'in'; readonly stream: number; readonly index: number };

/** A PDF as whoever shows it reads it: by its tables, the newest first. What no table names is not there. */
export class PdfFile {
	readonly #bytes: Uint8Array;
	readonly #places = new Map<number, Place | null>();
	readonly #values = new Map<number, PdfValue>();
	readonly #packed = new Map<number, readonly (readonly [number: number, PdfValue])[]>();
	#unpacked = 0;
	#searches = 0;
	#trailer: PdfDict = new Map();
	/** How many times it was added to after it was written. */
	revisions = 0;

	/** @throws Problem `file-uncleanable`, `file-locked` */
	constructor(whole: Uint8Array) {
		const start = latin(whole, 0, 1024).indexOf('%PDF-');
		if (start < 0) uncleanable('not a PDF');
		this.#bytes = whole.subarray(start);
		this.#readSections();
		if (!(this.#trailer.get('Root') instanceof PdfRef)) uncleanable('no root');
	}

	get trailer(): PdfDict {
		return this.#trailer;
	}

	/** `1.7` */
	get version(): string {
		return /^%PDF-(\d\.\d)/.exec(latin(this.#bytes, 0, 8))?.[1] ?? '1.4';
	}

	/** What a value is when it points somewhere. */
	readonly resolve = (value: PdfValue | undefined): PdfValue => {
		let found = value ?? null;
		for (let steps = 0; found instanceof PdfRef; steps++) {
			if (steps > 32) uncleanable('a circle');
			found = this.#object(found.number);
		}
		return found;
	};

	#object(number: number): PdfValue {
		const known = this.#values.get(number);
		if (known !== undefined) return known;
		const place = this.#places.get(number);
		// What points nowhere is nothing. While it is read, it is nothing to itself.
		this.#values.set(number, null);
		const value = !place ? null : place.kind === 'at' ? this.#objectAt(place.offset, number) : this.#objectIn(place.stream, number);
		this.#values.set(number, value);
		return value;
	}

	#objectAt(offset: number, number: number | null): PdfValue {
		const reader = new PdfReader(this.#bytes, offset);
		if (reader.integer() !== number && number !== null) uncleanable('another object');
		reader.integer();
		reader.expects('obj');
		const value = reader.value();
		if (!isDict(value) || !reader.takes('stream')) return value;
		if (this.#bytes[reader.at] === 13) reader.at++;
		if (this.#bytes[reader.at] === 10) reader.at++;
		return new PdfStream(value, this.#streamBytes(reader.at, this.resolve(value.get('Length'))));
	}

	#streamBytes(from: number, length: PdfValue): Uint8Array {
		if (typeof length === 'number' && from + length <= this.#bytes.length) {
			if (new PdfReader(this.#bytes, from + length).takes('endstream')) return this.#bytes.subarray(from, from + length);
		}
		if (++this.#searches > MOST_SEARCHES) uncleanable('wrong lengths');
		for (let at = this.#bytes.indexOf(101, from); at >= 0; at = this.#bytes.indexOf(101, at + 1)) {
			if (latin(this.#bytes, at, at + 9) !== 'endstream') continue;
			const end = this.#bytes[at - 1] === 10 ? at - 1 : at;
			return this.#bytes.subarray(from, Math.max(from, this.#bytes[end - 1] === 13 ? end - 1 : end));
		}
		return uncleanable('cut off');
	}

	#objectIn(stream: number, number: number): PdfValue {
		let packed = this.#packed.get(stream);
		if (!packed) this.#packed.set(stream, (packed = this.#unpack(stream)));
		return packed.find(([own]) => own === number)?.[1] ?? null;
	}

	#unpack(number: number): readonly (readonly [number, PdfValue])[] {
		const stream = this.#object(number);
		if (!(stream instanceof PdfStream)) return uncleanable('no stream of objects');
		const bytes = this.#unfilter(stream);
		const [count, first] = [this.resolve(stream.dict.get('N')), this.resolve(stream.dict.get('First'))];
		if (typeof count !== 'number' || typeof first !== 'number') return uncleanable('no stream of objects');
		const head = new PdfReader(bytes);
		const found: [number, PdfValue][] = [];
		for (let place = 0; place < count; place++) {
			const [number, offset] = [head.integer(), head.integer()];
			found.push([number, new PdfReader(bytes, first + offset).value()]);
		}
		return found;
	}

	#unfilter(stream: PdfStream): Uint8Array {
		const bytes = unfiltered(stream, MOST_UNPACKED - this.#unpacked, this.resolve);
		this.#unpacked += bytes.length;
		return bytes;
	}

	#readSections(): void {
		const tail = latin(this.#bytes, Math.max(0, this.#bytes.length - 2048));
		const named = /startxref\s+(\d{1,15})(?![^]*startxref)/.exec(tail)?.[1] ?? uncleanable('no table');
		const waiting = [Number(named)];
		const seen = new Set<number>();
		for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
			if (seen.has(at)) continue;
			if (seen.add(at).size > MOST_SECTIONS) uncleanable('too many tables');
			const trailer = this.#readSection(at);
			if (trailer.has('Encrypt')) throw new Problem('file-locked');
			if (this.#trailer.size === 0) this.#trailer = trailer;
			for (const key of ['XRefStm', 'Prev']) {
				const next = trailer.get(key);
				if (typeof next === 'number') waiting.push(next);
				if (key === 'Prev' && next !== undefined) this.revisions++;
			}
		}
	}

	#readSection(at: number): PdfDict {
		const reader = new PdfReader(this.#bytes, at);
		if (reader.takes('xref')) return this.#readTable(reader);
		const stream = this.#objectAt(at, null);
		if (!(stream instanceof PdfStream) || nameIn(stream.dict.get('Type')) !== 'XRef') return uncleanable('no table');
		this.#readPlaces(stream);
		return stream.dict;
	}

	#readTable(reader: PdfReader): PdfDict {
		while (!reader.takes('trailer')) {
			const [first, count] = [reader.integer(), reader.integer()];
			for (let place = 0; place < count; place++) {
				const offset = reader.integer();
				reader.integer();
				const used = reader.takes('n');
				if (!used) reader.expects('f');
				this.#put(first + place, used && offset > 0 ? { kind: 'at', offset } : null);
			}
		}
		return reader.dict();
	}

	#readPlaces(stream: PdfStream): void {
		const bytes = this.#unfilter(stream);
		const widths = stream.dict.get('W');
		if (!isList(widths) || widths.length !== 3 || !widths.every((width) => typeof width === 'number' && width <= 7))
			uncleanable('no widths');
		const [kindWidth, placeWidth, indexWidth] = widths as [number, number, number];
		const given = stream.dict.get('Index');
		const ranges = (isList(given) ? given : [0, stream.dict.get('Size') ?? 0]).map(Number);
		const row = kindWidth + placeWidth + indexWidth;
		if (row === 0) uncleanable('no widths');
		let at = 0;
		for (let range = 0; range + 1 < ranges.length; range += 2) {
			for (let place = 0; place < (ranges[range + 1] ?? 0) && at + row <= bytes.length; place++, at += row) {
				const kind = kindWidth === 0 ? 1 : field(bytes, at, kindWidth);
				const value = field(bytes, at + kindWidth, placeWidth);
				const index = field(bytes, at + kindWidth + placeWidth, indexWidth);
				const found: Place | null = kind === 1 ? { kind: 'at', offset: value } : kind === 2 ? { kind: 'in', stream: value, index } : null;
				this.#put((ranges[range] ?? 0) + place, found);
			}
		}
	}

	/** The newest word about an object counts. */
	#put(number: number, place: Place | null): void {
		if (!this.#places.has(number)) this.#places.set(number, place);
	}
}

function field(bytes: Uint8Array, at: number, width: number): number {
	let value = 0;
	for (let place = 0; place < width; place++) value = value * 256 + (bytes[at + place] ?? 0);
	return value;
}
