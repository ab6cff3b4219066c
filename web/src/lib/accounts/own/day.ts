/** Noon of a day such as `2026-11-22`, in seconds since 1970: the same day in nearly every zone. */
export const timeOfDay = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000;
