import { describe, expect, test } from 'vitest';
import type { Hash } from '../bytes/ids.ts';
import { CLOSES, Council, fatima, hash, NOON, org, REASON, standing, stance, terms } from '../testing/council.ts';
import { missedIn, unansweredIn, unopenedOf } from './answers.ts';
import { countOf, doubtsOf, phaseOf } from './decision.ts';
import type { Stance } from './events.ts';
import { todayHere } from './days.ts';
import type { Decision } from './register-types.ts';
import { commitmentOf } from './sealed.ts';
import { refusalBeforeSealing } from './stance-rules.ts';
import type { Actor } from './standing.ts';

const DAY = 24 * 60 * 60;
const OPENING = 3 * DAY;
const SALT = hash('salt');
const AFTER = { at: DAY + 60 };

/** A round of three in which nobody sees what others answer. */
class HiddenRound extends Council {
	constructor(who = standing()) {
		super(who);
		this.begins();
		this.says(fatima, 'decision.open', terms(['sham', 'furat', 'zaytun'], { hidden: { opening: OPENING } }), 'd1');
	}

	ends(): this {
		this.says(fatima, 'decision.end', { decision: hash('d1') }, 'end', { at: DAY });
		return this;
	}

	opens(by: string, answer: Stance, seal: string, name: string, salt: Hash = SALT): Hash {
		return this.says(by, 'stance.take', { ...answer, opens: { seal: hash(seal), salt } }, name, AFTER);
	}

	get decision(): Decision {
		return this.register.decisions[0] as Decision;
	}

	get counted() {
		const { support, objection, silent } = countOf(this.decision, this.register)?.tally ?? {};
		return { support, objection, silent };
	}
}

const objection = stance({ value: 'objection', reason: REASON });
const close = (result: string) => ({
	decision: hash('d1'),
	result,
	outcome: { ar: 'اعتُمد النص', en: '' },
	reasons: 'لا اعتراض',
	review: 20_800,
});

describe('in a hidden round', () => {
	test('nobody can count before the end, and who has answered is all that is known', () => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'sealed');
		expect(countOf(room.decision, room.register)).toBeNull();
		expect(unansweredIn(room.decision, room.register)).toEqual([org('furat'), org('zaytun')]);
		expect(JSON.stringify([...room.register.entries.values()])).not.toContain('support');
	});

	test('an answer counts as it was sealed, once it is opened after the end', () => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'sealed');
		room.seals('furat.ali', objection, hash('grain'), 'other');
		room.ends();
		expect(room.counted).toEqual({ support: 0, objection: 0, silent: 3 });
		room.opens('sham.rima', stance(), 'sealed', 'opened');
		room.opens('furat.ali', objection, 'other', 'also', hash('grain'));
		expect(room.counted).toEqual({ support: 1, objection: 1, silent: 1 });
		expect(room.line('sham')).toEqual(['support: standing']);
	});

	test('a second ballot is refused, and the counts stay as they are', () => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'sealed');
		room.seals('sham.omar', objection, hash('grain'), 'second');
		expect(room.refused).toEqual(['sealed-answer-comes-once']);
		room.ends().opens('sham.omar', objection, 'second', 'cheat', hash('grain'));
		expect(room.refused).toEqual(['sealed-answer-comes-once', 'sealed-answer-is-there']);
		room.opens('sham.rima', stance(), 'sealed', 'opened');
		room.opens('sham.rima', stance({ after: hash('opened') }), 'sealed', 'again');
		expect(room.counted).toEqual({ support: 1, objection: 0, silent: 2 });
		expect(room.refused.at(-1)).toBe('sealed-answer-is-there');
	});

	test('an answer that is opened before the end is not open: it counts no more than before', () => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'sealed');
		room.opens('sham.rima', stance(), 'sealed', 'early');
		expect([room.refused, countOf(room.decision, room.register)]).toEqual([['sealed-answer-opens-after-the-end'], null]);
		room.ends();
		expect(room.counted).toEqual({ support: 0, objection: 0, silent: 3 });
		room.opens('sham.rima', stance(), 'sealed', 'opened');
		expect(room.counted).toEqual({ support: 1, objection: 0, silent: 2 });
	});

	test('nobody speaks openly, nor takes back or seconds what was said openly', () => {
		const room = new Council(standing({}, ['furat'])).begins();
		room.takes('sham.rima');
		room.takes('furat.ali');
		room.says(fatima, 'decision.open', terms(['sham', 'furat'], { hidden: { opening: OPENING } }), 'd1');
		const rule = { rule: 'hidden-round-takes-sealed-answers' };
		expect(room.refusal('sham.rima', 'stance.take', { ...stance({ after: hash('sham-rimax') }), opens: null })).toEqual(rule);
		expect(room.refusal('sham.rima', 'stance.withdraw', { said: hash('sham-rimax'), reason: null })).toEqual(rule);
		expect(room.refusal('furat.omar', 'stance.second', { said: hash('furat-alix') })).toEqual(rule);
	});

	test.each<[string, object, Hash]>([
		['another value', { value: 'stand-aside' }, SALT],
		['another reason', { reason: 'غير ذلك' }, SALT],
		['another visibility', { visibility: 'withheld' }, SALT],
		['another salt', {}, hash('pepper')],
		['a salt that is none', {}, `${'A'.repeat(42)}B` as Hash],
	])('what does not fit is no answer: %s', (_, more, salt) => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'sealed');
		room.ends().opens('sham.rima', stance(more), 'sealed', 'opened', salt);
		expect([room.refused, room.counted.silent]).toEqual([['sealed-answer-fits'], 3]);
		expect(unopenedOf(room.decision)).toEqual([org('sham')]);
	});

	test('a copy of somebody else’s sealed answer opens for nobody', () => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'sealed');
		const commitment = commitmentOf({ decision: hash('d1'), organisation: org('sham') }, SALT, stance());
		room.says('furat.ali', 'stance.seal', { decision: hash('d1'), commitment }, 'copy');
		room.ends().opens('sham.rima', stance(), 'sealed', 'opened');
		room.opens('furat.ali', stance(), 'copy', 'echo');
		expect([room.refused, room.counted.support]).toEqual([['sealed-answer-fits'], 1]);
	});

	test('an answer for one round opens in no other', () => {
		const bound = commitmentOf({ decision: hash('d1'), organisation: org('sham') }, SALT, stance());
		expect(commitmentOf({ decision: hash('d2'), organisation: org('sham') }, SALT, stance())).not.toBe(bound);
	});

	test('who is not eligible, comes after the close time or after the end, or finds no such round, seals nothing', () => {
		const room = new HiddenRound();
		const seal = { decision: hash('d1'), commitment: hash('c') };
		expect(room.refusal('newcomer.rami', 'stance.seal', seal)).toEqual({ rule: 'organisation-is-eligible' });
		expect(room.refusal('sham.rima', 'stance.seal', seal, { at: DAY + 1 })).toEqual({ rule: 'close-time-has-not-passed' });
		expect(room.refusal('sham.rima', 'stance.seal', { ...seal, decision: hash('d2') })).toEqual({ rule: 'decision-is-there' });
		expect(room.refusal('sham.rima', 'stance.seal', seal, { voice: 'person' })).toEqual({
			rule: 'representatives-speak-for-their-organisation',
		});
		expect(room.ends().refusal('sham.rima', 'stance.seal', seal)).toEqual({ rule: 'decision-is-running' });
		const plain = new Council().begins();
		plain.says(fatima, 'decision.open', terms(['sham']), 'd1');
		expect(plain.refusal('sham.rima', 'stance.seal', seal)).toEqual({ rule: 'round-is-hidden' });
	});

	test('what was opened is held to the same rules as what is said openly', () => {
		const room = new HiddenRound();
		const silent = stance({ value: 'objection' });
		room.seals('sham.rima', silent, SALT, 'sealed');
		room.ends().opens('sham.rima', silent, 'sealed', 'opened');
		expect([room.refused, room.counted.objection]).toEqual([['reason-is-given'], 0]);
	});

	test('an answer may be taken back before the end, and another one given; after it none is', () => {
		const room = new HiddenRound();
		const sealed = room.seals('sham.rima', stance(), SALT, 'sealed');
		room.says('sham.omar', 'stance.withdraw', { said: sealed, reason: null }, 'lost');
		const other = room.seals('sham.rima', objection, SALT, 'again');
		room.ends();
		expect(room.refusal('sham.omar', 'stance.withdraw', { said: other, reason: null }, AFTER)).toEqual({ rule: 'decision-is-running' });
		room.opens('sham.rima', objection, 'again', 'opened');
		expect(room.counted).toEqual({ support: 0, objection: 1, silent: 2 });
	});

	test('where an organisation asks for two, both have spoken before the end, or it has not answered', () => {
		const sealing = () => {
			const room = new HiddenRound(standing({}, ['sham']));
			const said = room.seals('sham.rima', stance(), SALT, 'sealed');
			return { room, said };
		};
		const alone = sealing();
		alone.room.ends().opens('sham.rima', stance(), 'sealed', 'opened');
		expect([alone.room.refused, alone.room.counted.support]).toEqual([['sealed-answer-is-there'], 0]);
		expect(alone.room.refusal('sham.omar', 'stance.second', { said: alone.said }, AFTER)).toEqual({ rule: 'decision-is-running' });
		const both = sealing();
		both.room.says('sham.omar', 'stance.second', { said: both.said }, 'yes');
		both.room.ends().opens('sham.omar', stance(), 'sealed', 'opened');
		expect([both.room.line('sham'), both.room.counted.support]).toEqual([['support: standing'], 1]);
	});
});

describe('a hidden round is closed', () => {
	test('when all is open, or had its time, and what was not opened is named', () => {
		const room = new HiddenRound();
		for (const [name, by] of [
			['first', 'sham.rima'],
			['second', 'furat.ali'],
			['third', 'zaytun.hala'],
		] as const)
			room.seals(by, stance(), SALT, name);
		room.ends();
		room.opens('sham.rima', stance(), 'first', 'opened');
		room.opens('furat.ali', stance(), 'second', 'also');
		const refusal = (at: number) => room.refusal(fatima, 'decision.close', close('passed'), { at });
		expect(refusal(DAY + OPENING - 1)).toEqual({ rule: 'sealed-answers-have-their-time' });
		expect(refusal(DAY + OPENING)).toBeNull();
		expect([phaseOf(room.decision, CLOSES), phaseOf(room.decision, CLOSES + OPENING)]).toEqual(['opening', 'ended']);
		expect(doubtsOf(room.decision, room.register, CLOSES).unopened).toEqual([org('zaytun')]);
		room.opens('zaytun.hala', stance(), 'third', 'last');
		expect(refusal(DAY + 61)).toBeNull();
	});

	test('and what is opened later changes nothing any more', () => {
		const room = new HiddenRound();
		room.seals('sham.rima', stance(), SALT, 'first');
		room.seals('furat.ali', stance(), SALT, 'second');
		room.ends().opens('sham.rima', stance(), 'first', 'opened');
		room.says(fatima, 'decision.close', close('no-decision'), 'close', { at: DAY + OPENING });
		room.opens('furat.ali', stance(), 'second', 'late');
		expect([room.counted.support, room.refused]).toEqual([1, ['sealed-answer-opens-after-the-end']]);
	});

	test('what comes too late is not counted, and is told: sealed behind the end, or seconded after the close time', () => {
		const room = new HiddenRound(standing({}, ['sham']));
		const said = room.seals('sham.rima', stance(), SALT, 'sealed');
		room.says('sham.omar', 'stance.second', { said }, 'yes', { at: DAY + 1 });
		room.ends();
		room.seals('furat.ali', stance(), SALT, 'held', { at: 60 });
		room.opens('sham.omar', stance(), 'sealed', 'opened');
		expect(room.counted.support).toBe(0);
		expect(missedIn(room.decision, room.register).map(({ organisation, why }) => [organisation, why])).toEqual([
			[org('sham'), 'after-the-close-time'],
			[org('furat'), 'after-the-end'],
		]);
		expect(doubtsOf(room.decision, room.register, CLOSES).overtaken).toEqual([org('furat')]);
	});
});

test('what was said openly before a hidden round is no answer in it', () => {
	const room = new Council().begins();
	room.takes('sham.rima');
	room.says(fatima, 'decision.open', terms(['sham'], { hidden: { opening: OPENING } }), 'd1');
	room.says(fatima, 'decision.end', { decision: hash('d1') }, 'end', { at: DAY });
	const { register } = room;
	expect(countOf(register.decisions[0] as Decision, register)?.tally).toMatchObject({ support: 0, silent: 1 });
});

test('one of two persons who seals alone does not keep the others from answering', () => {
	const room = new HiddenRound(standing({}, ['sham']));
	room.seals('sham.rima', objection, SALT, 'alone');
	const said = room.seals('sham.omar', stance(), SALT, 'together');
	room.says('sham.hala', 'stance.second', { said }, 'yes');
	room.ends().opens('sham.hala', stance(), 'together', 'opened');
	expect(room.counted).toEqual({ support: 1, objection: 0, silent: 2 });
});

test('an answer that could not be opened later is refused before it is sealed', () => {
	const room = new HiddenRound();
	const actor: Actor = {
		account: 'sham.rima' as never,
		role: 'member',
		voice: 'organisation',
		time: NOON,
		today: todayHere(NOON, 3 * 60 * 60),
		at: null,
	};
	const refusal = (more: Partial<Stance>) =>
		refusalBeforeSealing(stance(more), room.decision, room.version, org('sham'), actor, room.register);
	expect(refusal({})).toBeNull();
	expect(refusal({ value: 'objection' })).toEqual({ rule: 'reason-is-given' });
	expect(refusal({ validUntil: CLOSES + 60 })).toEqual({ rule: 'validity-is-bounded' });
});

/** Computed once by another program, from RFC 8949 and FIPS 180-4. */
const GOLDEN = 'cWhtq1akJs_K34vuxau1CZmWycTxuvtpfqdEV2itbPQ';

test('what binds a sealed answer is the same in every program', () => {
	expect(commitmentOf({ decision: hash('d1'), organisation: org('sham') }, SALT, stance())).toBe(GOLDEN);
	expect(commitmentOf({ decision: hash('d1'), organisation: org('sham') }, SALT, stance({ after: hash('other') }))).toBe(GOLDEN);
});
