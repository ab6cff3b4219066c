import type { StreamId } from '@multaqa/shared/bytes/ids';
import { beforeAll, describe, expect, test } from 'vitest';
import { MOMENT } from '../src/lib/threads/reading/attention.ts';
import { unlock } from './testing/member.ts';
import { go } from './testing/people.ts';
import { fitsWidth } from './testing/browser.ts';
import { chooseOfThread, onScreen, postWith } from './testing/discussion.ts';
import { discussion, lina } from './testing/one-discussion.ts';

/** A machine with much to do is no reason to fail. */
const PATIENT = { timeout: 30_000 };

describe('reading a long thread', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await discussion.thread('طويل', 150));
	});

	test('it opens at its beginning when nothing of it was read, and holds few posts in the page', async () => {
		await discussion.open(lina, stream, 'طويل: البداية');
		await lina.page.getByText(lina.steps.t('first_unread'), { exact: true }).waitFor();
		// Short threads are drawn whole, and so is a long one of which only the beginning has come.
		await expect.poll(() => lina.page.getByRole('article').count()).toBeLessThan(60);
		const first = lina.page.getByRole('listitem').filter({ hasText: 'طويل: البداية' }).last();
		await expect.poll(() => first.getAttribute('aria-setsize'), { timeout: 10_000 }).toBe('150');
		expect(await first.getAttribute('aria-posinset')).toBe('1');
		expect(await fitsWidth(lina.page)).toBe(true);
	});

	test('opening is not reading: what was not on the screen stays unread, also what a jump to the end passes over', async () => {
		await lina.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
		await lina.steps.sees('طويل: المشاركة 150');
		await lina.page.waitForTimeout(2_000);
		const count = await lina.page.getByRole('button', { name: lina.steps.t('first_unread') }).innerText();
		expect(Number(/\d+/.exec(count)?.[0])).toBeGreaterThan(140);
		await lina.page.keyboard.press('u');
		await expect
			.poll(() => lina.page.evaluate(() => document.activeElement?.textContent ?? ''))
			.toMatch(/طويل: (?:البداية|المشاركة [2-9]\.)/);
	});

	test('what was on the screen for a moment is read, here and in the list, and the next visit begins after it', async () => {
		await lina.page.waitForTimeout(1_200);
		for (let step = 0; step < 12; step++) {
			await lina.page.mouse.wheel(0, 350);
			await lina.page.waitForTimeout(1_000);
		}
		await lina.page.waitForTimeout(1_200);
		const label = await lina.page.getByRole('button', { name: lina.steps.t('first_unread') }).innerText();
		const left = Number(/\d+/.exec(label)?.[0]);
		expect(left).toBeLessThan(147);
		await go(lina.page, `/s/${discussion.forum.space.id}`);
		await lina.page.getByRole('listitem').filter({ hasText: 'طويل' }).getByText(String(left)).first().waitFor();
		await go(lina.page, discussion.addressOf(stream));
		const next = `طويل: المشاركة ${150 - left + 1}.`;
		await lina.steps.sees(next);
		await expect.poll(() => onScreen(lina.page, next)).toBe(true);
	});

	test('everything can be counted as read at once, and then nothing sticks', async () => {
		await chooseOfThread(lina, 'thread_read_all');
		await lina.page.getByRole('button', { name: lina.steps.t('first_unread') }).waitFor({ state: 'hidden' });
		await lina.page.keyboard.press('u');
		await lina.steps.sees(lina.steps.t('all_read'));
	});

	test('what others write meanwhile is counted on a button and moves nothing', async () => {
		await lina.page.evaluate(() => scrollTo(0, 0));
		await lina.steps.sees('طويل: البداية');
		await lina.page.waitForTimeout(300);
		await discussion.add(stream, 'وصلت الآن أولى');
		await discussion.add(stream, 'وصلت الآن ثانية');
		const button = lina.page.getByRole('button', { name: 'مشاركتان جديدتان' });
		await button.waitFor();
		expect(await lina.page.evaluate(() => scrollY)).toBe(0);
		await button.click();
		await expect.poll(() => onScreen(lina.page, 'وصلت الآن أولى')).toBe(true);
		await button.waitFor({ state: 'hidden' });
	});

	test('by branch and back, the reader stays at the same post', async () => {
		const { page, steps } = lina;
		await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
		await page.waitForTimeout(600);
		const place = () =>
			page.evaluate(() => {
				const posts = [...document.querySelectorAll('[data-post]')].map((post) => ({ post, box: post.getBoundingClientRect() }));
				const at = posts.find(({ box }) => box.bottom > innerHeight * 0.2 && box.top < innerHeight);
				return { id: at?.post.getAttribute('data-post'), top: at?.box.top ?? 0 };
			});
		const before = await place();
		for (const order of ['order_branch', 'order_time'] as const) {
			await page.getByRole('radio', { name: steps.t(order) }).evaluate((radio) => (radio as HTMLInputElement).click());
			await page.waitForTimeout(700);
			const after = await place();
			expect(after.id).toBe(before.id);
			expect(Math.abs(after.top - before.top)).toBeLessThan(4);
		}
		// As hands do it from there: by the post's own menu, and by a key.
		const post = page.locator(`[data-post="${before.id}"]`);
		const topOf = async () => (await post.boundingBox())?.y ?? 0;
		await post.getByRole('button', { name: /^خيارات مشاركة/ }).click();
		const top = await topOf();
		await page.getByRole('menuitem', { name: steps.t('order_branch_here'), exact: true }).click();
		await page.getByRole('radio', { name: steps.t('order_branch'), checked: true }).waitFor();
		await expect.poll(async () => Math.abs((await topOf()) - top)).toBeLessThan(4);
		await post.focus();
		await page.keyboard.press('b');
		await page.getByRole('radio', { name: steps.t('order_time'), checked: true }).waitFor();
		await expect.poll(async () => Math.abs((await topOf()) - top)).toBeLessThan(4);
	});

	test('the address of a post leads to it, also through unlocking, and names nobody', async () => {
		const wanted = discussion.forum.alice.client.events(discussion.forum.space.id, stream)[99]!.id;
		const address = `${discussion.addressOf(stream)}#post-${wanted}`;
		expect(decodeURIComponent(address)).not.toMatch(/[؀-ۿ]/);
		await lina.page.goto('/me');
		await lina.page.goto(address);
		await unlock(lina);
		await expect.poll(() => onScreen(lina.page, 'طويل: المشاركة 100.'), { timeout: 10_000 }).toBe(true);
	});
});

describe('what was read', () => {
	test('is nowhere unread any more: neither on the page nor in the list', async () => {
		const { stream } = await discussion.thread('صفر', 2);
		await discussion.open(lina, stream, 'صفر: البداية');
		const button = lina.page.getByRole('button', { name: lina.steps.t('first_unread') });
		// One after the other before her eyes, again where it was too quick: what is only scrolled past rightly stays unread.
		const look = async () => {
			for (const said of ['البداية', 'المشاركة 2.']) {
				await postWith(lina.page, `صفر: ${said}`).first().scrollIntoViewIfNeeded();
				await lina.page.waitForTimeout(MOMENT);
			}
			return button.isVisible();
		};
		await expect.poll(look, PATIENT).toBe(false);
		await go(lina.page, `/s/${discussion.forum.space.id}`);
		const row = lina.page.getByRole('listitem').filter({ hasText: 'صفر' });
		await expect.poll(async () => (await row.innerText()).replaceAll(/\s+/g, ' '), PATIENT).not.toMatch(/غير مقروء/);
	});
});

test('nothing was said in the console', () => expect(discussion.errors).toEqual([]));
