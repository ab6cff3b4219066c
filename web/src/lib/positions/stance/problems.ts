import { charactersIn } from '@multaqa/shared/positions/characters';
import { PRINCIPLE_LIMIT, REASON_LIMIT } from '@multaqa/shared/positions/events';
import type { Version } from '@multaqa/shared/positions/register-types';
import type { PositionRule, Refusal } from '@multaqa/shared/positions/rule-names';
import { LEAST_REASON, MOST_RESERVATION_WORDS, MOST_VALID_DAYS } from '@multaqa/shared/positions/stance-rules';
import { countWords } from '@multaqa/shared/un/words';
import type { Format } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';
import { dayHere, dayRead } from '../day-field.ts';
import { overLimit } from '../issue/limits.ts';
import { ruleText } from '../rule-texts.ts';
import type { ReservationFields, StanceFields } from './fields.ts';

/** What is wrong, beside the field that it is about. */
export interface StanceProblems {
	readonly value: string | null;
	readonly reason: string | null;
	readonly principle: string | null;
	/** By place. */
	readonly reservations: readonly (string | null)[];
	readonly condition: string | null;
	readonly by: string | null;
	readonly day: string | null;
	readonly until: string | null;
}

/** What is typed, held against what the rules will say. `now`: seconds since 1970. */
export function problemsOf(fields: StanceFields, version: Version, now: number, format: Format): StanceProblems {
	const { value, reason, principle, reservations, condition, by } = fields;
	const isAgainst = value === 'objection' || value === 'block';
	return {
		value: value === '' ? m.stance_value_missing() : missingReservations(fields),
		reason: overLimit(reason, REASON_LIMIT, format) ?? (isAgainst && charactersIn(reason) < LEAST_REASON ? tooShort(reason, format) : null),
		principle:
			value !== 'block'
				? null
				: (overLimit(principle, PRINCIPLE_LIMIT, format) ?? (principle.trim() === '' ? ruleText('principle-is-named') : null)),
		reservations: reservations.map((reservation) => problemOf(reservation, version, format)),
		condition: overLimit(condition, REASON_LIMIT, format),
		by: by === '' ? m.stance_by_missing() : null,
		...datesOf(fields, now),
	};
}

const missingReservations = ({ value, reservations }: StanceFields): string | null =>
	value === 'support-with-reservations' && reservations.length === 0 ? ruleText('reservations-belong-to-the-stance') : null;

/** How many characters a reason has, of those that it needs. */
const tooShort = (reason: string, format: Format): string =>
	m.stance_reason_short({ actual: format.number(charactersIn(reason)), least: format.number(LEAST_REASON) });

function problemOf({ text, paragraph }: ReservationFields, version: Version, format: Format): string | null {
	if (text.trim() === '') return m.stance_reservation_empty();
	const words = countWords(text);
	if (words > MOST_RESERVATION_WORDS)
		return m.stance_reservation_long({ actual: format.number(words), limit: format.number(MOST_RESERVATION_WORDS) });
	const isThere = paragraph === '' || version.paragraphs.some(({ id }) => id === paragraph);
	return isThere ? null : ruleText('paragraph-is-there');
}

function datesOf({ day, until }: StanceFields, now: number): Pick<StanceProblems, 'day' | 'until'> {
	const [decided, valid, today] = [dayRead(day), dayRead(until), dayHere(now)];
	const isBounded = valid !== null && valid >= today && valid < today + MOST_VALID_DAYS;
	return {
		day: decided === null ? m.field_required() : decided > today ? ruleText('mandate-is-not-in-the-future') : null,
		until: isBounded ? null : ruleText('validity-is-bounded'),
	};
}

/** Rules that are about one field of the form, and which. */
const FIELDS: Partial<Record<PositionRule, Exclude<keyof StanceProblems, 'reservations'>>> = {
	'reason-is-given': 'reason',
	'principle-is-named': 'principle',
	'reservations-belong-to-the-stance': 'value',
	'mandate-is-not-in-the-future': 'day',
	'validity-is-bounded': 'until',
};

/** What the rules refuse, put beside its field; as it was when it is about none. */
export function withRefusal(problems: StanceProblems, refusal: Refusal | null): StanceProblems {
	if (!refusal) return problems;
	const field = FIELDS[refusal.rule];
	if (field && problems[field] === null) return { ...problems, [field]: ruleText(refusal.rule) };
	if (refusal.place === undefined) return problems;
	const reservations = problems.reservations.map((problem, place) => problem ?? (place === refusal.place ? ruleText(refusal.rule) : null));
	return { ...problems, reservations };
}
