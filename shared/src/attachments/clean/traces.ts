import type { Bytes } from '../../bytes/bytes.ts';
import { Problem } from '../../problem.ts';

/** What a file tells beside what it shows, in the order in which it is told. */
export const TRACES = [
	'location',
	'author',
	'device',
	'time',
	'software',
	'description',
	'thumbnail',
	'history',
	'files',
	'scripts',
	'trailing',
	'other',
] as const;
export type Trace = (typeof TRACES)[number];

/** What stays in a file since it belongs to what it says, and what a sender may not know of. */
export const REMAINDERS = ['changes', 'comments', 'overrides'] as const;
export type Remainder = (typeof REMAINDERS)[number];

/** Gathered while a file is cleaned. */
export interface Findings {
	readonly removed: Set<Trace>;
	readonly kept: Set<Remainder>;
}

export const newFindings = (): Findings => ({ removed: new Set(), kept: new Set() });

/** Width and height of a picture, as it is shown. */
export type Pixels = readonly [width: number, height: number];

/** A picture without what it tells. */
export interface CleanImage {
	readonly bytes: Bytes;
	readonly pixels: Pixels;
}

/** What is not understood whole is refused. @throws Problem `file-uncleanable` */
export function uncleanable(reason: string): never {
	throw new Problem('file-uncleanable', { reason });
}
