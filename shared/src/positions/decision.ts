import type { OrganisationId } from '../bytes/ids.ts';
import { answersOf, missedIn, unopenedOf, valuesOf, type Said } from './answers.ts';
import { mayCloseAt } from './decision-rules.ts';
import { verdictOf, type Verdict } from './models.ts';
import type { Decision, Register, SignOff } from './register-types.ts';

/**
 * `open`: answers count. `due`: the close time has come, and no facilitator's program has ended it yet. `opening`: ended, and sealed answers
 * are being opened. `ended`: only the outcome is missing. `closed`.
 */
export type Phase = 'open' | 'due' | 'opening' | 'ended' | 'closed';

/** How far a decision is. `now`: seconds since 1970. */
export function phaseOf(decision: Decision, now: number): Phase {
	if (decision.closed) return 'closed';
	if (!decision.ended) return now < decision.terms.closes ? 'open' : 'due';
	return mayCloseAt(decision, now) ? 'ended' : 'opening';
}

/** What is counted, live or at the end; `null` while a hidden round has not ended: there is nothing that anybody could count. */
export const countOf = (decision: Decision, register: Said): Verdict | null =>
	decision.terms.hidden && !decision.ended ? null : verdictOf(decision.terms, valuesOf(answersOf(decision, register)));

/** Who joins after the opening is not among them, and is told so. */
export const isEligible = ({ terms }: Decision, organisation: OrganisationId): boolean => terms.eligible.includes(organisation);

/** Why it may be doubted that a decision was ended at its time. */
export interface Doubts {
	/** This device's own clock says that it is not time yet. */
	readonly isEarlyHere: boolean;
	/** Organisations whose answer was signed in time and came behind the end: on its way, held back, or by a clock that is wrong. */
	readonly overtaken: readonly OrganisationId[];
	/** Organisations that sealed an answer and have not opened it. */
	readonly unopened: readonly OrganisationId[];
}

/** `now`: seconds since 1970. */
export const doubtsOf = (decision: Decision, register: Pick<Register, 'lines' | 'refused'>, now: number): Doubts => ({
	isEarlyHere: decision.ended !== null && now < decision.terms.closes,
	overtaken: [...new Set(missedIn(decision, register).flatMap(({ organisation, why }) => (why === 'after-the-end' ? [organisation] : [])))],
	unopened: decision.ended ? unopenedOf(decision) : [],
});

/** What the host says; `null` while it has said nothing, or one person of two has. */
export const signOffOf = ({ signOffs }: Decision): SignOff | null => signOffs.findLast(({ holds }) => holds) ?? null;
