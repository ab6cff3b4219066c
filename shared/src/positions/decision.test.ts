import { describe, expect, test } from 'vitest';
import { CLOSES, Council, fatima, hash, NOON, org, paragraph, REASON, standing, terms } from '../testing/council.ts';
import { missedIn, unansweredIn } from './answers.ts';
import { countOf, doubtsOf, isEligible, phaseOf, signOffOf } from './decision.ts';
import type { Decision } from './register-types.ts';

const DAY = 24 * 60 * 60;
const HOUR = 60 * 60;
const ALL = ['sham', 'furat', 'zaytun', 'qalam'];
const END = { at: DAY };

class Deciding extends Council {
	constructor(more: object = {}, who = standing()) {
		super(who);
		this.begins();
		this.says(fatima, 'decision.open', terms(ALL, more), 'd1');
	}

	ends(at = DAY): this {
		this.says(fatima, 'decision.end', { decision: hash('d1') }, 'end', { at });
		return this;
	}

	get decision(): Decision {
		return this.register.decisions[0] as Decision;
	}

	get counted(): string {
		const count = countOf(this.decision, this.register);
		return count
			? `${count.result} ${count.tally.support}+${count.tally.reserved} for, ${count.tally.objection + count.tally.block} against`
			: 'hidden';
	}
}

const closing = (more: object = {}) => ({
	decision: hash('d1'),
	result: 'passed',
	outcome: { ar: 'اعتُمد النص', en: '' },
	reasons: 'لا اعتراض',
	review: 20_800,
	...more,
});

describe('opening a decision', () => {
	const refusals: readonly [string, object, object | string | null][] = [
		['as it should be', {}, null],
		['with a quorum of 0', { quorum: 0 }, { rule: 'quorum-is-possible' }],
		['with a quorum of 101 percent', { quorum: 101 }, { rule: 'quorum-is-possible' }],
		['with a threshold of 0', { model: { kind: 'majority', threshold: 0 } }, 'malformed'],
		['with a threshold of 101', { model: { kind: 'majority', threshold: 101 } }, 'malformed'],
		['with consensus minus 3', { model: { kind: 'consensus-minus', k: 3 } }, 'malformed'],
		['that closes before it opens', { closes: NOON - 1 }, { rule: 'close-time-is-bounded' }],
		['that runs for a year', { closes: NOON + 365 * DAY }, { rule: 'close-time-is-bounded' }],
		['hidden, with an hour to open answers', { hidden: { opening: HOUR } }, { rule: 'close-time-is-bounded' }],
		['hidden, with a day to open answers', { hidden: { opening: DAY } }, null],
		['for an organisation twice', { eligible: [org('sham'), org('sham')] }, { rule: 'eligible-organisations-are-there' }],
		['for an organisation that is not there', { eligible: [org('sham'), org('nobody')] }, { rule: 'eligible-organisations-are-there' }],
		['for nobody', { eligible: [] }, 'malformed'],
		['about another version', { version: hash('v0') }, { rule: 'decision-is-about-the-newest-version' }],
		[
			'with a constituency that nobody declared',
			{ constituencies: [{ name: 'الداخل', of: [0] }] },
			{ rule: 'constituencies-are-those-declared' },
		],
	];

	test.each(refusals)('%s', (_, more, expected) => {
		const room = new Council().begins();
		expect(room.refusal(fatima, 'decision.open', terms(ALL, more))).toEqual(expected);
		room.says(fatima, 'decision.open', terms(ALL, more), 'd1');
		expect(room.register.decisions.length).toBe(expected ? 0 : 1);
	});

	test('is for facilitators, and one at a time', () => {
		expect(new Council().begins().refusal('sham.rima', 'decision.open', terms(ALL))).toEqual({ rule: 'facilitators-decide' });
		expect(new Deciding().refusal(fatima, 'decision.open', terms(ALL))).toEqual({ rule: 'one-decision-at-a-time' });
	});

	test('holds the constituencies that organisations declare: none is left out, and none put elsewhere', () => {
		const who = standing({ الداخل: ['sham', 'furat'], الشتات: ['zaytun'] });
		const refusal = (constituencies: object) => new Council(who).begins().refusal(fatima, 'decision.open', terms(ALL, { constituencies }));
		const honest = [
			{ name: 'الشتات', of: [2] },
			{ name: 'الداخل', of: [1, 0] },
		];
		expect(refusal(honest)).toBeNull();
		for (const forged of [
			[],
			honest.slice(1),
			[
				{ name: 'الشتات', of: [2, 1] },
				{ name: 'الداخل', of: [0] },
			],
			[...honest, { name: 'غير ذلك', of: [3] }],
		])
			expect(refusal(forged)).toEqual({ rule: 'constituencies-are-those-declared' });
	});

	test('fixes the text, until it is closed', () => {
		const room = new Deciding();
		const next = { after: hash('v1'), paragraphs: [paragraph('one', 'غيره')], reason: 'تعديل', frozen: null, takes: [] };
		expect(room.refusal(fatima, 'position.propose', next)).toEqual({ rule: 'text-stands-while-it-is-decided' });
		for (const organisation of ALL) room.takes(`${organisation}.rima`);
		room.ends().says(fatima, 'decision.close', closing(), 'close', END);
		expect(room.refusal(fatima, 'position.propose', next)).toBeNull();
	});
});

describe('while a decision runs', () => {
	test('what was said before the opening counts, and each organisation once', () => {
		const room = new Council().begins();
		const first = room.takes('sham.rima', { value: 'objection', reason: REASON });
		room.says(fatima, 'decision.open', terms(ALL), 'd1');
		room.takes('furat.ali');
		room.takes('sham.omar', { after: first });
		const count = countOf(room.register.decisions[0] as Decision, room.register);
		expect(count?.quorum).toEqual({ answered: 2, of: 4, needed: 2, met: true });
		expect(count?.tally).toMatchObject({ support: 2, objection: 0, silent: 2 });
	});

	test('who joins later is not eligible, and not counted', () => {
		const room = new Deciding();
		room.takes('newcomer.rami');
		expect([isEligible(room.decision, org('newcomer')), countOf(room.decision, room.register)?.tally.support]).toEqual([false, 0]);
	});

	test('only those are reminded who have not answered', () => {
		const room = new Deciding({}, standing({}, ['furat']));
		room.takes('sham.rima');
		room.takes('furat.ali');
		expect(unansweredIn(room.decision, room.register)).toEqual([org('furat'), org('zaytun'), org('qalam')]);
	});

	test('what two persons have to say counts when the second has', () => {
		const room = new Deciding({}, standing({}, ['sham']));
		const said = room.takes('sham.rima');
		expect(countOf(room.decision, room.register)?.tally.support).toBe(0);
		room.says('sham.omar', 'stance.second', { said }, 'yes');
		expect(countOf(room.decision, room.register)?.tally.support).toBe(1);
	});

	test('a stance whose time is over by the close time leaves the tally', () => {
		const room = new Deciding();
		room.takes('sham.rima', { validUntil: CLOSES - 1 });
		room.takes('furat.ali', { validUntil: CLOSES });
		expect(countOf(room.decision, room.register)?.tally).toMatchObject({ support: 1, silent: 3 });
	});
});

describe('when a decision ends', () => {
	test('it is by a facilitator, and not before its time', () => {
		const room = new Deciding();
		const refusal = (by: string, at: number) => room.refusal(by, 'decision.end', { decision: hash('d1') }, { at });
		expect(refusal(fatima, DAY - 1)).toEqual({ rule: 'close-time-has-come' });
		expect(refusal('sham.rima', DAY)).toEqual({ rule: 'facilitators-decide' });
		expect(refusal(fatima, DAY)).toBeNull();
		expect(room.ends().refusal(fatima, 'decision.end', { decision: hash('d1') }, END)).toEqual({ rule: 'decision-is-running' });
	});

	test('what the author’s own clock has later does not count, and what the same organisation said in time does', () => {
		const room = new Deciding();
		const first = room.takes('sham.rima', {}, 'first', { at: DAY });
		room.takes('sham.rima', { after: first, value: 'objection', reason: REASON }, 'late', { at: DAY + 1 });
		expect(room.counted).toBe('no-decision 1+0 for, 0 against');
		expect(missedIn(room.decision, room.register).map(({ id, why }) => [id, why])).toEqual([[hash('late'), 'after-the-close-time']]);
	});

	test('what the server has behind the end does not count, whatever clock its author has, and everybody sees that', () => {
		const room = new Deciding().ends();
		room.takes('sham.rima', {}, 'backdated', { at: 1 });
		room.takes('furat.ali', {}, 'since', { at: DAY + 1 });
		expect(room.counted).toBe('no-decision 0+0 for, 0 against');
		expect(missedIn(room.decision, room.register).map(({ id, why }) => [id, why])).toEqual([[hash('backdated'), 'after-the-end']]);
		expect(doubtsOf(room.decision, room.register, CLOSES)).toEqual({ isEarlyHere: false, overtaken: [org('sham')], unopened: [] });
	});

	test('a second person who comes behind the end comes too late', () => {
		const room = new Deciding({}, standing({}, ['sham']));
		const said = room.takes('sham.rima');
		room.ends().says('sham.omar', 'stance.second', { said }, 'yes');
		expect(countOf(room.decision, room.register)?.tally.support).toBe(0);
	});

	test('an end that comes early by a clock that lies is told by everybody’s own', () => {
		const room = new Deciding().ends();
		expect(doubtsOf(room.decision, room.register, CLOSES - HOUR).isEarlyHere).toBe(true);
	});

	test('what is taken back after the end stays counted', () => {
		const room = new Deciding();
		const said = room.takes('sham.rima');
		room.ends().says('sham.rima', 'stance.withdraw', { said, reason: null }, 'back', { at: 2 * DAY });
		expect(countOf(room.decision, room.register)?.tally.support).toBe(1);
	});
});

describe('closing a decision', () => {
	const ended = () => {
		const room = new Deciding();
		for (const organisation of ALL) room.takes(`${organisation}.rima`);
		return room.ends();
	};

	test.each<[string, object, object | string | null]>([
		['with its outcome', {}, null],
		['with an English outcome alone', { outcome: { ar: '', en: 'Adopted' } }, null],
		['without an outcome', { outcome: { ar: ' ', en: '' } }, { rule: 'outcome-has-a-text' }],
		['without reasons', { reasons: ' ' }, 'malformed'],
		['with a review that is over', { review: 20_726 }, { rule: 'review-is-not-in-the-past' }],
		['with another result than was counted', { result: 'not-passed' }, { rule: 'result-is-what-was-counted' }],
		['that is none', { decision: hash('d2') }, { rule: 'decision-is-there' }],
	])('%s', (_, more, expected) => {
		const room = ended();
		expect(room.refusal(fatima, 'decision.close', closing(more), END)).toEqual(expected);
		room.says(fatima, 'decision.close', closing(more), 'close', END);
		expect(room.decision.closed !== null).toBe(expected === null);
	});

	test('comes after the end, once, and by a facilitator', () => {
		const room = new Deciding();
		expect(room.refusal(fatima, 'decision.close', closing({ result: 'no-decision' }))).toEqual({ rule: 'decision-has-ended' });
		const done = ended();
		expect(done.refusal('sham.rima', 'decision.close', closing(), END)).toEqual({ rule: 'facilitators-decide' });
		done.says(fatima, 'decision.close', closing(), 'close', END);
		expect(done.refusal(fatima, 'decision.close', closing(), END)).toEqual({ rule: 'decision-is-closed-once' });
		expect(['open', 'due', 'ended', 'closed']).toEqual([
			phaseOf(room.decision, NOON),
			phaseOf(room.decision, CLOSES),
			phaseOf(ended().decision, CLOSES),
			phaseOf(done.decision, CLOSES),
		]);
	});

	test('without a quorum says that there is no decision, and cannot say that it was rejected', () => {
		const room = new Deciding();
		room.takes('sham.rima', { value: 'objection', reason: REASON });
		room.ends();
		expect(room.refusal(fatima, 'decision.close', closing({ result: 'not-passed' }), END)).toEqual({ rule: 'result-is-what-was-counted' });
		expect(room.refusal(fatima, 'decision.close', closing({ result: 'no-decision' }), END)).toBeNull();
	});

	test('is where the host lends its name, or does not: later, and in no tally', () => {
		const room = ended();
		const before = room.counted;
		const sign = (signs: boolean, reason: string | null = null) => ({ decision: hash('d1'), signs, reason });
		const refusal = (by: string, content: object) => room.refusal(by, 'decision.sign-off', content, END);
		expect(refusal('host.lead', sign(true))).toEqual({ rule: 'decision-has-passed' });
		room.says(fatima, 'decision.close', closing(), 'close', END);
		expect(refusal('sham.rima', sign(true))).toEqual({ rule: 'host-signs-off' });
		expect(refusal('host.member', sign(true))).toEqual({ rule: 'host-signs-off' });
		expect(refusal('host.lead', sign(false, 'لا'))).toEqual({ rule: 'reason-is-given' });
		expect(refusal('host.lead', sign(false, REASON))).toBeNull();
		room.says('host.lead', 'decision.sign-off', sign(true), 'signed', END);
		expect([room.counted, signOffOf(room.decision)?.signs]).toEqual([before, true]);
	});
});

test('where the host asks for two, one person’s word on its name does not hold until another says the same', () => {
	const room = new Deciding({}, standing({}, ['host']));
	for (const organisation of ALL) room.takes(`${organisation}.rima`);
	room.ends().says(fatima, 'decision.close', closing(), 'close', END);
	const signs = (by: string, name: string, yes = true) =>
		room.says(by, 'decision.sign-off', { decision: hash('d1'), signs: yes, reason: yes ? null : REASON }, name, END);
	signs('host.lead', 'one');
	signs('host.lead-new', 'same');
	expect(signOffOf(room.decision)).toBeNull();
	signs('host.deputy', 'two');
	expect(signOffOf(room.decision)?.id).toBe(hash('two'));
	signs('host.lead', 'no', false);
	expect(signOffOf(room.decision)?.signs).toBe(true);
});

test('a stance belongs to a version, not to a decision: what lacked a quorum is decided anew with what was said', () => {
	const room = new Deciding();
	room.takes('sham.rima');
	room.ends().says(fatima, 'decision.close', closing({ result: 'no-decision' }), 'close', END);
	room.says(fatima, 'decision.open', terms(ALL, { quorum: 25, closes: CLOSES + DAY }), 'd2', END);
	expect(countOf(room.register.decisions[1] as Decision, room.register)?.tally.support).toBe(1);
});
