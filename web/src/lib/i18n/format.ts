import type { Digits } from '../display/display.svelte.ts';
import type { Language } from '../display/languages.ts';
import { isolatedIn } from './isolated.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = { year: 'numeric', month: 'long', day: 'numeric' } as const;

/** Numbers and times as the reader writes them. Times are seconds since 1970. */
export interface Format {
	number(value: number): string;
	/** «22 تشرين الثاني 2026، 14:05» */
	moment(time: number): string;
	/** The same where the clock is that of a zone («Asia/Damascus»). */
	momentIn(time: number, zone: string): string;
	/** «22 تشرين الثاني 2026» */
	day(time: number): string;
	/** How long ago, or the day when it is more than a week. */
	ago(time: number, now: number): string;
	/** «بعد 3 أيام»: how long until `time`. */
	until(time: number, now: number): string;
	/** «3 أيام»: how long something lasts, in its largest unit. */
	span(seconds: number): string;
	/** «أ وب وج»: each keeps its own direction. */
	list(items: readonly string[]): string;
}

/** Days of the calendar where one is: what ends in two days and 23 hours does not end «the day after tomorrow». */
const dayOf = (time: number): number => Math.floor((time - new Date(time * 1000).getTimezoneOffset() * MINUTE) / DAY);

/** Levant month names and the Gregorian calendar; digits by choice, for Arabic only. */
export function formatFor(language: Language, digits: Digits): Format {
	const locale = language === 'ar' ? `ar-SY-u-ca-gregory-nu-${digits}` : 'en-GB-u-nu-latn';
	const number = new Intl.NumberFormat(locale);
	const day = new Intl.DateTimeFormat(locale, MONTH);
	const instant = { ...MONTH, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
	const moment = new Intl.DateTimeFormat(locale, instant);
	const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
	const list = new Intl.ListFormat(locale, { type: 'conjunction' });
	const distance = (time: number, now: number) => {
		const seconds = time - now;
		const size = Math.abs(seconds);
		if (size < MINUTE) return relative.format(0, 'second');
		if (size < HOUR) return relative.format(Math.trunc(seconds / MINUTE), 'minute');
		if (size < DAY) return relative.format(Math.trunc(seconds / HOUR), 'hour');
		return relative.format(dayOf(time) - dayOf(now), 'day');
	};
	const unit = (name: 'minute' | 'hour' | 'day') => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' });
	const span = (seconds: number) => {
		const size = Math.abs(seconds);
		if (size < HOUR) return unit('minute').format(Math.max(1, Math.round(size / MINUTE)));
		return size < DAY ? unit('hour').format(Math.round(size / HOUR)) : unit('day').format(Math.round(size / DAY));
	};
	return {
		number: (value) => number.format(value),
		moment: (time) => moment.format(time * 1000),
		momentIn: (time, timeZone) => new Intl.DateTimeFormat(locale, { ...instant, timeZone }).format(time * 1000),
		day: (time) => day.format(time * 1000),
		ago: (time, now) => (now - time > 7 * DAY ? day.format(time * 1000) : distance(Math.min(time, now), now)),
		until: (time, now) => distance(Math.max(time, now), now),
		span,
		list: (items) => list.format(items.map((item) => isolatedIn(language, item))),
	};
}
