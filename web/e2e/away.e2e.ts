import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';

const MANY = 60;
const LONG = 'كلمة '.repeat(300);

let browser: Browser;
let forum: TestForum;
let member: Member;
beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => void (forum = await startForum()));
afterEach(async () => {
	await member?.context.close();
	await forum.stop();
});

describe.each([
	['ar', 360],
	['en', 1280],
] as const)('in %s at %i px, somebody who was away and saves data', (language, width) => {
	beforeEach(async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'نقاش طويل', 'بداية النقاش');
		await sent(forum.alice);
		member = await joinInBrowser(browser, forum, 'نور', { language, width, height: 740 });
		const { page, steps } = member;
		await page.getByText('نقاش طويل').first().click();
		await steps.sees('بداية النقاش');
		await page.evaluate(() => localStorage.setItem('low-data', 'on'));
		// As when the phone lies in a pocket: nothing of the page lives on. (No page, no storage: that is said on the console.)
		await page.goto('about:blank');
		for (let count = 0; count < MANY; count++)
			await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: `قول ${count} ${LONG}`, reply: null });
		await sent(forum.alice);
		await page.goto('/');
		await unlock(member);
	});

	test('sees how much there can be, finds that search does not know it, and has what is opened', async () => {
		const { page, steps } = member;
		const most = steps.t('up_to', { shown: '60' });
		await page.getByText(most, { exact: true }).filter({ visible: true }).first().waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await page.goto('/search');
		await unlock(member);
		await steps.sees(steps.t('search_fetch_rest'));
		await page.goto('/');
		await unlock(member);
		await page.getByText('نقاش طويل').first().click();
		await steps.sees('قول 0 ');
		await page.getByText('قول 59 ').first().waitFor({ state: 'attached' });
		await page.getByText(most, { exact: true }).first().waitFor({ state: 'detached' });
		// What was fetched is what somebody came to read: nothing lies over it that calls it new.
		expect(await page.getByRole('button', { name: /مشاركات? جديدة|new posts?$/ }).count()).toBe(0);
		expect(member.console.filter((line) => line.startsWith('error') && !line.includes('localStorage'))).toEqual([]);
	});

	test('reads without a line what is here, is told what is missing, and has it when the line is back', async () => {
		const { page, steps, context } = member;
		await context.route('**/api/spaces/*/events', (route) => route.abort());
		await page.getByText('نقاش طويل').first().click();
		await steps.sees('بداية النقاش');
		await page.getByRole('main').getByText(/60/).filter({ visible: true }).first().waitFor();
		await context.unroute('**/api/spaces/*/events');
		await page.getByText('قول 0 ').first().waitFor({ timeout: 30_000 });
		expect(await fitsWidth(page)).toBe(true);
	});

	test('fetches the rest from the search, and finds it', async () => {
		const { page, steps } = member;
		await page.goto('/search');
		await unlock(member);
		await steps.button('search_fetch_rest').click();
		await steps.button('search_fetch_rest').waitFor({ state: 'detached' });
		await page.getByRole('searchbox').fill('قول 17');
		await page
			.getByRole('link', { name: /نقاش طويل/ })
			.first()
			.waitFor();
	});
});
