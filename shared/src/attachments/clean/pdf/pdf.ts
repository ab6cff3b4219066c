import type { Bytes } from '../../../bytes/bytes.ts';
import { inflated } from '../inflate.ts';
import { cleanJpeg } from '../jpeg.ts';
import { latin } from '../octets.ts';
import { uncleanable, type Findings } from '../traces.ts';
import { readXmp } from '../xmp.ts';
import { PdfFile } from './file.ts';
import { filtersOf } from './filters.ts';
import { cleanJpeg2000 } from './jpeg2000.ts';
import { isDict, isList, PdfName, PdfRaw, PdfRef, PdfStream, type PdfDict, type PdfValue } from './objects.ts';
import { goesWhole, goingKeys, goingOfStream } from './rules.ts';
import { writePdf } from './write.ts';

const MOST_OBJECTS = 400_000;
const MOST_OF_PICTURE = 64 * 1024 * 1024;
const told = [
	['Author', 'author'],
	['Creator', 'software'],
	['Producer', 'software'],
	['CreationDate', 'time'],
	['ModDate', 'time'],
	['Title', 'description'],
	['Subject', 'description'],
	['Keywords', 'description'],
] as const;

/**
 * Writes a PDF anew with what its pages show and nothing else: whatever no page leads to, older revisions among it, is
 * left behind.
 * @throws Problem `file-uncleanable`, and `file-locked` for one that is encrypted
 */
export function cleanPdf(bytes: Uint8Array, findings: Findings): Bytes {
	const file = new PdfFile(bytes);
	notice(file, findings);
	const objects = new Copy(file, findings).all(file.trailer.get('Root'));
	return writePdf(objects, file.version);
}

function notice({ trailer, resolve, revisions }: PdfFile, findings: Findings): void {
	const info = resolve(trailer.get('Info'));
	if (isDict(info)) for (const [key, trace] of told) if (saysSomething(resolve(info.get(key)))) findings.removed.add(trace);
	const root = resolve(trailer.get('Root'));
	const xmp = isDict(root) ? resolve(root.get('Metadata')) : null;
	if (xmp instanceof PdfStream) readXmp(xmp.bytes, findings);
	// A file that is read from its front while it loads has two tables.
	if (revisions > 1) findings.removed.add('history');
}

const saysSomething = (value: PdfValue) => value instanceof PdfRaw && value.bytes.length > 2;

/** Objects are numbered in the order in which they are come upon. */
class Copy {
	readonly #file: PdfFile;
	readonly #findings: Findings;
	readonly #numbers = new Map<number, number>();
	readonly #waiting: { readonly number: number; readonly under: string }[] = [];

	constructor(file: PdfFile, findings: Findings) {
		this.#file = file;
		this.#findings = findings;
	}

	all(root: PdfValue | undefined): readonly PdfValue[] {
		const objects: PdfValue[] = [];
		if (!(root instanceof PdfRef) || !isDict(this.#file.resolve(root))) return uncleanable('no root');
		this.#reference(root, 'Root');
		for (let place = 0; place < this.#waiting.length; place++) {
			const next = this.#waiting[place];
			if (!next || place > MOST_OBJECTS) return uncleanable('too many objects');
			objects.push(this.#clean(this.#file.resolve(new PdfRef(next.number)), next.under));
		}
		return objects;
	}

	#reference({ number }: PdfRef, under: string): PdfRef {
		const known = this.#numbers.get(number);
		if (known !== undefined) return new PdfRef(known);
		this.#waiting.push({ number, under });
		this.#numbers.set(number, this.#waiting.length);
		return new PdfRef(this.#waiting.length);
	}

	#clean(value: PdfValue, under: string): PdfValue {
		if (value instanceof PdfRef) return this.#reference(value, under);
		if (value instanceof PdfStream) return this.#stream(value, under);
		if (isList(value)) return value.filter((one) => !this.#goes(one, under)).map((one) => this.#clean(one, under));
		return isDict(value) ? this.#dict(value, under) : value;
	}

	#goes(value: PdfValue, under: string): boolean {
		const meant = this.#file.resolve(value);
		const dict = meant instanceof PdfStream ? meant.dict : meant;
		const trace = isDict(dict) ? goesWhole(dict, under, this.#file.resolve) : null;
		if (trace) this.#findings.removed.add(trace);
		return trace !== null;
	}

	#dict(dict: PdfDict, under: string, alsoGoing: typeof goingOfStream = () => undefined): PdfDict {
		const going = goingKeys(dict, under, this.#file.resolve, this.#findings);
		const clean = new Map<string, PdfValue>();
		for (const [key, value] of dict) {
			const trace = going(key) ?? alsoGoing(key);
			if (trace) this.#findings.removed.add(trace);
			else if (!this.#goes(value, key)) clean.set(key, this.#clean(value, key));
		}
		return clean;
	}

	#stream(stream: PdfStream, under: string): PdfStream {
		const { resolve } = this.#file;
		const filters = filtersOf(stream.dict, resolve);
		if (filters.includes('Crypt')) uncleanable('encrypted in parts');
		// Its length is written anew.
		const own = new Map([...stream.dict].filter(([key]) => key !== 'Length'));
		const dict = new Map(this.#dict(own, under, goingOfStream));
		const last = filters.at(-1);
		if (last !== 'DCTDecode' && last !== 'JPXDecode') return new PdfStream(dict, stream.bytes);
		const picture = packedPicture(stream, filters.slice(0, -1));
		if (filters.length > 1) {
			const parameters = resolve(stream.dict.get('DecodeParms'));
			dict.set('Filter', new PdfName(last));
			dict.delete('DecodeParms');
			if (isList(parameters)) dict.set('DecodeParms', this.#clean(parameters.at(-1) ?? null, 'DecodeParms'));
		}
		return new PdfStream(dict, last === 'DCTDecode' ? cleanJpeg(picture, this.#findings).bytes : cleanJpeg2000(picture, this.#findings));
	}
}

/** The bytes of a picture out of what they are packed in besides. */
function packedPicture({ bytes }: PdfStream, filters: readonly string[]): Uint8Array {
	if (filters.length === 0) return bytes;
	if (filters.length > 1 || filters[0] !== 'FlateDecode') uncleanable('unknown filter');
	return inflated(bytes, MOST_OF_PICTURE);
}

/** True when these bytes begin as a PDF. */
export const isPdf = (bytes: Uint8Array): boolean => latin(bytes, 0, 1024).includes('%PDF-');
