const DAY = 24 * 60 * 60;
const HOUR = 60 * 60;

/** Days of the calendar (since 1970-01-01) that it may be somewhere on earth. */
export interface Today {
	readonly earliest: number;
	readonly latest: number;
}

/** The day of the calendar at a moment. `time`: seconds since 1970. `offset`: seconds that clocks are ahead of UTC there. */
export const dayAt = (time: number, offset: number): number => Math.floor((time + offset) / DAY);

/**
 * What an author may have called today: an event does not tell where it was written, and in Damascus tomorrow begins before it does
 * in Berlin. From UTC−12 to UTC+14. `time`: seconds since 1970.
 */
export const todayAnywhere = (time: number): Today => ({ earliest: dayAt(time, -12 * HOUR), latest: dayAt(time, 14 * HOUR) });

/** Today where somebody is, for whoever is about to act. `offset`: seconds that the clock there is ahead of UTC. */
export const todayHere = (time: number, offset: number): Today => ({ earliest: dayAt(time, offset), latest: dayAt(time, offset) });

/** Twelve months later, to the second; 29 February ends on 1 March. Seconds since 1970. */
export function aYearAfter(time: number): number {
	const date = new Date(time * 1000);
	date.setUTCFullYear(date.getUTCFullYear() + 1);
	return Math.floor(date.getTime() / 1000);
}

/** Whole days in seconds. */
export const days = (number: number): number => number * DAY;
