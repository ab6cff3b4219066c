import { zlibSync } from 'fflate';
import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { isTurned, orientationOnly, readExif } from './exif.ts';
import { cleanIcc } from './icc.ts';
import { inflated } from './inflate.ts';
import { fourBytes, latin, numberAt, octets, part, saysAt } from './octets.ts';
import { uncleanable, type CleanImage, type Findings } from './traces.ts';
import { readXmp } from './xmp.ts';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
const MOST_OF_PROFILE = 4 * 1024 * 1024;
/** What draws the picture, the pictures of an animation among it. */
const DRAWING = new Set([
	'PLTE',
	'IDAT',
	'tRNS',
	'gAMA',
	'cHRM',
	'sRGB',
	'sBIT',
	'cICP',
	'mDCV',
	'cLLI',
	'bKGD',
	'pHYs',
	'acTL',
	'fcTL',
	'fdAT',
]);
const TEXT = new Set(['tEXt', 'zTXt', 'iTXt']);
const isNeeded = (type: string) => /^[A-Z]/.test(type);

/** What draws the picture, its colour profile, and how it is turned; nothing behind its end. @throws Problem `file-uncleanable` */
export function cleanPng(bytes: Uint8Array, findings: Findings): CleanImage {
	if (!saysAt(bytes, 0, SIGNATURE)) uncleanable('not a PNG');
	const kept: Uint8Array[] = [part(bytes, 0, 8)];
	let orientation = 1;
	let at = 8;
	for (let type = ''; type !== 'IEND';) {
		const length = numberAt(bytes, at, 4);
		type = latin(part(bytes, at + 4, 4));
		if ((at === 8) !== (type === 'IHDR')) uncleanable('no header');
		const whole = part(bytes, at, length + 12);
		const data = whole.subarray(8, 8 + length);
		at += whole.length;
		if (DRAWING.has(type) || type === 'IHDR' || type === 'IEND') kept.push(whole);
		else if (type === 'iCCP') kept.push(...profileChunk(data, findings));
		else if (type === 'eXIf') orientation = readExif(data, findings);
		else if (isNeeded(type)) uncleanable('unknown chunk');
		else notice(type, data, findings);
	}
	if (at < bytes.length) findings.removed.add('trailing');
	if (orientation !== 1) kept.splice(2, 0, chunk('eXIf', orientationOnly(orientation)));
	const [width, height] = [numberAt(bytes, 16, 4), numberAt(bytes, 20, 4)];
	return { bytes: concatBytes(...kept), pixels: isTurned(orientation) ? [height, width] : [width, height] };
}

function notice(type: string, data: Uint8Array, findings: Findings): void {
	const { removed } = findings;
	if (type === 'tIME') removed.add('time');
	else if (!TEXT.has(type)) removed.add('other');
	else {
		const keyword = latin(data, 0, 79).split('\0')[0] ?? '';
		if (/xmp/i.test(keyword)) readXmp(data, findings);
		else if (/author|copyright/i.test(keyword)) removed.add('author');
		else if (/software/i.test(keyword)) removed.add('software');
		else if (/time|date/i.test(keyword)) removed.add('time');
		else if (/raw profile|exif|gps/i.test(keyword)) removed.add('device');
		else removed.add('description');
	}
}

/** Its name, which is anything, goes too. */
function profileChunk(data: Uint8Array, findings: Findings): Uint8Array[] {
	const name = data.indexOf(0);
	const clean = name < 0 ? null : cleanIcc(inflated(data.subarray(name + 2), MOST_OF_PROFILE), findings);
	if (clean) return [chunk('iCCP', octets('-\0\0'), zlibSync(clean))];
	findings.removed.add('other');
	return [];
}

function chunk(type: string, ...parts: readonly Uint8Array[]): Bytes {
	const named = concatBytes(octets(type), ...parts);
	return concatBytes(fourBytes(named.length - 4), named, fourBytes(crc(named)));
}

/** CRC-32, of a few bytes only. */
export function crc(bytes: Uint8Array): number {
	let sum = 0xffff_ffff;
	for (const byte of bytes) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb8_8320 : 0);
	}
	return ~sum >>> 0;
}
