import type { OrganisationId } from '../bytes/ids.ts';
import { answersOf, decisionIn, runningDecision, unopenedOf, valuesOf } from './answers.ts';
import { days } from './days.ts';
import type { ContentOf } from './events.ts';
import { charactersIn } from './characters.ts';
import { verdictOf } from './models.ts';
import type { Decision, Register } from './register-types.ts';
import type { Refusal } from './rule-names.ts';
import { broken, LEAST_REASON, type Held } from './stance-rules.ts';
import { isFacilitator, speaksFor, type Actor, type Standing } from './standing.ts';

/** How long a decision may run, in days: its text stands still meanwhile. */
export const MOST_RUNNING_DAYS = 60;
/** How long there may be to open sealed answers, in days. */
export const MOST_OPENING_DAYS = 14;
/** The least there is to open sealed answers, in seconds: an evening without a line must not cost an answer. */
export const LEAST_OPENING = 24 * 60 * 60;

/** Why a decision is not opened. */
export function refusalOfOpening(terms: ContentOf<'decision.open'>, actor: Actor, { register, standing }: Held): Refusal | null {
	if (!isFacilitator(actor.role)) return broken('facilitators-decide');
	if (register.versions.at(-1)?.id !== terms.version) return broken('decision-is-about-the-newest-version');
	if (runningDecision(register.decisions)) return broken('one-decision-at-a-time');
	if (terms.closes <= actor.time || terms.closes > actor.time + days(MOST_RUNNING_DAYS)) return broken('close-time-is-bounded');
	const opening = terms.hidden?.opening ?? LEAST_OPENING;
	if (opening < LEAST_OPENING || opening > days(MOST_OPENING_DAYS)) return broken('close-time-is-bounded');
	if (terms.quorum < 1 || terms.quorum > 100) return broken('quorum-is-possible');
	return refusalOfSnapshot(terms, actor, standing);
}

/** Who is eligible is there, each once; and nobody puts an organisation into a constituency but itself. */
function refusalOfSnapshot({ eligible, constituencies }: ContentOf<'decision.open'>, { at }: Actor, standing: Standing): Refusal | null {
	const isEachThere = eligible.every((organisation) => standing.isOrganisation(organisation, at));
	if (!isEachThere || new Set(eligible).size !== eligible.length) return broken('eligible-organisations-are-there');
	const snapshot = snapshotOf(eligible, standing, at);
	const isDeclared = constituencies.length === snapshot.length && pairsOf(constituencies) === pairsOf(snapshot);
	return isDeclared ? null : broken('constituencies-are-those-declared');
}

/** Constituencies of those eligible as they declare themselves: what a decision that is opened now must hold. */
export function snapshotOf(
	eligible: readonly OrganisationId[],
	standing: Standing,
	at: Actor['at'],
): ContentOf<'decision.open'>['constituencies'] {
	const names = new Map<string, number[]>();
	for (const [place, organisation] of eligible.entries()) {
		for (const name of new Set(standing.constituenciesOf(organisation, at))) names.set(name, [...(names.get(name) ?? []), place]);
	}
	return [...names].map(([name, of]) => ({ name, of })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const pairsOf = (constituencies: ContentOf<'decision.open'>['constituencies']): string =>
	JSON.stringify(
		constituencies.map(({ name, of }) => [name, of.toSorted((a, b) => a - b)]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
	);

/** Why a decision does not end by this. */
export function refusalOfEnd({ decision: id }: ContentOf<'decision.end'>, actor: Actor, { register }: Held): Refusal | null {
	if (!isFacilitator(actor.role)) return broken('facilitators-decide');
	const decision = decisionIn(register.decisions, id);
	if (!decision) return broken('decision-is-there');
	if (decision.ended) return broken('decision-is-running');
	return actor.time >= decision.terms.closes ? null : broken('close-time-has-come');
}

/** Why an outcome is none. */
export function refusalOfClose(content: ContentOf<'decision.close'>, actor: Actor, { register }: Held): Refusal | null {
	if (!isFacilitator(actor.role)) return broken('facilitators-decide');
	const decision = decisionIn(register.decisions, content.decision);
	if (!decision) return broken('decision-is-there');
	if (!decision.ended) return broken('decision-has-ended');
	if (decision.closed) return broken('decision-is-closed-once');
	if (!mayCloseAt(decision, actor.time)) return broken('sealed-answers-have-their-time');
	if ((content.outcome.ar + content.outcome.en).trim() === '') return broken('outcome-has-a-text');
	if (content.review < actor.today.earliest) return broken('review-is-not-in-the-past');
	return content.result === resultOf(decision, register) ? null : broken('result-is-what-was-counted');
}

/** Sealed answers are all open, or had their time. `time`: seconds since 1970. */
export const mayCloseAt = (decision: Decision, time: number): boolean =>
	!decision.terms.hidden || time >= decision.terms.closes + decision.terms.hidden.opening || unopenedOf(decision).length === 0;

const resultOf = (decision: Decision, register: Register) => verdictOf(decision.terms, valuesOf(answersOf(decision, register))).result;

/** Why the host's word on it is none: it comes after the decision, and never counts in it. */
export function refusalOfSignOff(
	{ decision: id, signs, reason }: ContentOf<'decision.sign-off'>,
	actor: Actor,
	{ register, standing }: Held,
): Refusal | null {
	const organisation = speaksFor(actor, standing);
	if (organisation === null || !standing.isHost(organisation)) return broken('host-signs-off');
	const decision = decisionIn(register.decisions, id);
	if (!decision) return broken('decision-is-there');
	if (decision.closed?.result !== 'passed') return broken('decision-has-passed');
	return signs || charactersIn(reason ?? '') >= LEAST_REASON ? null : broken('reason-is-given');
}
