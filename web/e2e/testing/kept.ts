import type { Page } from 'playwright-core';

/** Every address that the service worker could answer from this browser, with what it would answer. */
export async function keptHere(page: Page): Promise<{ cache: string; path: string; text: string }[]> {
	return await page.evaluate(async () => {
		const found: { cache: string; path: string; text: string }[] = [];
		for (const cache of await caches.keys()) {
			const opened = await caches.open(cache);
			for (const request of await opened.keys()) {
				const text = (await (await opened.match(request))?.text()) ?? '';
				found.push({ cache, path: new URL(request.url).pathname, text });
			}
		}
		return found;
	});
}

/** Waits until the whole program is on this device, and its service worker answers. */
export async function programKept(page: Page): Promise<void> {
	await inTime('the program is kept', () =>
		page.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.match('/')) !== undefined),
	);
}

/** Waits until `holds`, which is asked in the page; fails by name. */
export async function inTime(what: string, holds: () => Promise<boolean>, patience = 60_000): Promise<void> {
	const end = Date.now() + patience;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`never happened: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
