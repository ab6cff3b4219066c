/** Longer than any word, and short enough to be laid out at once. */
const LONGEST = 80;
const OVERLONG = new RegExp(`\\S{${LONGEST}}(?=\\S)`, 'gu');

/**
 * Cuts `text` where a line may break inside of what has no blanks. Chromium needs seconds to find a place to break in twenty
 * thousand Arabic letters, which anybody might send.
 */
export function breakable(text: string): readonly string[] {
	const parts: string[] = [];
	let from = 0;
	for (const { index, 0: piece } of text.matchAll(OVERLONG)) {
		parts.push(text.slice(from, index + piece.length));
		from = index + piece.length;
	}
	return [...parts, text.slice(from)];
}
