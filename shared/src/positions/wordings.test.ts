import { describe, expect, test } from 'vitest';
import { Council, fatima, hash, NOON, org, paragraph, reservation, shortly, stance, standing, terms, wording } from '../testing/council.ts';
import type { AccountId } from '../bytes/ids.ts';
import type { Entry } from './register-types.ts';
import { reservationsOf, wayOf } from './reservations.ts';
import { waitsOf } from './waits.ts';
import { baseOf, seenWords, takesOf, wordingState } from './wordings.ts';

const REFUSED = 'هذه الصياغة تحذف حق الضحايا في المعرفة';
const THREE = [paragraph('one', 'بل هكذا'), paragraph('two'), paragraph('three')];
/** `one` as it is suggested. */
const SO = { ...THREE[0]!, en: 'RATHER SO' };
const asPerson = { voice: 'person' as const };
const council = (...args: ConstructorParameters<typeof Council>) => new Council(...args).begins();
const stateIn = (room: Council, name = 'words') => {
	const one = room.register.wordings.get(hash(name));
	return one && wordingState(one);
};
const decline = (room: Council, by: string, reason: string | null, name: string, speaking = asPerson as object) =>
	room.says(by, 'wording.decline', { wording: hash('words'), reason }, name, speaking);
const reserves = (more: object = {}) => ({
	value: 'support-with-reservations' as const,
	reservations: [{ ...reservation('عامّ جدًا'), ...more }],
});
const stateOf = (room: Council, said: string) =>
	reservationsOf(room.register, [room.register.entries.get(said as never) as Entry]).map(({ state, version }) => [state, version]);

describe('other words for a paragraph', () => {
	test('are suggested by a member, a guest between two organisations, or in an organisation’s voice', () => {
		const room = council();
		room.suggests('sham.member', {}, 'a');
		room.suggests('sham.rima', { for: null }, 'b', { voice: 'organisation' });
		const found = [...room.register.wordings.values()].map(({ by, organisation }) => [by, organisation]);
		expect(found).toEqual([
			['sham.member', null],
			['sham.rima', org('sham')],
		]);
		expect(room.refused).toEqual([]);
	});

	test('bind an organisation that asks for two to nothing while one alone has spoken', () => {
		const room = council(standing({}, ['sham']));
		room.suggests('sham.rima', {}, 'a', { voice: 'organisation' });
		expect([...room.register.wordings.values()].map(({ organisation }) => organisation)).toEqual([null]);
	});

	test.each([
		[
			'by whoever is no representative, in its voice',
			{},
			{ voice: 'organisation' as const },
			'representatives-speak-for-their-organisation',
		],
		['for a version that is not there', { version: hash('v9') }, asPerson, 'version-is-there'],
		['for a paragraph that is not there', { paragraph: 'gone' }, asPerson, 'wording-is-about-a-paragraph'],
		['that are the words it has', { ar: 'one', en: 'ONE' }, asPerson, 'wording-changes-something'],
		['that turn the direction', { ar: 'بل \u202Eهكذا' }, asPerson, 'wording-shows-all-it-holds'],
		['that hide something', { en: 'RATHER\u200B SO' }, asPerson, 'wording-shows-all-it-holds'],
		['with half a character', { en: 'RATHER \uD800' }, asPerson, 'wording-shows-all-it-holds'],
		['for a reservation that nobody has', { for: { stance: hash('nothing'), place: 0 } }, asPerson, 'reservation-is-there'],
	])('are refused %s', (_, more, speaking, rule) => {
		const room = council();
		expect(room.refusal('sham.member', 'wording.suggest', wording(more), speaking)).toEqual({ rule });
		room.suggests('sham.member', more, 'words', speaking);
		expect([room.register.wordings.size, room.refused]).toEqual([0, [rule]]);
	});

	test.each([
		['empty', { ar: '', en: ' ' }],
		['longer than a text', { ar: 'ا'.repeat(60_001) }],
		['without a paragraph', { paragraph: '' }],
	])('are nothing when they are %s', (_, more) => {
		expect(council().refusal('sham.member', 'wording.suggest', wording(more), asPerson)).toBe('malformed');
	});

	test('answer a reservation to that paragraph or to the whole text, and to no other', () => {
		const room = council();
		const said = room.takes('sham.rima', {
			value: 'support-with-reservations',
			reservations: [reservation('x', 'two_'), reservation('y', null)],
		});
		const refusal = (place: number) => room.refusal('furat.ali', 'wording.suggest', wording({ for: { stance: said, place } }), asPerson);
		expect([refusal(0), refusal(1), refusal(2)]).toEqual([
			{ rule: 'wording-belongs-to-the-reservation' },
			null,
			{ rule: 'reservation-is-there' },
		]);
	});

	test('may come from who knew the version before, and then tell that the paragraph has changed since', () => {
		const room = council();
		room.changes('v1', 'v2', [paragraph('one', 'غيرها'), paragraph('two'), paragraph('three')]);
		room.suggests('sham.member');
		const one = room.register.wordings.get(hash('words'))!;
		expect(baseOf(room.register, one)).toMatchObject({ before: { ar: 'one' }, now: { ar: 'غيرها' }, hasMoved: true });
		room.changes('v2', 'v3', [paragraph('two')]);
		expect(baseOf(room.register, one)).toMatchObject({ now: null, hasMoved: true });
	});

	test('are none of somebody who was silenced, and whoever takes them takes nothing', () => {
		const room = council();
		const words = room.suggests('sham.member');
		const silenced = room.events.map(
			(event) => (event.id === words ? { ...event, moderated: { barred: 'silenced', measures: [] } } : event) as never,
		);
		room.events.splice(0, Infinity, ...silenced);
		room.changes('v1', 'v2', [SO, ...THREE.slice(1)], fatima, 'سبب', [words]);
		expect([room.register.wordings.size, room.refused]).toEqual([0, ['wording-is-there']]);
	});

	test('are not said in an organisation’s voice while its answer is sealed', () => {
		const room = council();
		room.says(fatima, 'decision.open', terms(['sham'], { hidden: { opening: 86_400 } }), 'd1');
		const refusal = (voice: 'person' | 'organisation') => room.refusal('sham.rima', 'wording.suggest', wording(), { voice });
		expect([refusal('organisation'), refusal('person')]).toEqual([{ rule: 'hidden-round-takes-sealed-answers' }, null]);
	});
});

describe('a version', () => {
	test('that has suggested words takes them, and the reservation that they answer is accepted with it', () => {
		const room = council();
		const said = room.takes('sham.rima', reserves());
		const words = room.suggests('furat.ali', { for: { stance: said, place: 0 } });
		expect(takesOf(room.register, THREE)).toEqual([]);
		const text = [SO, ...THREE.slice(1)];
		expect(takesOf(room.register, text)).toEqual([words]);
		room.changes('v1', 'v2', text, fatima, 'سبب', [words]);
		expect([stateIn(room), stateOf(room, said)]).toEqual(['accepted', [['accepted', hash('v2')]]]);
		expect(wayOf(room.register, { stance: said, place: 0 }).map(shortly)).toEqual([
			'said by sham.rima',
			'suggested by furat.ali',
			`taken into 2 by ${fatima}`,
		]);
		expect(takesOf(room.register, text)).toEqual([]);
	});

	test('takes the words that a reservation names itself, and its organisation may keep it all the same', () => {
		const room = council();
		const words = room.suggests('sham.rima', {}, 'words', { voice: 'organisation' });
		const said = room.takes('sham.rima', reserves({ suggestion: words }));
		room.changes('v1', 'v2', [SO, ...THREE.slice(1)], fatima, 'سبب', [words]);
		expect(stateOf(room, said)).toEqual([['accepted', hash('v2')]]);
		room.says('sham.omar', 'reservation.settle', { reservation: { stance: said, place: 0 }, as: 'kept', version: null }, 'keep');
		expect(stateOf(room, said)).toEqual([['kept', null]]);
	});

	test('leaves a reservation kept that its organisation keeps; no facilitator takes it out of what is published', () => {
		const room = council();
		const words = room.suggests('sham.rima', {}, 'words', { voice: 'organisation' });
		const said = room.takes('sham.rima', reserves({ suggestion: words }));
		const settle = (as: string, version: string | null) => ({ reservation: { stance: said, place: 0 }, as, version });
		room.says('sham.omar', 'reservation.settle', settle('kept', null), 'keep');
		room.changes('v1', 'v2', [SO, ...THREE.slice(1)], fatima, 'سبب', [words]);
		expect([stateIn(room), stateOf(room, said)]).toEqual(['accepted', [['kept', null]]]);
		expect(room.refusal(fatima, 'reservation.settle', settle('accepted', hash('v2')))).toEqual({ rule: 'reservation-is-kept' });
		room.says('sham.omar', 'reservation.settle', settle('open', null), 'reopen');
		expect(room.refusal(fatima, 'reservation.settle', settle('accepted', hash('v2')))).toBeNull();
	});

	test('stays kept also where the stance before is settled behind the back of the one that goes on', () => {
		const room = council();
		const first = room.takes('sham.rima', reserves());
		const goesOn = { ...reserves().reservations[0]!, from: { stance: first, place: 0 } };
		const again = room.takes('sham.rima', { after: first, value: 'support-with-reservations', reservations: [goesOn] }, 'again');
		room.says('sham.omar', 'reservation.settle', { reservation: { stance: again, place: 0 }, as: 'kept', version: null }, 'keep');
		room.says(fatima, 'reservation.settle', { reservation: { stance: first, place: 0 }, as: 'accepted', version: hash('v1') }, 'sly');
		expect([stateOf(room, again), stateOf(room, first)]).toEqual([[['kept', null]], [['accepted', hash('v1')]]]);
	});

	test.each([
		['words that are not there', () => [hash('nothing')], 'wording-is-there'],
		['the same words twice', () => [hash('words'), hash('words')], 'wording-is-open'],
	])('does not take %s', (_, takes, rule) => {
		const room = council();
		room.suggests('sham.member');
		room.changes('v1', 'v2', [SO, ...THREE.slice(1)], fatima, 'سبب', takes());
		expect([room.register.versions.length, room.refused]).toEqual([1, [rule]]);
	});

	test('does not say that it takes words which it has in other words, in another paragraph, or in one language alone', () => {
		const room = council();
		const words = room.suggests('sham.member');
		const refusal = (paragraphs: readonly object[]) =>
			room.refusal(fatima, 'position.propose', { after: hash('v1'), paragraphs, reason: 'سبب', frozen: null, takes: [words] });
		const elsewhere = { ...SO, id: 'two_' };
		for (const text of [[{ ...SO, ar: 'بل هكذا تقريبًا' }], [elsewhere, paragraph('one')], [{ ...SO, en: 'ONE' }], [paragraph('two')]])
			expect(refusal(text)).toEqual({ rule: 'wording-stands-in-the-version' });
		expect(refusal([{ ...SO, ar: ' بل  هكذا ' }])).toBeNull();
	});

	test('of two facilitators at once the first stands, and what the second took is taken once', () => {
		const room = council();
		const words = room.suggests('sham.member');
		const text = [SO, ...THREE.slice(1)];
		room.changes('v1', 'v2', text, fatima, 'سبب', [words]);
		room.changes('v1', 'v2x', text, room.opener, 'سبب', [words]);
		room.changes('v2', 'v3', [SO], room.opener, 'سبب', [words]);
		expect([room.register.versions.length, room.refused]).toEqual([2, ['text-has-not-changed-meanwhile', 'wording-is-open']]);
	});
});

describe('suggested words are declined', () => {
	test('with a reason, by whoever may put a text, and not by who only would like to', () => {
		const room = council();
		room.suggests('sham.member');
		const refusal = (by: string, reason: string | null) =>
			room.refusal(
				by,
				'wording.decline',
				{ wording: hash('words'), reason },
				{ voice: 'person', role: by === fatima ? 'facilitator' : 'member' },
			);
		expect(refusal('furat.ali', REFUSED)).toEqual({ rule: 'wording-is-declined-by-whom-it-concerns' });
		expect([refusal(fatima, null), refusal(fatima, 'لا')]).toEqual([{ rule: 'reason-is-given' }, { rule: 'reason-is-given' }]);
		expect([refusal(fatima, REFUSED), refusal(room.opener, REFUSED), refusal('sham.member', null)]).toEqual([null, null, null]);
	});

	test('once: afterwards nothing else becomes of them but that a text has them', () => {
		const room = council();
		const words = room.suggests('sham.member');
		decline(room, fatima, REFUSED, 'no', { role: 'facilitator', voice: 'person' });
		decline(room, 'sham.member', null, 'back');
		expect([stateIn(room), room.refused]).toEqual(['declined', ['wording-is-open']]);
		room.changes('v1', 'v2', [SO, ...THREE.slice(1)], room.opener, 'سبب', [words]);
		expect(stateIn(room)).toBe('accepted');
	});

	test('and taken back by whose they are: whoever wrote them, or another of the organisation in whose voice they are', () => {
		const room = council();
		room.suggests('sham.rima', {}, 'words', { voice: 'organisation' });
		const refusal = (by: string, voice: 'person' | 'organisation') =>
			room.refusal(by, 'wording.decline', { wording: hash('words'), reason: null }, { voice });
		expect(refusal('sham.omar', 'person')).toEqual({ rule: 'wording-is-declined-by-whom-it-concerns' });
		expect(refusal('furat.ali', 'organisation')).toEqual({ rule: 'wording-is-declined-by-whom-it-concerns' });
		expect([refusal('sham.omar', 'organisation'), refusal('sham.rima', 'person')]).toEqual([null, null]);
		decline(room, 'sham.omar', null, 'back', { voice: 'organisation' });
		expect(stateIn(room)).toBe('taken-back');
	});

	test('and a version that has taken them is not unsaid by declining them', () => {
		const room = council();
		const words = room.suggests('sham.member');
		room.changes('v1', 'v2', [SO, ...THREE.slice(1)], fatima, 'سبب', [words]);
		decline(room, 'sham.member', null, 'late');
		expect([stateIn(room), room.refused]).toEqual(['accepted', ['wording-is-open']]);
	});
});

describe('a stance', () => {
	test('names words that are there, for its own paragraph', () => {
		const room = council();
		const words = room.suggests('furat.ali');
		const refusal = (more: object) => room.refusal('sham.rima', 'stance.take', { ...stance(), ...more, opens: null });
		expect(refusal(reserves({ suggestion: hash('nothing') }))).toEqual({ rule: 'wording-is-there', place: 0 });
		expect(refusal(reserves({ suggestion: words, paragraph: 'two_' }))).toEqual({ rule: 'wording-belongs-to-the-reservation', place: 0 });
		expect(refusal(reserves({ suggestion: words }))).toBeNull();
		expect(refusal({ condition: { text: 'إذا صار هكذا', suggestion: hash('nothing') } })).toEqual({ rule: 'wording-is-there' });
		expect(refusal({ condition: { text: 'إذا صار هكذا', suggestion: words } })).toBeNull();
	});
});

test('facilitators are asked about words that wait, while no decision runs', () => {
	const room = council();
	room.suggests('sham.member');
	const asked = { account: fatima as AccountId, organisation: null, role: 'facilitator' as const };
	const waits = () => waitsOf(room.register, asked, room.standing, NOON).map(({ kind }) => kind);
	expect(waits()).toEqual(['wording']);
	room.says(fatima, 'decision.open', terms(['sham']), 'd1');
	expect(waits()).toEqual([]);
});

test('what is not seen is taken out of words before they are suggested, line by line', () => {
	expect(seenWords({ ar: ' بل \u202Eهكذا \n\u200Bثم ', en: '' })).toEqual({ ar: 'بل هكذا\nثم', en: '' });
});
