import { fromBase64url, toBase64url } from '@multaqa/shared/bytes/bytes';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';

/** Part of what one node says. Numbers of a node follow each other, so that whoever misses one knows it. */
export interface Frame {
	readonly node: string;
	readonly number: number;
	/** A letter of so many parts may be too long for one frame. */
	readonly part: number;
	readonly parts: number;
	readonly text: string;
}

/** What was said about a subject. */
export type Said = readonly [subject: string, value: Cbor];

/** NOTIFY takes less than 8,000 bytes; what Socket.IO puts around the text is some 150. */
const MOST_CHARACTERS = 7_400;
const LIMITS = { bytes: 2 ** 24, items: 1_000_000, depth: 16 };

/** The texts of the frames that carry these. */
export function textsOf(said: readonly Said[]): string[] {
	const text = toBase64url(encodeCbor(said));
	return Array.from({ length: Math.ceil(text.length / MOST_CHARACTERS) }, (_, part) =>
		text.slice(part * MOST_CHARACTERS, (part + 1) * MOST_CHARACTERS),
	);
}

/** @throws Problem when it is nothing that a node says */
export const saidIn = (texts: readonly string[]): readonly Said[] =>
	decodeCbor(fromBase64url(texts.join('')), LIMITS) as unknown as readonly Said[];
