/** Digits in the order in which strings compare. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
/** Longest place that is believed: further ones sort as if they ended there. */
export const PLACE_LIMIT = 200;
export const PLACE = /^[0-9A-Za-z]{1,200}$/;

const digitAt = (place: string, at: number, otherwise: number): number =>
	at < place.length ? DIGITS.indexOf(place[at] ?? '0') : otherwise;

/**
 * A place between two: pairs stand in the order of their places, so that moving one changes nothing about the others.
 * @param before `null`: at the beginning
 * @param after `null`: at the end
 */
export function placeBetween(before: string | null, after: string | null): string {
	let place = '';
	const low = before ?? '';
	// Two that were put in one place at once: what comes next stands behind both.
	const high = after !== null && after <= low ? null : after;
	for (let at = 0; at < PLACE_LIMIT; at++) {
		const from = digitAt(low, at, 0);
		const isBounded = high !== null && high.startsWith(place);
		const until = isBounded ? digitAt(high, at, 0) : BASE;
		if (until - from > 1) return place + DIGITS[(from + until) >> 1];
		place += DIGITS[from];
	}
	return place;
}

/** Places for many pairs in a row after `before`. */
export function placesAfter(count: number, before: string | null, after: string | null): readonly string[] {
	if (count === 0) return [];
	const middle = placeBetween(before, after);
	const first = count >> 1;
	return [...placesAfter(first, before, middle), middle, ...placesAfter(count - first - 1, middle, after)];
}
