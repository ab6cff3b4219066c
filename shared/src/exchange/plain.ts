import { directionOf } from '../text/direction.ts';
import type { Language } from '../documents/pair.ts';
import { sheetsOf, type Block, type Sheet } from './blocks.ts';
import type { ExportedText, ExportOptions } from './exported-text.ts';

const RLM = '\u200F';
const LRM = '\u200E';

/** Plain text, a paragraph a line. Notes stand at the end of their language, behind the same marks as in the text. */
export const toPlain = (text: ExportedText, options: ExportOptions): string => sheetsOf(text, options).map(sheet).join('\n\n* * *\n\n');

function sheet({ language, blocks }: Sheet): string {
	const closing = blocks.findIndex(({ kind }) => kind === 'subheading');
	const text = closing < 0 ? blocks : blocks.slice(0, closing);
	const notes = text.flatMap((block) => block.notes).map((note) => directed(`[${note.number}] ${note.text}`, language));
	const after = closing < 0 ? [] : blocks.slice(closing);
	return `${[...text, ...after].length === 0 ? '' : [...lines(text), ...(notes.length > 0 ? ['', ...notes] : []), ...lines(after)].join('\n').trimStart()}\n`;
}

/** A line is free above everything but items and closing lines. */
const lines = (blocks: readonly Block[]): readonly string[] =>
	blocks.flatMap((block) => (block.kind === 'item' || block.kind === 'line' ? [line(block)] : ['', line(block)]));

function line({ kind, level, number, text, notes, language }: Block): string {
	const marks = notes.map((note) => ` [${note.number}]`).join('');
	const head = number === null ? '' : kind === 'item' ? `${'  '.repeat(level)}(${number}) ` : `${number}. `;
	return directed(head + text + marks, language);
}

/** Programs give a line the direction of its first letter; where that would be the wrong one, a mark that is not seen stands before it. */
function directed(line: string, language: Language): string {
	const direction = language === 'ar' ? 'rtl' : 'ltr';
	if ((directionOf(line) ?? 'ltr') === direction) return line;
	return (language === 'ar' ? RLM : LRM) + line;
}
