import type { Bilingual, Language } from '../documents/pair.ts';
import type { ExportedReservation } from './exported-text.ts';

/** The words of ours in a file: in the language of the text, whichever language the page is in. */
export const WORDING = {
	untranslated: { ar: '[لا ترجمة بعد]', en: '[not yet translated]' },
	signatories: { ar: 'الجهات الموقّعة', en: 'Signatories' },
	reservations: { ar: 'التحفّظات المنشورة مع النص', en: 'Reservations published with the text' },
	about: { ar: 'عن هذا النص', en: 'About this text' },
	jointly: { ar: 'صاغته الجهات الموقّعة معًا.', en: 'Drafted jointly by the signatories.' },
	draftedBy: { ar: 'الصياغة: {names}.', en: 'Drafted by {names}.' },
	paragraph: { ar: 'الفقرة {number}', en: 'paragraph {number}' },
	wholeText: { ar: 'النص كلّه', en: 'the whole text' },
	draft: { ar: 'النسخة {number}، مسودة لم تُجمَّد بعد.', en: 'Version {number}, a draft that is not frozen yet.' },
	frozen: { ar: 'النسخة {number}، البصمة {hash}.', en: 'Version {number}, hash {hash}.' },
	draftMark: { ar: 'مسودة', en: 'Draft' },
	arabicDecides: { ar: 'النص العربي هو النسخة المرجعية.', en: 'The Arabic text is the authoritative version.' },
	englishDecides: { ar: 'النص الإنكليزي هو النسخة المرجعية.', en: 'The English text is the authoritative version.' },
	bothDecide: { ar: 'للنصين العربي والإنكليزي الحجية نفسها.', en: 'The Arabic and English texts are equally authoritative.' },
	page: { ar: '{page} من {pages}', en: '{page} of {pages}' },
} as const satisfies Record<string, Bilingual>;

/** What a reservation is about. */
export const RESERVATION_WORDS: Readonly<Record<ExportedReservation['type'], Bilingual>> = {
	wording: { ar: 'الصياغة', en: 'wording' },
	scope: { ar: 'النطاق', en: 'scope' },
	timing: { ar: 'التوقيت', en: 'timing' },
	security: { ar: 'السلامة', en: 'security' },
	mandate: { ar: 'الاختصاص', en: 'mandate' },
	'language-version': { ar: 'نص إحدى اللغتين', en: 'language version' },
	attribution: { ar: 'نسبة النص', en: 'attribution' },
};

/** Both names of each month, as Arabic texts of the UN write them. */
const ARABIC_MONTHS = [
	'كانون الثاني/يناير',
	'شباط/فبراير',
	'آذار/مارس',
	'نيسان/أبريل',
	'أيار/مايو',
	'حزيران/يونيو',
	'تموز/يوليو',
	'آب/أغسطس',
	'أيلول/سبتمبر',
	'تشرين الأول/أكتوبر',
	'تشرين الثاني/نوفمبر',
	'كانون الأول/ديسمبر',
];
const ENGLISH_MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** «15 آذار/مارس 2027», “15 March 2027”; `''` for what is no day. Not `Intl`, whose words differ between devices. */
export function dayWords(day: string, language: Language): string {
	const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
	const name = (language === 'ar' ? ARABIC_MONTHS : ENGLISH_MONTHS)[Number(month) - 1];
	return name === undefined ? '' : `${Number(date)} ${name} ${year}`;
}

/** A sentence with its gaps filled. */
export const filled = (words: Bilingual, language: Language, gaps: Readonly<Record<string, string>>): string =>
	words[language].replaceAll(/\{(\w+)\}/g, (_, gap: string) => gaps[gap] ?? '');
