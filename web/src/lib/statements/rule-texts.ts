import { isProblem } from '@multaqa/shared/problem';
import type { StatementRule } from '@multaqa/shared/statements/rule-names';
import { m } from '../paraglide/messages.js';

const rules: Record<StatementRule, () => string> = {
	'coordinators-call-for-signatures': () => m.statement_rule_coordinators(),
	'round-is-opened-once': () => m.statement_rule_once(),
	'text-is-whole': () => m.statement_rule_text(),
	'close-time-is-bounded': () => m.statement_rule_close_bounded(),
	'round-is-open': () => m.statement_rule_open(),
	'extension-is-later': () => m.statement_rule_later(),
	'close-time-has-not-passed': () => m.statement_rule_late(),
	'close-time-has-come': () => m.statement_rule_early(),
	'order-is-sealed-before-anybody-signs': () => m.statement_rule_seal_early(),
	'order-was-sealed': () => m.statement_rule_sealed(),
	'sealed-seed-is-opened-after-the-end': () => m.statement_rule_seed_end(),
	'representatives-sign': () => m.statement_rule_representatives(),
	'organisation-signs-once': () => m.statement_rule_signed(),
	'signature-is-of-this-text': () => m.statement_rule_other_text(),
	'organisation-key-signs': () => m.statement_rule_key(),
	'signature-is-there': () => m.statement_rule_signature_there(),
	'second-is-another-person': () => m.statement_rule_second_person(),
	'second-is-of-the-same-organisation': () => m.statement_rule_second_organisation(),
	'organisation-withdraws-itself': () => m.statement_rule_withdraws(),
	'withheld-is-kept-by-coordinators': () => m.statement_rule_coordinators(),
	'mark-is-kept-once': () => m.statement_rule_mark_once(),
	'mark-is-there': () => m.statement_rule_signature_there(),
	'coordinators-publish': () => m.statement_rule_publish(),
	'round-has-ended': () => m.statement_rule_not_ended(),
	'edition-follows': () => m.statement_rule_edition(),
	'edition-is-there': () => m.statement_rule_edition(),
	'another-coordinator-confirms': () => m.statement_rule_confirm(),
};

export const statementRuleText = (rule: StatementRule): string => rules[rule]();

/** Words for what only statements refuse; `null`: a problem like any other. */
export function statementProblemText(error: unknown): string | null {
	if (isProblem(error, 'tampered')) return m.statement_tampered();
	const rule = isProblem(error, 'not-allowed', 'rejected-link') ? error.detail.rule : undefined;
	if (rule === 'every-seed-is-opened') return m.statement_rule_seeds();
	return rule !== undefined && Object.hasOwn(rules, rule) ? rules[rule as StatementRule]() : null;
}
