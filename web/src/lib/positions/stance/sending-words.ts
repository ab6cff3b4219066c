import type { Hash } from '@multaqa/shared/bytes/ids';
import type { Stance } from '@multaqa/shared/positions/events';
import { seenWords } from '@multaqa/shared/positions/wordings';
import { Problem } from '@multaqa/shared/problem';
import type { OpenIssue } from '../issue/open-issue.svelte.ts';
import type { KeptForm } from '../kept-form.svelte.ts';
import type { NamedWords, StanceFields } from './fields.ts';

type Form = Pick<KeptForm<StanceFields>, 'fields' | 'change'>;

/** Other words were written together with a stance. */
export const hasNewWords = ({ reservations, conditionNamed }: StanceFields): boolean =>
	conditionNamed.words !== null || reservations.some(({ named }) => named.words !== null);

/**
 * Suggests the words that were written with a stance, in the organisation's voice. The form names them from then on, so that whoever has to
 * try again suggests nothing twice.
 * @throws Problem `not-allowed` where the stance itself would be refused: its words do not go ahead of it
 */
export async function sendWords(open: OpenIssue, form: Form, stance: Stance): Promise<void> {
	if (!hasNewWords(form.fields)) return;
	const refusal = open.refusal({ type: 'stance.take', content: { ...stance, opens: null } });
	if (refusal) throw new Problem('not-allowed', { rule: refusal.rule });
	for (const [place, { paragraph }] of form.fields.reservations.entries()) {
		const reservation = form.fields.reservations[place];
		const named = reservation && (await suggested(open, stance.version, paragraph, reservation.named));
		if (named) form.change({ reservations: form.fields.reservations.with(place, { ...reservation, named }) });
	}
	const { conditionNamed } = form.fields;
	const named = await suggested(open, stance.version, conditionNamed.paragraph, conditionNamed);
	if (named) form.change({ conditionNamed: { ...conditionNamed, ...named } });
}

async function suggested(open: OpenIssue, version: Hash, paragraph: string, { words }: NamedWords): Promise<NamedWords | null> {
	if (!words) return null;
	const content = { version, paragraph, ...seenWords(words), reason: null, for: null };
	return { suggestion: await open.do({ type: 'wording.suggest', content }, 'organisation'), words: null };
}
