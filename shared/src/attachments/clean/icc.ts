import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { fourBytes, latin, numberAt, octets, part } from './octets.ts';
import type { Findings } from './traces.ts';

const HEAD = 128;
const MOST_TAGS = 100;
/** Everything colours are computed from. */
const COMPUTED = /^(?:[rgbk]TRC|[rgb]XYZ|wtpt|bkpt|chad|A2B[0-2]|B2A[0-2]|D2B[0-3]|B2D[0-3]|gamt|cicp)$/;
/** Those of one screen. */
const OF_A_DEVICE = /^(?:vcgt|ndin|mmod|meta|MS00)$/;
/** In the header: who made it, when, on what, for which device, and the hash of it. */
const TELLING = [
	[4, 8],
	[24, 36],
	[40, 44],
	[48, 56],
	[80, 128],
] as const;

/**
 * A colour profile with everything that colours are computed from and nothing else: without it pictures would look
 * different. `null` when it is none.
 */
export function cleanIcc(profile: Uint8Array, { removed }: Findings): Bytes | null {
	try {
		const count = numberAt(profile, HEAD, 4);
		if (count > MOST_TAGS || latin(profile, 36, 40) !== 'acsp') return null;
		const tags = new Map<string, Uint8Array>();
		for (let tag = 0; tag < count; tag++) {
			const place = HEAD + 4 + tag * 12;
			const name = latin(part(profile, place, 4));
			if (OF_A_DEVICE.test(name)) removed.add('device');
			if (COMPUTED.test(name)) tags.set(name, part(profile, numberAt(profile, place + 4, 4), numberAt(profile, place + 8, 4)));
		}
		if (tags.size === 0) return null;
		return written(part(profile, 0, HEAD), tags);
	} catch {
		return null;
	}
}

function written(head: Uint8Array, tags: Map<string, Uint8Array>): Bytes {
	const isNew = (head[8] ?? 0) >= 4;
	tags.set('desc', isNew ? NEW_TEXT : OLD_DESCRIPTION);
	tags.set('cprt', isNew ? NEW_TEXT : OLD_TEXT);
	const table: Uint8Array[] = [];
	const data: Uint8Array[] = [];
	/** Three curves are often one. */
	const places = new Map<string, number>();
	let end = HEAD + 4 + tags.size * 12;
	for (const [name, bytes] of tags) {
		const same = `${bytes.byteOffset}/${bytes.length}/${bytes.buffer === head.buffer}`;
		const place = places.get(same) ?? end;
		if (place === end) {
			const padded = concatBytes(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));
			data.push(padded);
			end += padded.length;
			places.set(same, place);
		}
		table.push(octets(name), fourBytes(place), fourBytes(bytes.length));
	}
	const quiet = concatBytes(fourBytes(end), head.subarray(4));
	for (const [from, to] of TELLING) quiet.fill(0, from, to);
	return concatBytes(quiet, fourBytes(tags.size), ...table, ...data);
}

const OLD_TEXT = octets('text\0\0\0\0-\0');
const OLD_DESCRIPTION = concatBytes(octets('desc\0\0\0\0\0\0\0\x02-\0'), new Uint8Array(8 + 3 + 67));
const NEW_TEXT = octets('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x02\0\0\0\x1c\0-');
