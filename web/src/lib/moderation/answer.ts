import type { Measure } from '@multaqa/shared/client/types';
import type { Act } from '@multaqa/shared/moderation/events';

/** What may be answered to a measure, in the order in which it is offered. */
export const ANSWERS = ['appeal', 'overturn', 'uphold', 'lift'] as const;
export type Answer = (typeof ANSWERS)[number];

const acts: Record<Answer, (measure: Measure) => Act> = {
	appeal: ({ id }) => ({ type: 'moderation.appeal', content: { measure: id, text: '.' } }),
	overturn: ({ id }) => ({ type: 'moderation.decide', content: { measure: id, uphold: false, reason: '.' } }),
	uphold: ({ id }) => ({ type: 'moderation.decide', content: { measure: id, uphold: true, reason: '.' } }),
	lift: ({ id }) => ({ type: 'moderation.lift', content: { measure: id, reason: '.' } }),
};

/** Those among these that the rules would let this person give now. Whoever decides an appeal ends the measure by granting it. */
export function answersTo(measure: Measure, among: readonly Answer[], refusal: (act: Act) => unknown): readonly Answer[] {
	const open = ANSWERS.filter((answer) => among.includes(answer) && refusal(acts[answer](measure)) === null);
	return open.includes('overturn') ? open.filter((answer) => answer !== 'lift') : open;
}
