import type { Hash } from '@multaqa/shared/bytes/ids';
import { aYearAfter } from '@multaqa/shared/positions/days';
import { carriedReservations } from '@multaqa/shared/positions/carry-over';
import type { Mandate, Reservation, ReservationRef, Stance, StanceValue } from '@multaqa/shared/positions/events';
import type { Entry } from '@multaqa/shared/positions/register-types';
import { dayHere, dayRead, dayWritten, endOfDayHere } from '../day-field.ts';
import type { ReservationType, Visibility } from '../texts.ts';

/** A reservation as it is typed. `paragraph`: empty for the whole text. */
export interface ReservationFields {
	readonly type: ReservationType;
	readonly paragraph: string;
	readonly text: string;
	readonly from: ReservationRef | null;
}

/** A stance as it is typed. */
export interface StanceFields {
	readonly value: StanceValue | '';
	readonly reason: string;
	readonly principle: string;
	readonly reservations: readonly ReservationFields[];
	readonly condition: string;
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
	by: '',
	day: dayWritten(dayHere(now)),
	until: dayWritten(dayHere(aYearAfter(now))),
	visibility: 'named',
	reread: [],
});

/** What an organisation said before, to be said again: its reservations go on. */
export function fieldsFrom(entry: Entry, stance: Stance, now: number): StanceFields {
	return {
		...newStance(now),
		value: stance.value,
		reason: stance.reason ?? '',
		principle: stance.principle ?? '',
		reservations: carriedReservations(entry).map(({ type, paragraph, text, from }) => ({ type, paragraph: paragraph ?? '', text, from })),
		condition: stance.condition?.text ?? '',
		by: stance.mandate.by,
		day: dayWritten(stance.mandate.day),
		visibility: stance.visibility,
	};
}

export const newReservation = (paragraph: string): ReservationFields => ({ type: 'wording', paragraph, text: '', from: null });

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
		condition: fields.condition.trim() === '' ? null : { text: fields.condition.trim(), suggestion: null },
		mandate: { by: fields.by, day },
		visibility: fields.visibility,
		validUntil: endOfDayHere(until),
		confirms: null,
	};
}

const written = (text: string): string | null => text.trim() || null;

const reservationFrom = ({ type, paragraph, text, from }: ReservationFields): Reservation => ({
	type,
	paragraph: paragraph === '' ? null : paragraph,
	text: text.trim(),
	suggestion: null,
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
