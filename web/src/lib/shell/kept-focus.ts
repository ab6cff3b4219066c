/** What takes the keyboard when something inside it goes that had it. */
const PLACES = 'article, li, section, fieldset, form, dialog, main, [tabindex]';

/**
 * The keyboard is never lost to the page: when what has it is taken away, what stood around it takes it; a button that
 * cannot be pressed while it works has it again afterwards. Somebody who clicks beside everything has put it away.
 * Answers the end of that.
 */
export function keepFocus(page: Document = document): () => void {
	let held: HTMLElement | null = null;
	let around: readonly HTMLElement[] = [];
	let frame = 0;

	function hold({ target }: FocusEvent) {
		if (!(target instanceof HTMLElement)) return;
		held = target;
		around = placesAround(target);
	}

	/** What is taken away or disabled is told of too, or not, as the browser likes: only afterwards it can be told apart. */
	function letGo({ relatedTarget }: FocusEvent) {
		if (relatedTarget === null) setTimeout(() => held !== null && isUsable(held) && page.activeElement === page.body && (held = null));
	}

	/** After everybody who knows better where the keyboard belongs. */
	function look() {
		frame = 0;
		if (held === null || page.activeElement !== page.body) return;
		if (isUsable(held)) held.focus({ preventScroll: true });
		else if (!held.isConnected) take(around.find(({ isConnected }) => isConnected));
	}

	const watching = new AbortController();
	page.addEventListener('focusin', hold, { signal: watching.signal });
	page.addEventListener('focusout', letGo, { signal: watching.signal });
	const observer = new MutationObserver(() => void (frame ||= requestAnimationFrame(look)));
	observer.observe(page.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
	return () => {
		watching.abort();
		observer.disconnect();
		cancelAnimationFrame(frame);
	};
}

const isUsable = (element: HTMLElement): boolean => element.isConnected && !element.matches(':disabled');

/** From the nearest to the outermost. */
function placesAround(element: HTMLElement): readonly HTMLElement[] {
	const found: HTMLElement[] = [];
	for (let at = element.parentElement; at; at = at.parentElement) if (at.matches(PLACES)) found.push(at);
	return found;
}

/** It can have the keyboard for as long as it has it; of a whole page its heading, as after going there. */
function take(around: HTMLElement | undefined): void {
	const place = around?.matches('main') ? (around.querySelector<HTMLElement>('h1[tabindex]') ?? around) : around;
	if (!place) return;
	if (!place.hasAttribute('tabindex')) {
		place.setAttribute('tabindex', '-1');
		place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
	}
	place.focus({ preventScroll: true });
}
