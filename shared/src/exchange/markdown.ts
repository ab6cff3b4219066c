import { sheetsOf, type Block, type Sheet } from './blocks.ts';
import type { ExportedText, ExportOptions } from './exported-text.ts';

/**
 * Markdown (CommonMark, with footnotes as most programs know them). Each language stands in an element with its
 * direction; paragraphs and items keep the numbers that the text calls them by. `fromText` gives the text back.
 */
export const toMarkdown = (text: ExportedText, options: ExportOptions): string => sheetsOf(text, options).map(sheet).join('\n');

/** Stands before what is said about the text; what comes after it is not taken for the text. */
export const CLOSING_RULE = '---';

function sheet({ language, blocks }: Sheet): string {
	const closing = blocks.findIndex(({ kind }) => kind === 'subheading');
	const [text, after] = closing < 0 ? [blocks, []] : [blocks.slice(0, closing), blocks.slice(closing)];
	const notes = text.flatMap((block) => block.notes);
	const parts = [
		`<div lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`,
		...text.map((one) => block(one)),
		...notes.map((note) => `[^${language}${note.number}]: ${escaped(note.text)}`),
		...(after.length > 0 ? [CLOSING_RULE] : []),
		...after.map((one) => block(one)),
		'</div>',
	];
	return `${parts.join('\n\n')}\n`;
}

function block({ kind, level, number, text, notes, language }: Block): string {
	const marks = notes.map((note) => `[^${language}${note.number}]`).join('');
	const written = escaped(text) + marks;
	if (kind === 'title') return `# ${written}`;
	if (kind === 'heading') return `${'#'.repeat(level + 1)} ${written}`;
	if (kind === 'subheading') return `## ${written}`;
	if (kind === 'paragraph') return `${number}. ${written}`;
	return kind === 'item' ? `${'   '.repeat(level)}${number}) ${written}` : written;
}

/** Letters that would be marks. At the beginning, what would begin a list. */
const escaped = (text: string): string =>
	text
		.replaceAll(/[\\`*_[\]<>&~|#]/g, String.raw`\$&`)
		.replace(/^([-+=])/, String.raw`\$1`)
		.replace(/^(\d{1,9})([.)])/, String.raw`$1\$2`);

/** The letters again. */
export const unescaped = (text: string): string => text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
