/** A program that was this long in coming, in milliseconds, came over a bad line. */
const SLOW = 4_000;

const scripts = { ar: () => import('./style/fonts-arabic.css'), en: () => import('./style/fonts-latin.css') };
type Script = keyof typeof scripts;
let comesSlowly: boolean | null = null;

/**
 * Has typefaces fetched where that costs nobody anything: they would stand in the way of the program on a bad line. From
 * this device's own copy at once, on a good line once the page stands, and on a bad one with the program's copy, for the
 * next visit; until then letters are the system's. A visitor has those of the language that is read: the other's are for
 * its name on a switch alone, and come for members.
 */
export function fetchFonts(...wanted: readonly Script[]): void {
	comesSlowly ??= performance.now() > SLOW;
	const fetch = (some: readonly Script[]) => {
		for (const script of some) void scripts[script]().catch(() => undefined);
	};
	if (navigator.serviceWorker?.controller) return fetch(['ar', 'en']);
	if (comesSlowly) return;
	if (document.readyState === 'complete') fetch(wanted);
	else addEventListener('load', () => fetch(wanted), { once: true });
}
