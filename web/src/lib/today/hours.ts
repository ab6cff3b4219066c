/** ASCII, Arabic-Indic and Persian digits: what keyboards in use here type. */
const DIGITS = /^[0-9\u0660-\u0669\u06F0-\u06F9]{1,2}$/;
const valueOf = (digit: string): number => (digit.codePointAt(0) ?? 0) & 0xf;

/** A whole hour from 0 to 23, as people type it; `null` for anything else. */
export function hourFrom(text: string): number | null {
	const typed = text.trim();
	if (!DIGITS.test(typed)) return null;
	const hour = [...typed].reduce((sum, digit) => sum * 10 + valueOf(digit), 0);
	return isHour(hour) ? hour : null;
}

export const isHour = (hour: number): boolean => Number.isInteger(hour) && hour >= 0 && hour <= 23;

/** The last time that the clock on the wall showed this hour, in seconds since 1970. */
export function lastTime(hour: number, now: Date): number {
	const moment = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour);
	if (moment > now) moment.setDate(moment.getDate() - 1);
	return moment.getTime() / 1000;
}

/** From one hour until another. */
export interface Quiet {
	readonly from: number;
	readonly to: number;
}

/** From the beginning of one hour to the beginning of another; over midnight when the second is earlier, never when they are the same. */
export function isWithin({ from, to }: Quiet, now: Date): boolean {
	const hour = now.getHours();
	return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}
