import { describe, expect, test } from 'vitest';
import { Council, fatima, hash, paragraph, REASON, reservation, stance, standing } from '../testing/council.ts';
import type { Stance } from './events.ts';
import { registerOf } from './register.ts';

const DAY = 24 * 60 * 60;
const council = (...args: ConstructorParameters<typeof Council>) => new Council(...args).begins();
const take = (more: Partial<Stance> = {}) => ({ ...stance(more), opens: null });
const words = (count: number) => Array.from({ length: count }, (_, place) => `كلمة${place}`).join(' ');

describe('an organisation', () => {
	test('has one stance, and what it said before stays to be seen', () => {
		const room = council();
		const first = room.takes('sham.rima');
		room.takes('sham.omar', { value: 'stand-aside', after: first }, 'second');
		expect(room.line('sham')).toEqual(['support: replaced', 'stand-aside: standing']);
	});

	test('of which two representatives speak at once says what came first, and both are shown', () => {
		const room = council();
		room.takes('sham.rima');
		room.takes('sham.omar', { value: 'objection', reason: REASON });
		expect(room.line('sham')).toEqual(['support: standing', 'objection: overtaken']);
		expect(room.refusal('sham.omar', 'stance.take', take())).toEqual({ rule: 'organisation-has-not-spoken-meanwhile' });
	});

	test('takes back what it said, and then has said nothing', () => {
		const room = council();
		const first = room.takes('sham.rima');
		room.says('sham.omar', 'stance.withdraw', { said: first, reason: null }, 'back');
		expect(room.line('sham')).toEqual(['support: replaced', 'withdrawal: standing']);
		expect(room.register.lines.get(hash('v1'))?.values().next().value?.current).toBeNull();
		room.takes('sham.rima', { after: hash('back'), value: 'stand-aside' }, 'again');
		expect(room.line('sham')).toEqual(['support: replaced', 'withdrawal: replaced', 'stand-aside: standing']);
	});

	test('does not take back what another one said, nor what does not stand', () => {
		const room = council();
		const first = room.takes('sham.rima');
		const second = room.takes('sham.rima', { after: first, value: 'stand-aside' }, 'second');
		const refusal = (by: string, said: string) => room.refusal(by, 'stance.withdraw', { said, reason: null });
		expect(refusal('furat.ali', second)).toEqual({ rule: 'withdrawn-is-what-stands' });
		expect(refusal('sham.rima', hash('nothing'))).toEqual({ rule: 'withdrawn-is-what-stands' });
		expect(refusal('sham.rima', first)).toEqual({ rule: 'organisation-has-not-spoken-meanwhile' });
		expect(refusal('sham.omar', second)).toBeNull();
	});
});

describe('whoever speaks for an organisation', () => {
	test.each([
		['a representative in the own voice', 'sham.rima', { voice: 'person' as const }],
		['a member who is no representative', 'sham.member', {}],
		['a facilitator', fatima, { voice: 'organisation' as const }],
	])('is not %s', (_, by, speaking) => {
		const room = council();
		room.takes(by, {}, 'forged', speaking);
		expect(room.register.lines.size).toBe(0);
		expect(room.refused).toEqual(['representatives-speak-for-their-organisation']);
	});

	test('is not who was silenced', () => {
		const room = council();
		room.takes('sham.rima');
		const events = room.events.map((event) => ({ ...event, moderated: { barred: 'silenced', measures: [] } }) as never);
		room.events.splice(0, Infinity, ...events);
		expect(room.register.versions).toEqual([]);
	});
});

describe('a stance is refused', () => {
	const refusals: readonly [string, Partial<Stance>, object | null][] = [
		['an objection without a reason', { value: 'objection' }, { rule: 'reason-is-given' }],
		['an objection with a reason of 19 characters', { value: 'objection', reason: 'ا'.repeat(19) }, { rule: 'reason-is-given' }],
		[
			'an objection with a reason made long by tatweel and blanks',
			{ value: 'objection', reason: `لاـــــــــ${' '.repeat(20)}نقبل` },
			{ rule: 'reason-is-given' },
		],
		['an objection with a reason of 20 characters', { value: 'objection', reason: 'ا'.repeat(20) }, null],
		['a block without a reason', { value: 'block', principle: 'عدم الإضرار' }, { rule: 'reason-is-given' }],
		['a block that names no principle', { value: 'block', reason: REASON }, { rule: 'principle-is-named' }],
		['a block with both', { value: 'block', reason: REASON, principle: 'عدم الإضرار' }, null],
		['support with reservations that has none', { value: 'support-with-reservations' }, { rule: 'reservations-belong-to-the-stance' }],
		['support that has some', { reservations: [reservation('x')] }, { rule: 'reservations-belong-to-the-stance' }],
		['an objection with a reservation', { value: 'objection', reason: REASON, reservations: [reservation('x')] }, null],
		['a reservation of 150 words', { value: 'support-with-reservations', reservations: [reservation(words(150))] }, null],
		[
			'a reservation of 151 words',
			{ value: 'support-with-reservations', reservations: [reservation('x'), reservation(words(151))] },
			{ rule: 'reservation-is-short', place: 1 },
		],
		[
			'a reservation to a paragraph that never was',
			{ value: 'support-with-reservations', reservations: [reservation('x', 'gone')] },
			{ rule: 'paragraph-is-there', place: 0, nearest: 'three' },
		],
		['a decision in the future', { mandate: { by: 'director', day: 20_729 } }, { rule: 'mandate-is-not-in-the-future' }],
		['a decision of today, where it is tomorrow already', { mandate: { by: 'director', day: 20_728 } }, null],
		['validity that is over', { validUntil: 20_727 * DAY }, { rule: 'validity-is-bounded' }],
		['validity for three years', { validUntil: (20_727 + 3 * 365) * DAY }, { rule: 'validity-is-bounded' }],
		['a text that is not there', { version: hash('nothing') }, { rule: 'stance-is-about-the-newest-version' }],
		[
			'a reservation that goes on from nothing',
			{ value: 'support-with-reservations', reservations: [{ ...reservation('x'), from: { stance: hash('nothing'), place: 0 } }] },
			{ rule: 'reservation-goes-on' },
		],
	];

	test.each(refusals)('or not: %s', (_, more, expected) => {
		const room = council();
		expect(room.refusal('sham.rima', 'stance.take', take(more))).toEqual(expected);
		room.takes('sham.rima', more);
		expect(room.line('sham').length).toBe(expected ? 0 : 1);
	});

	test('when it has no value of ours, or «no position yet» is sent as one', () => {
		for (const value of ['no-position-yet', 'yes', 1])
			expect(council().refusal('sham.rima', 'stance.take', { ...take(), value })).toBe('malformed');
	});

	test('to a paragraph that was taken out, with the one next to it', () => {
		const room = council();
		room.changes('v1', 'v2', [paragraph('one'), paragraph('three')]);
		const more = { version: hash('v2'), value: 'support-with-reservations' as const, reservations: [reservation('x', 'two_')] };
		expect(room.refusal('sham.rima', 'stance.take', take(more))).toEqual({ rule: 'paragraph-is-there', place: 0, nearest: 'one_' });
	});
});

describe('where an organisation asks for two', () => {
	const two = () => council(standing({}, ['sham']));

	test('a stance waits for another person, and what stood before stands until then', () => {
		const room = two();
		const first = room.takes('sham.rima');
		expect(room.line('sham')).toEqual(['support: waits-for-second']);
		room.says('sham.omar', 'stance.second', { said: first }, 'yes');
		const next = room.takes('sham.rima', { after: first, value: 'stand-aside' }, 'next');
		expect(room.line('sham')).toEqual(['support: standing', 'stand-aside: waits-for-second']);
		room.says('sham.omar', 'stance.second', { said: next }, 'again');
		expect(room.line('sham')).toEqual(['support: replaced', 'stand-aside: standing']);
	});

	test('the same person is not the second, nor under a new account, nor somebody of another organisation', () => {
		const room = two();
		const said = room.takes('sham.rima');
		const refusal = (by: string) => room.refusal(by, 'stance.second', { said });
		expect(refusal('sham.rima')).toEqual({ rule: 'second-is-another-person' });
		expect(refusal('sham.rima-new')).toEqual({ rule: 'second-is-another-person' });
		expect(refusal('furat.ali')).toEqual({ rule: 'second-is-of-the-same-organisation' });
		expect(refusal('sham.member')).toEqual({ rule: 'representatives-speak-for-their-organisation' });
		room.says('sham.rima', 'stance.second', { said }, 'self');
		expect(room.line('sham')).toEqual(['support: waits-for-second']);
		expect(refusal('sham.omar')).toBeNull();
	});

	test('one person alone does not take back what two have said', () => {
		const room = two();
		const said = room.takes('sham.rima', { value: 'block', reason: REASON, principle: 'عدم الإضرار' });
		room.says('sham.omar', 'stance.second', { said }, 'yes');
		const back = room.says('sham.rima', 'stance.withdraw', { said, reason: null }, 'back');
		expect(room.line('sham')).toEqual(['block: standing', 'withdrawal: waits-for-second']);
		room.says('sham.omar', 'stance.second', { said: back }, 'again');
		expect(room.line('sham')).toEqual(['block: replaced', 'withdrawal: standing']);
	});

	test('nobody seconds what was replaced or overtaken, or stands already', () => {
		const room = two();
		const first = room.takes('sham.rima');
		const overtaken = room.takes('sham.omar', { value: 'stand-aside' });
		const next = room.takes('sham.omar', { after: first, value: 'stand-aside' }, 'next');
		const refusal = (said: string) => room.refusal('sham.hala', 'stance.second', { said });
		expect(refusal(first)).toEqual({ rule: 'stance-waits-for-a-second' });
		expect(refusal(overtaken)).toEqual({ rule: 'stance-waits-for-a-second' });
		expect(refusal(next)).toBeNull();
		room.says('sham.hala', 'stance.second', { said: next }, 'yes');
		expect(refusal(next)).toEqual({ rule: 'stance-waits-for-a-second' });
	});
});

describe('a reservation', () => {
	const reserved = () => {
		const room = council();
		const said = room.takes('sham.rima', { value: 'support-with-reservations', reservations: [reservation('x')] });
		return { room, said };
	};
	const settle = (said: string, as: string, version: string | null = null, place = 0) => ({
		reservation: { stance: said, place },
		as,
		version,
	});

	test('is kept for publication by whose it is, and accepted by who facilitates, into a version that is there', () => {
		const { room, said } = reserved();
		const refusal = (by: string, content: object) => room.refusal(by, 'reservation.settle', content);
		expect(refusal('sham.omar', settle(said, 'kept'))).toBeNull();
		expect(refusal('furat.ali', settle(said, 'kept'))).toEqual({ rule: 'reservation-is-settled-by-whom-it-concerns' });
		expect(refusal(fatima, settle(said, 'kept'))).toEqual({ rule: 'reservation-is-settled-by-whom-it-concerns' });
		expect(refusal(fatima, settle(said, 'accepted', hash('v1')))).toBeNull();
		expect(refusal('sham.rima', settle(said, 'accepted', hash('v1')))).toEqual({ rule: 'reservation-is-settled-by-whom-it-concerns' });
		expect(refusal(fatima, settle(said, 'accepted'))).toEqual({ rule: 'version-is-there' });
		expect(refusal('sham.omar', settle(said, 'kept', null, 1))).toEqual({ rule: 'reservation-is-there' });
	});

	test('tells its whole way, step by step', () => {
		const { room, said } = reserved();
		room.says(fatima, 'reservation.settle', settle(said, 'accepted', hash('v1')), 'in');
		room.says('sham.omar', 'reservation.settle', settle(said, 'open'), 'not');
		room.says('sham.omar', 'reservation.settle', settle(said, 'kept'), 'keep');
		expect(room.register.settlements.get(`${said}/0`)?.map(({ as, by }) => [as, by])).toEqual([
			['accepted', fatima],
			['open', 'sham.omar'],
			['kept', 'sham.omar'],
		]);
	});
});

describe('what waits to be sent', () => {
	test('counts for nobody, and is what the own next word follows', () => {
		const room = council();
		room.writes('sham.rima', 'stance.take', take(), 'mine');
		expect(room.line('sham')).toEqual([]);
		const own = registerOf(room.events, { standing: room.standing, opener: room.opener, withWaiting: true });
		expect(own.lines.get(hash('v1'))?.values().next().value?.head?.id).toBe(hash('mine'));
	});
});
