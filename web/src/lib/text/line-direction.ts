import { directionOf } from '@multaqa/shared/text/direction';
import type { Block, Inline, Line } from '@multaqa/shared/text/markup';
import { plainOf, plainOfLine } from '@multaqa/shared/text/markup-plain';

export type Direction = 'rtl' | 'ltr';

/**
 * The direction of a line: of its own words first, for a name, an address or code in front of them decides nothing; `undefined`
 * where nothing has one, and the line stands as what surrounds it.
 */
export function directionOfLine(line: Line): Direction | undefined {
	return directionOf(line.map(ownWords).join(' ')) ?? directionOf(plainOfLine(line)) ?? undefined;
}

/** The direction of the first words of several blocks. */
export function directionOfBlocks(blocks: readonly Block[]): Direction | undefined {
	return directionOf(plainOf(blocks)) ?? undefined;
}

function ownWords(inline: Inline): string {
	if (inline.kind === 'text') return inline.text;
	if (inline.kind === 'strong' || inline.kind === 'emphasis') return inline.content.map(ownWords).join('');
	return inline.kind === 'link' ? (inline.label ?? '') : '';
}
