import type { Hash } from '@multaqa/shared/bytes/ids';
import { aYearAfter } from '@multaqa/shared/positions/days';
import { carriedReservations } from '@multaqa/shared/positions/carry-over';
import type { Bilingual, Mandate, Reservation, ReservationRef, Stance, StanceValue } from '@multaqa/shared/positions/events';
import type { Entry } from '@multaqa/shared/positions/register-types';
import { dayHere, dayRead, dayWritten, endOfDayHere } from '../day-field.ts';
import type { ReservationType, Visibility } from '../texts.ts';

/** A reservation as it is typed. `paragraph`: empty for the whole text. */
export interface ReservationFields {
	readonly type: ReservationType;
	readonly paragraph: string;
	readonly text: string;
	readonly from: ReservationRef | null;
	readonly named: NamedWords;
}

/** The words that would do: some that were suggested already, or others that are written with the stance. */
export interface NamedWords {
	readonly suggestion: Hash | null;
	readonly words: Bilingual | null;
}

/** None. */
export const NO_WORDS: NamedWords = { suggestion: null, words: null };

/** What a condition names. `paragraph`: empty while none is chosen. */
export interface ConditionWords extends NamedWords {
	readonly paragraph: string;
}

/** A stance as it is typed. */
export interface StanceFields {
	readonly value: StanceValue | '';
	readonly reason: string;
	readonly principle: string;
	readonly reservations: readonly ReservationFields[];
	readonly condition: string;
	readonly conditionNamed: ConditionWords;
	readonly by: Mandate | '';
	/** As a date field writes it. */
	readonly day: string;
	readonly until: string;
	readonly visibility: Visibility;
	/** Changed paragraphs that were read again. */
	readonly reread: readonly string[];
}

/** An empty form, valid for twelve months. `now`: seconds since 1970. */
export const newStance = (now: number): StanceFields => ({
	value: '',
	reason: '',
	principle: '',
	reservations: [],
	condition: '',
	conditionNamed: { ...NO_WORDS, paragraph: '' },
	by: '',
	day: dayWritten(dayHere(now)),
	until: dayWritten(dayHere(aYearAfter(now))),
	visibility: 'named',
	reread: [],
});

/**
 * What an organisation said before, to be said again: its reservations go on.
 * @param paragraphOf of suggested words; empty where they are not known
 */
export function fieldsFrom(entry: Entry, stance: Stance, now: number, paragraphOf: (wording: Hash) => string): StanceFields {
	const suggestion = stance.condition?.suggestion ?? null;
	return {
		...newStance(now),
		value: stance.value,
		reason: stance.reason ?? '',
		principle: stance.principle ?? '',
		reservations: carriedReservations(entry).map(({ type, paragraph, text, from, suggestion: named }) => ({
			type,
			paragraph: paragraph ?? '',
			text,
			from,
			named: { suggestion: named, words: null },
		})),
		condition: stance.condition?.text ?? '',
		conditionNamed: { suggestion, words: null, paragraph: suggestion === null ? '' : paragraphOf(suggestion) },
		by: stance.mandate.by,
		day: dayWritten(stance.mandate.day),
		visibility: stance.visibility,
	};
}

export const newReservation = (paragraph: string): ReservationFields => ({
	type: 'wording',
	paragraph,
	text: '',
	from: null,
	named: NO_WORDS,
});

/** With reservations plain support is support with reservations, and without them the other way round. */
const valueOf = ({ value, reservations }: StanceFields): StanceValue | '' => {
	if (value === 'support' && reservations.length > 0) return 'support-with-reservations';
	return value;
};

/** What is said, as it is signed; `null` while something that cannot be left out is missing. */
export function stanceFrom(fields: StanceFields, version: Hash, after: Hash | null): Stance | null {
	const value = valueOf(fields);
	const [day, until] = [dayRead(fields.day), dayRead(fields.until)];
	if (value === '' || fields.by === '' || day === null || until === null) return null;
	return {
		version,
		after,
		value,
		reason: written(fields.reason),
		principle: value === 'block' ? written(fields.principle) : null,
		reservations: fields.reservations.map(reservationFrom),
		condition: fields.condition.trim() === '' ? null : { text: fields.condition.trim(), suggestion: fields.conditionNamed.suggestion },
		mandate: { by: fields.by, day },
		visibility: fields.visibility,
		validUntil: endOfDayHere(until),
		confirms: null,
	};
}

const written = (text: string): string | null => text.trim() || null;

const reservationFrom = ({ type, paragraph, text, from, named }: ReservationFields): Reservation => ({
	type,
	paragraph: paragraph === '' ? null : paragraph,
	text: text.trim(),
	suggestion: named.suggestion,
	from,
});

/** The same as was said before, for a version in which nothing changed that it was about. `now`: seconds since 1970. */
export const confirmationOf = (entry: Entry, stance: Stance, version: Hash, after: Hash | null, now: number): Stance => ({
	...stance,
	version,
	after,
	reservations: carriedReservations(entry),
	validUntil: aYearAfter(now),
	confirms: entry.id,
});
