import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const WORTHWHILE = 1_024;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Half the bytes for ten milliseconds of a megabyte; higher qualities cost ten times that for a few per cent. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

export interface Packed {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly encoding: 'br' | 'gzip';
}

/** Compresses an answer as the browser accepts it; `null` when it is short or the browser accepts neither. */
export async function pack(bytes: Uint8Array, accepted: string | undefined): Promise<Packed | null> {
	if (bytes.length < WORTHWHILE || !accepted) return null;
	if (/\bbr\b/.test(accepted)) return { bytes: new Uint8Array(await brotli(bytes, QUALITY)), encoding: 'br' };
	if (/\bgzip\b/.test(accepted)) return { bytes: new Uint8Array(await zip(bytes)), encoding: 'gzip' };
	return null;
}
