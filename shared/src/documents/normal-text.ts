/**
 * What makes no difference to a reader makes none to the text that is frozen and signed. In this order:
 *
 * 1. Halves of surrogate pairs become U+FFFD: UTF-8 has no place for them.
 * 2. Removed, for they are not seen and could hide or turn something: controls (C0 but white space, DEL, C1 but NEL);
 *    embeddings, overrides and isolates of direction (U+202A–202E, U+2066–2069) and their deprecated kin (U+206A–206F);
 *    the soft hyphen (U+00AD), combining grapheme joiner (U+034F), Hangul and Khmer fillers (U+115F, U+1160, U+17B4,
 *    U+17B5, U+3164, U+FFA0), Mongolian separators (U+180B–180F), zero-width space and word joiner with what follows it
 *    (U+200B, U+2060–2065), the byte order mark (U+FEFF), marks of annotation (U+FFF9–FFFB), noncharacters
 *    (U+FDD0–FDEF, U+FFFE, U+FFFF), tags and supplementary selectors (U+E0000–E0FFF).
 * 3. NFC, so that «é» typed as one or as two characters is one text. A presentation form (ﻻ) stays what it is.
 * 4. Each run of white space (Unicode `White_Space`, line breaks and no-break spaces among it) becomes one space; none
 *    stands at the beginning or end. A pair is one paragraph: who needs a new line begins another.
 *
 * Kept: left-to-right, right-to-left and Arabic letter marks (U+200E, U+200F, U+061C), which honest mixed text needs
 * and which move only their neighbours; ZWNJ and ZWJ (U+200C, U+200D), which Kurdish and Persian are written with;
 * selectors of emoji (U+FE00–FE0F), tatweel and vowel marks.
 */
const UNSEEN = new RegExp(
	`[${[
		String.raw`\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F`,
		String.raw`\u202A-\u202E\u2066-\u206F`,
		String.raw`\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFFA0`,
		String.raw`\u200B\u2060-\u2065\uFEFF\uFFF9-\uFFFB`,
		String.raw`\uFDD0-\uFDEF\uFFFE\uFFFF\u{E0000}-\u{E0FFF}`,
	].join('')}]`,
	'gu',
);
/** `White_Space` of Unicode 16, spelled out: devices have to agree. */
const WHITE_SPACE = new RegExp(String.raw`[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+`, 'g');

/**
 * The one spelling of a paragraph's text. What is normal stays as it is; any string has an answer.
 * @returns well-formed, in NFC, without what is listed above; may be empty
 */
export function normalText(text: string): string {
	const spaced = text.toWellFormed().replaceAll(UNSEEN, '').normalize('NFC').replaceAll(WHITE_SPACE, ' ');
	// Not `trim`, which would take a byte order mark and nothing that is left here besides.
	return spaced.slice(spaced.startsWith(' ') ? 1 : 0, spaced.length > 1 && spaced.endsWith(' ') ? -1 : undefined);
}
