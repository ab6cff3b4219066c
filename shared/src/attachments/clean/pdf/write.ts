import { concatBytes, utf8, type Bytes } from '../../../bytes/bytes.ts';
import { octets } from '../octets.ts';
import { isDict, isList, PdfName, PdfRaw, PdfRef, PdfStream, type PdfDict, type PdfValue } from './objects.ts';

/** A whole PDF with these objects, numbered from 1, the first of them its root. */
export function writePdf(objects: readonly PdfValue[], version: string): Bytes {
	const parts: Uint8Array[] = [concatBytes(utf8(`%PDF-${version}\n%`), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3, 10))];
	let length = parts[0]?.length ?? 0;
	const offsets: number[] = [];
	const put = (bytes: Uint8Array) => {
		parts.push(bytes);
		length += bytes.length;
	};
	for (const [place, value] of objects.entries()) {
		offsets.push(length);
		put(utf8(`${place + 1} 0 obj\n`));
		for (const bytes of written(value)) put(bytes);
		put(utf8('\nendobj\n'));
	}
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const size = objects.length + 1;
	put(utf8(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`));
	return concatBytes(...parts);
}

function* written(value: PdfValue): Generator<Uint8Array> {
	if (value instanceof PdfStream) {
		const dict = new Map(value.dict).set('Length', value.bytes.length);
		yield* writtenDict(dict);
		yield octets('\nstream\n');
		yield value.bytes;
		yield octets('\nendstream');
	} else if (value instanceof PdfRaw) yield value.bytes;
	else if (value instanceof PdfRef) yield octets(`${value.number} 0 R`);
	else if (value instanceof PdfName) yield octets(escaped(value.value));
	else if (isDict(value)) yield* writtenDict(value);
	else if (isList(value)) {
		yield octets('[');
		for (const one of value) {
			yield* written(one);
			yield octets(' ');
		}
		yield octets(']');
	} else yield octets(String(value));
}

function* writtenDict(dict: PdfDict): Generator<Uint8Array> {
	yield octets('<<');
	for (const [key, value] of dict) {
		yield octets(`${escaped(key)} `);
		yield* written(value);
		yield octets('\n');
	}
	yield octets('>>');
}

const escaped = (name: string): string =>
	`/${name.replaceAll(/[^!-~]|[#()<>[\]{}/%]/g, (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
