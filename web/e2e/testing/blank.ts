import type { Page } from 'playwright-core';

export interface Blank {
	/** From the press until nothing of the page could be seen. */
	readonly ms: number;
	/** Title, address and text of the page in that instant. */
	readonly seen: readonly string[];
}

/** Presses; answers how long it takes until nothing of the page can be seen, as the page itself tells. */
export async function blank(page: Page, act: () => Promise<void>): Promise<Blank> {
	const told = page.evaluate(
		() =>
			new Promise<Blank>((resolve) => {
				let pressed = 0;
				// From the press that did it: between two of them the driver may take as long as it likes.
				for (const kind of ['pointerup', 'keydown']) addEventListener(kind, () => (pressed = performance.now()), { capture: true });
				const tell = () => {
					if (document.body.childElementCount > 0) return;
					const found = { ms: performance.now() - pressed, seen: [document.title, location.pathname, document.body.innerText] };
					sessionStorage.setItem('blank', JSON.stringify(found));
					resolve(found);
				};
				new MutationObserver(tell).observe(document.documentElement, { childList: true });
			}),
	);
	// Where the next page is quicker than the answer, it is found in the tab.
	const found = told.catch(() => leftBehind(page));
	await act();
	return found;
}

/** What was noted before the next page came. One may follow another: a page that is gone while it is asked is asked again. */
async function leftBehind(page: Page): Promise<Blank> {
	for (;;) {
		await page.waitForLoadState();
		const noted = await page.evaluate(() => sessionStorage.getItem('blank')).catch(() => undefined);
		if (noted !== undefined) return JSON.parse(noted ?? '{}') as Blank;
	}
}
