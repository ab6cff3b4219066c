import { readFile } from 'node:fs/promises';
import type { Bytes } from '../bytes/bytes.ts';

const fonts = new URL('../../../node_modules/@fontsource/', import.meta.url);
const read = async (family: string, subset: string, weight: number): Promise<Bytes> =>
	new Uint8Array(await readFile(new URL(`${family}/files/${family}-${subset}-${weight}-normal.woff`, fonts)));

/** The typefaces of the page, as it hands them over, in one weight. */
export const typefaceFiles = (weight: 400 | 600): Promise<readonly Bytes[]> =>
	Promise.all([
		read('ibm-plex-sans-arabic', 'arabic', weight),
		read('ibm-plex-sans', 'latin', weight),
		read('ibm-plex-sans', 'latin-ext', weight),
	]);
