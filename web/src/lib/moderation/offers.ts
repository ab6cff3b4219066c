import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { SILENCE_DAYS, SLOW_SECONDS, type Act } from '@multaqa/shared/moderation/events';
import type { ModerationRule } from '@multaqa/shared/moderation/rules';
import { m } from '../paraglide/messages.js';

/** What a facilitator may do about a post; closing is an act about the thread that threads know themselves. */
export const DECISIONS = ['reword', 'hide', 'silence', 'slow', 'close', 'dismiss'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What somebody decided, as it was filled in. */
export interface Decided {
	readonly stream: StreamId;
	readonly post: Hash;
	readonly days: number;
	readonly seconds: number;
	readonly reason: string;
}

const isOneOf = <Value extends number>(all: readonly Value[], value: number): value is Value => (all as readonly number[]).includes(value);

/** The act that a decision is; `null` for closing. */
export function actOf(decision: Decision, { stream, post, days, seconds, reason }: Decided): Act | null {
	switch (decision) {
		case 'reword':
			return { type: 'moderation.reword', content: { stream, post, reason } };
		case 'hide':
			return { type: 'moderation.hide', content: { stream, post, reason } };
		case 'dismiss':
			return { type: 'moderation.dismiss', content: { stream, post, reason } };
		case 'silence':
			return { type: 'moderation.silence', content: { stream, post, reason, days: isOneOf(SILENCE_DAYS, days) ? days : 1 } };
		case 'slow':
			return {
				type: 'moderation.slow',
				content: { stream, reason, seconds: isOneOf(SLOW_SECONDS, seconds) ? seconds : 300, because: post },
			};
		case 'close':
			return null;
	}
}

/** Something that could be decided, and the rule that refuses it. */
export interface Offer {
	readonly decision: Decision;
	readonly rule: ModerationRule | null;
}

/** What may be decided about a post, and what may not, with the rule: nobody learns it from a refusal afterwards. */
export function offersAbout(
	{ stream, post }: Pick<Decided, 'stream' | 'post'>,
	among: readonly Decision[],
	refusal: (act: Act) => ModerationRule | null,
): readonly Offer[] {
	return among.map((decision) => {
		const act = actOf(decision, { stream, post, days: 1, seconds: 300, reason: '.' });
		return { decision, rule: act && refusal(act) };
	});
}

const texts: Record<Decision, () => { readonly label: string; readonly hint: string; readonly says: string }> = {
	reword: () => ({ label: m.decide_reword(), hint: m.decide_reword_hint(), says: m.decide_reword_says() }),
	hide: () => ({ label: m.decide_hide(), hint: m.decide_hide_hint(), says: m.decide_hide_says() }),
	silence: () => ({ label: m.decide_silence(), hint: m.decide_silence_hint(), says: m.decide_silence_says() }),
	slow: () => ({ label: m.decide_slow(), hint: m.decide_slow_hint(), says: m.decide_slow_says() }),
	close: () => ({ label: m.thread_close(), hint: m.decide_close_hint(), says: m.decide_close_says() }),
	dismiss: () => ({ label: m.decide_dismiss(), hint: m.decide_dismiss_hint(), says: m.decide_dismiss_says() }),
};

/** What a decision is called, what it does, and what everybody will see of it. */
export const decisionText = (decision: Decision) => texts[decision]();
