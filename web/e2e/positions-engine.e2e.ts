import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import { SETTINGS } from '@multaqa/shared/organisations/settings';
import { countOf } from '@multaqa/shared/positions/decision';
import { commitmentOf } from '@multaqa/shared/positions/sealed';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import { accountOf, decides, joinFor, openIssue, organisationOf, registerSeenBy, says, stance, takes } from './testing/council.ts';
import { sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';

let forum: TestForum;
let alice: Person;
let union: OrganisationId;
let rima: Person;
let stream: StreamId;
let version: Hash;
/** How far the clocks of the server and of Alice are ahead, in milliseconds. */
let ahead: number;
beforeEach(async () => {
	ahead = 0;
	forum = await startForum(() => Date.now() + ahead);
	({ alice } = forum);
	union = await alice.client.addOrganisation('اتحاد النساء');
	rima = await joinFor(forum, union, 'ريما');
	({ stream, version } = await openIssue(forum, alice));
});
afterEach(() => forum.stop());

const linesSeenBy = (person: Person) =>
	(registerSeenBy(person, forum, stream).lines.get(version)?.get(union)?.entries ?? []).map(
		({ stance: said, state }) => `${said?.value}: ${state}`,
	);
const refusedSeenBy = (person: Person) => registerSeenBy(person, forum, stream).refused.map(({ rule }) => rule);
const has = (person: Person, count: number) =>
	until(
		'everything is here',
		() => person.client.events(forum.space.id, stream).filter(({ position }) => position !== Infinity).length === count,
	);

describe('two representatives at once', () => {
	test('leave one stance that stands and one that was overtaken, the same on every device', async () => {
		const omar = await joinFor(forum, union, 'عمر');
		await has(rima, 1);
		await has(omar, 1);
		const say = (who: Person, value: 'support' | 'stand-aside') =>
			who.client.append(forum.space.id, stream, 'stance.take', { ...stance(version, { value }), opens: null } as never, 'organisation');
		await Promise.all([say(rima, 'support'), say(omar, 'stand-aside')]);
		await Promise.all([sent(rima), sent(omar)]);
		for (const who of [alice, rima, omar]) await has(who, 3);
		const seen = linesSeenBy(alice);
		expect(seen.map((line) => line.split(': ')[1])).toEqual(['standing', 'overtaken']);
		expect([linesSeenBy(rima), linesSeenBy(omar)]).toEqual([seen, seen]);
	});
});

describe('whoever does not represent an organisation', () => {
	test('says nothing for it: not as a person, not in its voice, and not by its settings', async () => {
		const mallory = await joinFor(forum, union, 'مالوري', { represents: false });
		await takes(forum, mallory, stream, stance(version, { value: 'stand-aside' }), 'person');
		await has(alice, 2);
		expect([linesSeenBy(alice), refusedSeenBy(alice)]).toEqual([[], ['representatives-speak-for-their-organisation']]);
		const forged = takes(forum, mallory, stream, stance(version), 'organisation');
		await expect(forged).rejects.toMatchObject({ code: 'not-allowed', detail: { rule: 'voice-is-a-representatives' } });
		await says(forum, mallory, forum.space.index, SETTINGS, { two: true, constituencies: ['الشمال'] });
		await says(forum, rima, forum.space.index, SETTINGS, { two: false, constituencies: ['الجنوب'] }, 'organisation');
		await alice.client.refresh(forum.space.id);
		const standing = standingOf(alice.client, forum.space.id);
		expect([standing.asksForTwo(union, null), standing.constituenciesOf(union, null)]).toEqual([false, ['الجنوب']]);
	});

	test('does not unsay what was said while somebody did: a stance outlives the mandate of whoever signed it', async () => {
		await takes(forum, rima, stream, stance(version));
		await has(alice, 2);
		await alice.client.people.removeRepresentative(accountOf(rima));
		await until('Rima knows', () => rima.client.spaces[0]?.may.speakForOrganisation === false);
		expect([linesSeenBy(alice), linesSeenBy(rima)]).toEqual([['support: standing'], ['support: standing']]);
		expect(alice.client.findings).toEqual([]);
	});
});

describe('a hidden round', () => {
	const SALT = 'S'.repeat(42).concat('A') as Hash;

	test('shows nobody what was answered, takes no second answer, and opens only as what was sealed', async () => {
		const hidden = { opening: 3 * 24 * 60 * 60 };
		const decision = await decides(forum, alice, stream, version, { hidden });
		const answer = stance(version, { value: 'objection', reason: 'النص يساوي بين الضحية ومن أوقع بها الأذى' });
		const seal = (said: typeof answer) =>
			says(
				forum,
				rima,
				stream,
				'stance.seal',
				{ decision, commitment: commitmentOf({ decision, organisation: union }, SALT, said) },
				'organisation',
			);
		const sealed = await seal(answer);
		await seal(stance(version));
		const opens = (said: typeof answer) =>
			says(forum, rima, stream, 'stance.take', { ...said, opens: { seal: sealed, salt: SALT } }, 'organisation');
		await opens(answer);
		await takes(forum, rima, stream, answer);
		await has(alice, 6);
		const before = registerSeenBy(alice, forum, stream);
		expect(countOf(before.decisions[0]!, before)).toBeNull();
		expect(refusedSeenBy(alice)).toEqual([
			'sealed-answer-comes-once',
			'sealed-answer-opens-after-the-end',
			'hidden-round-takes-sealed-answers',
		]);

		ahead = 2 * 3_600_000;
		await says(forum, alice, stream, 'decision.end', { decision });
		await opens(stance(version));
		await opens(answer);
		await has(alice, 9);
		const after = registerSeenBy(alice, forum, stream);
		expect(after.refused.at(-1)?.rule).toBe('sealed-answer-fits');
		expect(countOf(after.decisions[0]!, after)?.tally).toMatchObject({
			objection: 1,
			support: 0,
			silent: after.decisions[0]!.terms.eligible.length - 1,
		});
	});
});

test('a decision holds those eligible as they were: whoever comes later is none of them, and nobody adds what is no organisation', async () => {
	await decides(forum, alice, stream, version);
	const late = await joinFor(forum, await alice.client.addOrganisation('منظمة متأخرة'), 'ليلى');
	await takes(forum, late, stream, stance(version));
	await has(alice, 3);
	const register = registerSeenBy(alice, forum, stream);
	const decision = register.decisions[0]!;
	expect(decision.terms.eligible).not.toContain(organisationOf(late));
	expect(countOf(decision, register)?.tally).toMatchObject({ support: 0, silent: decision.terms.eligible.length });
	await decides(forum, alice, stream, version, { eligible: ['nobodyAAAAAAAAAAAAAAAAA'.slice(0, 22)] });
	await has(alice, 4);
	expect(registerSeenBy(alice, forum, stream).decisions).toHaveLength(1);
});
