import type { Measure } from '@multaqa/shared/client/types';
import type { Act } from '@multaqa/shared/moderation/events';

/** What may be answered to a measure. */
export type Answer = 'appeal' | 'lift' | 'uphold' | 'overturn';

const acts: Record<Answer, (measure: Measure) => Act> = {
	appeal: ({ id }) => ({ type: 'moderation.appeal', content: { measure: id, text: '.' } }),
	lift: ({ id }) => ({ type: 'moderation.lift', content: { measure: id, reason: '.' } }),
	uphold: ({ id }) => ({ type: 'moderation.decide', content: { measure: id, uphold: true, reason: '.' } }),
	overturn: ({ id }) => ({ type: 'moderation.decide', content: { measure: id, uphold: false, reason: '.' } }),
};

/** Those that the rules would let this person give now. */
export const answersTo = (measure: Measure, refusal: (act: Act) => unknown): readonly Answer[] =>
	(Object.keys(acts) as Answer[]).filter((answer) => refusal(acts[answer](measure)) === null);
