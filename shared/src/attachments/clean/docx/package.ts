import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { Bytes } from '../../../bytes/bytes.ts';
import { isProblem } from '../../../problem.ts';
import { uncleanable } from '../traces.ts';

const MOST_PARTS = 5_000;
const MOST_BYTES = 100 * 1024 * 1024;
/** Before this year an archive knows no time. */
const NO_TIME = '1980-01-01T12:00:00';

/** Files in an archive, by their path, unpacked; bounded whatever it claims. @throws Problem `file-uncleanable` */
export function unpacked(archive: Uint8Array, most = MOST_BYTES): Map<string, Uint8Array> {
	let count = 0;
	let total = 0;
	const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
		total += originalSize;
		if (++count > MOST_PARTS || total > most) uncleanable('unpacks to too much');
		return !name.endsWith('/');
	};
	try {
		return new Map(Object.entries(unzipSync(archive, { filter })));
	} catch (error) {
		if (isProblem(error)) throw error;
		return uncleanable('no archive');
	}
}

/** An archive that tells no time and no system. */
export function packed(parts: ReadonlyMap<string, Uint8Array>): Bytes {
	const files: Zippable = {};
	for (const [path, bytes] of parts) files[path] = [bytes, { mtime: NO_TIME, level: isPacked(path) ? 0 : 6 }];
	return new Uint8Array(zipSync(files));
}

const isPacked = (path: string) => /\.(?:jpe?g|png|gif|webp)$/i.test(path);
