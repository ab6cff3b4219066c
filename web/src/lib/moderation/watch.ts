import type { FoundWord } from '@multaqa/shared/moderation/words';

/** A stretch of a text, with or without a watch-word. */
export interface Piece {
	readonly text: string;
	readonly isFound: boolean;
}

const AROUND = 60;

/** The watch-words of a text with some of what stands around each. */
export function marked(text: string, found: readonly FoundWord[]): readonly Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	for (const { start, end } of found) {
		if (end <= at) continue;
		const from = Math.max(start, at);
		pieces.push(...between(text.slice(at, from), at === 0), { text: text.slice(from, end), isFound: true });
		at = end;
	}
	const rest = text.slice(at);
	return [...pieces, { text: rest.length > AROUND ? `${rest.slice(0, AROUND)}…` : rest, isFound: false }].filter(
		(piece) => piece.text !== '',
	);
}

/** Long stretches without a word are not read again. */
function between(text: string, isFirst: boolean): readonly Piece[] {
	if (text.length <= 2 * AROUND) return [{ text, isFound: false }];
	const before = isFirst ? '' : text.slice(0, AROUND);
	return [{ text: `${before}…${text.slice(-AROUND)}`, isFound: false }];
}
