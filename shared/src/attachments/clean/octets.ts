import { uncleanable } from './traces.ts';

/** Whether these letters stand at a place. */
export function saysAt(bytes: Uint8Array, place: number, letters: string): boolean {
	if (place < 0 || place + letters.length > bytes.length) return false;
	for (let i = 0; i < letters.length; i++) if (bytes[place + i] !== letters.charCodeAt(i)) return false;
	return true;
}

/** Bytes as one letter each. */
export function latin(bytes: Uint8Array, from = 0, to = bytes.length): string {
	let text = '';
	for (let place = from; place < Math.min(to, bytes.length); place++) text += String.fromCharCode(bytes[place] ?? 0);
	return text;
}

/** One byte for each letter. */
export const octets = (letters: string): Uint8Array<ArrayBuffer> => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));

/** A part of a file that has to be there. @throws Problem `file-uncleanable` */
export function part(bytes: Uint8Array, from: number, length: number): Uint8Array {
	if (length < 0 || from < 0 || from + length > bytes.length) uncleanable('cut off');
	return bytes.subarray(from, from + length);
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A number in four bytes, the high one first. */
export function fourBytes(value: number, little = false): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, value, little);
	return bytes;
}

/** @throws Problem `file-uncleanable` when it ends before */
export function numberAt(bytes: Uint8Array, place: number, width: 2 | 4, little = false): number {
	const view = viewOf(part(bytes, place, width));
	return width === 2 ? view.getUint16(0, little) : view.getUint32(0, little);
}
