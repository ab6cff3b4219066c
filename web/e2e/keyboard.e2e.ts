import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
let stream: StreamId;
let lina: Member;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	lina = await joinInBrowser(browser, forum, 'لينا');
	lina.context.setDefaultTimeout(8_000);
	({ stream } = await openThread(forum.alice, forum.space, 'نقاش بلا فأرة', 'ما رأيكم في الموعد؟'));
	await sent(forum.alice);
	await go(lina.page, '/');
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

/** What has the keyboard, as a screen reader says it; nothing is ever lost to the page itself. */
const inHand = (page: Page) =>
	page.evaluate(() => {
		const element = document.activeElement as HTMLElement | null;
		if (!element || element === document.body) return null;
		const { outlineStyle, boxShadow } = getComputedStyle(element);
		const shown = element.matches(':focus-visible') && (outlineStyle !== 'none' || boxShadow !== 'none' || element.tagName === 'TEXTAREA');
		return { text: (element.getAttribute('aria-label') ?? element.innerText ?? '').trim(), tag: element.tagName, shown };
	});

/** Tabs on until something with this name has the keyboard. Each stop on the way can be seen. */
async function tabTo(page: Page, name: string | RegExp, most = 80): Promise<void> {
	for (let step = 0; step < most; step++) {
		await page.keyboard.press('Tab');
		const at = await inHand(page);
		// The browser's own bar lies between the last stop and the first.
		if (!at) continue;
		expect(at.shown, `the keyboard can be seen at «${at.text}»`).toBe(true);
		if (typeof name === 'string' ? at.text.includes(name) : name.test(at.text)) return;
	}
	throw new Error(`the keyboard never came to ${String(name)}`);
}

const texts = () => postsOf(forum.alice.client.events(forum.space.id, stream)).flatMap((post) => (post.kind === 'post' ? [post.text] : []));

describe('without a mouse', () => {
	test('somebody unlocks, opens a space and a discussion, and is at its title', async () => {
		const { page, steps } = lina;
		await page.reload();
		await steps.button('unlock_passkey').waitFor();
		await tabTo(page, steps.t('unlock_passkey'));
		await page.keyboard.press('Enter');
		await page.getByRole('navigation').first().waitFor();
		await go(page, '/');
		await tabTo(page, forum.space.title!);
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: forum.space.title! }).waitFor();
		await tabTo(page, 'نقاش بلا فأرة');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'نقاش بلا فأرة' }).waitFor();
		await expect.poll(async () => (await inHand(page))?.tag).toMatch(/H1|ARTICLE/);
	});

	test('goes to the first unread, quotes, answers and takes back, and is never lost', async () => {
		const { page, steps } = lina;
		await steps.sees('ما رأيكم في الموعد؟');
		await page.keyboard.press('j');
		await expect.poll(async () => (await inHand(page))?.text).toContain('ما رأيكم في الموعد؟');
		await page.keyboard.press('r');
		await expect.poll(async () => (await inHand(page))?.tag).toBe('TEXTAREA');
		await page.keyboard.type('يناسبنا');
		await page.keyboard.press('Control+Enter');
		await expect.poll(async () => (await inHand(page))?.text).toContain('يناسبنا');
		await page.keyboard.press('Control+z');
		await expect.poll(async () => (await inHand(page))?.tag).toBe('TEXTAREA');
		await page.keyboard.press('Control+Enter');
		await expect.poll(async () => (await inHand(page))?.text).toContain('يناسبنا');
		await page.keyboard.press('Control+Enter');
		await until('Alice reads it', () => texts().includes('يناسبنا'));
		await expect.poll(async () => (await inHand(page))?.text).toContain('يناسبنا');
	});

	test('a menu and a dialog give the keyboard back to where it was', async () => {
		const { page, steps } = lina;
		await page
			.getByRole('button', { name: /^خيارات مشاركة/ })
			.first()
			.focus();
		await page.keyboard.press('Enter');
		await page.getByRole('menu').waitFor();
		await page.keyboard.press('Escape');
		expect((await inHand(page))?.text).toMatch(/^خيارات مشاركة/);
		await page.keyboard.press('?');
		await page.getByRole('dialog', { name: steps.t('keys') }).waitFor();
		for (let step = 0; step < 6; step++) {
			await page.keyboard.press('Tab');
			expect(
				await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null),
			).toBe(true);
		}
		await page.keyboard.press('Escape');
		expect((await inHand(page))?.text).toMatch(/^خيارات مشاركة/);
	});

	test('a form that is not whole takes the keyboard to its first mistake and says it', async () => {
		const { page, steps } = lina;
		await go(page, `/s/${forum.space.id}/new`);
		await steps.field('thread_first_post').fill('نص بلا عنوان');
		await page.keyboard.press('Control+Enter');
		const title = steps.field('thread_title');
		await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true);
		const said = await title.evaluate(
			(field) => document.getElementById(field.getAttribute('aria-describedby')!.split(' ').at(-1)!)?.textContent,
		);
		expect(said).toBe(steps.t('field_required'));
		await steps.field('thread_first_post').fill('');
	});

	test('somebody signs out', async () => {
		const { page, steps } = lina;
		await go(page, '/me');
		await tabTo(page, steps.t('sign_out'));
		await page.keyboard.press('Enter');
		await page.waitForURL('**/sign-in**');
	});
});

describe('for whoever hears or enlarges', () => {
	test('landmarks stand once, headings go down by one, and every control has a name', async () => {
		const reader = await joinInBrowser(browser, forum, 'ريم');
		reader.context.setDefaultTimeout(8_000);
		for (const address of ['/', `/s/${forum.space.id}`, `/s/${forum.space.id}/t/${stream}`, '/search', '/me', '/forum', '/safety']) {
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
			expect(tree, address).not.toMatch(/^\s*- (?:button|link|textbox|checkbox|radio|combobox)(?: \[[^\]]*\])*:?$/m);
		}
		await reader.context.close();
	});

	test.each(['ar', 'en'] as const)(
		'in %s nothing is cut at 320 px, nor with letters twice as large, and nothing moves',
		async (language) => {
			const person = await joinInBrowser(browser, forum, language === 'ar' ? 'سلمى' : 'Salma', { language, width: 320, height: 640 });
			person.context.setDefaultTimeout(8_000);
			for (const size of ['100%', '200%']) {
				await person.page.evaluate((text) => document.documentElement.style.setProperty('font-size', text), size);
				for (const address of [
					'/',
					`/s/${forum.space.id}`,
					`/s/${forum.space.id}/t/${stream}`,
					`/s/${forum.space.id}/new`,
					'/search',
					'/me',
					'/safety',
				]) {
					await go(person.page, address);
					expect(await fitsWidth(person.page), `${address} at ${size}`).toBe(true);
					expect(await person.page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(
						0,
					);
				}
			}
			await person.context.close();
		},
	);
});
