import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
let lina: Member;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	await openThread(forum.alice, forum.space, 'المسؤولية المشتركة', 'نص');
	await openThread(forum.alice, forum.space, 'أولويات الشهر', 'نص آخر');
	await sent(forum.alice);
	lina = await joinInBrowser(browser, forum, 'لينا');
	lina.context.setDefaultTimeout(8_000);
	await lina.steps.sees('أولويات الشهر');
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const field = () => lina.page.getByRole('combobox');
const options = () => lina.page.getByRole('option');
const heading = (name: string) => lina.page.getByRole('heading', { level: 1, name }).waitFor();

test('somebody types part of a title as it is spoken, and Enter goes there', async () => {
	const { page } = lina;
	await page.keyboard.press('Control+k');
	await field().waitFor();
	await page.keyboard.type('مسوول');
	await options().first().getByText('المسؤولية المشتركة').waitFor();
	const active = await field().getAttribute('aria-activedescendant');
	expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
	await page.keyboard.press('Enter');
	await heading('المسؤولية المشتركة');
	expect(await page.getByRole('dialog').count()).toBe(0);
});

test('arrows go round, Escape gives the keyboard back, and what was chosen last stands first', async () => {
	const { page, steps } = lina;
	await steps.button('reply').first().focus();
	await page.keyboard.press('Control+k');
	await options().first().getByText('المسؤولية المشتركة').waitFor();
	const selected = () => page.getByRole('option', { selected: true }).innerText();
	const first = await selected();
	await page.keyboard.press('ArrowUp');
	expect(await selected()).not.toBe(first);
	await page.keyboard.press('ArrowDown');
	expect(await selected()).toBe(first);
	const place = await field().boundingBox();
	await page.keyboard.type('قمر');
	await steps.sees(steps.t('palette_none'));
	// However little is found, the field stays under the eyes of who types.
	expect(await field().boundingBox()).toEqual(place);
	await field().fill(steps.t('moderation'));
	await options().first().getByText(steps.t('moderation'), { exact: true }).waitFor();
	await page.keyboard.press('Escape');
	expect(
		await steps
			.button('reply')
			.first()
			.evaluate((button) => button === document.activeElement),
	).toBe(true);
});

test('in a text the same keys make a link; without a line the palette still opens and leads on', async () => {
	const { page, steps, context } = lina;
	const text = steps.field('composer_post');
	await text.fill('موقع');
	await text.press('Control+a');
	await text.press('Control+k');
	expect(await text.inputValue()).toBe('[موقع](https://)');
	expect(await page.getByRole('dialog').count()).toBe(0);
	await text.fill('');
	await page.waitForTimeout(2_500);
	await context.setOffline(true);
	await steps.button('reply').first().focus();
	await page.keyboard.press('Control+k');
	await field().fill('اولويات');
	await page.keyboard.press('Enter');
	await heading('أولويات الشهر');
	await context.setOffline(false);
});

test('it changes the language and shows every key there is; one key alone can be turned off', async () => {
	const { page, steps } = lina;
	await go(page, `/s/${forum.space.id}`);
	await page.keyboard.press('?');
	const map = page.getByRole('dialog', { name: steps.t('keys') });
	await map.getByText(steps.t('key_undo_send')).waitFor();
	await map.getByRole('checkbox').uncheck();
	await page.keyboard.press('Escape');
	await page.keyboard.press('/');
	await page.keyboard.press('?');
	expect(await page.getByRole('dialog').count()).toBe(0);
	expect(new URL(page.url()).pathname).toBe(`/s/${forum.space.id}`);
	const opener = steps.link('thread_new').first();
	await opener.focus();
	await page.keyboard.press('Control+k');
	await field().fill('اختصارات');
	await page.keyboard.press('Enter');
	await map.getByRole('checkbox').check();
	await page.keyboard.press('Escape');
	await expect.poll(() => opener.evaluate((link) => link === document.activeElement)).toBe(true);
	await page.keyboard.press('/');
	await page.waitForURL('**/search');
	await page
		.getByRole('button', { name: steps.t('palette') })
		.locator('visible=true')
		.last()
		.click();
	await field().fill('english');
	await page.keyboard.press('Enter');
	await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
	await page.setViewportSize({ width: 320, height: 640 });
	await page.getByRole('button', { name: 'Go to', exact: true }).locator('visible=true').first().click();
	await field().waitFor();
	expect(await fitsWidth(page)).toBe(true);
	await page.keyboard.press('Escape');
});
