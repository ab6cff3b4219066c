import { isRightToLeft, languages, type Language } from '../display/languages.ts';
import { exitAddress } from './exit-address.ts';

/** Tells this tab, until a new address is typed into it, that Back is not to lead in again. Read in `app.html`. */
const LEFT = 'left';
const CHANNEL = 'multaqa:exit';

let left = false;
const tidying = new Set<() => void>();

/** Whether this page is on its way out: nothing is to be shown any more. */
export const hasLeft = (): boolean => left;

/** `tidy` runs when the page is left: keys leave memory. Answers the function that takes it back. */
export function whenLeaving(tidy: () => void): () => void {
	tidying.add(tidy);
	return () => tidying.delete(tidy);
}

/** Out, in every tab of this browser: blank in this instant, then somewhere else. */
export function leave(): void {
	goOut();
	const channel = new BroadcastChannel(CHANNEL);
	channel.postMessage(LEFT);
	channel.close();
}

/** Leaves when another tab is left. Answers the end of that. */
export function leaveWithOthers(): () => void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.addEventListener('message', goOut);
	return () => channel.close();
}

function goOut(): void {
	if (left) return;
	left = true;
	const language = languages.find((known) => known === document.documentElement.lang) ?? 'ar';
	const address = exitAddress(language);
	blank(new URL(address).hostname);
	remember(address);
	const go = () => location.replace(navigator.onLine ? address : localAddress(language));
	// A page that Back brings back as it was left is blank, and goes on.
	addEventListener('pageshow', ({ persisted }) => persisted && go());
	go();
	for (const tidy of tidying) tidy();
}

/** Nothing of the page stays, neither in the tab's title nor in its address. */
function blank(title: string): void {
	const head = document.createElement('head');
	head.append(Object.assign(document.createElement('title'), { textContent: title }));
	document.documentElement.replaceChildren(head, document.createElement('body'));
	history.replaceState(null, '', '/');
}

function remember(address: string): void {
	try {
		sessionStorage.setItem(LEFT, address);
	} catch {
		// Without it, Back leads to a locked page.
	}
}

/** Without a line: a page that says that the weather cannot be loaded, where the device has it. */
function localAddress(language: Language): string {
	if (!navigator.serviceWorker?.controller) return 'about:blank';
	return isRightToLeft(language) ? '/weather-ar.html' : '/weather-en.html';
}
