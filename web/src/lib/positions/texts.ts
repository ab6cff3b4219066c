import type { Mandate, Model, RESERVATION_TYPES, Result, StanceValue, Threshold, VISIBILITIES } from '@multaqa/shared/positions/events';
import type { Why } from '@multaqa/shared/positions/models';
import type { Phase } from '@multaqa/shared/positions/decision';
import type { WaitKind } from '@multaqa/shared/positions/waits';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

type Words<Key extends string> = Record<Key, () => string>;

const values: Words<StanceValue> = {
	support: () => m.stance_support(),
	'support-with-reservations': () => m.stance_reserved(),
	'stand-aside': () => m.stance_aside(),
	objection: () => m.stance_objection(),
	block: () => m.stance_block(),
	'outside-mandate': () => m.stance_outside(),
};

/** What an organisation says; «لا موقف بعد» where it has said nothing. */
export const valueText = (value: StanceValue | null): string => (value === null ? m.stance_none() : values[value]());

const hints: Words<StanceValue> = {
	support: () => m.stance_support_hint(),
	'support-with-reservations': () => m.stance_reserved_hint(),
	'stand-aside': () => m.stance_aside_hint(),
	objection: () => m.stance_objection_hint(),
	block: () => m.stance_block_hint(),
	'outside-mandate': () => m.stance_outside_hint(),
};

/** What it means to say so. */
export const valueHint = (value: StanceValue): string => hints[value]();

export type ReservationType = (typeof RESERVATION_TYPES)[number];
const types: Words<ReservationType> = {
	wording: () => m.stance_type_wording(),
	scope: () => m.stance_type_scope(),
	timing: () => m.stance_type_timing(),
	security: () => m.stance_type_security(),
	mandate: () => m.stance_type_mandate(),
	'language-version': () => m.stance_type_language(),
	attribution: () => m.stance_type_attribution(),
};

/** What a reservation is about. */
export const typeText = (type: ReservationType): string => types[type]();

const mandates: Words<Mandate> = {
	board: () => m.stance_by_board(),
	director: () => m.stance_by_director(),
	delegate: () => m.stance_by_delegate(),
	'member-assembly': () => m.stance_by_assembly(),
};

/** Who in the organisation decided. */
export const mandateText = (by: Mandate): string => mandates[by]();

export type Visibility = (typeof VISIBILITIES)[number];
const visibilities: Words<Visibility> = {
	named: () => m.stance_named(),
	counted: () => m.stance_counted(),
	withheld: () => m.stance_withheld(),
};

/** What is told of it outside of the space. */
export const visibilityText = (visibility: Visibility): string => visibilities[visibility]();

const settlements: Words<'open' | 'accepted' | 'kept'> = {
	open: () => m.stance_reservation_open(),
	accepted: () => m.stance_reservation_accepted(),
	kept: () => m.stance_reservation_kept(),
};

/** What became of a reservation. */
export const settlementText = (as: 'open' | 'accepted' | 'kept'): string => settlements[as]();

const thresholds: Words<Threshold> = {
	'more-than-half': () => m.decision_more_than_half(),
	'60-percent': () => m.decision_sixty(),
	'two-thirds': () => m.decision_two_thirds(),
	'three-quarters': () => m.decision_three_quarters(),
};

/** How much support a majority takes. */
export const thresholdText = (threshold: Threshold): string => thresholds[threshold]();

const kinds: Words<Model['kind']> = {
	consent: () => m.decision_consent(),
	'consensus-minus': () => m.decision_consensus(),
	majority: () => m.decision_majority(),
	'double-majority': () => m.decision_double(),
};

const kindHints: Words<Model['kind']> = {
	consent: () => m.decision_consent_hint(),
	'consensus-minus': () => m.decision_consensus_hint(),
	majority: () => m.decision_majority_hint(),
	'double-majority': () => m.decision_double_hint(),
};

/** How answers are decided upon, by its name alone. */
export const kindText = (kind: Model['kind']): string => kinds[kind]();

/** What that way of deciding means. */
export const kindHint = (kind: Model['kind']): string => kindHints[kind]();

/** How answers are decided upon, with its measure. */
export function modelText(model: Model, format: Format): string {
	if (model.kind === 'consent') return kindText(model.kind);
	if (model.kind === 'consensus-minus') return m.decision_consensus_but({ count: model.k, shown: format.number(model.k) });
	return m.decision_model_with({ model: kindText(model.kind), threshold: thresholdText(model.threshold) });
}

const results: Words<Result> = {
	passed: () => m.decision_passed(),
	'not-passed': () => m.decision_not_passed(),
	'no-decision': () => m.decision_none(),
};

/** What a decision comes to. */
export const resultText = (result: Result): string => results[result]();

const whys: Words<Why> = {
	'quorum-not-reached': () => m.decision_why_quorum(),
	'nobody-for-or-against': () => m.decision_why_nobody(),
	'nobody-opposed': () => m.decision_why_unopposed(),
	'few-enough-opposed': () => m.decision_why_few(),
	opposed: () => m.decision_why_opposed(),
	majority: () => m.decision_why_majority(),
	'no-majority': () => m.decision_why_no_majority(),
	'constituency-without-majority': () => m.decision_why_constituency(),
};

/** Why it comes to that. */
export const whyText = (why: Why): string => whys[why]();

const phases: Words<Phase> = {
	open: () => m.decision_phase_open(),
	due: () => m.decision_phase_due(),
	opening: () => m.decision_phase_opening(),
	ended: () => m.decision_phase_ended(),
	closed: () => m.decision_phase_closed(),
};

/** How far a decision is. */
export const phaseText = (phase: Phase): string => phases[phase]();

const waits: Words<WaitKind> = {
	stance: () => m.position_waits_stance(),
	confirm: () => m.position_waits_confirm(),
	stale: () => m.position_waits_stale(),
	second: () => m.position_waits_second(),
	open: () => m.position_waits_open(),
	'sign-off': () => m.position_waits_sign_off(),
	end: () => m.position_waits_end(),
	close: () => m.position_waits_close(),
	wording: () => m.position_waits_wording(),
};

/** What an issue asks of somebody. */
export const waitText = (kind: WaitKind): string => waits[kind]();
