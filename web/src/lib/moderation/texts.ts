import type { LettersSent } from '@multaqa/shared/client/letter-types';
import type { MeasureKind } from '@multaqa/shared/client/types';
import { SILENCE_DAYS } from '@multaqa/shared/moderation/events';
import type { FlagReason } from '@multaqa/shared/moderation/flags';
import type { ModerationRule } from '@multaqa/shared/moderation/rules';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

const rules: Record<ModerationRule, () => string> = {
	'author-is-not-silenced': () => m.moderation_rule_silenced(),
	'facilitators-moderate': () => m.moderation_rule_facilitators(),
	'measure-is-about-something': () => m.moderation_rule_something(),
	'nobody-acts-upward': () => m.moderation_rule_upward(),
	'nobody-judges-an-own-case': () => m.moderation_rule_own_case(),
	'measure-is-in-force': () => m.moderation_rule_in_force(),
	'post-waits': () => m.moderation_rule_waits(),
	'post-is-not-kept-out': () => m.moderation_rule_kept_out(),
	'appeal-is-of-whom-it-concerns': () => m.moderation_rule_concerned(),
	'appeal-comes-once': () => m.moderation_rule_once(),
	'appeal-is-decided-by-another': () => m.moderation_rule_another(),
	'appeal-is-open': () => m.moderation_rule_open(),
};

/** Why the rules refuse something, in the reader's language. */
export const ruleText = (rule: ModerationRule): string => rules[rule]();

/** The sentence of a rule by its name in a problem; `null` for rules of others. */
export const ruleTextOf = (rule: string | undefined): string | null =>
	rule !== undefined && Object.hasOwn(rules, rule) ? ruleText(rule as ModerationRule) : null;

const reasons: Record<FlagReason, () => string> = {
	incitement: () => m.flag_incitement(),
	harassment: () => m.flag_harassment(),
	'private-data': () => m.flag_private_data(),
	false: () => m.flag_false(),
	'off-topic': () => m.flag_off_topic(),
	other: () => m.flag_other(),
};

/** Why something was reported. */
export const flagText = (reason: FlagReason): string => reasons[reason]();

/** What became of a report. */
export function sentText({ arrived, waits }: LettersSent): string {
	if (waits === null) return m.flag_sent();
	if (waits === 'too-many-attempts') return m.flag_many();
	if (waits === 'box-full') return arrived > 0 ? m.flag_partly() : m.flag_full();
	return m.flag_waits();
}

const kinds: Record<MeasureKind, () => string> = {
	reword: () => m.measure_reword(),
	hide: () => m.measure_hide(),
	'keep-out': () => m.measure_keep_out(),
	silence: () => m.measure_silence(),
	slow: () => m.measure_slow(),
	approval: () => m.measure_approval(),
};

/** What a measure is called. */
export const kindText = (kind: MeasureKind): string => kinds[kind]();

const endings: Record<string, () => string> = {
	'moderation.reword': () => m.measure_reword(),
	'moderation.hide': () => m.measure_hide(),
	'moderation.keep-out': () => m.measure_keep_out(),
	'moderation.silence': () => m.measure_silence(),
	'moderation.slow': () => m.measure_slow(),
	'moderation.discard': () => m.log_discard(),
	'thread.close': () => m.thread_close(),
};

/** What a case ended with. */
export const endingText = (type: string): string => (endings[type] ?? m.decide_dismiss)();

/** «5 دقائق»: how long each waits between two posts. */
export const paceText = (seconds: number, format: Format): string => format.span(seconds);

/** Lengths of a silence to choose from. */
export const dayChoices = (format: Format) =>
	SILENCE_DAYS.map((days) => ({ value: String(days), label: format.span(days * 24 * 60 * 60) }));
