import { isProblem } from '@multaqa/shared/problem';
import type { PositionRule } from '@multaqa/shared/positions/rule-names';
import { m } from '../paraglide/messages.js';

const rules: Record<PositionRule, () => string> = {
	'issue-is-changed-by-its-opener': () => m.position_rule_issue_opener(),
	'text-is-proposed-by-its-opener': () => m.position_rule_text_opener(),
	'text-has-not-changed-meanwhile': () => m.position_rule_text_meanwhile(),
	'text-stands-while-it-is-decided': () => m.position_rule_text_stands(),
	'new-version-has-a-reason': () => m.position_rule_version_reason(),
	'new-version-changes-something': () => m.position_rule_version_same(),
	'paragraph-comes-once': () => m.position_rule_paragraph_once(),
	'wording-is-about-a-paragraph': () => m.position_rule_wording_paragraph(),
	'wording-shows-all-it-holds': () => m.position_rule_wording_unseen(),
	'wording-changes-something': () => m.position_rule_wording_same(),
	'wording-belongs-to-the-reservation': () => m.position_rule_wording_other(),
	'wording-is-there': () => m.position_rule_wording_there(),
	'wording-is-open': () => m.position_rule_wording_open(),
	'wording-is-declined-by-whom-it-concerns': () => m.position_rule_wording_decliner(),
	'wording-stands-in-the-version': () => m.position_rule_wording_text(),
	'representatives-speak-for-their-organisation': () => m.position_rule_representatives(),
	'stance-is-about-the-newest-version': () => m.position_rule_newest(),
	'reason-is-given': () => m.position_rule_reason(),
	'principle-is-named': () => m.position_rule_principle(),
	'reservations-belong-to-the-stance': () => m.position_rule_reservations(),
	'reservation-is-short': () => m.position_rule_short(),
	'reservation-goes-on': () => m.position_rule_goes_on(),
	'paragraph-is-there': () => m.position_rule_paragraph(),
	'mandate-is-not-in-the-future': () => m.position_rule_mandate(),
	'validity-is-bounded': () => m.position_rule_validity(),
	'confirmed-stance-is-the-same': () => m.position_rule_confirmed(),
	'changed-paragraphs-are-read-again': () => m.position_rule_reread(),
	'organisation-has-not-spoken-meanwhile': () => m.position_rule_meanwhile(),
	'stance-waits-for-a-second': () => m.position_rule_no_wait(),
	'second-is-another-person': () => m.position_rule_second_person(),
	'second-is-of-the-same-organisation': () => m.position_rule_second_organisation(),
	'withdrawn-is-what-stands': () => m.position_rule_withdrawn(),
	'reservation-is-there': () => m.position_rule_reservation_there(),
	'reservation-is-settled-by-whom-it-concerns': () => m.position_rule_settled(),
	'reservation-is-kept': () => m.position_rule_kept(),
	'version-is-there': () => m.position_rule_version_there(),
	'hidden-round-takes-sealed-answers': () => m.position_rule_hidden(),
	'round-is-hidden': () => m.position_rule_not_hidden(),
	'sealed-answer-comes-once': () => m.position_rule_sealed_once(),
	'sealed-answer-opens-after-the-end': () => m.position_rule_sealed_early(),
	'sealed-answer-is-there': () => m.position_rule_sealed_there(),
	'sealed-answer-fits': () => m.position_rule_sealed_fits(),
	'sealed-answers-have-their-time': () => m.position_rule_sealed_time(),
	'facilitators-decide': () => m.position_rule_facilitators(),
	'one-decision-at-a-time': () => m.position_rule_one_decision(),
	'decision-is-about-the-newest-version': () => m.position_rule_decision_newest(),
	'decision-is-there': () => m.position_rule_decision_there(),
	'decision-is-running': () => m.position_rule_running(),
	'close-time-is-bounded': () => m.position_rule_close_bounded(),
	'close-time-has-not-passed': () => m.position_rule_close_passed(),
	'close-time-has-come': () => m.position_rule_close_come(),
	'quorum-is-possible': () => m.position_rule_quorum(),
	'eligible-organisations-are-there': () => m.position_rule_eligible(),
	'constituencies-are-those-declared': () => m.position_rule_constituencies(),
	'organisation-is-eligible': () => m.position_rule_not_eligible(),
	'decision-has-ended': () => m.position_rule_not_ended(),
	'decision-is-closed-once': () => m.position_rule_closed_once(),
	'outcome-has-a-text': () => m.position_rule_outcome(),
	'result-is-what-was-counted': () => m.position_rule_result(),
	'review-is-not-in-the-past': () => m.position_rule_review(),
	'host-signs-off': () => m.position_rule_host(),
	'decision-has-passed': () => m.position_rule_passed(),
};

/** Why something is refused and what would help, in the reader's language. */
export const ruleText = (rule: PositionRule): string => rules[rule]();

/** The rule of ours that a failure names; `null` for failures of another kind. */
export function ruleOf(failure: unknown): PositionRule | null {
	const rule = isProblem(failure) ? failure.detail.rule : undefined;
	return rule !== undefined && Object.hasOwn(rules, rule) ? (rule as PositionRule) : null;
}

/** Said of a failure where one of our rules tells more than the problem. */
export function failureText(failure: unknown): string | undefined {
	const rule = ruleOf(failure);
	return rule === null ? undefined : ruleText(rule);
}
