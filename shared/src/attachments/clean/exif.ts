import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { numberAt, octets } from './octets.ts';
import type { Findings, Trace } from './traces.ts';

const ORIENTATION = 0x0112;
const FURTHER = 0x8769;
const MOST_ENTRIES = 500;
const traceOf = new Map<number, Trace>([
	[0x8825, 'location'],
	...[0x013b, 0x8298, 0x9c9d, 0xa430].map((tag) => [tag, 'author'] as const),
	...[0x010f, 0x0110, 0x927c, 0xa431, 0xa433, 0xa434, 0xa435].map((tag) => [tag, 'device'] as const),
	...[0x0132, 0x9003, 0x9004].map((tag) => [tag, 'time'] as const),
	...[0x0131, 0x000b].map((tag) => [tag, 'software'] as const),
	...[0x010e, 0x9286, 0x9c9b, 0x9c9c, 0x9c9e, 0x9c9f].map((tag) => [tag, 'description'] as const),
]);

/**
 * Reads what a camera wrote (TIFF), and answers how the picture has to be turned: 1, upright, to 8. Nothing of it is
 * kept, so that what cannot be read does no harm.
 */
export function readExif(tiff: Uint8Array, { removed }: Findings): number {
	let orientation = 1;
	try {
		const little = numberAt(tiff, 0, 2) === 0x4949;
		const first = numberAt(tiff, 4, 4, little);
		const take = (tag: number, place: number) => {
			const trace = traceOf.get(tag);
			if (trace) removed.add(trace);
			if (tag === ORIENTATION) orientation = numberAt(tiff, place + 8, 2, little);
		};
		const next = readDirectory(tiff, first, little, (tag, place) => {
			take(tag, place);
			if (tag === FURTHER) readDirectory(tiff, numberAt(tiff, place + 8, 4, little), little, take);
		});
		if (next !== 0) removed.add('thumbnail');
	} catch {
		removed.add('other');
	}
	return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/** Answers where the next directory is. */
function readDirectory(tiff: Uint8Array, at: number, little: boolean, take: (tag: number, place: number) => void): number {
	const count = Math.min(MOST_ENTRIES, numberAt(tiff, at, 2, little));
	for (let entry = 0; entry < count; entry++) {
		const place = at + 2 + entry * 12;
		take(numberAt(tiff, place, 2, little), place);
	}
	return numberAt(tiff, at + 2 + count * 12, 4, little);
}

/** Says how to turn the picture, and nothing else. */
export const orientationOnly = (orientation: number): Bytes =>
	concatBytes(octets('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0'), Uint8Array.of(orientation), octets('\0\0\0\0\0\0'));

/** Pictures lying on their side are shown the other way round. */
export const isTurned = (orientation: number): boolean => orientation > 4;
