/** A program that was this long in coming, in milliseconds, came over a bad line. */
const SLOW = 4_000;

/**
 * Has the typefaces fetched where that costs nobody anything: 140 kB stand in the way of the program on a bad line. From
 * this device's own copy at once, on a good line once the page stands, and on a bad one with the program's copy, for the
 * next visit; until then letters are the system's.
 */
export function fetchFonts(): void {
	const fetch = () => void import('./style/fonts.css').catch(() => undefined);
	if (navigator.serviceWorker?.controller) return fetch();
	if (performance.now() > SLOW) return;
	if (document.readyState === 'complete') fetch();
	else addEventListener('load', fetch, { once: true });
}
