import type { FreezeRefusal } from '@multaqa/shared/documents/freezing';
import type { Bilingual, Language, PairKind } from '@multaqa/shared/documents/pair';
import type { PairNumber } from '@multaqa/shared/documents/numbering';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

const kinds: Record<PairKind, () => string> = {
	title: () => m.pair_kind_title(),
	heading: () => m.pair_kind_heading(),
	paragraph: () => m.pair_kind_paragraph(),
	item: () => m.pair_kind_item(),
	footnote: () => m.pair_kind_footnote(),
};

/** What a pair is, in the reader's language. */
export const kindText = (kind: PairKind): string => kinds[kind]();

/** A language of the text, in the reader's. */
export const languageText = (language: Language): string => (language === 'ar' ? m.pair_arabic() : m.pair_english());

/** What is said in both languages, in the reader's. */
export const inLanguage = (said: Bilingual, language: Language): string => said[language] || said[language === 'ar' ? 'en' : 'ar'];

/** How a pair is called: «الفقرة 5», «العنوان». */
export function pairName({ kind }: { readonly kind: PairKind }, { number }: PairNumber, format: Format): string {
	return number === null ? kindText(kind) : m.pair_name({ kind: kindText(kind), number: format.number(number) });
}

const refusals: Record<FreezeRefusal['rule'], () => string> = {
	'text-is-there': () => m.document_rule_text_is_there(),
	'title-comes-first': () => m.document_rule_title_first(),
	'level-fits-the-kind': () => m.document_rule_level(),
	'paragraph-is-not-empty': () => m.document_rule_empty(),
	'paragraph-is-there': () => m.document_rule_missing(),
	'paragraph-has-an-end': () => m.document_rule_paragraph_long(),
	'text-has-an-end': () => m.document_rule_text_long(),
	'translation-is-current': () => m.document_rule_outdated(),
	'translation-is-stated': () => m.document_rule_unstated(),
};

/** Why a text cannot be frozen, and in which language. */
export function refusalText(refusal: FreezeRefusal): string {
	const text = refusals[refusal.rule]();
	return 'language' in refusal ? `${text} (${languageText(refusal.language)})` : text;
}
