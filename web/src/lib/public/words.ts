import type { Language } from '@multaqa/shared/documents/pair';
import { formatFor, type Format } from '../i18n/format.ts';

/** In pages of the public both languages stand on one page, whatever the reader has chosen elsewhere. */
const formats: Readonly<Record<Language, Format>> = { ar: formatFor('ar', 'latn'), en: formatFor('en', 'latn') };

export const formatIn = (language: Language): Format => formats[language];
export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

/** «41 kB» */
export const kilobytes = (bytes: number, language: Language): string =>
	language === 'ar' ? `${formats.ar.number(Math.ceil(bytes / 1000))} ك.ب` : `${formats.en.number(Math.ceil(bytes / 1000))} kB`;
