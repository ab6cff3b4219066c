import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes/bytes.ts';
import type { LetterView } from '../client/types.ts';
import { STATEMENT } from '../testing/published.ts';
import { CLOSES, HOUR, nameOf, NOON, ROUND_STREAM, SignOn } from '../testing/sign-on.ts';
import { drawUp } from './drawing-up.ts';
import { isOutdated, waitsOf } from './waits.ts';
import { markOf, withheldWithdrawalFile } from './withheld.ts';
import { withheldIn } from './withheld-letters.ts';

let story: SignOn;
beforeEach(() => {
	story = new SignOn();
	story.opens();
});
const OTHER = { ...STATEMENT, pairs: STATEMENT.pairs.slice(0, 2) };
const statesOf = async (letters: readonly LetterView[]) => (await story.kept(letters)).map(({ state }) => state);
/** What a coordinator's program makes of letters, in whichever order they come. */
async function inAnyOrder(letters: readonly LetterView[]): Promise<string> {
	const states = new Set<string>();
	for (const first of letters.keys()) {
		const turned = [...letters.slice(first), ...letters.slice(0, first)];
		for (const some of [turned, turned.toReversed()]) states.add((await statesOf(some)).join());
	}
	return [...states].join(' or ');
}

describe('a name that is withheld', () => {
	test('counts once two coordinators hold the signature; nobody else learns whose it is', async () => {
		const [one] = await story.kept([await story.letter('families.one')]);
		expect(one).toMatchObject({ said: { organisation: nameOf('families') }, state: 'stands' });
		const { mark } = one!;
		story.does('host.c', 'withheld.keep', { mark }, 'k1');
		expect(story.now.marks).toEqual([{ mark, keepers: ['host.c'], dropped: null }]);
		story.does('host.c', 'withheld.keep', { mark }, 'k2');
		expect(story.lastRefusal()).toBe('mark-is-kept-once');
		story.does('women.one', 'withheld.keep', { mark }, 'k3');
		expect(story.lastRefusal()).toBe('withheld-is-kept-by-coordinators');
		story.does('women.c', 'withheld.keep', { mark }, 'k4');
		expect(story.now.marks[0]?.keepers).toEqual(['host.c', 'women.c']);
		story.does('media.c', 'withheld.keep', { mark }, 'k5');
		expect(story.lastRefusal()).toBe('mark-is-kept-once');
		const told = JSON.stringify(story.events, (_, value: unknown) => (value instanceof Uint8Array ? toBase64url(value) : value));
		expect(told).not.toContain('Families');
		expect(told).not.toContain(toBase64url(story.keys.get('families')!.publicKey));
	});

	test('is kept by no coordinator twice, by whichever of their accounts, and by none behind the end', async () => {
		const [one] = await story.kept([await story.letter('families.one')]);
		const { mark } = one!;
		story.does('host.c', 'withheld.keep', { mark }, 'k1');
		story.does('host.c-new', 'withheld.keep', { mark }, 'k2', { role: 'coordinator' });
		expect(story.lastRefusal()).toBe('mark-is-kept-once');
		story.ends();
		story.does('women.c', 'withheld.keep', { mark }, 'k3');
		expect(story.lastRefusal()).toBe('round-is-open');
	});

	test('is one, however often the organisation signs', async () => {
		const [first] = await story.kept([await story.letter('families.one')]);
		const [second] = await story.kept([await story.letter('families.two')]);
		expect(second?.mark).toBe(first?.mark);
		expect(await story.kept([await story.letter('families.one'), await story.letter('families.two')])).toHaveLength(1);
		expect((await story.kept([await story.letter('women.one')]))[0]?.mark).not.toBe(first?.mark);
	});

	test('stays one when its organisation signs anew with a new key: the mark of the old one is dropped', async () => {
		const old = await story.letter('families.one');
		await story.renewsKey('families');
		expect(await statesOf([old])).toEqual(['stands']);
		expect((await statesOf([old, await story.letter('families.two', {}, 120)])).toSorted()).toEqual(['stands', 'taken-back']);
	});

	test('waits for a second person where the organisation asks for two', async () => {
		story = new SignOn(['families']);
		story.opens();
		const first = await story.letter('families.one');
		expect(await statesOf([first])).toEqual(['waits-for-second']);
		expect(await statesOf([first, await story.letter('families.one', {}, 90)])).toEqual(['waits-for-second']);
		expect(await statesOf([first, await story.letter('families.one-new', {}, 90)])).toEqual(['waits-for-second']);
		expect(await statesOf([first, await story.letter('families.two', {}, 90)])).toEqual(['stands']);
	});

	test('is none when the letter is of another text, out of time, or signed by another key', async () => {
		const media = await story.keyOf('media.one');
		const other = new SignOn();
		other.opens({}, OTHER);
		const cases: readonly [string, LetterView][] = [
			['another stream', await story.letter('families.one', { stream: 'BBBBBBBBBBBBBBBBBBBBBA' })],
			['another key', await story.letter('families.one', { key: media.publicKey })],
			['no signature', await story.letter('families.one', { signature: new Uint8Array(64) })],
			['no mark', await story.letter('families.one', { mark: new Uint8Array(64) })],
			['something more', await story.letter('families.one', { more: 1 })],
			['another text', await other.letter('families.one')],
			['a second late', await story.letter('families.one', {}, CLOSES - NOON + 1)],
			['days before the call', await story.letter('families.one', {}, -48 * HOUR)],
			['broken', { number: 1, holds: false }],
			['another space', { ...(await story.letter('families.one')), space: 'elsewhere' as never }],
		];
		for (const [what, letter] of cases) expect(await statesOf([letter]), what).toEqual([]);
	});

	test('is said by nobody who does not represent, and stands when its bringer has left since', async () => {
		expect(await statesOf([await story.letter('families.member')])).toEqual(['unclear']);
		const letter = await story.letter('families.one');
		story.gone.add('families.one');
		// It was counted while they represented, and nobody has taken it back.
		expect(await statesOf([letter])).toEqual(['unclear']);
		expect(await statesOf([letter, await story.letter('families.two', {}, 30)])).toEqual(['stands']);
	});

	test('is told by a number from three on only', async () => {
		const marks = ['a', 'b', 'c'].map((name) => markOf(new TextEncoder().encode(name)));
		const told: unknown[] = [];
		for (const [place, mark] of marks.entries()) {
			for (const by of ['host.c', 'women.c']) story.does(by, 'withheld.keep', { mark }, `${by.replace('.', '-')}${place}`);
			await story.keyOf('host.c');
			told.push(drawUp(story.now, story.round, ROUND_STREAM, story.choices()).withheld);
		}
		story.does('women.c', 'withheld.drop', { mark: marks[0] }, 'drop');
		told.push(drawUp(story.now, story.round, ROUND_STREAM, story.choices()).withheld);
		expect(told).toEqual(['some', 'some', 3, 'some']);
	});
});

describe('a withheld signature that is taken back', () => {
	test('counts no longer, in whatever order the two letters come', async () => {
		const letters = [await story.letter('families.one'), await story.takesBack('families.two', 120)];
		expect(await inAnyOrder(letters)).toBe('taken-back');
		expect(await statesOf([letters[0]!, await story.takesBack('families.one', 60)])).toEqual(['taken-back']);
	});

	test('can be given again, and a replay of what took it back takes nothing more back', async () => {
		const [given, back, again] = [
			await story.letter('families.one'),
			await story.takesBack('families.one', 120),
			await story.letter('families.two', {}, 180),
		];
		expect(await inAnyOrder([given, back, again])).toBe('stands');
		expect(await inAnyOrder([given, back, again, { ...back, number: 9, time: NOON + 900 }])).toBe('stands');
	});

	test('stays when the letter is of another organisation, another round, another space, or of nobody who represents', async () => {
		const given = await story.letter('families.one');
		const back = await story.takesBack('families.one', 120);
		const other = await story.takesBack('women.one', 120);
		const copied = { ...other, content: back.content };
		const otherRound = await story.signed('families.one', withheldWithdrawalFile('BBBBBBBBBBBBBBBBBBBBBA', NOON + 120));
		const elsewhere = await story.takesBack('families.one', 120, otherRound);
		const nothing = await story.takesBack('families.one', 120, await story.signed('families.one', new TextEncoder().encode('{}\n')));
		const forged = await story.takesBack('families.one', 120, { signature: new Uint8Array(64).fill(3) });
		const member = await story.takesBack('families.member', 120);
		const stream = { ...back, content: { ...(back.content as object), stream: 'BBBBBBBBBBBBBBBBBBBBBA' } as never };
		const space = { ...back, space: 'elsewhere' as never };
		const kind = { ...back, kind: 'withheld-signature' };
		for (const [what, letter] of Object.entries({ other, copied, elsewhere, nothing, forged, member, stream, space, kind }))
			expect(await statesOf([given, letter]), what).toEqual(['stands']);
	});

	test('is taken back by whoever represents now, with the new key, when its bringer has left with the old one', async () => {
		const given = await story.letter('families.one');
		story.gone.add('families.one');
		await story.renewsKey('families');
		expect(await statesOf([given, await story.takesBack('families.two', 120)])).toEqual(['taken-back']);
	});

	test('is none once its organisation signs openly, and none when it takes that back', async () => {
		const given = await story.letter('families.one');
		const open = await story.signs('families.two', { at: 90 });
		expect(await statesOf([given])).toEqual(['taken-back']);
		await story.withdraws('families.two', open);
		expect(await statesOf([given])).toEqual(['taken-back']);
		expect(await inAnyOrder([given, await story.letter('families.one', {}, 180)])).toBe('stands');
	});

	test('is none while an open one stands, or when it was signed before that was taken back', async () => {
		const open = await story.signs('families.two', { at: 90 });
		expect(await statesOf([await story.letter('families.one', {}, 180)])).toEqual(['taken-back']);
		await story.withdraws('families.two', open, 'w', 120);
		expect(await statesOf([await story.letter('families.one', {}, 100)])).toEqual(['taken-back']);
		expect(await statesOf([await story.letter('families.one', {}, 121)])).toEqual(['stands']);
	});

	test('is not decided by an open signature that nobody has looked at, or that is false', async () => {
		const given = await story.letter('families.one');
		await story.signs('families.two', { at: 90, changed: { signature: new Uint8Array(64).fill(7) } });
		const { now: statement, round, standing } = story;
		const unseen = await withheldIn([given], { statement, round, stream: ROUND_STREAM, space: 'space' as never, standing });
		expect(unseen.map(({ state }) => state)).toEqual(['unclear']);
		expect(await statesOf([given])).toEqual(['stands']);
	});

	test('is dropped by those who keep it, also behind the end; then it counts no longer and cannot be kept again', async () => {
		const { mark } = (await story.kept([await story.letter('families.one')]))[0]!;
		for (const by of ['host.c', 'women.c']) story.does(by, 'withheld.keep', { mark }, `k-${by.replace('.', '-')}`);
		story.does('media.c', 'withheld.drop', { mark }, 'd0');
		expect(story.lastRefusal()).toBe('mark-is-there');
		story.ends();
		story.does('women.c', 'withheld.drop', { mark }, 'd1', { at: CLOSES - NOON - HOUR });
		expect(story.now.marks).toEqual([{ mark, keepers: ['host.c'], dropped: CLOSES - HOUR }]);
		story.does('women.c', 'withheld.keep', { mark }, 'k9');
		expect(story.lastRefusal()).toBe('round-is-open');
		story.does('host.c', 'withheld.drop', { mark }, 'd2');
		expect(story.now.marks[0]?.keepers).toEqual([]);
	});

	test('after publication makes a new edition due, which counts it no longer', async () => {
		await story.signs('women.one');
		const { mark } = (await story.kept([await story.letter('families.one')]))[0]!;
		for (const by of ['host.c', 'women.c']) story.does(by, 'withheld.keep', { mark }, `k-${by.replace('.', '-')}`);
		story.ends();
		const first = await story.proposes();
		story.does('women.c', 'publication.confirm', { said: first }, 'yes');
		expect(isOutdated(await story.looked())).toBe(false);
		story.does('women.c', 'withheld.drop', { mark }, 'd1');
		expect(isOutdated(await story.looked())).toBe(true);
		const second = await story.proposes('second');
		expect(story.lastRefusal()).toBeNull();
		story.does('women.c', 'publication.confirm', { said: second }, 'yes-again');
		const now = await story.looked();
		expect(now.editions.map(({ list }) => list.withheld)).toEqual(['some', 0]);
		expect(isOutdated(now)).toBe(false);
	});
});

test('whoever knows that the own organisation signed with its name withheld is asked for no signature', async () => {
	const held = { statement: await story.looked(), standing: story.standing, stream: ROUND_STREAM };
	const asked = { account: 'families.one' as never, organisation: 'families' as never, role: 'member' as const };
	expect(waitsOf(held, asked, NOON + 60).map(({ kind }) => kind)).toEqual(['sign']);
	expect(waitsOf(held, { ...asked, withheld: true }, NOON + 60)).toEqual([]);
});
