/**
 * Characters that change the direction of what follows them (Unicode Bidirectional Algorithm, UAX #9 §2).
 * Embeddings, overrides and isolates can make a text read otherwise than it was written, so they are shown
 * as marks wherever they appear and removed from what is sent. The three implicit marks (LRM, RLM, ALM) only
 * nudge a neighbour inside one paragraph and are needed in honest mixed text: shown while writing, kept.
 */
const HIDDEN = new Map<string, string>([
	['\u202A', 'LRE'],
	['\u202B', 'RLE'],
	['\u202C', 'PDF'],
	['\u202D', 'LRO'],
	['\u202E', 'RLO'],
	['\u2066', 'LRI'],
	['\u2067', 'RLI'],
	['\u2068', 'FSI'],
	['\u2069', 'PDI'],
	['\u200E', 'LRM'],
	['\u200F', 'RLM'],
	['\u061C', 'ALM'],
]);
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
const ANY_HIDDEN = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/;

/** A stretch of ordinary text, or one hidden character by its Unicode abbreviation. */
export type Piece = { readonly text: string } | { readonly mark: string; readonly removed: boolean };

/** What is sent: the text without embeddings, overrides and isolates. */
export function withoutOverrides(text: string): string {
	return text.replaceAll(OVERRIDES, '');
}

/** How many characters {@link withoutOverrides} would remove. */
export function countOverrides(text: string): number {
	return text.match(OVERRIDES)?.length ?? 0;
}

/** True when `text` holds any character of direction, harmless ones included. */
export function hasHidden(text: string): boolean {
	return ANY_HIDDEN.test(text);
}

/** Cuts `text` at its embeddings, overrides and isolates; with `all`, at the implicit marks too. */
export function piecesOf(text: string, all = false): Piece[] {
	const pieces: Piece[] = [];
	let ordinary = '';
	for (const character of text) {
		const mark = HIDDEN.get(character);
		const removed = mark !== undefined && countOverrides(character) > 0;
		if (mark === undefined || !(removed || all)) {
			ordinary += character;
			continue;
		}
		if (ordinary !== '') pieces.push({ text: ordinary });
		pieces.push({ mark, removed });
		ordinary = '';
	}
	if (ordinary !== '') pieces.push({ text: ordinary });
	return pieces;
}

/** Paragraphs as a reader sees them: one per line, each with a direction of its own. */
export function paragraphsOf(text: string): string[] {
	return text.split(/\r\n|[\n\r\u2028\u2029]/);
}

const STRONG = /[\p{L}\u200E\u200F\u061C]/u;
const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u200F\u061C]/u;

/** The direction of the first strong character (UAX #9 P2), which is the direction of its paragraph; `null` without one. */
export function directionOf(text: string): 'rtl' | 'ltr' | null {
	const strong = STRONG.exec(text)?.[0];
	if (strong === undefined) return null;
	return FROM_RIGHT.test(strong) ? 'rtl' : 'ltr';
}
