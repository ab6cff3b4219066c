import { numberAt, saysAt } from './clean/octets.ts';
import type { Pixels } from './clean/traces.ts';
import { isProblem } from '../problem.ts';

/** More dots than this are not drawn on a page: a few bytes that unpack to gigabytes would end it. */
export const MOST_DOTS = 64_000_000;

export const isDrawable = ([width, height]: Pixels): boolean => width * height <= MOST_DOTS;

/** Width and height of a picture as its bytes tell, however it is turned; `null` when it is none of those that are shown. */
export function sizeOfPicture(bytes: Uint8Array): Pixels | null {
	try {
		if (saysAt(bytes, 0, '\x89PNG')) return saysAt(bytes, 12, 'IHDR') ? [numberAt(bytes, 16, 4), numberAt(bytes, 20, 4)] : null;
		if (saysAt(bytes, 0, 'RIFF') && saysAt(bytes, 8, 'WEBP')) return sizeOfWebp(bytes);
		return saysAt(bytes, 0, '\xff\xd8') ? sizeOfJpeg(bytes) : null;
	} catch (error) {
		if (isProblem(error, 'file-uncleanable')) return null;
		throw error;
	}
}

function sizeOfJpeg(bytes: Uint8Array): Pixels | null {
	for (let at = 2; bytes[at] === 0xff;) {
		const marker = bytes[at + 1] ?? 0;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
		if (isFrame) return [numberAt(bytes, at + 7, 2), numberAt(bytes, at + 5, 2)];
		at += marker === 0xff ? 1 : 2 + Math.max(2, numberAt(bytes, at + 2, 2));
	}
	return null;
}

function sizeOfWebp(bytes: Uint8Array): Pixels | null {
	if (saysAt(bytes, 12, 'VP8 ')) return [numberAt(bytes, 26, 2, true) & 0x3fff, numberAt(bytes, 28, 2, true) & 0x3fff];
	if (saysAt(bytes, 12, 'VP8L')) {
		const packed = numberAt(bytes, 21, 4, true);
		return [1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff)];
	}
	if (!saysAt(bytes, 12, 'VP8X')) return null;
	return [1 + (numberAt(bytes, 24, 4, true) & 0xff_ffff), 1 + (numberAt(bytes, 26, 4, true) >>> 8)];
}
