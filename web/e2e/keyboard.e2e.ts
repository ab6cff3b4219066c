import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';

const QUESTION = 'ما رأيكم في الموعد؟';
const MENU = /^خيارات مشاركة/;
let browser: Browser;
let forum: TestForum;
let stream: StreamId;
let lina: Member;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	// Reports go to somebody who is not their subject.
	await forum.join('فاطمة', { role: 'facilitator' });
	lina = await joinInBrowser(browser, forum, 'لينا');
	lina.context.setDefaultTimeout(8_000);
	({ stream } = await openThread(forum.alice, forum.space, 'نقاش بلا فأرة', QUESTION));
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
		// A choice shows it around its words, a text around its frame.
		const places = [element, element.closest('label'), element.closest('.frame')].filter((place) => place !== null);
		const shown = element.matches(':focus-visible') && places.some((place) => getComputedStyle(place).outlineStyle !== 'none');
		// A post is named after its author and described by its words.
		const about = element.matches('article')
			? (document.getElementById(element.getAttribute('aria-describedby') ?? '')?.innerText ?? '')
			: '';
		const name = element.getAttribute('aria-label') ?? element.innerText ?? '';
		return { text: `${name} ${about}`.trim(), tag: element.tagName, shown };
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

/** The keyboard is on what says this. */
const expectAt = (text: string) => expect.poll(async () => (await inHand(lina.page))?.text).toContain(text);
const expectWriting = () => expect.poll(async () => (await inHand(lina.page))?.tag).toBe('TEXTAREA');

/** Chooses from a post's menu as the keys go through it. */
async function openMenu(of: 'first' | 'last', what: Parameters<Member['steps']['t']>[0]): Promise<void> {
	const { page, steps } = lina;
	await page.getByRole('button', { name: MENU })[of]().focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menu').waitFor();
	for (let step = 0; step < 20 && (await inHand(page))?.text !== steps.t(what); step++) await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
}

const posts = () => postsOf(forum.alice.client.events(forum.space.id, stream)).flatMap((post) => (post.kind === 'post' ? [post] : []));
const reactions = () => posts().reduce((sum, post) => sum + post.reactions.length, 0);
const texts = () => posts().map(({ text }) => text);

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

	test('goes to the first unread, answers and takes back, and is never lost', async () => {
		const { page, steps } = lina;
		await steps.sees(QUESTION);
		await page.keyboard.press('u');
		await expectAt(QUESTION);
		await page.keyboard.press('r');
		await expectWriting();
		await page.keyboard.type('يناسبنا');
		await page.keyboard.press('Control+Enter');
		await expectAt('يناسبنا');
		await page.keyboard.press('Control+z');
		await expectWriting();
		expect(await steps.field('composer_reply').inputValue()).toBe('يناسبنا');
		await page.keyboard.press('Control+Enter');
		await expectAt('يناسبنا');
		await page.keyboard.press('Control+Enter');
		await until('Alice reads it', () => texts().includes('يناسبنا'));
		await expectAt('يناسبنا');
	});

	test('quotes, reacts, reports, edits and deletes', async () => {
		const { page, steps } = lina;
		await page.keyboard.press('k');
		await expectAt(QUESTION);
		await page.keyboard.press('q');
		await expectWriting();
		await expect.poll(() => steps.field('composer_reply').inputValue()).toContain(`> ${QUESTION}`);
		await page.keyboard.press('Control+a');
		await page.keyboard.press('Delete');

		await openMenu('first', 'react');
		await expectAt(steps.t('reaction_agree'));
		await page.keyboard.press('Enter');
		await until('Alice is thanked', () => reactions() === 1);
		expect(await inHand(page)).not.toBeNull();

		await openMenu('first', 'flag_menu');
		const report = page.getByRole('dialog', { name: steps.t('flag_title') });
		await report.waitFor();
		await tabTo(page, steps.t('flag_do'));
		await page.keyboard.press('Enter');
		await expectAt(steps.t('flag_sent'));
		await page.keyboard.press('Escape');
		await report.waitFor({ state: 'hidden' });
		expect((await inHand(page))?.text).toMatch(MENU);

		await openMenu('last', 'edit');
		await expectWriting();
		await page.keyboard.press('End');
		await page.keyboard.type(' جدًا');
		await page.keyboard.press('Control+Enter');
		await expectAt('يناسبنا جدًا');

		await openMenu('last', 'delete_post');
		await page.getByRole('dialog', { name: steps.t('delete_title') }).waitFor();
		await tabTo(page, steps.t('delete_do'));
		await page.keyboard.press('Enter');
		await expectAt(steps.t('post_deleted'));
	});

	test('searches, and goes to what was found', async () => {
		const { page, steps } = lina;
		await page.keyboard.press('/');
		await page.getByRole('heading', { level: 1, name: steps.t('search') }).waitFor();
		await expect.poll(async () => (await inHand(page))?.tag).toBe('INPUT');
		await page.keyboard.type('الموعد');
		await page.locator('main').getByRole('link').filter({ hasText: 'الموعد' }).first().waitFor();
		await tabTo(page, 'الموعد');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { level: 1, name: 'نقاش بلا فأرة' }).waitFor();
		await expectAt(QUESTION);
	});

	test('a menu and a dialog give the keyboard back to where it was', async () => {
		const { page, steps } = lina;
		await page.getByRole('button', { name: MENU }).first().focus();
		await page.keyboard.press('Enter');
		await page.getByRole('menu').waitFor();
		await page.keyboard.press('Escape');
		expect((await inHand(page))?.text).toMatch(MENU);
		await page.keyboard.press('?');
		await page.getByRole('dialog', { name: steps.t('keys') }).waitFor();
		for (let step = 0; step < 6; step++) {
			await page.keyboard.press('Tab');
			expect(
				await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null),
			).toBe(true);
		}
		await page.keyboard.press('Escape');
		expect((await inHand(page))?.text).toMatch(MENU);
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
