import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	await openThread(forum.alice, forum.space, 'قبل الإعداد', 'كُتب قبل أن يأتي أحد');
	await sent(forum.alice);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const history = () => forum.alice.client.spaces[0]!.history;
const members = () => `/s/${forum.space.id}/members`;

test('a coordinator chooses that newcomers read from joining on: nothing changes before it is saved, and the page says for whom it holds', async () => {
	const { page, steps, context } = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
	await go(page, members());
	await page.getByRole('radio', { name: steps.t('history_joining') }).check();
	await steps.sees(steps.t('history_from_now'));
	expect(history()).toBe('everything');
	await context.setOffline(true);
	await steps.button('history_set').click();
	await steps.sees(steps.t('problem_offline'));
	await context.setOffline(false);
	await steps.button('history_set').click();
	await steps.sees(steps.t('history_was_set'));
	await until('it is in the record', () => history() === 'joining');
	expect(await fitsWidth(page)).toBe(true);
	await context.close();
});

test('who joins then reads nothing from before and everything from then on, and cannot change it', async () => {
	const newcomer = await joinInBrowser(browser, forum, 'Newcomer', { language: 'en' });
	const { page, steps, context } = newcomer;
	await openThread(forum.alice, forum.space, 'بعد الإعداد', 'للجميع');
	await page.getByRole('link', { name: 'بعد الإعداد' }).first().click();
	await steps.sees('للجميع');
	expect(await page.getByText('قبل الإعداد').count()).toBe(0);
	await go(page, members());
	await steps.sees(steps.t('history_joining_text'));
	expect(await page.getByRole('radio').count()).toBe(0);
	await context.close();
});
