import { normalText } from '../documents/normal-text.ts';
import { numbered } from '../documents/numbering.ts';
import type { Language, Level } from '../documents/pair.ts';
import { closingOf } from './closing.ts';
import { languagesIn, type ExportedText, type ExportOptions } from './exported-text.ts';
import { WORDING } from './wording.ts';

/** A footnote, under the number that stands at its mark. */
export interface Note {
	readonly number: number;
	readonly text: string;
}

/**
 * One paragraph of a file, as every format writes it. `subheading` and `line` come after the text: what is said about
 * it, not what was agreed.
 */
export interface Block {
	readonly kind: 'title' | 'heading' | 'paragraph' | 'item' | 'subheading' | 'line';
	readonly level: Level;
	/** Of paragraphs and items (`documents/numbering.ts`). */
	readonly number: number | null;
	readonly text: string;
	/** Their marks stand at its end. */
	readonly notes: readonly Note[];
	/** Of a line that is written in the other language. */
	readonly language: Language;
}

/** The text in one language, from its title to its last line. */
export interface Sheet {
	readonly language: Language;
	readonly blocks: readonly Block[];
}

/** A text as it is written into a file: a sheet for each language, in their order. */
export function sheetsOf(text: ExportedText, { languages, closing }: ExportOptions): readonly Sheet[] {
	return languagesIn(text, languages).map((language) => ({
		language,
		blocks: [...textBlocks(text, language), ...(closing ? closingOf(text, language) : [])],
	}));
}

function textBlocks({ pairs, title }: ExportedText, language: Language): readonly Block[] {
	const blocks: Block[] = [];
	const base = { level: 1, number: null, notes: [], language } as const;
	if (pairs[0]?.kind !== 'title') blocks.push({ ...base, kind: 'title', text: normalText(title[language]) });
	const numbers = numbered(pairs);
	for (const [place, pair] of pairs.entries()) {
		const [number, text] = [numbers[place]?.number ?? null, normalText(pair[language])];
		if (pair.kind !== 'footnote')
			blocks.push({ ...base, kind: pair.kind, level: pair.level, number, text: text || WORDING.untranslated[language] });
		else noteAt(blocks, { number: number ?? 0, text: text || WORDING.untranslated[language] });
	}
	return blocks;
}

/** The mark of a footnote stands at the end of what stands above it. */
function noteAt(blocks: Block[], note: Note): void {
	const last = blocks.pop();
	if (last) blocks.push({ ...last, notes: [...last.notes, note] });
}
