import type { Language } from '../display/languages.ts';

const ISOLATE = '\u2068';
const END = '\u2069';

/** Somebody's words in the middle of ours keep their own direction, and ours theirs (UAX #9). */
export const isolated = (text: string): string => ISOLATE + text + END;

const RUNS_RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;
const RUNS_LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** The same where the words run the other way than those around them, and as they are otherwise. */
export const isolatedIn = (language: Language, text: string): string =>
	(language === 'ar' ? RUNS_LEFT_TO_RIGHT : RUNS_RIGHT_TO_LEFT).test(text) ? isolated(text) : text;
