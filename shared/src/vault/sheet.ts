import { base32crockford } from '@scure/base';
import { concatBytes, equalBytes, type Bytes } from '../bytes/bytes.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';

/** Bytes of the root secret: 152 bits, from which identity, account secret and the sheet's unlock key derive. */
export const ROOT_LENGTH = 19;
const CHECK_LENGTH = 1;
const GROUP = 4;

/** The recovery sheet: root and checksum in Crockford base32, eight groups of four. */
export function sheetCode(root: Uint8Array): string {
	const text = base32crockford.encode(concatBytes(root, checksumOf(root)));
	return (text.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/**
 * Reads a code as people type it: any case, spaces or hyphens, `O` for zero, `I` or `L` for one, digits of an
 * Arabic or Persian keyboard, marks of direction that came with a copy.
 * @throws Problem `code-mismatch` when it is not whole or a character is wrong
 */
export function readSheetCode(code: string): Bytes {
	const bytes = decodeBase32(plainCode(code));
	const root = bytes.subarray(0, ROOT_LENGTH);
	const valid = bytes.length === ROOT_LENGTH + CHECK_LENGTH && equalBytes(bytes.subarray(ROOT_LENGTH), checksumOf(root));
	if (!valid) throw new Problem('code-mismatch');
	return new Uint8Array(root);
}

function plainCode(code: string): string {
	const western = code.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
	return western
		.toUpperCase()
		.replace(/[\s\p{Pd}\p{Cf}]/gu, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}

const checksumOf = (root: Uint8Array): Bytes => hash('sheet', root).slice(0, CHECK_LENGTH);

function decodeBase32(text: string): Uint8Array {
	try {
		return base32crockford.decode(text);
	} catch {
		throw new Problem('code-mismatch');
	}
}
