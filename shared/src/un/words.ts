const WHITE_SPACE = /\p{White_Space}+/u;
/**
 * A line drawn with tatweel («المادة 5 ـ الحق») is a dash to its reader, and a filler (Hangul's) nothing at all, although
 * Unicode calls them letters.
 */
const LETTER_OR_DIGIT = /(?![\u0640\u115F\u1160\u3164\uFFA0])[\p{L}\p{N}]/u;

/**
 * Words as a word processor counts them: what stands between white space (Unicode `White_Space`) and has a letter or
 * a digit. So `1996/31`, `14:00`, `A/HRC/58/L.1`, `well-known`, `a@b.org`, an address of the web and «وبالعدالة» are
 * one each, a dash between words is none, and one that touches both of them makes them one. Not `Intl.Segmenter`,
 * to which `1996/31` is two.
 * @param text of one paragraph or many; whatever it holds, in time proportional to its length
 * @returns how many words
 */
export function countWords(text: string): number {
	let count = 0;
	for (const token of text.split(WHITE_SPACE)) if (LETTER_OR_DIGIT.test(token)) count++;
	return count;
}
