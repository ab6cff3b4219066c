import { describe, expect, test } from 'vitest';
import type { Hash } from '@multaqa/shared/bytes/ids';
import type { Version } from '@multaqa/shared/positions/register-types';
import { formatFor } from '../../i18n/format.ts';
import { dayHere, dayRead, dayWritten, endOfDayHere } from '../day-field.ts';
import { newReservation, newStance, stanceFrom, type StanceFields } from './fields.ts';
import { problemsOf, withRefusal } from './problems.ts';

const NOW = Math.floor(Date.parse('2026-11-23T10:00:00Z') / 1000);
const VERSION = 'v1' as Hash;
const version = { id: VERSION, paragraphs: [{ id: 'one', ar: 'نص', en: '' }] } as unknown as Version;
const filled = (more: Partial<StanceFields> = {}): StanceFields => ({ ...newStance(NOW), value: 'support', by: 'board', ...more });
const problems = (more: Partial<StanceFields> = {}) => problemsOf(filled(more), version, NOW, formatFor('en', 'latn'));
const none = { value: null, reason: null, principle: null, reservations: [], condition: null, by: null, day: null, until: null };

describe('a stance as it is typed', () => {
	test('says what it misses beside each field, and nothing when it misses nothing', () => {
		expect(problems()).toEqual(none);
		const missing = problems({ value: '', by: '', day: '', until: '' });
		expect([missing.value, missing.by, missing.day, missing.until].every((text) => typeof text === 'string')).toBe(true);
		expect(problems({ value: 'objection', reason: 'قصير جدًا' }).reason).not.toBeNull();
		expect(problems({ value: 'block', reason: 'سبب طويل بما يكفي ليُفهم' }).principle).not.toBeNull();
		expect(problems({ value: 'support-with-reservations' }).value).not.toBeNull();
		expect(problems({ day: '2026-11-25' }).day).not.toBeNull();
		expect(problems({ until: '2026-11-22' }).until).not.toBeNull();
	});

	test('keeps each reservation to its own problem: empty, too long, or about a paragraph that is gone', () => {
		const long = { ...newReservation('one'), text: 'كلمة '.repeat(151) };
		const gone = { ...newReservation('gone'), text: 'متى؟' };
		const fine = { ...newReservation(''), text: 'متى؟' };
		expect(problems({ reservations: [newReservation('one'), long, gone, fine] }).reservations.map((text) => text !== null)).toEqual([
			true,
			true,
			true,
			false,
		]);
	});

	test('puts what the rules refuse beside the field that it is about', () => {
		const refused = withRefusal(problems({ reservations: [{ ...newReservation('one'), text: 'متى؟' }] }), {
			rule: 'reservation-is-short',
			place: 0,
		});
		expect(refused.reservations[0]).not.toBeNull();
		expect(withRefusal(problems(), { rule: 'mandate-is-not-in-the-future' }).day).not.toBeNull();
		expect(withRefusal(problems(), { rule: 'stance-is-about-the-newest-version' })).toEqual(none);
	});

	test('is signed as it reads: support with a reservation is that, and a principle belongs to a block alone', () => {
		expect(stanceFrom(filled({ value: '' }), VERSION, null)).toBeNull();
		const reserved = stanceFrom(filled({ reservations: [{ ...newReservation('one'), text: ' متى؟ ' }], principle: 'x' }), VERSION, null);
		expect(reserved).toMatchObject({
			value: 'support-with-reservations',
			principle: null,
			reservations: [{ paragraph: 'one', text: 'متى؟' }],
		});
	});
});

test('a day is the same day in the field, and ends with its last second here', () => {
	const day = dayHere(NOW);
	expect(dayRead(dayWritten(day))).toBe(day);
	expect([dayRead(''), dayRead('tomorrow')]).toEqual([null, null]);
	expect([dayHere(endOfDayHere(day)), dayHere(endOfDayHere(day) + 1)]).toEqual([day, day + 1]);
});
