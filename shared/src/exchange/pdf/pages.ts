import type { Block, Note, Sheet } from '../blocks.ts';
import type { Language } from '../../documents/pair.ts';
import { blockLines, noteLines, type Line, type Weights } from './lines.ts';
import { MARGIN, NOTE_RULE, PAGE } from './measures.ts';

/** A line at its place: the distance of its foot from the lower edge of the page. */
export interface Standing {
	readonly line: Line;
	readonly y: number;
	/** What it is part of. */
	readonly part: Part;
}

/** A paragraph of a sheet, or a note to it. */
export interface Part {
	readonly kind: Block['kind'] | 'note';
	readonly level: number;
	readonly language: Language;
}

/** One page. */
export interface Page {
	readonly language: Language;
	readonly lines: readonly Standing[];
	/** Height of the line above the notes; `null`: there are none. */
	readonly rule: number | null;
}

interface Waiting {
	readonly line: Line;
	readonly part: Part;
}

const HEIGHT = PAGE.height - MARGIN.top - MARGIN.bottom;

/** The pages of one sheet: notes stand at the foot of the page where their mark is. */
export function pagesOf(sheet: Sheet, weights: Weights): readonly Page[] {
	const composer = new Composer(sheet.language, weights);
	for (const block of sheet.blocks) composer.add(block);
	return composer.pages();
}

class Composer {
	readonly #language: Language;
	readonly #weights: Weights;
	readonly #pages: Page[] = [];
	#body: Waiting[] = [];
	#notes: Waiting[] = [];
	/** Of notes that found no room on their page. */
	#carried: Waiting[] = [];

	constructor(language: Language, weights: Weights) {
		this.#language = language;
		this.#weights = weights;
	}

	add(block: Block): void {
		const part: Part = { kind: block.kind, level: block.level, language: block.language };
		const lines = blockLines(block, this.#weights);
		for (const line of lines) {
			const together = line.isFirst ? line.style.leading * (line.style.keeps + Math.min(lines.length - 1, 1)) : 0;
			this.#place({ line, part }, together);
		}
	}

	pages(): readonly Page[] {
		this.#close();
		while (this.#carried.length > 0) {
			this.#carry();
			this.#close();
		}
		return this.#pages;
	}

	/** @param more what has to find room below it too */
	#place(waiting: Waiting, more: number): void {
		const notes = waiting.line.notes.flatMap((note) => this.#noteOf(note));
		const needed = heightOf([...this.#body, waiting]) + more + notesHeight([...this.#notes, ...notes]);
		if (this.#body.length > 0 && needed > HEIGHT) this.#turn();
		this.#body.push(waiting);
		for (const note of notes) {
			const fits = this.#carried.length === 0 && heightOf(this.#body) + notesHeight([...this.#notes, note]) <= HEIGHT;
			(fits ? this.#notes : this.#carried).push(note);
		}
	}

	#noteOf(note: Note): readonly Waiting[] {
		const part: Part = { kind: 'note', level: 1, language: this.#language };
		return noteLines(note, this.#language, this.#weights).map((line) => ({ line, part }));
	}

	#turn(): void {
		this.#close();
		this.#carry();
	}

	/** What was left over of notes comes first, and leaves half of the page to the text. */
	#carry(): void {
		while (this.#carried.length > 0 && notesHeight([...this.#notes, ...this.#carried.slice(0, 1)]) <= HEIGHT / 2) {
			this.#notes.push(...this.#carried.splice(0, 1));
		}
	}

	#close(): void {
		if (this.#body.length + this.#notes.length === 0) return;
		const top = MARGIN.bottom + notesHeight(this.#notes);
		const body = standing(this.#body, PAGE.height - MARGIN.top);
		const notes = standing(this.#notes, top - NOTE_RULE.before);
		const rule = this.#notes.length > 0 ? top - NOTE_RULE.before / 2 : null;
		this.#pages.push({ language: this.#language, lines: [...body, ...notes], rule });
		[this.#body, this.#notes] = [[], []];
	}
}

const roomOf = ({ line: { style, isFirst } }: Waiting, place: number): number => style.leading + (isFirst && place > 0 ? style.before : 0);
const heightOf = (lines: readonly Waiting[]): number => lines.reduce((sum, line, place) => sum + roomOf(line, place), 0);
const notesHeight = (notes: readonly Waiting[]): number => (notes.length === 0 ? 0 : heightOf(notes) + NOTE_RULE.before);

function standing(lines: readonly Waiting[], top: number): readonly Standing[] {
	let y = top;
	return lines.map((waiting, place) => {
		y -= roomOf(waiting, place);
		// Letters stand on a line a quarter of its height above its foot.
		return { ...waiting, y: y + waiting.line.style.leading * 0.28 };
	});
}
