import { Inflate, Unzlib } from 'fflate';
import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { isProblem } from '../../problem.ts';
import { uncleanable } from './traces.ts';

const STEP = 16 * 1024;

/** Unpacks without ever holding much more than `most` bytes. @throws Problem `file-uncleanable` */
export function inflated(packed: Uint8Array, most: number, kind: 'zlib' | 'raw' = 'zlib'): Bytes {
	const parts: Uint8Array[] = [];
	let length = 0;
	const stream = new (kind === 'zlib' ? Unzlib : Inflate)((piece) => {
		length += piece.length;
		if (length > most) uncleanable('unpacks to too much');
		parts.push(piece);
	});
	try {
		if (packed.length === 0) uncleanable('nothing packed');
		for (let at = 0; at < packed.length; at += STEP) stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
	} catch (error) {
		if (isProblem(error)) throw error;
		uncleanable('packed wrongly');
	}
	return concatBytes(...parts);
}
