import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { runningDecision, sealedOf, unopenedOf } from './answers.ts';
import { isEligible, phaseOf, signOffOf } from './decision.ts';
import type { Decision, Entry, Register } from './register-types.ts';
import { rowOf } from './rows.ts';
import { isFacilitator, type Standing } from './standing.ts';
import { paragraphIn, wordingState } from './wordings.ts';

/**
 * What an issue asks of somebody. Of an organisation: `stance` it has said nothing; `confirm` the text changed since; `stale` its time is
 * over; `second` one of two has spoken; `open` its sealed answer has to be opened; `sign-off` it is the host, and has not said whether it
 * lends its name. Of who facilitates: `end` the close time has come; `close` the outcome is missing; `wording` other words were suggested for the text, and
 * nothing runs on it.
 */
export type WaitKind = 'stance' | 'confirm' | 'stale' | 'second' | 'open' | 'sign-off' | 'end' | 'close' | 'wording';

/** One thing that is asked, and until when: seconds since 1970, `null` without an end. */
export interface Wait {
	readonly kind: WaitKind;
	readonly until: number | null;
}

/** Who is asked. `organisation`: the one they represent; `null` when it is none. */
export interface Asked {
	readonly account: AccountId;
	readonly organisation: OrganisationId | null;
	readonly role: Role;
}

/** What an issue asks of somebody now, what presses most first. Who has answered is asked nothing. `now`: seconds since 1970. */
export function waitsOf(register: Register, asked: Asked, standing: Standing, now: number): readonly Wait[] {
	const { organisation, role } = asked;
	return [
		...(organisation === null ? [] : ofOrganisation(register, organisation, asked, standing, now)),
		...(isFacilitator(role) ? ofFacilitator(register, now) : []),
	];
}

function ofOrganisation(register: Register, organisation: OrganisationId, asked: Asked, standing: Standing, now: number): readonly Wait[] {
	const running = runningDecision(register.decisions);
	if (running?.terms.hidden) return inHiddenRound(running, organisation, asked, standing, now);
	const signs = standing.isHost(organisation) && mayLendItsName(register.decisions.at(-1), asked, standing);
	return [...ofText(register, running, organisation, asked, standing, now), ...(signs ? [{ kind: 'sign-off' as const, until: null }] : [])];
}

/** It has passed, and the host has not said its word, or one of its two persons has and this is another. */
function mayLendItsName(last: Decision | undefined, { account }: Asked, standing: Standing): boolean {
	if (last?.closed?.result !== 'passed' || signOffOf(last)) return false;
	const first = last.signOffs.at(-1);
	return !first || standing.personOf(first.by) !== standing.personOf(account);
}

function inHiddenRound(decision: Decision, organisation: OrganisationId, asked: Asked, standing: Standing, now: number): readonly Wait[] {
	if (!isEligible(decision, organisation)) return [];
	const { closes, hidden } = decision.terms;
	if (decision.ended) {
		const isDue = unopenedOf(decision).includes(organisation) && phaseOf(decision, now) === 'opening';
		return isDue ? [{ kind: 'open', until: closes + (hidden?.opening ?? 0) }] : [];
	}
	if (now >= closes || sealedOf(decision, organisation)) return [];
	return awaiting(decision.seals.get(organisation)?.head, asked, standing, closes) ?? [{ kind: 'stance', until: closes }];
}

/** A second person is asked, and whoever spoke first is not. `null` when nothing waits for one. */
function awaiting(head: Entry | null | undefined, { account }: Asked, standing: Standing, until: number | null): readonly Wait[] | null {
	if (head?.state !== 'waits-for-second') return null;
	return standing.personOf(head.by) === standing.personOf(account) ? [] : [{ kind: 'second', until }];
}

function ofText(
	register: Register,
	running: Decision | null,
	organisation: OrganisationId,
	asked: Asked,
	standing: Standing,
	now: number,
): readonly Wait[] {
	const version = register.versions.at(-1);
	const isDecided = register.decisions.some(({ closed, terms }) => closed && terms.version === version?.id);
	if (!version || isDecided || running?.ended) return [];
	const until = running && isEligible(running, organisation) ? running.terms.closes : null;
	const { state, waiting } = rowOf(register, organisation, version, now);
	const seconding = awaiting(waiting, asked, standing, until);
	if (seconding) return seconding;
	if (state === 'standing') return [];
	const line = register.lines.get(version.id)?.get(organisation);
	// Whoever took a stance back has answered.
	if (state === 'none' && line && line.entries.length > 0) return [];
	const kinds = { none: 'stance', 'needs-confirmation': 'confirm', stale: 'stale' } as const;
	return [{ kind: kinds[state], until }];
}

function ofFacilitator({ decisions, wordings, versions }: Register, now: number): readonly Wait[] {
	const running = runningDecision(decisions);
	if (!running) {
		const isAsked = [...wordings.values()].some(
			(wording) => wordingState(wording) === 'open' && paragraphIn(versions.at(-1), wording.paragraph),
		);
		return isAsked ? [{ kind: 'wording', until: null }] : [];
	}
	const phase = phaseOf(running, now);
	if (phase === 'due') return [{ kind: 'end', until: null }];
	return phase === 'ended' ? [{ kind: 'close', until: null }] : [];
}
