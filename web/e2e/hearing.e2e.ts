import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser } from './testing/member.ts';
import { go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
let thread: string;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	const { stream } = await openThread(forum.alice, forum.space, 'نقاش لمن يسمع ويكبّر', 'ما رأيكم في الموعد؟');
	thread = `/s/${forum.space.id}/t/${stream}`;
	await sent(forum.alice);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

test('landmarks stand once, headings go down by one, and every control has a name', async () => {
	const reader = await joinInBrowser(browser, forum, 'ريم');
	reader.context.setDefaultTimeout(8_000);
	for (const address of ['/', `/s/${forum.space.id}`, thread, '/search', '/me', '/forum', '/safety']) {
		await go(reader.page, address);
		expect(await reader.page.getByRole('main').count(), address).toBe(1);
		const levels = await reader.page
			.locator('h1:visible, h2:visible, h3:visible, h4:visible')
			.evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
		expect(
			levels.filter((level) => level === 1),
			address,
		).toHaveLength(1);
		for (const [place, level] of levels.entries())
			expect(level - (levels[place - 1] ?? level), `${address}: ${levels.join()}`).toBeLessThanOrEqual(1);
		const tree = await reader.page.locator('body').ariaSnapshot();
		expect(tree, address).not.toMatch(/^\s*- (?:article|button|link|textbox|checkbox|radio|combobox)(?: \[[^\]]*\])*:?$/m);
	}
	await reader.context.close();
});

/** Words of titles in lists that stand on more than one line: letters of one word belong together, Arabic ones above all. */
const brokenWords = (page: Page) =>
	page.locator('main li .title bdi').evaluateAll((titles) =>
		titles.flatMap((title) => {
			const [text] = title.childNodes;
			if (!(text instanceof Text)) return [];
			return [...text.data.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
				const range = document.createRange();
				range.setStart(text, index);
				range.setEnd(text, index + word.length);
				const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
				return lines.size > 1 ? [word] : [];
			});
		}),
	);

test.each(['ar', 'en'] as const)('in %s nothing is cut at 320 px, nor with letters twice as large, and nothing moves', async (language) => {
	const person = await joinInBrowser(browser, forum, language === 'ar' ? 'سلمى' : 'Salma', { language, width: 320, height: 640 });
	person.context.setDefaultTimeout(8_000);
	for (const size of ['100%', '200%']) {
		await person.page.evaluate((text) => document.documentElement.style.setProperty('font-size', text), size);
		for (const address of ['/', `/s/${forum.space.id}`, thread, `/s/${forum.space.id}/new`, '/search', '/me', '/safety']) {
			await go(person.page, address);
			expect(await fitsWidth(person.page), `${address} at ${size}`).toBe(true);
			expect(await brokenWords(person.page), `${address} at ${size}`).toEqual([]);
			expect(await person.page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(0);
		}
	}
	await person.context.close();
});

test('what happens is said: a post goes out and is taken back, the line is lost and comes again', async () => {
	const { page, steps, context } = await joinInBrowser(browser, forum, 'نور');
	context.setDefaultTimeout(8_000);
	const said = (words: string) => page.locator('[aria-live=polite], [role=status], [role=alert]').filter({ hasText: words }).first();
	await go(page, thread);
	await steps.field('composer_post').fill('كلام');
	await steps.button('send').click();
	await said(steps.t('going_told')).waitFor({ state: 'attached' });
	await page.keyboard.press('Control+z');
	await said(steps.t('going_undone')).waitFor({ state: 'attached' });
	await context.setOffline(true);
	await said(steps.t('offline_strip')).waitFor({ state: 'attached' });
	await context.setOffline(false);
	await said(steps.t('connection_online')).waitFor({ state: 'attached' });
	await context.close();
});

test('where colours are the reader’s own, the keyboard and what is chosen can still be seen', async () => {
	const { page, steps, context } = await joinInBrowser(browser, forum, 'هدى');
	context.setDefaultTimeout(8_000);
	await page.emulateMedia({ forcedColors: 'active' });
	await go(page, thread);
	await page.keyboard.press('Tab');
	const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
	expect(outline).toBe('solid');
	const edge = (row: number) =>
		page
			.getByRole('option')
			.nth(row)
			.evaluate((option) => getComputedStyle(option).borderBlockStartColor);
	await page.keyboard.press('Control+k');
	await page.getByRole('combobox').waitFor();
	expect(await edge(0)).not.toBe(await edge(1));
	await page.keyboard.press('Escape');
	for (const address of ['/', thread, '/me/exit']) {
		await go(page, address);
		expect(await violations(page), address).toEqual([]);
	}
	await steps.sees(steps.t('exit_page'));
	await context.close();
});
