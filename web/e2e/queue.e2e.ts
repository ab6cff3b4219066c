import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
let lina: Member;
let stream: StreamId;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	lina = await joinInBrowser(browser, forum, 'لينا', { width: 360, height: 740 });
	lina.context.setDefaultTimeout(10_000);
	({ stream } = await openThread(forum.alice, forum.space, 'خطة الشهر', 'ما الأولويات؟'));
	await sent(forum.alice);
	// Every page is at hand before the line is lost.
	for (const address of ['/', thread()]) await go(lina.page, address);
	await lina.steps.sees('ما الأولويات؟');
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const thread = () => `/s/${forum.space.id}/t/${stream}`;
const texts = () => postsOf(forum.alice.client.events(forum.space.id, stream)).flatMap((post) => (post.kind === 'post' ? [post.text] : []));
const queue = () => lina.page.getByRole('region', { name: lina.steps.t('waiting') });

describe('what waits to be sent', () => {
	test('is listed by thread as its author would count it, with its first words, and leads there', async () => {
		const { steps, page, context } = lina;
		await context.setOffline(true);
		await steps.post('التدريب أولًا');
		await steps.post('ثم المتابعة');
		await page
			.getByRole('article')
			.filter({ hasText: 'ما الأولويات؟' })
			.getByRole('button', { name: /^خيارات مشاركة/ })
			.click();
		await page.getByRole('menuitem', { name: steps.t('react'), exact: true }).click();
		await page
			.getByRole('button', { name: steps.t('reaction_thanks') })
			.first()
			.click();
		await go(page, '/');
		const row = queue().getByRole('link');
		await row.getByText('خطة الشهر').waitFor();
		expect(await row.innerText()).toMatch(/التدريب أولًا[^]*مشاركتان · تفاعل واحد/);
		await queue().getByText(steps.t('waiting_text')).waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await row.click();
		await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('التدريب أولًا');
	});

	test('goes out once the line is back, once, and is listed no longer', async () => {
		await go(lina.page, '/');
		await lina.context.setOffline(false);
		await until('Alice reads both', () => texts().length === 3, 20_000);
		await queue().waitFor({ state: 'hidden' });
		expect(texts()).toEqual(['ما الأولويات؟', 'التدريب أولًا', 'ثم المتابعة']);
	});

	test('says so when the server does not take it, and stays', async () => {
		const { steps, page, context } = lina;
		await go(page, thread());
		await context.setOffline(true);
		await steps.post('بعد تغيير الدور');
		const account = forum.alice.client.spaces[0]!.members.find(({ name }) => name === 'لينا')!.account;
		await forum.alice.client.people.setRole(forum.space.id, account, 'observer');
		await go(page, '/');
		await context.setOffline(false);
		await queue().getByText(steps.t('queue_refused')).waitFor({ timeout: 20_000 });
		expect(await queue().innerText()).toContain('بعد تغيير الدور');
		expect(texts()).toHaveLength(3);
		await forum.alice.client.people.setRole(forum.space.id, account, 'member');
		await until('Alice reads it', () => texts().includes('بعد تغيير الدور'), 70_000);
	});

	test('whose space is gone meanwhile is kept for its author on Today, until they throw it away', async () => {
		const { steps, page } = lina;
		await go(page, thread());
		await steps.field('composer_post').fill('كلمة أخيرة قبل الخروج');
		await steps.button('send').click();
		const account = forum.alice.client.spaces[0]!.members.find(({ name }) => name === 'لينا')!.account;
		await forum.alice.client.people.removeMember(forum.space.id, account);
		await go(page, '/');
		// It is held for ten seconds first.
		await page.getByText(steps.t('queue_gone')).filter({ visible: true }).first().waitFor({ timeout: 30_000 });
		await steps.sees('كلمة أخيرة قبل الخروج');
		await steps.button('copy_text').waitFor();
		expect(await fitsWidth(page)).toBe(true);
		expect(await violations(page)).toEqual([]);
		await steps.button('draft_discard').click();
		await page.getByText(steps.t('queue_gone')).waitFor({ state: 'detached' });
		expect(await page.getByText('كلمة أخيرة قبل الخروج').count()).toBe(0);
		expect(texts()).not.toContain('كلمة أخيرة قبل الخروج');
	});
});
