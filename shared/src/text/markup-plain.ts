import { withoutOverrides } from './direction.ts';
import type { Block, Inline, Line, List } from './markup-tree.ts';

/** What a reader reads of a post, without its marks: also what a selection on the screen holds. */
export const plainOf = (blocks: readonly Block[]): string => blocks.map(plainOfBlock).join('\n');

/** The same without what it quotes: the words that are its author's. */
export const ownPlainOf = (blocks: readonly Block[]): string => plainOf(blocks.filter(({ kind }) => kind !== 'quote'));

function plainOfBlock(block: Block): string {
	switch (block.kind) {
		case 'paragraph':
			return plainOfLines(block.lines);
		case 'heading':
			return plainOfLine(block.line);
		case 'code':
		case 'plain':
			return block.text;
		case 'list':
			return plainOfList(block);
		case 'quote':
			return plainOf(block.blocks);
		case 'rule':
			return '';
	}
}

const plainOfList = ({ items }: List): string =>
	items.map(({ lines, lists }) => [plainOfLines(lines), ...lists.map(plainOfList)].join('\n')).join('\n');
const plainOfLines = (lines: readonly Line[]): string => lines.map(plainOfLine).join('\n');

/** What a reader reads of one line. */
export const plainOfLine = (line: Line): string => line.map(plainOfInline).join('');

function plainOfInline(inline: Inline): string {
	switch (inline.kind) {
		case 'text':
		case 'code':
			return inline.text;
		case 'strong':
		case 'emphasis':
			return plainOfLine(inline.content);
		case 'link':
		case 'image':
			return inline.label ? `${inline.label} ${inline.address}` : inline.address;
		case 'mention':
			return `@${inline.name}`;
	}
}

const OF_A_WORD = /[\p{L}\p{N}\p{M}]/u;
const even = (text: string): string => withoutOverrides(text).replaceAll(/\s+/g, ' ').trim();

/** True when `quoted` stands in `text` word for word. How lines are broken does not count; half of a word is another word. */
export function occursIn(quoted: string, text: string): boolean {
	const [words, whole] = [even(quoted), even(text)];
	if (words === '') return false;
	for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + words.length)) {
		if (!cutsWord(whole, at) && !cutsWord(whole, at + words.length)) return true;
	}
	return false;
}

const cutsWord = (text: string, at: number): boolean => OF_A_WORD.test(text[at - 1] ?? ' ') && OF_A_WORD.test(text[at] ?? ' ');
