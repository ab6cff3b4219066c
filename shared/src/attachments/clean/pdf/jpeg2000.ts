import { concatBytes } from '../../../bytes/bytes.ts';
import { latin, numberAt, part, saysAt } from '../octets.ts';
import type { Findings } from '../traces.ts';

/** Signature, kind, what the picture is like, and the picture. */
const DRAWING = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c', 'jpch', 'jplh']);

/** A JPEG 2000 picture, as scanners make them, without the boxes that tell. @throws Problem `file-uncleanable` */
export function cleanJpeg2000(bytes: Uint8Array, { removed }: Findings): Uint8Array {
	if (saysAt(bytes, 0, '\xff\x4f\xff\x51')) return bytes;
	const kept: Uint8Array[] = [];
	for (let at = 0; at < bytes.length;) {
		const said = numberAt(bytes, at, 4);
		const length = said === 0 ? bytes.length - at : said === 1 ? numberAt(bytes, at + 12, 4) : said;
		const box = part(bytes, at, Math.max(8, length));
		if (DRAWING.has(latin(box, 4, 8))) kept.push(box);
		else removed.add('other');
		at += box.length;
	}
	return concatBytes(...kept);
}
