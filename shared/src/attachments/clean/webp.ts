import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { readExif } from './exif.ts';
import { cleanIcc } from './icc.ts';
import { fourBytes, latin, numberAt, octets, part, saysAt } from './octets.ts';
import { uncleanable, type CleanImage, type Findings, type Pixels } from './traces.ts';
import { readXmp } from './xmp.ts';

const FRAME_HEAD = 16;
const DRAWING = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM']);
/** In the flags of `VP8X`. */
const HAS = { profile: 0x20, exif: 0x08, xmp: 0x04 };

/** What draws the picture and its colour profile; nothing behind its end. Browsers do not turn a WebP, whatever it says. @throws Problem `file-uncleanable` */
export function cleanWebp(bytes: Uint8Array, findings: Findings): CleanImage {
	if (!saysAt(bytes, 0, 'RIFF') || !saysAt(bytes, 8, 'WEBP')) uncleanable('not a WebP');
	const length = numberAt(bytes, 4, 4, true);
	const body = part(bytes, 12, length - 4);
	if (bytes.length > 8 + length) findings.removed.add('trailing');
	const kept: Uint8Array[] = [];
	let extended: Uint8Array | null = null;
	let profile: Bytes | null = null;
	let pixels: Pixels | null = null;
	for (const { type, data } of chunksIn(body)) {
		if (type === 'VP8X' && !extended) extended = part(data, 0, 10).slice();
		else if (DRAWING.has(type)) kept.push(chunk(type, data));
		else if (type === 'ANMF') kept.push(chunk(type, frame(data, findings)));
		else if (type === 'ICCP') profile = cleanIcc(data, findings);
		else if (type === 'EXIF') readExif(saysAt(data, 0, 'Exif\0') ? data.subarray(6) : data, findings);
		else if (type === 'XMP ') readXmp(data, findings);
		else findings.removed.add('other');
		pixels ??= sizeIn(type, data);
	}
	if (!pixels || kept.length === 0) uncleanable('no picture');
	const parts = [...kept];
	if (extended) {
		const flags = extended[0] ?? 0;
		extended[0] = (flags & ~(HAS.xmp | HAS.exif | HAS.profile)) | (profile ? HAS.profile : 0);
		parts.unshift(chunk('VP8X', extended), ...(profile ? [chunk('ICCP', profile)] : []));
	}
	const written = concatBytes(octets('WEBP'), ...parts);
	const clean = concatBytes(octets('RIFF'), fourBytes(written.length, true), written);
	return { bytes: clean, pixels };
}

/** One picture of an animation. */
function frame(data: Uint8Array, findings: Findings): Bytes {
	const drawn = [...chunksIn(data.subarray(FRAME_HEAD))].filter(({ type }) => DRAWING.has(type) || findings.removed.add('other') === null);
	return concatBytes(part(data, 0, FRAME_HEAD), ...drawn.map(({ type, data }) => chunk(type, data)));
}

function* chunksIn(bytes: Uint8Array): Generator<{ type: string; data: Uint8Array }> {
	for (let at = 0; at < bytes.length;) {
		const length = numberAt(bytes, at + 4, 4, true);
		yield { type: latin(part(bytes, at, 4)), data: part(bytes, at + 8, length) };
		at += 8 + length + (length % 2);
	}
}

function sizeIn(type: string, data: Uint8Array): Pixels | null {
	if (type === 'VP8X') return [1 + threeBytes(data, 4), 1 + threeBytes(data, 7)];
	if (type === 'VP8 ') return [numberAt(data, 6, 2, true) & 0x3fff, numberAt(data, 8, 2, true) & 0x3fff];
	if (type !== 'VP8L') return null;
	const packed = numberAt(data, 1, 4, true);
	return [1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff)];
}

const threeBytes = (bytes: Uint8Array, at: number) => numberAt(bytes, at, 2, true) + ((part(bytes, at + 2, 1)[0] ?? 0) << 16);

const chunk = (type: string, data: Uint8Array): Bytes =>
	concatBytes(octets(type), fourBytes(data.length, true), data, new Uint8Array(data.length % 2));
