import { concatBytes } from '../../bytes/bytes.ts';
import { numberAt, part, saysAt } from './octets.ts';
import { uncleanable, type CleanImage, type Findings } from './traces.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const END = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;

/** What draws the picture and repeats it. Only inside of documents: GIFs themselves are not attached. @throws Problem `file-uncleanable` */
export function cleanGif(bytes: Uint8Array, findings: Findings): CleanImage {
	if (!saysAt(bytes, 0, 'GIF8')) uncleanable('not a GIF');
	let at = 13 + tableLength(part(bytes, 10, 1)[0] ?? 0);
	const kept: Uint8Array[] = [part(bytes, 0, at)];
	for (;;) {
		const kind = part(bytes, at, 1)[0];
		if (kind === END) break;
		const head = kind === IMAGE ? 11 + tableLength(part(bytes, at + 9, 1)[0] ?? 0) : 2;
		if (kind !== IMAGE && kind !== EXTENSION) uncleanable('unknown block');
		const end = blocksEnd(bytes, at + head);
		const label = bytes[at + 1];
		const repeats = label === APPLICATION && saysAt(bytes, at + 3, 'NETSCAPE2.0');
		if (kind === IMAGE || label === CONTROL || repeats) kept.push(bytes.subarray(at, end));
		else findings.removed.add('description');
		at = end;
	}
	if (at + 1 < bytes.length) findings.removed.add('trailing');
	return { bytes: concatBytes(...kept, Uint8Array.of(END)), pixels: [numberAt(bytes, 6, 2, true), numberAt(bytes, 8, 2, true)] };
}

const tableLength = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function blocksEnd(bytes: Uint8Array, from: number): number {
	let at = from;
	for (;;) {
		const length = part(bytes, at, 1)[0] ?? 0;
		at += 1 + length;
		if (length === 0) return at;
	}
}
