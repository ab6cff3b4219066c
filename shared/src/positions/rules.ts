import { runningDecision } from './answers.ts';
import { refusalOfClose, refusalOfEnd, refusalOfOpening, refusalOfSignOff } from './decision-rules.ts';
import type { Act, ContentOf } from './events.ts';
import { isSameText } from './paragraphs.ts';
import type { Refusal } from './rule-names.ts';
import {
	broken,
	refusalOfSeal,
	refusalOfSecond,
	refusalOfSettling,
	refusalOfStance,
	refusalOfWithdrawal,
	type HeldIssue,
} from './stance-rules.ts';
import { leads, type Actor } from './standing.ts';
import { refusalOfDeclining, refusalOfTaking, refusalOfWording } from './wording-rules.ts';

/** Why an act in an issue's stream is none, or `null`. The same for whoever wants to act and for everybody who reads it. */
export function refusalOf(act: Act, actor: Actor, held: HeldIssue): Refusal | null {
	switch (act.type) {
		case 'issue.open':
		case 'issue.change':
			return act.type === 'issue.open' || leads(actor, held.opener) ? null : broken('issue-is-changed-by-its-opener');
		case 'position.propose':
			return refusalOfVersion(act.content, actor, held);
		case 'wording.suggest':
			return refusalOfWording(act.content, actor, held);
		case 'wording.decline':
			return refusalOfDeclining(act.content, actor, held);
		case 'stance.take':
			return refusalOfStance(act.content, actor, held);
		case 'stance.seal':
			return refusalOfSeal(act.content, actor, held);
		case 'stance.second':
			return refusalOfSecond(act.content, actor, held);
		case 'stance.withdraw':
			return refusalOfWithdrawal(act.content, actor, held);
		case 'reservation.settle':
			return refusalOfSettling(act.content, actor, held);
		case 'decision.open':
			return refusalOfOpening(act.content, actor, held);
		case 'decision.end':
			return refusalOfEnd(act.content, actor, held);
		case 'decision.close':
			return refusalOfClose(act.content, actor, held);
		case 'decision.sign-off':
			return refusalOfSignOff(act.content, actor, held);
	}
}

function refusalOfVersion(content: ContentOf<'position.propose'>, actor: Actor, held: HeldIssue): Refusal | null {
	const { versions, decisions } = held.register;
	const newest = versions.at(-1);
	if (!leads(actor, held.opener)) return broken('text-is-proposed-by-its-opener');
	if ((newest?.id ?? null) !== content.after) return broken('text-has-not-changed-meanwhile');
	if (runningDecision(decisions)) return broken('text-stands-while-it-is-decided');
	if (new Set(content.paragraphs.map(({ id }) => id)).size !== content.paragraphs.length) return broken('paragraph-comes-once');
	if (newest && content.reason === null) return broken('new-version-has-a-reason');
	if (newest && isSameText(newest, content)) return broken('new-version-changes-something');
	return refusalOfTaking(content, held);
}
