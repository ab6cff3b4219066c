import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startBrowser } from './browser.ts';
import { Moderated } from './moderated.ts';

/** What the stories of moderation begin with: a browser for all, and a fresh space with two facilitators for each. */
export let at: Moderated;
let browser: Browser;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
	at = await Moderated.start(browser);
});
afterEach(() => at?.stop());
