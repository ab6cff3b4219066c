import type { LeftOut, Removal } from '@multaqa/shared/exchange/taken';
import { isProblem, type ProblemCode } from '@multaqa/shared/problem';
import type { FileFormat } from '../../client/exchange-messages.ts';
import type { Format } from '../../i18n/format.ts';
import { problemText } from '../../i18n/problem-text.ts';
import { m } from '../../paraglide/messages.js';

/** What each format is good for. */
export const formatTexts: Record<FileFormat, () => { readonly name: string; readonly hint: string }> = {
	docx: () => ({ name: m.export_docx(), hint: m.export_docx_hint() }),
	pdf: () => ({ name: m.export_pdf(), hint: m.export_pdf_hint() }),
	markdown: () => ({ name: m.export_markdown(), hint: m.export_markdown_hint() }),
	plain: () => ({ name: m.export_plain(), hint: m.export_plain_hint() }),
};

type Counted = { readonly count: number; readonly shown: string };

const removals: Record<LeftOut, (counted: Counted) => string> = {
	macros: m.import_macros,
	objects: m.import_objects,
	'remote-pictures': m.import_remote_pictures,
	pictures: m.import_pictures,
	hidden: m.import_hidden,
	authors: m.import_authors,
	deletions: m.import_deletions,
	insertions: m.import_insertions,
	comments: m.import_comments,
	tables: m.import_tables,
	'text-boxes': m.import_text_boxes,
	links: m.import_links,
	formulas: m.import_formulas,
	headers: m.import_headers,
	contents: m.import_contents,
	properties: () => m.import_properties(),
	closing: () => m.import_closing(),
};

/** One kind of what was left out, with how many there were. */
export const removalText = ({ what, count }: Removal, format: Format): string => removals[what]({ count, shown: format.number(count) });

const problems: Partial<Record<ProblemCode, () => string>> = {
	'file-unsupported': () => m.import_unsupported(),
	'file-uncleanable': () => m.import_damaged(),
	'file-locked': () => m.import_locked(),
	'too-large': () => m.import_too_large(),
	'text-empty': () => m.import_empty(),
	'text-too-long': () => m.import_too_long(),
	offline: () => m.import_not_here(),
};

/** Why nothing was taken, and what to do. */
export const takingProblemText = (error: unknown, format: Format): string =>
	(isProblem(error) ? problems[error.code]?.() : undefined) ?? problemText(error, format);

/** Why no file was made, and what to do. */
export const makingProblemText = (error: unknown, format: Format): string =>
	isProblem(error, 'offline') ? m.export_not_here() : problemText(error, format);
