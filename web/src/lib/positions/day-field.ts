import { dayAt } from '@multaqa/shared/positions/days';

const DAY = 24 * 60 * 60;

/** A day since 1970-01-01 as a date field writes it. */
export const dayWritten = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** What a date field says, in days since 1970-01-01; `null` when it says nothing. */
export function dayRead(written: string): number | null {
	const time = /^\d{4,6}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
	return Number.isNaN(time) ? null : Math.floor(time / (DAY * 1000));
}

/** Seconds that the clock here is ahead of UTC at a moment. */
const ahead = (time: number): number => -new Date(time * 1000).getTimezoneOffset() * 60;

/** The day here at a moment; seconds since 1970. */
export const dayHere = (time: number): number => dayAt(time, ahead(time));

/** The last second of a day here; seconds since 1970. */
export function endOfDayHere(day: number): number {
	const end = (day + 1) * DAY - 1;
	return end - ahead(end);
}
