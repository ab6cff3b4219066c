import type { Block, Note } from '../blocks.ts';
import type { Language } from '../../documents/pair.ts';
import type { Faces } from './faces.ts';
import { MARK, NOTE, styleOf, TEXT_WIDTH, type Style } from './measures.ts';
import { inSight, widthOf, wordsOf, type Piece, type Word } from './paragraph.ts';

/** The two weights of a file. */
export interface Weights {
	readonly regular: Faces;
	readonly strong: Faces;
}

/** Pieces beside each other. */
export interface Run {
	readonly pieces: readonly Piece[];
	readonly faces: Faces;
	readonly size: number;
	/** Of the left edge, from the left edge of the text. */
	readonly x: number;
	/** As it is read. */
	readonly text: string;
}

/** One line of a page. */
export interface Line {
	/** The number of its paragraph, and its words. */
	readonly runs: readonly Run[];
	readonly style: Style;
	readonly isFirst: boolean;
	/** Notes whose marks stand in it. */
	readonly notes: readonly Note[];
}

/** What a paragraph is set from. */
interface Setting {
	readonly text: string;
	readonly number: string;
	readonly notes: readonly Note[];
	readonly language: Language;
	readonly style: Style;
}

/** The lines of a paragraph. @param language of the sheet: on its side the lines begin */
export const blockLines = (block: Block, weights: Weights): readonly Line[] =>
	linesOf({ text: block.text, number: numberOf(block), notes: block.notes, language: block.language, style: styleOf(block) }, weights);

/** The lines of a note at the foot of a page. */
export const noteLines = ({ text, number }: Note, language: Language, weights: Weights): readonly Line[] =>
	linesOf({ text, number: String(number), notes: [], language, style: NOTE }, weights);

/** «5.», «(2)»: as the text calls it. */
export function numberOf({ kind, number }: Pick<Block, 'kind' | 'number'>): string {
	if (number === null) return '';
	return kind === 'item' ? `(${number})` : `${number}.`;
}

function linesOf({ text, number, notes, language, style }: Setting, weights: Weights): readonly Line[] {
	const direction = language === 'ar' ? 'rtl' : 'ltr';
	const faces = style.isStrong ? weights.strong : weights.regular;
	const { size, indent } = style;
	const room = TEXT_WIDTH - indent;
	const words = marked(wordsOf(text, direction, faces, size), notes, direction, faces, size);
	const rows = rowsOf(
		words.flatMap((word) => broken(word, room)),
		room,
	);
	return rows.map((row, place) => {
		const pieces = row.flatMap(({ space, pieces }, step) => (step > 0 && space ? [space, ...pieces] : pieces));
		const x = direction === 'rtl' ? room - widthOf(pieces) : indent;
		const words = { pieces: inSight(pieces, direction), faces, size, x, text: pieces.map(({ text }) => text).join('') };
		const isFirst = place === 0;
		const isLast = place === rows.length - 1;
		return { runs: [...(isFirst ? numberRun(number, direction, faces, style) : []), words], style, isFirst, notes: isLast ? notes : [] };
	});
}

/** At the edge where lines begin, in the room before them. */
function numberRun(number: string, direction: 'rtl' | 'ltr', faces: Faces, { size, indent }: Style): readonly Run[] {
	if (number === '') return [];
	const pieces = wordsOf(number, direction, faces, size).flatMap((word) => word.pieces);
	// Of an item, just before its text.
	const edge = indent > 30 ? indent - 24 : 0;
	const x = direction === 'rtl' ? TEXT_WIDTH - edge - widthOf(pieces) : edge;
	return [{ pieces: inSight(pieces, direction), faces, size, x, text: number }];
}

/** With the marks of its notes behind the last word. */
function marked(words: readonly Word[], notes: readonly Note[], direction: 'rtl' | 'ltr', faces: Faces, size: number): readonly Word[] {
	const last = words.at(-1);
	if (notes.length === 0) return words;
	const marks = wordsOf(notes.map(({ number }) => number).join(','), direction, faces, size * MARK.scale);
	const raised = marks
		.flatMap(({ pieces }) => pieces)
		.map((piece): Piece => ({
			...piece,
			scale: MARK.scale,
			cells: piece.cells.map((cell) => ({ ...cell, dy: cell.dy + MARK.rise })),
		}));
	const word = { pieces: [...(last?.pieces ?? []), ...raised], space: last?.space ?? null };
	return [...words.slice(0, -1), { ...word, width: widthOf(word.pieces) }];
}

/** As many words on each line as find room. */
function rowsOf(words: readonly Word[], room: number): readonly (readonly Word[])[] {
	const rows: Word[][] = [[]];
	let width = 0;
	for (const word of words) {
		const row = rows.at(-1) ?? [];
		const more = (row.length > 0 ? (word.space?.width ?? 0) : 0) + word.width;
		if (row.length > 0 && width + more > room) {
			rows.push([word]);
			width = word.width;
		} else {
			row.push(word);
			width += more;
		}
	}
	return rows;
}

/** A word that is longer than a line goes on in the next one. */
function broken(word: Word, room: number): readonly Word[] {
	if (word.width <= room) return [word];
	const parts: Word[] = [];
	let pieces: Piece[] = [];
	for (const piece of word.pieces.flatMap((whole) => whole.split(room))) {
		if (widthOf([...pieces, piece]) > room && pieces.length > 0) {
			parts.push({ pieces, width: widthOf(pieces), space: parts.length === 0 ? word.space : null });
			pieces = [];
		}
		pieces.push(piece);
	}
	return [...parts, { pieces, width: widthOf(pieces), space: parts.length === 0 ? word.space : null }];
}
