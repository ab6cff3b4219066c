import { toBase64url } from '@multaqa/shared/bytes/bytes';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import type { Stance } from '@multaqa/shared/positions/events';
import type { Issue } from '@multaqa/shared/positions/issues';
import { answerOf, KEPT_ANSWER, type KeptAnswer } from '@multaqa/shared/positions/kept-answer';
import type { Decision, Entry } from '@multaqa/shared/positions/register-types';
import { commitmentOf } from '@multaqa/shared/positions/sealed';
import { refusalBeforeSealing } from '@multaqa/shared/positions/stance-rules';
import { Problem } from '@multaqa/shared/problem';
import { keptAnswers } from './kept-answers.ts';
import type { Positions } from './positions.svelte.ts';

/** What a sealed answer says; `null` when nobody has told this device. */
export const answerIn = (
	{ client, sealedHere }: Positions,
	organisation: OrganisationId,
	decision: Hash,
	sealed: Entry,
): KeptAnswer | null => answerOf([...keptAnswers(client, organisation), ...sealedHere], decision, sealed.commitment);

/**
 * Seals an answer. What opens it is left with every representative of the organisation first, oneself on other devices among them:
 * a lost phone must not cost an answer, and a second person sees what they stand by.
 * @throws Problem `not-allowed` with the rule that refuses it now, or would when it is opened
 */
export async function seal(positions: Positions, issue: Issue, decision: Decision, stance: Stance): Promise<void> {
	const { client, space } = positions;
	const organisation = positions.speaksFor;
	const { working } = positions.read(issue);
	const version = working.versions.find(({ id }) => id === decision.terms.version);
	if (organisation === null || !version) throw new Problem('not-allowed', { rule: 'representatives-speak-for-their-organisation' });
	const refusal = refusalBeforeSealing(stance, decision, version, organisation, positions.actor('organisation'), working);
	if (refusal) throw new Problem('not-allowed', { rule: refusal.rule });
	const salt = toBase64url(crypto.getRandomValues(new Uint8Array(32))) as Hash;
	const commitment = commitmentOf({ decision: decision.id, organisation }, salt, stance);
	const act = { type: 'stance.seal', content: { decision: decision.id, commitment } } as const;
	const early = positions.refusal(issue, act);
	if (early) throw new Problem('not-allowed', { rule: early.rule });
	const kept: KeptAnswer = { stream: issue.stream, decision: decision.id, commitment, salt, answer: stance };
	positions.sealedHere.push(kept);
	await client.letters.send(positions.representatives(organisation), {
		space: space.id,
		kind: KEPT_ANSWER,
		content: kept as unknown as Cbor,
	});
	await positions.do(issue, act);
}
