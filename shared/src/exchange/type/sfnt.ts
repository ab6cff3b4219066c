import { unzlibSync } from 'fflate';
import { octets, viewOf } from '../../attachments/clean/octets.ts';
import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { Problem } from '../../problem.ts';

/** The tables of a typeface by their tags, unpacked. */
export type Tables = ReadonlyMap<string, DataView>;

const WOFF = 0x774f4646;
const TRUETYPE = 0x00010000;

/**
 * Reads a typeface of ours, TrueType as it is or packed as WOFF 1.0: each of its tables is packed by itself with what
 * we unpack archives with. WOFF2 would need Brotli and its dictionary of 120 kB.
 * @throws Problem `internal`: typefaces come with the program
 */
export function tablesOf(file: Uint8Array): Tables {
	const view = viewOf(file);
	const kind = file.length > 44 ? view.getUint32(0) : 0;
	if (kind !== WOFF && kind !== TRUETYPE) throw new Problem('internal', { reason: 'no typeface' });
	const count = view.getUint16(kind === WOFF ? 12 : 4);
	return new Map(Array.from({ length: count }, (_, place) => (kind === WOFF ? packedTable(file, place) : plainTable(file, place))));
}

function packedTable(file: Uint8Array, place: number): readonly [string, DataView] {
	const view = viewOf(file);
	const at = 44 + place * 20;
	const [offset, packed, length] = [view.getUint32(at + 4), view.getUint32(at + 8), view.getUint32(at + 12)];
	const bytes = file.subarray(offset, offset + packed);
	return [tagAt(view, at), viewOf(packed < length ? unzlibSync(bytes, { out: new Uint8Array(length) }) : bytes)];
}

function plainTable(file: Uint8Array, place: number): readonly [string, DataView] {
	const view = viewOf(file);
	const at = 12 + place * 16;
	const offset = view.getUint32(at + 8);
	return [tagAt(view, at), viewOf(file.subarray(offset, offset + view.getUint32(at + 12)))];
}

/** Four letters. */
export const tagAt = (view: DataView, at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));

/** A file of these tables. */
export function sfntOf(tables: ReadonlyMap<string, Uint8Array>): Bytes {
	const head = new DataView(new ArrayBuffer(12 + tables.size * 16));
	const power = 2 ** Math.floor(Math.log2(tables.size));
	for (const [at, value] of [tables.size, power * 16, Math.log2(power), (tables.size - power) * 16].entries())
		head.setUint16(4 + at * 2, value);
	head.setUint32(0, 0x00010000);
	const parts: Uint8Array[] = [new Uint8Array(head.buffer)];
	let [at, offset] = [12, head.byteLength];
	for (const [tag, bytes] of tables) {
		const whole = concatBytes(bytes, new Uint8Array(-bytes.length & 3));
		new Uint8Array(head.buffer).set(octets(tag), at);
		for (const [step, value] of [sumOf(whole), offset, bytes.length].entries()) head.setUint32(at + 4 + step * 4, value);
		parts.push(whole);
		at += 16;
		offset += whole.length;
	}
	return concatBytes(...parts);
}

function sumOf(bytes: Bytes): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let sum = 0;
	for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
	return sum;
}
