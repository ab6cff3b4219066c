import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamEvent } from '../client/types.ts';
import { NOON, org, shortly, type Council } from '../testing/council.ts';
import { councilStanding, courseOf, ORGANISATIONS, steps, takes } from '../testing/council-courses.ts';
import { answersOf, unopenedOf } from './answers.ts';
import { countOf, doubtsOf } from './decision.ts';
import { registerOf } from './register.ts';
import type { Register } from './register-types.ts';
import { reservationsOf, wayOf } from './reservations.ts';
import { rowOf } from './rows.ts';
import { standsAs, wordingState } from './wordings.ts';

const YEAR = 365 * 24 * 60 * 60;

const read = (events: readonly StreamEvent[], { opener }: Council): Register => registerOf(events, { standing: councilStanding, opener });

/** Everything a page could show of an issue, as text. */
function shown(register: Register): string {
	const decisions = register.decisions.map((decision) => ({
		...decision,
		seals: [...decision.seals].map(([organisation, { entries }]) => [organisation, entries]),
		opened: [...decision.opened.keys()].toSorted(),
		count: countOf(decision, register),
		doubts: doubtsOf(decision, register, NOON),
	}));
	const rows = register.versions.map((version) => ORGANISATIONS.map((name) => rowOf(register, org(name), version, NOON + YEAR / 2)));
	const reservations = reservationsOf(register, register.entries.values());
	const ways = reservations.map(({ ref, state }) => [state, wayOf(register, ref).map(shortly)]);
	return JSON.stringify([register.versions, [...register.wordings], decisions, rows, ways, register.refused]);
}

const shuffled = (events: readonly StreamEvent[], order: readonly number[]): readonly StreamEvent[] =>
	events
		.map((event, place) => ({ event, at: order[place % order.length] ?? 0 }))
		.toSorted((a, b) => a.at - b.at)
		.map(({ event }) => event);

const order = fc.array(fc.nat(1000), { minLength: 1, maxLength: 45 });

// So long may a crowded machine take.
describe('whatever is tried, honestly or not', { timeout: 60_000 }, () => {
	test('no order in which it arrives, and nothing that arrives twice, changes what is shown', () => {
		const property = fc.property(steps, fc.boolean(), order, (tried, isHidden, arrival) => {
			const room = courseOf(tried, isHidden);
			const expected = shown(read(room.events, room));
			expect(shown(read(shuffled(room.events, arrival), room))).toBe(expected);
			expect(shown(read(shuffled([...room.events, ...room.events], arrival), room))).toBe(expected);
		});
		fc.assert(property, { numRuns: 120 });
	});

	test('what is written elsewhere in the space in between changes nothing', () => {
		const property = fc.property(steps, fc.boolean(), fc.integer({ min: 2, max: 50 }), (tried, isHidden, between) => {
			const room = courseOf(tried, isHidden);
			const apart = room.events.map((event) => ({ ...event, position: event.position * between }));
			expect(countsOf(read(apart, room))).toEqual(countsOf(read(room.events, room)));
		});
		fc.assert(property, { numRuns: 120 });
	});

	test('each organisation counts once, only when it is eligible, and only by what it said to its end', () => {
		const property = fc.property(steps, fc.boolean(), (tried, isHidden) => {
			const room = courseOf(tried, isHidden);
			const register = read(room.events, room);
			for (const decision of register.decisions) {
				const {
					support = 0,
					reserved = 0,
					aside = 0,
					objection = 0,
					block = 0,
					outside = 0,
					silent = 0,
				} = countOf(decision, register)?.tally ?? { silent: 5 };
				expect(support + reserved + aside + objection + block + outside + silent).toBe(ORGANISATIONS.length);
				for (const [organisation, entry] of answersOf(decision, register)) {
					expect([entry.organisation, entry.state === 'overtaken' || entry.state === 'waits-for-second']).toEqual([organisation, false]);
					expect(entry.stood?.position ?? Infinity).toBeLessThan(Infinity);
					if (organisation === org('furat') && !isHidden) expect(entry.second?.by).not.toBe(entry.by);
					expect(entry.by.endsWith('.member')).toBe(false);
				}
				if (isHidden) expect(decision.opened.size).toBeLessThanOrEqual(decision.seals.size);
				expect(unopenedOf(decision).every((organisation) => !answersOf(decision, register).has(organisation))).toBe(true);
			}
			for (const lines of register.lines.values())
				for (const { entries } of lines.values()) expect(entries.filter(({ state }) => state === 'standing').length).toBeLessThanOrEqual(1);
		});
		fc.assert(property, { numRuns: 120 });
	});

	test('words are accepted by the version that has them, and what an organisation keeps nobody else settles', () => {
		const seen = { accepted: 0, kept: 0 };
		const property = fc.property(steps, (tried) => {
			const room = courseOf(tried, false);
			const register = read(room.events, room);
			for (const wording of register.wordings.values()) {
				const { accepted } = wording;
				expect(wordingState(wording) === 'accepted').toBe(register.versions.some(({ takes }) => takes.includes(wording.id)));
				if (accepted) expect(accepted.paragraphs.some((one) => standsAs(wording, one))).toBe(true);
				if (accepted) seen.accepted++;
			}
			for (const { ref, state } of reservationsOf(register, register.entries.values())) {
				const settled = wayOf(register, ref).flatMap((step) =>
					step.kind === 'settled' && step.settlement.as !== 'accepted' ? [step.settlement.as] : [],
				);
				if (settled.at(-1) === 'kept') expect(state).toBe('kept');
				if (state === 'kept') seen.kept++;
			}
		});
		fc.assert(property, { numRuns: 120, seed: 5 });
		expect(Object.values(seen).every((times) => times > 0)).toBe(true);
	});

	test('what was counted when a decision was closed is counted for ever, whatever comes later', () => {
		const property = fc.property(steps, steps, fc.boolean(), (tried, later, isHidden) => {
			const whole = courseOf([...tried, ...later], isHidden);
			const events = whole.events.slice(0, tried.length + 1);
			const before = read(events, whole);
			const after = read(whole.events, whole);
			for (const [place, decision] of before.decisions.entries()) {
				const final = after.decisions[place];
				const isFinal = isHidden ? decision.closed : decision.ended;
				if (isFinal && final) expect(countOf(final, after)).toEqual(countOf(decision, before));
				if (decision.closed) expect(countOf(decision, before)?.result).toBe(decision.closed.result);
			}
		});
		fc.assert(property, { numRuns: 120 });
	});

	test('who speaks first of two organisations changes nothing of what is counted', () => {
		const property = fc.property(takes, order, (taken, arrival) => {
			const decide = { kind: 'decide' as const, organisation: 0, person: 0, value: 0, clock: 0, isHonest: true };
			// Each organisation's own words stay in their order.
			const ranked = taken.map((said, place) => ({ said, at: arrival[said.organisation % arrival.length] ?? 0, place }));
			const other = ranked.toSorted((a, b) => a.at - b.at || a.place - b.place).map(({ said }) => said);
			const [first, second] = [courseOf([decide, ...taken], false), courseOf([decide, ...other], false)];
			expect(countsOf(read(second.events, second))).toEqual(countsOf(read(first.events, first)));
		});
		fc.assert(property, { numRuns: 120 });
	});
});

const countsOf = (register: Register) => register.decisions.map((decision) => countOf(decision, register));
