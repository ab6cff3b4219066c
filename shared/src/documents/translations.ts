import { toBase64url, utf8 } from '../bytes/bytes.ts';
import { hash } from '../crypto/hash.ts';
import { normalText } from './normal-text.ts';
import { otherOf, type DraftPair, type Language } from './pair.ts';

/** Names the text that a translation was made of, of 96 bits: two texts that normalise alike have one digest. */
export const digestOf = (text: string): string => toBase64url(hash('document-source', utf8(normalText(text))).slice(0, 12));

/** How the two languages of a pair stand to each other. */
export type TranslationState =
	/** `current`: one was made of the other as it is. `empty`: nothing is written. `unstated`: both are, and nobody has said that they say the same. */
	| { readonly state: 'current' | 'empty' | 'unstated' }
	/** That language is not written, or «الترجمة أقدم من الأصل». */
	| { readonly state: 'missing' | 'outdated'; readonly language: Language };

/** The state of one pair, by its normal texts: what makes no difference to a reader makes none here. */
export function translationState(pair: Pick<DraftPair, 'ar' | 'en' | 'translation'>): TranslationState {
	const [ar, en] = [normalText(pair.ar) !== '', normalText(pair.en) !== ''];
	if (!ar && !en) return { state: 'empty' };
	if (!ar || !en) return { state: 'missing', language: ar ? 'en' : 'ar' };
	if (!pair.translation) return { state: 'unstated' };
	const { language, of } = pair.translation;
	return digestOf(pair[otherOf(language)]) === of ? { state: 'current' } : { state: 'outdated', language };
}

/**
 * The pair with another text in one language. What is begun beside a text that is there is its translation; a
 * translation that is emptied is none any more; otherwise it stays made of what it was made of, and shows its age, also
 * when its source was taken out and written anew.
 */
export function withText(pair: DraftPair, language: Language, text: string): DraftPair {
	const changed = { ...pair, [language]: text };
	if (normalText(text) === '') return pair.translation?.language === language ? { ...changed, translation: null } : changed;
	const begun = pair.translation === null && normalText(pair[language]) === '';
	return begun ? confirmed(changed, language) : changed;
}

/** Somebody says that `language` says what the other one says now. Nothing changes while one of them is missing. */
export function confirmed(pair: DraftPair, language: Language): DraftPair {
	const source = pair[otherOf(language)];
	if (normalText(source) === '' || normalText(pair[language]) === '') return pair;
	return { ...pair, translation: { language, of: digestOf(source) } };
}
