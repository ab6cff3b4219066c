import { concatBytes, type Bytes } from '../../bytes/bytes.ts';
import { countOverrides } from '../../text/direction.ts';
import type { Findings } from './traces.ts';

/** What no text has: everything below the space but tab, line ends and page breaks. */
// oxlint-disable-next-line no-control-regex -- That is what is looked for.
const CONTROL = /[\0-\x08\x0b\x0e-\x1f\x7f]/;

/** The text of a file in UTF-8; `null` when it is none. */
export function textOf(bytes: Uint8Array): string | null {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return CONTROL.test(text) ? null : text;
	} catch {
		return null;
	}
}

/** As it is, but for the mark at its beginning. Characters that turn the direction belong to the text: they are told. */
export function cleanText(bytes: Uint8Array, text: string, { kept }: Findings): Bytes {
	if (countOverrides(text) > 0) kept.add('overrides');
	const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	return concatBytes(bytes.subarray(marked ? 3 : 0));
}
