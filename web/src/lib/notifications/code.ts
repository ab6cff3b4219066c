import { mailAddress } from '@multaqa/shared/api/notifications';
import * as v from 'valibot';

/** ASCII, Arabic-Indic and Persian digits: what keyboards in use here type. */
const EIGHT = /^[0-9\u0660-\u0669\u06F0-\u06F9]{8}$/;

/** A code of eight digits as people type it, with or without gaps; `null` for anything else. */
export function codeFrom(text: string): string | null {
	const typed = text.replaceAll(/[\s\-\u200E\u200F]/g, '');
	return EIGHT.test(typed) ? [...typed].map((digit) => String((digit.codePointAt(0) ?? 0) & 0xf)).join('') : null;
}

/** An address that the server would take; `null` for anything else. */
export function addressFrom(text: string): string | null {
	const result = v.safeParse(mailAddress, text.trim());
	return result.success ? result.output : null;
}
