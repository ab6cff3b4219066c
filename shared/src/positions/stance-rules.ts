import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';
import { countWords } from '../un/words.ts';
import { decisionIn, runningDecision, sealedOf } from './answers.ts';
import { mayConfirmAsItWas } from './carry-over.ts';
import { charactersIn } from './characters.ts';
import { days } from './days.ts';
import type { ContentOf, Reservation, Stance } from './events.ts';
import { nearestParagraph } from './paragraphs.ts';
import type { Decision, Register, Version } from './register-types.ts';
import type { PositionRule, Refusal } from './rule-names.ts';
import { stateOf } from './reservations.ts';
import { opens } from './sealed.ts';
import { isFacilitator, speaksFor, type Actor, type Standing } from './standing.ts';
import { mayAnswer } from './wordings.ts';

/** Of a reason for an objection, a block, or a name that the host does not lend. */
export const LEAST_REASON = 20;
/** Words of one reservation, as a word processor counts them. */
export const MOST_RESERVATION_WORDS = 150;
/** How long a stance may be valid, in days; by default it is for twelve months (`aYearAfter`). */
export const MOST_VALID_DAYS = 2 * 366;

/** What acts are held against. */
export interface Held {
	readonly register: Register;
	readonly standing: Standing;
}

/** An issue as acts are held against it. `opener`: who opened it. */
export interface HeldIssue extends Held {
	readonly opener: AccountId | null;
}

/** A refusal that names its rule and nothing else. */
export const broken = (rule: PositionRule): Refusal => ({ rule });

/** Why an organisation's stance is none; that another representative was a moment earlier is told last. */
export function refusalOfStance(content: ContentOf<'stance.take'>, actor: Actor, held: Held): Refusal | null {
	const { register, standing } = held;
	const organisation = speaksFor(actor, standing);
	if (organisation === null) return broken('representatives-speak-for-their-organisation');
	const version = register.versions.at(-1);
	if (version?.id !== content.version) return broken('stance-is-about-the-newest-version');
	return refusalOfRound(content, organisation, register) ?? refusalOfAnswer(content, version, organisation, actor, register);
}

/**
 * Why an answer that is about to be sealed could not be opened: it is held to the same rules then, as late as that may be. Nobody else
 * can tell before, and afterwards it cannot be mended.
 */
export const refusalBeforeSealing = (
	stance: Stance,
	{ terms: { closes, hidden } }: Decision,
	version: Version,
	organisation: OrganisationId,
	actor: Actor,
	register: Register,
): Refusal | null => refusalOfAnswer(stance, version, organisation, { ...actor, time: closes + (hidden?.opening ?? 0) }, register);

/** Why an answer could not stand, whether it is said openly or was sealed first. */
function refusalOfAnswer(stance: Stance, version: Version, organisation: OrganisationId, actor: Actor, register: Register): Refusal | null {
	return (
		refusalOfWords(stance, version, register) ??
		refusalOfTerms(stance, actor) ??
		refusalOfContinuing(stance, organisation, register) ??
		(headOf(register, version.id, organisation) === stance.after ? null : broken('organisation-has-not-spoken-meanwhile'))
	);
}

/** What an organisation said last about a version: what its next stance must name in `after`. */
export const headOf = ({ lines }: Pick<Register, 'lines'>, version: Hash, organisation: OrganisationId): Hash | null =>
	lines.get(version)?.get(organisation)?.head?.id ?? null;

/** A hidden round about the newest version that is not closed: nothing is said openly meanwhile. */
export function hiddenRound({ decisions }: Pick<Register, 'decisions'>): Decision | null {
	const running = runningDecision(decisions);
	return running?.terms.hidden ? running : null;
}

function refusalOfRound(
	{ opens: opened, ...stance }: ContentOf<'stance.take'>,
	organisation: OrganisationId,
	register: Register,
): Refusal | null {
	const round = hiddenRound(register);
	if (!opened) return round ? broken('hidden-round-takes-sealed-answers') : null;
	if (!round?.ended) return broken('sealed-answer-opens-after-the-end');
	const sealed = sealedOf(round, organisation);
	if (sealed?.id !== opened.seal || round.opened.has(sealed.id)) return broken('sealed-answer-is-there');
	const isIt = opens(sealed.commitment, { decision: round.id, organisation }, opened.salt, stance);
	return isIt ? null : broken('sealed-answer-fits');
}

function refusalOfWords(stance: Stance, version: Version, register: Register): Refusal | null {
	const { value, reason, principle, reservations, condition } = stance;
	const isAgainst = value === 'objection' || value === 'block';
	if (isAgainst && charactersIn(reason ?? '') < LEAST_REASON) return broken('reason-is-given');
	if (value === 'block' && principle === null) return broken('principle-is-named');
	const isMissing = value === 'support-with-reservations' && reservations.length === 0;
	const isTooMuch = value === 'support' && reservations.length > 0;
	if (isMissing || isTooMuch) return broken('reservations-belong-to-the-stance');
	for (const [place, reservation] of reservations.entries()) {
		const refusal = refusalOfReservation(reservation, place, version, register);
		if (refusal) return refusal;
	}
	const named = condition?.suggestion ?? null;
	return named === null || register.wordings.has(named) ? null : broken('wording-is-there');
}

function refusalOfReservation(
	{ paragraph, text, suggestion }: Reservation,
	place: number,
	version: Version,
	{ versions, wordings }: Register,
): Refusal | null {
	if (countWords(text) > MOST_RESERVATION_WORDS) return { rule: 'reservation-is-short', place };
	if (paragraph !== null && !version.paragraphs.some(({ id }) => id === paragraph))
		return { rule: 'paragraph-is-there', place, nearest: nearestParagraph(paragraph, version, versions) };
	const wording = suggestion === null ? undefined : wordings.get(suggestion);
	if (suggestion !== null && !wording) return { rule: 'wording-is-there', place };
	return !wording || mayAnswer(wording, paragraph) ? null : { rule: 'wording-belongs-to-the-reservation', place };
}

function refusalOfTerms({ mandate, validUntil }: Stance, { time, today }: Actor): Refusal | null {
	if (mandate.day > today.latest) return broken('mandate-is-not-in-the-future');
	return validUntil > time && validUntil <= time + days(MOST_VALID_DAYS) ? null : broken('validity-is-bounded');
}

/** What goes on from an earlier version: a stance as it was, or a reservation that is still meant. */
function refusalOfContinuing(stance: Stance, organisation: OrganisationId, register: Register): Refusal | null {
	for (const { from } of stance.reservations) {
		const origin = from && register.entries.get(from.stance);
		const isOwn = origin?.organisation === organisation && origin.stance?.reservations[from?.place ?? -1] !== undefined;
		if (from && !isOwn) return broken('reservation-goes-on');
	}
	return stance.confirms === null ? null : mayConfirmAsItWas(stance, organisation, register);
}

/** Why another person cannot stand by what was said. */
export function refusalOfSecond({ said }: ContentOf<'stance.second'>, actor: Actor, { register, standing }: Held): Refusal | null {
	const organisation = speaksFor(actor, standing);
	if (organisation === null) return broken('representatives-speak-for-their-organisation');
	const entry = register.entries.get(said);
	if (entry?.state !== 'waits-for-second') return broken('stance-waits-for-a-second');
	if (entry.organisation !== organisation) return broken('second-is-of-the-same-organisation');
	if (standing.personOf(entry.by) === standing.personOf(actor.account)) return broken('second-is-another-person');
	return refusalOfMoving(entry.about, register);
}

/** Why what an organisation said cannot be taken back by this. */
export function refusalOfWithdrawal({ said }: ContentOf<'stance.withdraw'>, actor: Actor, { register, standing }: Held): Refusal | null {
	const organisation = speaksFor(actor, standing);
	if (organisation === null) return broken('representatives-speak-for-their-organisation');
	const entry = register.entries.get(said);
	if (entry?.organisation !== organisation || entry.kind === 'withdrawal' || entry.state === 'overtaken')
		return broken('withdrawn-is-what-stands');
	const fixed = refusalOfMoving(entry.about, register);
	if (fixed) return fixed;
	const lines = entry.kind === 'seal' ? decisionIn(register.decisions, entry.about)?.seals : register.lines.get(entry.about);
	return lines?.get(organisation)?.head?.id === said ? null : broken('organisation-has-not-spoken-meanwhile');
}

/** While a hidden round runs nothing moves openly about its text, and once it has ended no sealed answer does. */
function refusalOfMoving(about: Hash, register: Register): Refusal | null {
	if (about === hiddenRound(register)?.terms.version) return broken('hidden-round-takes-sealed-answers');
	return decisionIn(register.decisions, about)?.ended ? broken('decision-is-running') : null;
}

/** Why an answer cannot be sealed. */
export function refusalOfSeal({ decision: id }: ContentOf<'stance.seal'>, actor: Actor, { register, standing }: Held): Refusal | null {
	const organisation = speaksFor(actor, standing);
	if (organisation === null) return broken('representatives-speak-for-their-organisation');
	const decision = decisionIn(register.decisions, id);
	if (!decision) return broken('decision-is-there');
	if (!decision.terms.hidden) return broken('round-is-hidden');
	if (decision.ended) return broken('decision-is-running');
	if (actor.time > decision.terms.closes) return broken('close-time-has-not-passed');
	if (!decision.terms.eligible.includes(organisation)) return broken('organisation-is-eligible');
	// What waits for a second person may be put aside: one of them alone must not keep the others from answering.
	return decision.seals.get(organisation)?.current ? broken('sealed-answer-comes-once') : null;
}

/** Why a reservation is not settled by this. */
export function refusalOfSettling(
	{ reservation, as, version }: ContentOf<'reservation.settle'>,
	actor: Actor,
	{ register, standing }: Held,
): Refusal | null {
	const entry = register.entries.get(reservation.stance);
	if (!entry?.stance?.reservations[reservation.place] || entry.state === 'overtaken') return broken('reservation-is-there');
	if (as === 'accepted' && stateOf(register, reservation).as === 'kept') return broken('reservation-is-kept');
	const isTheirs = as === 'accepted' ? isFacilitator(actor.role) : speaksFor(actor, standing) === entry.organisation;
	if (!isTheirs) return broken('reservation-is-settled-by-whom-it-concerns');
	const isThere = register.versions.some(({ id }) => id === version);
	return (as === 'accepted' ? isThere : version === null) ? null : broken('version-is-there');
}
