import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { readAct } from '@multaqa/shared/moderation/events';
import { expect, test } from 'vitest';
import { actOf, DECISIONS, offersAbout } from './offers.ts';

const about = { stream: 'T'.repeat(22) as StreamId, post: 'P'.repeat(43) as Hash };
const filled = { ...about, days: 3, seconds: 900, reason: 'why' };

test('every decision is an act that others read, but for closing, which threads know themselves', () => {
	for (const decision of DECISIONS) {
		const act = actOf(decision, filled);
		if (act) expect(readAct(act.type, act.content)).toEqual(act);
		else expect(decision).toBe('close');
	}
});

test('a silence lasts as long as was chosen, and never as long as nobody may choose', () => {
	const daysOf = (days: number) => (actOf('silence', { ...filled, days }) as { content: { days: number } }).content.days;
	expect([daysOf(30), daysOf(365), daysOf(0)]).toEqual([30, 1, 1]);
});

test('what a rule refuses is told with the rule; the rest is offered', () => {
	const offers = offersAbout(about, DECISIONS, ({ type }) => (type === 'moderation.silence' ? 'nobody-judges-an-own-case' : null));
	expect(offers.filter(({ rule }) => rule !== null)).toEqual([{ decision: 'silence', rule: 'nobody-judges-an-own-case' }]);
	expect(offers).toHaveLength(DECISIONS.length);
});
