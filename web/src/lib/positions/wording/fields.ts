import { REASON_LIMIT, TEXT_LIMIT, type Bilingual, type Paragraph } from '@multaqa/shared/positions/events';
import { areSameWords, seenWords } from '@multaqa/shared/positions/wordings';
import type { Format } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';
import { isEmpty, overLimit } from '../issue/limits.ts';
import { ruleText } from '../rule-texts.ts';

/** Other words for a paragraph, as they are typed. */
export interface WordingFields extends Bilingual {
	readonly reason: string;
}

/** The form begins with the paragraph's own words. */
export const newWording = ({ ar, en }: Bilingual): WordingFields => ({ ar, en, reason: '' });

/** What is wrong with other words for a paragraph; `null` when nothing is. */
export function problemOfWords(words: Bilingual, paragraph: Paragraph | null, format: Format): string | null {
	const seen = seenWords(words);
	if (!paragraph) return ruleText('wording-is-about-a-paragraph');
	if (isEmpty(seen)) return m.position_paragraph_empty();
	const actual = seen.ar.length + seen.en.length;
	if (actual > TEXT_LIMIT) return m.problem_text_too_long({ actual: format.number(actual), limit: format.number(TEXT_LIMIT) });
	return areSameWords(seen, paragraph) ? ruleText('wording-changes-something') : null;
}

/** What is wrong with a reason that may be left out. */
export const problemOfReason = (reason: string, format: Format): string | null => overLimit(reason, REASON_LIMIT, format);
