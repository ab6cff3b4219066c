import * as v from 'valibot';
import type { Hash, OrganisationId } from '../bytes/ids.ts';
import { eventId, streamId } from '../log/content.ts';
import { readAct, type Stance } from './events.ts';
import { opens } from './sealed.ts';

/** What a letter is called by which representatives keep a sealed answer for one another, and for their own other devices. */
export const KEPT_ANSWER = 'sealed-answer';

const content = v.strictObject({ stream: streamId, decision: eventId, commitment: eventId, salt: eventId, answer: v.unknown() });

/** A sealed answer with what opens it. Whoever has none of the organisation's letters can never open it. */
export interface KeptAnswer extends Omit<v.InferOutput<typeof content>, 'answer'> {
	readonly answer: Stance;
}

/** What a letter keeps, if it keeps the answer that it says it does; `null` otherwise. */
export function keptAnswerIn(
	letter: { readonly kind: string; readonly content: unknown },
	organisation: OrganisationId,
): KeptAnswer | null {
	const said = letter.kind === KEPT_ANSWER ? v.safeParse(content, letter.content) : null;
	if (!said?.success) return null;
	const { answer, ...kept } = said.output;
	const act = readAct('stance.take', { ...(answer as object), opens: null });
	if (act?.type !== 'stance.take') return null;
	const { opens: _, ...stance } = act.content;
	return opens(kept.commitment, { decision: kept.decision, organisation }, kept.salt, stance) ? { ...kept, answer: stance } : null;
}

/** The kept answer that opens a seal. */
export const answerOf = (kept: readonly KeptAnswer[], decision: Hash, commitment: Hash | null): KeptAnswer | null =>
	kept.find((one) => one.decision === decision && one.commitment === commitment) ?? null;
