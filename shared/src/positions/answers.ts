import type { Hash, OrganisationId } from '../bytes/ids.ts';
import { saidBy } from './lines.ts';
import type { Decision, Done, Entry, Register } from './register-types.ts';

/** Answers of those who are eligible, as a decision counts them; who is not among them has given none that counts. */
export type Answers = ReadonlyMap<OrganisationId, Entry>;

/** What answers are read from. */
export type Said = Pick<Register, 'lines'>;

/**
 * What a decision counts: of each eligible organisation what stood in the server's order before the decision was ended, was signed no
 * later than the close time, and was still valid then. Of a hidden round, what was sealed so and opened before it was closed.
 */
export function answersOf(decision: Decision, { lines }: Said): Answers {
	const { terms } = decision;
	const about = lines.get(terms.version);
	const answers = new Map<OrganisationId, Entry>();
	for (const organisation of terms.eligible) {
		const said = terms.hidden ? openedOf(decision, organisation) : saidBy(about?.get(organisation), endOf(decision), terms.closes);
		if (said?.stance && said.stance.validUntil >= terms.closes) answers.set(organisation, said);
	}
	return answers;
}

const endOf = ({ ended }: Decision): number => ended?.position ?? Infinity;

/** The answer that an organisation sealed in time, opened or not. */
export const sealedOf = (decision: Decision, organisation: OrganisationId): Entry | null =>
	saidBy(decision.seals.get(organisation), endOf(decision), decision.terms.closes);

function openedOf(decision: Decision, organisation: OrganisationId): Entry | null {
	const sealed = sealedOf(decision, organisation);
	return (sealed && decision.opened.get(sealed.id)) ?? null;
}

/** Organisations whose sealed answer nobody has opened: none of them counts as an answer. */
export const unopenedOf = (decision: Decision): readonly OrganisationId[] =>
	decision.terms.eligible.filter((organisation) => sealedOf(decision, organisation) && !openedOf(decision, organisation));

/** Who may still be reminded: eligible, and without an answer so far. A sealed answer is one. */
export function unansweredIn(decision: Decision, said: Said): readonly OrganisationId[] {
	const answers = answersOf(decision, said);
	return decision.terms.eligible.filter((organisation) => !answers.has(organisation) && !sealedOf(decision, organisation));
}

/** Something that was said to a decision and does not count. */
export interface Missed extends Done {
	readonly organisation: OrganisationId;
	/** `after-the-close-time`: so says its author's own clock. `after-the-end`: signed in time, and the server has it behind the end. */
	readonly why: 'after-the-close-time' | 'after-the-end';
}

/** What eligible organisations said too late for a decision, to be shown as that, in the server's order. */
export function missedIn(decision: Decision, { lines, refused }: Pick<Register, 'lines' | 'refused'>): readonly Missed[] {
	const { eligible, hidden, version } = decision.terms;
	const from = hidden ? decision.seals : lines.get(version);
	const stood = eligible
		.flatMap((organisation) => from?.get(organisation)?.entries ?? [])
		.flatMap((entry) => (entry.stood && entry.kind !== 'withdrawal' ? [{ ...entry, ...entry.stood }] : []));
	const notSealed = refused.filter(({ type, decision: about }) => type === 'stance.seal' && about === decision.id);
	return [...stood, ...notSealed]
		.flatMap(({ id, by, time, position, organisation }): Missed[] => {
			const why = organisation && eligible.includes(organisation) ? lateness(decision, time, position) : null;
			return organisation && why ? [{ id, by, time, position, organisation, why }] : [];
		})
		.toSorted((a, b) => a.position - b.position);
}

/** What is late by its clock and behind the end besides is no late answer, but what the organisation says since. */
function lateness(decision: Decision, time: number, position: number): Missed['why'] | null {
	const [isLate, isBehind] = [time > decision.terms.closes, position > endOf(decision)];
	if (isLate === isBehind) return null;
	return isLate ? 'after-the-close-time' : 'after-the-end';
}

/** Answers as values, for what is counted. */
export const valuesOf = (answers: Answers) =>
	new Map([...answers].flatMap(([organisation, { stance }]) => (stance ? [[organisation, stance.value]] : [])));

/** The decision that was opened last, while it is not closed. */
export function runningDecision<One extends Decision>(decisions: readonly One[]): One | null {
	const last = decisions.at(-1);
	return last && !last.closed ? last : null;
}

/** A decision of an issue. */
export const decisionIn = <One extends Decision>(decisions: readonly One[], id: Hash): One | null =>
	decisions.find((decision) => decision.id === id) ?? null;
