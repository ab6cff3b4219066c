import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { threadsOf } from '@multaqa/shared/threads/threads';
import { startBrowser } from './testing/browser.ts';
import { openThread, startForum, type TestForum } from './testing/forum.ts';
import { inkSides } from './testing/ink.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { Steps } from './testing/steps.ts';
import { flipLastEvent } from './testing/tampering.ts';

const OVERRIDE = String.fromCodePoint(0x202e);
const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';
let browser: Browser;
let forum: TestForum;
let member: Member;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	await openThread(forum.alice, forum.space, 'أولويات آذار', 'ما الأولويات؟');
	member = await joinInBrowser(browser, forum, 'Lina', { passphrase });
	await member.page.getByText('أولويات آذار').first().click();
	await member.steps.sees('ما الأولويات؟');
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const composer = (page: Page) => page.getByRole('textbox');
const posts = (page: Page) => page.getByRole('article');

describe('what cannot be sent', () => {
	test.each(['', '   ', '\n\n\t'])('nothing but white space (%j) keeps the button closed', async (text) => {
		await composer(member.page).fill(text);
		expect(await member.steps.button('send').isDisabled()).toBe(true);
	});

	test('20,001 characters are refused with the count; one less is not', async () => {
		await composer(member.page).fill('ش'.repeat(20_001));
		await member.steps.sees(member.steps.t('problem_text_too_long', { actual: '20,001', limit: '20,000' }));
		expect(await member.steps.button('send').isDisabled()).toBe(true);
		await composer(member.page).fill('ش'.repeat(20_000));
		expect(await member.steps.button('send').isEnabled()).toBe(true);
		await composer(member.page).fill('');
	});
});

describe('direction', () => {
	test('while typing, an English paragraph in an Arabic post goes to the left at once, and back', async () => {
		const field = composer(member.page);
		await field.fill('');
		await field.pressSequentially('سلام');
		await field.press('Enter');
		await field.pressSequentially('We agree');
		expect(await inkSides(field)).toEqual(['right', 'left']);
		for (let press = 0; press < 8; press++) await field.press('Backspace');
		await field.pressSequentially('ونوافق');
		expect(await inkSides(field)).toEqual(['right', 'right']);
		await field.press('Control+z');
		expect(await field.inputValue()).not.toContain('ونوافق');
		await field.fill('');
	});

	test('a posted text keeps a direction for every paragraph, and an address reorders nothing', async () => {
		const { page, steps } = member;
		await steps.field('composer_post').fill('القرار A/HRC/RES/46/22 مهم\nWe agree (نعم).\nراجعوا https://example.org/a؟');
		await page.keyboard.press('Control+Enter');
		await steps.sees('We agree');
		const post = posts(page).filter({ hasText: 'We agree' });
		expect(await post.locator('p').evaluateAll((all) => all.map((p) => getComputedStyle(p).direction))).toEqual(['rtl', 'ltr', 'rtl']);
		expect(await post.getByRole('link').getAttribute('href')).toBe('https://example.org/a');
		expect(await post.getByRole('link').getAttribute('rel')).toContain('noreferrer');
	});

	test('a pasted override is shown as a mark while writing and is not in what others get', async () => {
		const { page, steps } = member;
		await steps.field('composer_post').fill(`user${OVERRIDE}txt.exe`);
		await page.getByText('RLO', { exact: true }).waitFor();
		await steps.send();
		await steps.sees('usertxt.exe');
		await page.getByText(/أُزيل من النص محرف خفي واحد/).waitFor();
		const said = await posts(page).filter({ hasText: 'usertxt.exe' }).innerText();
		expect(said).not.toContain(OVERRIDE);
	});

	test('an override that another program sent is shown as a mark, not obeyed', async () => {
		const { client } = forum.alice;
		const [thread] = threadsOf(client.events(forum.space.id, forum.space.index));
		await client.append(forum.space.id, thread!.stream, 'post.add', { text: `خطر ${OVERRIDE}gnp.exe`, reply: null });
		const post = posts(member.page).filter({ hasText: 'خطر' });
		await post.getByText('RLO', { exact: true }).waitFor();
		expect(await post.innerText()).not.toContain(OVERRIDE);
	});
});

describe('a draft', () => {
	test('half-written answer survives reload and lock, with the post it answers', async () => {
		const { page, steps } = member;
		await posts(page)
			.filter({ hasText: 'ما الأولويات' })
			.getByRole('button', { name: steps.t('reply') })
			.click();
		await steps.field('composer_reply').fill('مسودة لم تكتمل');
		await page.waitForTimeout(700);
		await page.reload();
		await steps.unlock(passphrase);
		await steps.sees('ما الأولويات؟');
		expect(await steps.field('composer_reply').inputValue()).toBe('مسودة لم تكتمل');
		await page.getByRole('listitem').filter({ hasText: 'ما الأولويات' }).getByRole('textbox').waitFor();
	});

	test('two tabs that edit it are asked, and neither text is lost', async () => {
		const { page, steps, context } = member;
		const other = await context.newPage();
		await other.goto(page.url());
		await new Steps({ ...member, page: other }, 'ar').unlock(passphrase);
		await other.getByLabel(steps.t('composer_reply'), { exact: true }).fill('نص النافذة الأخرى');
		await other.waitForTimeout(800);
		await steps.field('composer_reply').fill('نص هذه النافذة');
		await steps.sees(steps.t('draft_two'));
		await steps.sees('نص النافذة الأخرى');
		expect(await steps.field('composer_reply').inputValue()).toBe('نص هذه النافذة');
		await steps.button('draft_keep_both').click();
		await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
		const both = await steps.field('composer_reply').inputValue();
		expect(both).toContain('نص النافذة الأخرى');
		expect(both).toContain('نص هذه النافذة');
		await other.close();
		await steps.field('composer_reply').fill('');
		await steps.button('reply_cancel').click();
	});
});

describe('without a line', () => {
	test('a post stands there at once, marked as waiting, and goes out by itself afterwards', async () => {
		const { page, steps, context } = member;
		await context.setOffline(true);
		await steps.field('composer_post').fill('كُتبت دون اتصال');
		await steps.send();
		const post = posts(page).filter({ hasText: 'كُتبت دون اتصال' });
		await post.getByText(steps.t('waiting'), { exact: true }).waitFor();
		await context.setOffline(false);
		await post.getByText(steps.t('waiting'), { exact: true }).waitFor({ state: 'hidden', timeout: 60_000 });
	});
});

describe('by keyboard', () => {
	test('j, k and r move and answer; in a field they are letters', async () => {
		const { page, steps } = member;
		await page.getByRole('heading', { level: 1 }).focus();
		await page.keyboard.press('j');
		await page.keyboard.press('j');
		await page.keyboard.press('k');
		const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-post'));
		expect(focused).toBe(await posts(page).first().getAttribute('data-post'));
		await page.keyboard.press('r');
		await steps.field('composer_reply').waitFor();
		await page.keyboard.type('jkr');
		expect(await steps.field('composer_reply').inputValue()).toBe('jkr');
		await steps.field('composer_reply').fill('');
		await steps.button('reply_cancel').click();
	});
});

describe('the order of posts', () => {
	test('by branch and back leaves the reader at the same post', async () => {
		const long = await openThread(forum.alice, forum.space, 'نقاش طويل', 'بداية');
		const { client } = forum.alice;
		for (let n = 1; n <= 60; n++) {
			const reply = n % 3 === 0 ? long.post : null;
			await client.append(forum.space.id, long.stream, 'post.add', { text: `مشاركة رقم ${n} `.repeat(12), reply });
		}
		const { page, steps } = member;
		await page.getByText('نقاش طويل').first().click();
		await steps.sees('مشاركة رقم 60');
		await posts(page).nth(31).scrollIntoViewIfNeeded();
		await page.waitForTimeout(200);
		const place = () =>
			page.evaluate(() => {
				const post = [...document.querySelectorAll('[data-post]')].find((one) => one.getBoundingClientRect().bottom > innerHeight * 0.2);
				return { id: post?.getAttribute('data-post'), top: Math.round(post?.getBoundingClientRect().top ?? 0) };
			});
		const before = await place();
		await page.getByRole('radio', { name: steps.t('order_branch') }).evaluate((radio) => (radio as HTMLInputElement).click());
		await page.waitForTimeout(300);
		const after = await place();
		expect(after.id).toBe(before.id);
		expect(Math.abs(after.top - before.top)).toBeLessThan(4);
	});
});

describe('a server that alters a post', () => {
	test('gets it replaced by a sentence: nothing of the text is on the page', async () => {
		await openThread(forum.alice, forum.space, 'نقاش معبوث به', 'هذا النص سيُعبث به');
		const second = await joinInBrowser(browser, forum, 'شاهدة', { prepare: flipLastEvent });
		await second.page.getByText('نقاش معبوث به').first().click();
		await second.steps.sees(second.steps.t('post_unverified'));
		expect(await second.page.locator('body').innerText()).not.toContain('هذا النص سيُعبث به');
		await second.context.close();
	});
});
