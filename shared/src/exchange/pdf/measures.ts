import type { Block } from '../blocks.ts';

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
/** What stays free of the text; the foot of the page stands in the lower one. */
export const MARGIN = { side: 70, top: 72, bottom: 84, foot: 48 } as const;
export const TEXT_WIDTH = PAGE.width - 2 * MARGIN.side;

/** How a kind of paragraph is set. */
export interface Style {
	readonly size: number;
	readonly leading: number;
	readonly isStrong: boolean;
	/** Free before it, unless it begins a page. */
	readonly before: number;
	/** How far it stands in, on the side where its lines begin; its number stands in that room. */
	readonly indent: number;
	/** Of the lines that follow it, how many have to stand on its page. */
	readonly keeps: number;
}

const BODY = { size: 11, leading: 18, isStrong: false, before: 9, indent: 0, keeps: 0 } as const;
const STRONG = { ...BODY, isStrong: true, keeps: 2 } as const;
const HEADINGS = { 1: { size: 14, leading: 22 }, 2: { size: 12.5, leading: 20 }, 3: { size: 11, leading: 18 } } as const;
/** Room for «999.». */
const NUMBER = 28;

/** Of the notes at the foot of a page, and of the line below them. */
export const NOTE: Style = { ...BODY, size: 9, leading: 14, before: 2, indent: 14 };
export const FOOT: Style = { ...BODY, size: 8.5, leading: 12, before: 0 };
/** Above the first note. */
export const NOTE_RULE = { before: 14, width: 120 } as const;
/** Of the mark of a note: smaller than what it stands at, and above the line. */
export const MARK = { scale: 0.65, rise: 520 } as const;

export function styleOf({ kind, level }: Block): Style {
	if (kind === 'title') return { ...STRONG, size: 17, leading: 27, before: 0 };
	if (kind === 'heading') return { ...STRONG, ...HEADINGS[level], before: 18 };
	if (kind === 'subheading') return { ...STRONG, before: 24 };
	if (kind === 'paragraph') return { ...BODY, indent: NUMBER };
	if (kind === 'item') return { ...BODY, before: 4, indent: NUMBER * (level + 1) };
	return { ...BODY, size: 10, leading: 16, before: 4 };
}
