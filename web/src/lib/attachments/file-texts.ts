import type { Remainder, Trace } from '@multaqa/shared/attachments/clean/traces';
import { ATTACHMENT_TYPES, type Attachment, type AttachmentType } from '@multaqa/shared/attachments/manifest';
import { plainName } from '@multaqa/shared/attachments/file-name';
import { isProblem, type ProblemCode } from '@multaqa/shared/problem';
import type { Format } from '../i18n/format.ts';
import { problemText } from '../i18n/problem-text.ts';
import { m } from '../paraglide/messages.js';

const traces: Record<Trace, () => string> = {
	location: () => m.trace_location(),
	author: () => m.trace_author(),
	device: () => m.trace_device(),
	time: () => m.trace_time(),
	software: () => m.trace_software(),
	description: () => m.trace_description(),
	thumbnail: () => m.trace_thumbnail(),
	history: () => m.trace_history(),
	files: () => m.trace_files(),
	scripts: () => m.trace_scripts(),
	trailing: () => m.trace_trailing(),
	other: () => m.trace_other(),
};

/** What was taken out of a file. */
export const removedText = (removed: readonly Trace[], format: Format): string =>
	removed.length === 0 ? m.file_nothing_removed() : m.file_removed({ what: format.list(removed.map((trace) => traces[trace]())) });

const remainders: Record<Remainder, () => string> = {
	changes: () => m.file_keeps_changes(),
	comments: () => m.file_keeps_comments(),
	overrides: () => m.file_keeps_overrides(),
};

export const keptText = (kept: Remainder): string => remainders[kept]();

const problems: Partial<Record<ProblemCode, () => string>> = {
	'file-unsupported': () => m.file_unsupported(),
	'file-mislabelled': () => m.file_mislabelled(),
	'file-uncleanable': () => m.file_uncleanable(),
	'file-locked': () => m.file_locked(),
	'too-large': () => m.file_too_large(),
	'storage-full': () => m.file_no_room(),
};

/** Why a file was not attached, and what to do. */
export const fileProblemText = (error: unknown, format: Format): string =>
	(isProblem(error) ? problems[error.code]?.() : undefined) ?? problemText(error, format);

const opening: Partial<Record<ProblemCode, () => string>> = {
	offline: () => m.file_not_here(),
	'not-found': () => m.file_gone(),
	tampered: () => m.file_tampered(),
	malformed: () => m.file_tampered(),
};

/** Why a file cannot be opened. */
export const openingProblemText = (error: unknown, format: Format): string =>
	(isProblem(error) ? opening[error.code]?.() : undefined) ?? problemText(error, format);

const KILO = 1_000;

/** How large a file is, in words. */
export function sizeText(bytes: number, format: Format): string {
	if (bytes < KILO * KILO) return m.size_kb({ shown: format.number(Math.max(1, Math.round(bytes / KILO))) });
	return m.size_mb({ shown: format.number(Math.round(bytes / KILO / KILO / 0.1) / 10) });
}

const kinds: Record<AttachmentType, () => string> = {
	'image/jpeg': () => m.file_kind_picture(),
	'image/png': () => m.file_kind_picture(),
	'image/webp': () => m.file_kind_picture(),
	'application/pdf': () => 'PDF',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': () => 'Word (DOCX)',
	'text/plain': () => m.file_kind_text(),
};

export const kindText = (type: AttachmentType): string => kinds[type]();

/** A name as a file has it: its ending is made from what it is, and nothing in it turns around or hides. */
export const fileName = ({ name, type }: Pick<Attachment, 'name' | 'type'>): string =>
	`${plainName(name) || m.file_plain_document()}.${ATTACHMENT_TYPES[type]}`;
