import { isProblem, type ProblemCode } from '@multaqa/shared/problem';
import { m } from '../paraglide/messages.js';
import type { Format } from './format.ts';

const tampered = () => m.problem_tampered();

const texts: Partial<Record<ProblemCode, () => string>> = {
	'sign-in-failed': () => m.problem_sign_in_failed(),
	'foreign-origin': () => m.problem_foreign_origin(),
	'not-found': () => m.problem_not_found(),
	'invitation-invalid': () => m.problem_invitation_invalid(),
	'setup-closed': () => m.problem_setup_closed(),
	'handle-taken': () => m.problem_handle_taken(),
	'last-way': () => m.problem_last_way(),
	stale: () => m.problem_stale(),
	'rejected-link': () => m.problem_rejected(),
	'storage-full': () => m.problem_storage_full(),
	'storage-unavailable': () => m.problem_storage_unavailable(),
	unauthenticated: () => m.problem_unauthenticated(),
	'device-proof-required': () => m.problem_unauthenticated(),
	offline: () => m.problem_offline(),
	tampered,
	'wrong-key': tampered,
	'weak-key': tampered,
	'unknown-sender': tampered,
	'unknown-version': () => m.problem_unknown_version(),
	'not-allowed': () => m.problem_not_allowed(),
	dirty: () => m.problem_dirty(),
	locked: () => m.problem_locked(),
	'passkey-unsupported': () => m.problem_passkey_unsupported(),
	cancelled: () => m.problem_cancelled(),
	'code-mismatch': () => m.problem_code_mismatch(),
	'device-revoked': () => m.problem_device_revoked(),
	'clock-wrong': () => m.problem_clock_wrong(),
	'name-confusable': () => m.problem_name_confusable(),
	'too-large': () => m.problem_too_large(),
	'text-empty': () => m.problem_text_empty(),
};

/** Rules that a person can run into with open eyes, and what to do about each. */
const rules: Record<string, () => string> = {
	'last-coordinator-stays': () => m.problem_last_coordinator(),
	'nobody-acts-upward': () => m.problem_acts_upward(),
	'another-coordinator-confirms': () => m.problem_another_confirms(),
	'coordinator-state-changes': () => m.problem_done_already(),
	'member-is-there': () => m.problem_done_already(),
	'account-is-there': () => m.problem_done_already(),
	'organisation-exists': () => m.problem_done_already(),
};

/** What happened and what to do, in the reader's language. Nothing else of an error is ever shown. */
export function problemText(error: unknown, format: Format): string {
	if (!isProblem(error)) return m.problem_internal();
	const { code, detail } = error;
	if (code === 'too-many-attempts') {
		const seconds = Math.ceil(detail.retryAfter ?? 60);
		return m.problem_too_many_attempts({ count: seconds, shown: format.number(seconds) });
	}
	if (code === 'text-too-long') {
		return m.problem_text_too_long({ actual: format.number(detail.actual ?? 0), limit: format.number(detail.limit ?? 0) });
	}
	if (code === 'rejected-link' || code === 'not-allowed') {
		const rule = detail.rule === undefined ? undefined : rules[detail.rule];
		if (rule) return rule();
	}
	return texts[code]?.() ?? m.problem_internal();
}
