import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { isTurned, orientationOnly, readExif } from './exif.ts';
import { cleanIcc } from './icc.ts';
import { numberAt, octets, part, saysAt } from './octets.ts';
import { uncleanable, type CleanImage, type Findings, type Pixels } from './traces.ts';
import { readXmp } from './xmp.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;
const APPLICATION = 0xe0;
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PROFILE = 'ICC_PROFILE\0';
const MOST_OF_PROFILE = 65_519;
/** Tables, frames, scans, restart intervals, arithmetic conditioning, number of lines. */
const isDrawing = (marker: number) => (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdd);
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

interface Read {
	readonly drawing: Uint8Array[];
	readonly profile: Map<number, Uint8Array>;
	start: Uint8Array | null;
	/** How colours are encoded: without it they turn. */
	adobe: Uint8Array | null;
	orientation: number;
	pixels: Pixels | null;
}

/** What draws the picture, its colour profile, and how it is turned; nothing behind its end. @throws Problem `file-uncleanable` */
export function cleanJpeg(bytes: Uint8Array, findings: Findings): CleanImage {
	const read: Read = { drawing: [], profile: new Map(), start: null, adobe: null, orientation: 1, pixels: null };
	const end = readSegments(bytes, read, findings);
	if (end < bytes.length) findings.removed.add('trailing');
	const { pixels, orientation } = read;
	if (!pixels || pixels.includes(0)) uncleanable('no frame');
	const parts = [Uint8Array.of(0xff, START), ...head(read, findings), ...read.drawing, Uint8Array.of(0xff, END)];
	return { bytes: concatBytes(...parts), pixels: isTurned(orientation) ? [pixels[1], pixels[0]] : pixels };
}

/** Answers where the picture ends. */
function readSegments(bytes: Uint8Array, read: Read, findings: Findings): number {
	if (numberAt(bytes, 0, 2) !== 0xffd8) uncleanable('not a JPEG');
	let at = 2;
	for (;;) {
		if (part(bytes, at, 2)[0] !== 0xff) uncleanable('no marker');
		const marker = bytes[at + 1] ?? 0;
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (marker === END) return at + 2;
		const length = numberAt(bytes, at + 2, 2);
		if (length < 2) uncleanable('a segment without length');
		const segment = part(bytes, at, 2 + length);
		at += segment.length;
		if (isDrawing(marker)) {
			if (isFrame(marker)) read.pixels = [numberAt(segment, 7, 2), numberAt(segment, 5, 2)];
			const data = marker === SCAN ? scanEnd(bytes, at) : at;
			read.drawing.push(segment, bytes.subarray(at, data));
			at = data;
		} else if (marker >= APPLICATION && marker <= 0xef) readApplication(marker - APPLICATION, segment.subarray(4), read, findings);
		else if (marker === COMMENT) findings.removed.add('description');
		else uncleanable('unknown marker');
	}
}

/** Where a marker follows the drawn lines. */
function scanEnd(bytes: Uint8Array, from: number): number {
	for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1];
		if (next === undefined) break;
		if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
	}
	return uncleanable('cut off');
}

function readApplication(kind: number, data: Uint8Array, read: Read, findings: Findings): void {
	const { removed } = findings;
	if (kind === 0 && saysAt(data, 0, 'JFIF\0') && data.length >= 14) {
		read.start = data.slice(0, 12);
		if (data[12] !== 0 && data[13] !== 0) removed.add('thumbnail');
	} else if (kind === 0 && saysAt(data, 0, 'JFXX\0')) removed.add('thumbnail');
	else if (kind === 1 && saysAt(data, 0, 'Exif\0')) read.orientation = readExif(data.subarray(6), findings);
	else if (kind === 1 && saysAt(data, 0, XMP)) readXmp(data.subarray(XMP.length), findings);
	else if (kind === 2 && saysAt(data, 0, PROFILE)) read.profile.set(data[PROFILE.length] ?? 0, data.subarray(PROFILE.length + 2));
	else if (kind === 2 && saysAt(data, 0, 'MPF\0')) removed.add('thumbnail');
	else if (kind === 13) removed.add('description');
	else if (kind === 14 && saysAt(data, 0, 'Adobe') && data.length >= 12) read.adobe = data.subarray(0, 12);
	else removed.add('other');
}

function head({ start, adobe, orientation, profile }: Read, findings: Findings): Uint8Array[] {
	const parts: Uint8Array[] = [];
	if (start) parts.push(segment(0xe0, start, Uint8Array.of(0, 0)));
	if (orientation !== 1) parts.push(segment(0xe1, octets('Exif\0\0'), orientationOnly(orientation)));
	if (profile.size > 0) parts.push(...profileSegments(profile, findings));
	if (adobe) parts.push(segment(0xee, adobe));
	return parts;
}

function profileSegments(pieces: ReadonlyMap<number, Uint8Array>, findings: Findings): Uint8Array[] {
	const inOrder = [...pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece);
	const clean = cleanIcc(concatBytes(...inOrder), findings);
	if (!clean) {
		findings.removed.add('other');
		return [];
	}
	const count = Math.ceil(clean.length / MOST_OF_PROFILE);
	return Array.from({ length: count }, (_, place) =>
		segment(0xe2, octets(PROFILE), Uint8Array.of(place + 1, count), clean.subarray(place * MOST_OF_PROFILE, (place + 1) * MOST_OF_PROFILE)),
	);
}

function segment(marker: number, ...parts: readonly Uint8Array[]): Bytes {
	const data = concatBytes(...parts);
	const length = data.length + 2;
	return concatBytes(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), data);
}
