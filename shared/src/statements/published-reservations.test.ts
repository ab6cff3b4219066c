import { expect, test } from 'vitest';
import type { Register } from '../positions/register-types.ts';
import { reservationsOf, type StandingReservation } from '../positions/reservations.ts';
import { Council, fatima, hash, org, paragraph, reservation } from '../testing/council.ts';
import { streamId } from '../testing/said.ts';
import { publishedWith } from './published-reservations.ts';
import type { Statement } from './statement-types.ts';

const NAME = { ar: 'شبكة المرأة', en: "Women's Network" };
const frozen = (name: string) => ({ stream: streamId('doc'), hash: hash(name) });
const WORDS = { id: 'one_', ar: 'بل هكذا', en: 'RATHER SO' };

/** «sham» keeps one reservation; another was accepted into the second version, which is the frozen text that goes out. */
function told() {
	const room = new Council();
	const first = [paragraph('one'), paragraph('two')];
	room.says(fatima, 'position.propose', { after: null, paragraphs: first, reason: null, frozen: frozen('f1'), takes: [] }, 'v1');
	const reservations = [reservation('متى؟', 'two_'), reservation('عامّ', 'one_')];
	const said = room.takes('sham.rima', { value: 'support-with-reservations', reservations });
	const words = room.suggests('furat.ali', { for: { stance: said, place: 1 } });
	const second = [WORDS, paragraph('two')];
	room.says(
		fatima,
		'position.propose',
		{ after: hash('v1'), paragraphs: second, reason: 'سبب', frozen: frozen('f2'), takes: [words] },
		'v2',
	);
	room.says('sham.omar', 'reservation.settle', { reservation: { stance: said, place: 0 }, as: 'kept', version: null }, 'keep');
	const { register } = room;
	const [kept, accepted] = reservationsOf(register, register.entries.values()) as [StandingReservation, StandingReservation];
	return { register, kept, accepted };
}

/** A statement of one of the frozen texts, with an edition that lists these reservations. */
function statement(
	name: string,
	pairs: readonly object[],
	reservations: readonly object[],
	confirmed: object | null = { by: 'salma', time: 5 },
): Statement {
	const round = { document: { stream: streamId('doc'), number: 1 }, hash: hash(name), text: { pairs } };
	const signatures = [{ organisation: org('sham'), said: { organisation: NAME } }];
	return { round, signatures, editions: [{ list: { reservations }, confirmed }] } as unknown as Statement;
}
const SECOND = [WORDS, { ar: 'two', en: 'TWO' }];
const line = { organisation: NAME, paragraph: 1, type: 'wording', text: 'متى؟' };
const isOut = (one: Statement, register: Register, which: StandingReservation) => publishedWith(one, register, which) !== null;

test('a reservation that is kept is out where the edition tells it, under its organisation’s name, at its paragraph and in its words', () => {
	const { register, kept } = told();
	expect(publishedWith(statement('f2', SECOND, [line]), register, kept)?.confirmed.by).toBe('salma');
	for (const other of [
		{ organisation: { ...NAME, en: 'Others' } },
		{ paragraph: 0 },
		{ paragraph: null },
		{ type: 'scope' },
		{ text: 'متى' },
	])
		expect(isOut(statement('f2', SECOND, [{ ...line, ...other }]), register, kept)).toBe(false);
	expect(isOut(statement('f2', SECOND, []), register, kept)).toBe(false);
});

test('nothing is out before two have confirmed an edition, or with a text that the issue does not have', () => {
	const { register, kept } = told();
	expect(isOut(statement('f2', SECOND, [line], null), register, kept)).toBe(false);
	expect(isOut(statement('f9', SECOND, [line]), register, kept)).toBe(false);
	expect(isOut(statement('f2', [{ ar: 'other', en: 'OTHER' }], [line]), register, kept)).toBe(false);
});

test('an accepted one is out with the text that has its words, and not with an earlier text', () => {
	const { register, accepted } = told();
	expect(isOut(statement('f2', SECOND, []), register, accepted)).toBe(true);
	expect(isOut(statement('f1', [paragraph('one'), paragraph('two')], []), register, accepted)).toBe(false);
});
