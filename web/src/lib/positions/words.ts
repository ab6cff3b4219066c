import type { Language } from '../display/languages.ts';
import type { Bilingual } from '@multaqa/shared/positions/events';

/** A text of two in the reader's language, or in the one that there is. */
export const spoken = ({ ar, en }: Bilingual, language: Language): string => (language === 'ar' ? ar.trim() || en : en.trim() || ar).trim();

/** The same in the other language; `null` when there is none. */
export function other(text: Bilingual, language: Language): string | null {
	const said = spoken(text, language);
	const second = spoken(text, language === 'ar' ? 'en' : 'ar');
	return second === said ? null : second;
}
