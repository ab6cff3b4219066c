/** Chromium's offer to install (not in the standard library of types). */
interface Offer extends Event {
	prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

let offer = $state.raw<Offer | null>(null);
let done = $state(false);

addEventListener('beforeinstallprompt', (event) => {
	// Nobody is to be asked by a banner with the forum's name on it.
	event.preventDefault();
	offer = event as Offer;
});
addEventListener('appinstalled', () => {
	done = true;
	offer = null;
});

/** Runs as an installed program, or has just been installed. */
export const isInstalled = (): boolean => done || matchMedia('(display-mode: standalone)').matches;

/** Asks the person through the browser; `null` where only its menu can. */
export function installing(): (() => Promise<void>) | null {
	const current = offer;
	if (!current) return null;
	return async () => {
		offer = null;
		await current.prompt();
	};
}
