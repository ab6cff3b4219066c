import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { decisionIn } from './answers.ts';
import { actIn, type Act, type ContentOf, type Stance } from './events.ts';
import { inOrder } from './order.ts';
import { emptyLine, overtake, speak, standBy, type WorkingEntry, type WorkingLine } from './lines.ts';
import {
	keyOf,
	type Decision,
	type Done,
	type Outcome,
	type Refused,
	type Register,
	type Settlement,
	type SignOff,
	type Version,
	type Wording,
} from './register-types.ts';
import type { PositionRule } from './rule-names.ts';
import { refusalOf } from './rules.ts';
import type { HeldIssue } from './stance-rules.ts';
import { actorOf, speaksFor, type Standing } from './standing.ts';
import { isOwnWording } from './wording-rules.ts';

interface WorkingDecision extends Decision {
	readonly seals: Map<OrganisationId, WorkingLine>;
	readonly opened: Map<Hash, WorkingEntry>;
	ended: Done | null;
	closed: Outcome | null;
	readonly signOffs: SignOff[];
}

interface Working extends Register {
	readonly versions: Version[];
	readonly wordings: Map<Hash, Wording>;
	readonly lines: Map<Hash, Map<OrganisationId, WorkingLine>>;
	readonly entries: Map<Hash, WorkingEntry>;
	readonly decisions: WorkingDecision[];
	readonly settlements: Map<string, Settlement[]>;
	readonly refused: Refused[];
	broken: number;
}

/** What an issue's stream is read with. */
export interface Reading {
	readonly standing: Standing;
	/** Who opened the issue (`issuesOf`). */
	readonly opener: AccountId | null;
	/**
	 * Take in what waits to be sent, after all that has a place: for whoever is about to say more. What is counted never does, since
	 * the server may yet put something before it.
	 */
	readonly withWaiting?: boolean;
}

/**
 * Reads an issue's stream, in the server's order in whatever order it is handed over, each event once. What somebody had no right to do,
 * or did too late, never happened; `refused` tells of it.
 */
export function registerOf(stream: readonly StreamEvent[], { standing, opener, withWaiting = false }: Reading): Register {
	const state: Working = {
		versions: [],
		wordings: new Map(),
		lines: new Map(),
		entries: new Map(),
		decisions: [],
		settlements: new Map(),
		refused: [],
		broken: 0,
	};
	const held = { register: state, standing, opener };
	for (const event of inOrder(stream)) {
		if (!event.verified) state.broken++;
		else if (withWaiting || event.position !== Infinity) read(state, event, held);
	}
	return state;
}

/** What belongs into the issue's own stream. */
type IssueAct = Exclude<Act, { type: `issue.${string}` }>;
const isOfIndex = (act: Act): act is Exclude<Act, IssueAct> => act.type === 'issue.open' || act.type === 'issue.change';

function read(state: Working, event: VerifiedEvent, held: HeldIssue): void {
	const act = actIn(event);
	if (!act || isOfIndex(act)) return;
	const rule = refusalOf(act, actorOf(event), held)?.rule ?? null;
	const isOvertaken = act.type === 'stance.take' && rule === 'organisation-has-not-spoken-meanwhile';
	if (rule === null || isOvertaken) take(state, event, act, held, isOvertaken);
	else state.refused.push(refusedAs(event, act, rule, held));
}

const doneBy = ({ id, author: by, time, position }: VerifiedEvent): Done => ({ id, by, time, position });

function refusedAs(event: VerifiedEvent, { type, content }: Act, rule: PositionRule, { standing }: HeldIssue): Refused {
	const decision = 'decision' in content ? content.decision : null;
	return { ...doneBy(event), type, rule, decision, organisation: speaksFor(actorOf(event), standing) };
}

function take(state: Working, event: VerifiedEvent, act: IssueAct, held: HeldIssue, isOvertaken: boolean): void {
	const done = doneBy(event);
	switch (act.type) {
		case 'position.propose':
			return takeVersion(state, done, act.content);
		case 'wording.suggest': {
			const organisation = suggestsFor(event, held);
			state.wordings.set(done.id, { ...done, ...act.content, organisation, accepted: null, declined: null });
			return;
		}
		case 'wording.decline': {
			const { wording: id, reason } = act.content;
			const wording = state.wordings.get(id);
			const isTakenBack = wording !== undefined && isOwnWording(wording, actorOf(event), held.standing);
			if (wording) state.wordings.set(id, { ...wording, declined: { ...done, reason, isTakenBack } });
			return;
		}
		case 'stance.take':
			return takeStance(state, event, act.content, held, isOvertaken);
		case 'stance.seal': {
			const { decision, commitment } = act.content;
			return said(state, event, held, { kind: 'seal', about: decision, commitment });
		}
		case 'stance.withdraw': {
			const about = state.entries.get(act.content.said)?.about;
			if (about) said(state, event, held, { kind: 'withdrawal', about, reason: act.content.reason });
			return;
		}
		case 'stance.second': {
			const entry = state.entries.get(act.content.said);
			if (entry) standBy(lineOf(state, entry.about, entry.organisation), entry, done);
			return;
		}
		case 'reservation.settle': {
			const key = keyOf(act.content.reservation);
			const settled = state.settlements.get(key) ?? [];
			settled.push({ ...done, ...act.content });
			state.settlements.set(key, settled);
			return;
		}
		default:
			takeDecision(state, event, act, held);
	}
}

function takeVersion(state: Working, done: Done, content: ContentOf<'position.propose'>): void {
	const { paragraphs, reason, frozen, takes } = content;
	const version: Version = { ...done, number: state.versions.length + 1, paragraphs, reason, frozen, takes };
	state.versions.push(version);
	for (const id of version.takes) {
		const wording = state.wordings.get(id);
		if (wording) state.wordings.set(id, { ...wording, accepted: version });
	}
}

/** One alone of an organisation that asks for two binds it to nothing, not even to words. */
function suggestsFor(event: VerifiedEvent, { standing }: HeldIssue): OrganisationId | null {
	const organisation = speaksFor(actorOf(event), standing);
	return organisation !== null && standing.asksForTwo(organisation, event) ? null : organisation;
}

function takeStance(state: Working, event: VerifiedEvent, content: ContentOf<'stance.take'>, held: HeldIssue, isOvertaken: boolean): void {
	const { opens, ...stance } = content;
	said(state, event, held, { kind: 'stance', about: stance.version, stance, opens: opens?.seal ?? null }, isOvertaken);
	const entry = state.entries.get(event.id);
	if (opens && entry && !isOvertaken) state.decisions.at(-1)?.opened.set(opens.seal, entry);
}

interface Saying {
	readonly kind: WorkingEntry['kind'];
	readonly about: Hash;
	readonly stance?: Stance;
	readonly commitment?: Hash;
	readonly opens?: Hash | null;
	readonly reason?: string | null;
}

function said(state: Working, event: VerifiedEvent, { standing }: HeldIssue, saying: Saying, isOvertaken = false): void {
	const organisation = speaksFor(actorOf(event), standing);
	if (organisation === null) return;
	const nothing = { stance: null, commitment: null, opens: null, reason: null, second: null, stood: null };
	const entry: WorkingEntry = { ...doneBy(event), ...nothing, ...saying, organisation, state: 'waits-for-second' };
	const line = lineOf(state, entry.about, organisation);
	state.entries.set(entry.id, entry);
	if (isOvertaken) return overtake(line, entry);
	// Two have stood by a sealed answer already, and what opens it is that answer.
	speak(line, entry, entry.opens === null && standing.asksForTwo(organisation, event));
}

function lineOf(state: Working, about: Hash, organisation: OrganisationId): WorkingLine {
	const lines = decisionIn(state.decisions, about)?.seals ?? linesOf(state, about);
	const line = lines.get(organisation) ?? emptyLine();
	lines.set(organisation, line);
	return line;
}

function linesOf({ lines }: Working, version: Hash): Map<OrganisationId, WorkingLine> {
	const known = lines.get(version) ?? new Map<OrganisationId, WorkingLine>();
	lines.set(version, known);
	return known;
}

function takeDecision(
	state: Working,
	event: VerifiedEvent,
	act: Extract<Act, { type: `decision.${string}` }>,
	{ standing }: HeldIssue,
): void {
	const done = doneBy(event);
	if (act.type === 'decision.open') {
		const { content: terms } = act;
		state.decisions.push({ ...done, terms, seals: new Map(), opened: new Map(), ended: null, closed: null, signOffs: [] });
		return;
	}
	const decision = decisionIn(state.decisions, act.content.decision);
	if (!decision) return;
	if (act.type === 'decision.end') {
		decision.ended = done;
	} else if (act.type === 'decision.sign-off') {
		const { signs, reason } = act.content;
		const before = decision.signOffs.at(-1);
		const isSecond = before?.signs === signs && standing.personOf(before.by) !== standing.personOf(done.by);
		const organisation = speaksFor(actorOf(event), standing);
		decision.signOffs.push({ ...done, signs, reason, holds: isSecond || !organisation || !standing.asksForTwo(organisation, event) });
	} else {
		const { result, outcome, reasons, review } = act.content;
		decision.closed = { ...done, result, outcome, reasons, review };
	}
}
