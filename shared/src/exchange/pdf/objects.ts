import { zlibSync } from 'fflate';
import { octets } from '../../attachments/clean/octets.ts';
import { PdfName, PdfRaw, PdfRef, PdfStream, type PdfDict, type PdfValue } from '../../attachments/clean/pdf/objects.ts';

/** The objects of a file while it is made; the first is its root. */
export class PdfObjects {
	readonly #values: PdfValue[] = [];

	get all(): readonly PdfValue[] {
		return this.#values;
	}

	add(value: PdfValue): PdfRef {
		this.#values.push(value);
		return new PdfRef(this.#values.length);
	}

	set({ number }: PdfRef, value: PdfValue): void {
		this.#values[number - 1] = value;
	}

	/** A place that is filled later, for objects that point at each other. */
	reserve(): { readonly ref: PdfRef; fill(value: PdfValue): void } {
		const ref = this.add(null);
		return { ref, fill: (value) => this.set(ref, value) };
	}
}

export const name = (value: string): PdfName => new PdfName(value);
export const raw = (letters: string): PdfRaw => new PdfRaw(octets(letters));
export const dict = (entries: Readonly<Record<string, PdfValue>>): PdfDict => new Map(Object.entries(entries));

/** Bytes, packed. */
export const stream = (bytes: Uint8Array, entries: Readonly<Record<string, PdfValue>> = {}): PdfStream =>
	new PdfStream(dict({ ...entries, Filter: name('FlateDecode') }), zlibSync(bytes, { level: 9 }));

const hex = (value: number, digits = 4): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** UTF-16 in hexadecimal digits. */
export const utf16 = (text: string): string => Array.from({ length: text.length }, (_, place) => hex(text.charCodeAt(place))).join('');

/** A text, in whatever script. */
export const textString = (text: string): string => `<FEFF${utf16(text)}>`;

/** A number as it is written: at most three decimals. */
export const number = (value: number): string => String(Math.round(value * 1000) / 1000);

export { hex };
