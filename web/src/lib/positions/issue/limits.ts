import type { Bilingual } from '@multaqa/shared/positions/events';
import type { Format } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';

/** Nothing stands there in either language. */
export const isEmpty = ({ ar, en }: Bilingual): boolean => (ar + en).trim() === '';

/** Said of a text that is too long; `null` when it is not. */
export function overLimit(text: string, limit: number, format: Format): string | null {
	const { length } = text.trim();
	return length > limit ? m.problem_text_too_long({ actual: format.number(length), limit: format.number(limit) }) : null;
}

/** The same of a text in two languages. */
export const tooLong = ({ ar, en }: Bilingual, limit: number, format: Format): string | null =>
	overLimit(ar, limit, format) ?? overLimit(en, limit, format);
