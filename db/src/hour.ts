const HOUR = 3_600_000;

/** ISO text of the hour in which `time` (milliseconds since 1970) lies: all that is kept of a time. */
export const hourOf = (time: number): string => new Date(Math.floor(time / HOUR) * HOUR).toISOString();
