import type { Hash } from '../bytes/ids.ts';
import { decodeText, textHash } from '../documents/canonical.ts';
import type { BilingualText } from '../documents/pair.ts';
import { digestOf } from '../publication/signed-text.ts';
import { statementFile } from '../publication/statement-file.ts';

/** A text with the names by which it is signed. */
export interface RoundText {
	readonly text: BilingualText;
	readonly hash: Hash;
	readonly digest: string;
}

/** Reads the canonical bytes of a text; `null` for any others. */
export function readText(bytes: Uint8Array): RoundText | null {
	try {
		const text = decodeText(bytes);
		return { text, hash: textHash(bytes), digest: digestOf(statementFile(text)) };
	} catch {
		return null;
	}
}
