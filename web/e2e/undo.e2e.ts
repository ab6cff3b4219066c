import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf } from '@multaqa/shared/threads/posts';
import { threadsOf } from '@multaqa/shared/threads/threads';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, PASSPHRASE, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';
import { Steps } from './testing/steps.ts';

let browser: Browser;
let forum: TestForum;
let lina: Member;
let stream: StreamId;
let count = 0;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	lina = await joinInBrowser(browser, forum, 'لينا', { width: 360, height: 740 });
	lina.context.setDefaultTimeout(10_000);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});
beforeEach(async () => {
	({ stream } = await openThread(forum.alice, forum.space, `نقاش ${++count}`, `بداية ${count}`));
	await sent(forum.alice);
	await go(lina.page, `/s/${forum.space.id}/t/${stream}`);
	await lina.steps.sees(`بداية ${count}`);
});

const { field, button, sees } = {
	field: () => lina.page.getByRole('textbox'),
	button: (key: 'undo' | 'going_now' | 'send') => lina.steps.button(key),
	sees: (text: string) => lina.steps.sees(text),
};
const texts = (of = stream) =>
	postsOf(forum.alice.client.events(forum.space.id, of)).flatMap((post) => (post.kind === 'post' ? [post.text] : []));
const titles = () => threadsOf(forum.alice.client.events(forum.space.id, forum.space.index)).map(({ title }) => title);
const write = async (text: string) => {
	await field().fill(text);
	await button('send').click();
	await lina.page.getByRole('article').filter({ hasText: text }).waitFor();
};
const countdown = () => lina.page.getByText(/الإرسال بعد \d+ ث/);

describe('a post that was just sent', () => {
	test('stands in the thread with its seconds, and goes out by itself, once', async () => {
		await write('يخرج وحده');
		await countdown().waitFor();
		await expect.poll(() => field().inputValue()).toBe('');
		expect(texts()).toHaveLength(1);
		expect(await fitsWidth(lina.page)).toBe(true);
		// Whoever stays at it is at the post once it is out.
		const focused = () => lina.page.evaluate(() => document.activeElement?.textContent ?? '');
		expect(await focused()).toContain('يخرج وحده');
		await until('Alice reads it', () => texts().includes('يخرج وحده'), 15_000);
		await countdown().waitFor({ state: 'hidden' });
		expect(await lina.page.getByRole('article').filter({ hasText: 'يخرج وحده' }).count()).toBe(1);
		await expect.poll(focused).toContain('يخرج وحده');
		expect(texts().filter((text) => text === 'يخرج وحده')).toHaveLength(1);
	});

	test('comes back into the field with what it answers, by the button or the keyboard, and nobody has seen it', async () => {
		await lina.steps.button('reply').click();
		await write('رد متسرع');
		await button('undo').click();
		await expect.poll(() => field().inputValue()).toBe('رد متسرع');
		await lina.page.getByText(lina.steps.t('in_reply_to')).first().waitFor();
		await expect.poll(() => field().evaluate((area) => area === document.activeElement)).toBe(true);
		await lina.page.getByText(lina.steps.t('going_undone'), { exact: true }).waitFor();
		await button('send').click();
		await countdown().waitFor();
		await lina.page.keyboard.press('Control+z');
		await expect.poll(() => field().inputValue()).toBe('رد متسرع');
		await countdown().waitFor({ state: 'hidden' });
		expect(texts()).toHaveLength(1);
		await field().fill('');
	});

	test('that key takes back letters, not the post, while something is being written', async () => {
		await write('يبقى في طريقه');
		await field().focus();
		await lina.page.keyboard.type('كلمة');
		await lina.page.keyboard.press('Control+z');
		expect(await countdown().count()).toBe(1);
		await field().fill('');
		await lina.page.keyboard.press('Control+Enter');
		await until('Alice reads it', () => texts().includes('يبقى في طريقه'));
	});

	test('asks which text stays when another was begun meanwhile, and loses neither with a reload', async () => {
		await write('الأول');
		await field().fill('الثاني');
		await button('undo').click();
		await sees(lina.steps.t('draft_back_two'));
		await lina.page.waitForTimeout(600);
		await lina.page.reload();
		await unlock(lina);
		await sees(lina.steps.t('draft_back_two'));
		await lina.steps.button('draft_keep_both').click();
		await expect.poll(() => field().inputValue()).toBe('الثاني\n\nالأول');
		expect(texts()).toHaveLength(1);
		await field().fill('');
	});

	test('is still held after a reload, and then sent once', async () => {
		await write('قبل إعادة التحميل');
		await lina.page.reload();
		await unlock(lina);
		await until('Alice reads it', () => texts().includes('قبل إعادة التحميل'), 20_000);
		await countdown().waitFor({ state: 'hidden' });
		expect(texts().filter((text) => text === 'قبل إعادة التحميل')).toHaveLength(1);
		expect(await lina.page.getByRole('article').filter({ hasText: 'قبل إعادة التحميل' }).count()).toBe(1);
	});

	test('is taken back in one tab for all of them, and sent in one of them for all', async () => {
		const maha = await joinInBrowser(browser, forum, 'مها', { width: 1280, passphrase: PASSPHRASE });
		const other = new Steps({ ...maha, page: await maha.context.newPage() }, 'ar');
		await other.page.goto('/');
		await other.unlock(PASSPHRASE);
		for (const { page } of [maha, other]) await go(page, `/s/${forum.space.id}/t/${stream}`);
		await maha.steps.field('composer_post').fill('في نافذتين');
		await maha.steps.button('send').click();
		await other.button('undo').click();
		await maha.steps.button('undo').waitFor({ state: 'hidden' });
		for (const field of [maha.steps.field('composer_post'), other.field('composer_post')])
			await expect.poll(() => field.inputValue()).toBe('في نافذتين');
		// Both windows wrote the draft just now; whoever goes on in one of them would be asked which words stay.
		await other.page.reload();
		await other.unlock(PASSPHRASE);
		await other.field('composer_post').waitFor();
		await maha.steps.field('composer_post').fill('مرة واحدة');
		await maha.steps.button('send').click();
		await other.button('going_now').click();
		for (const { page } of [maha, other]) {
			await page.getByText('مرة واحدة', { exact: true }).locator('visible=true').first().waitFor();
			await page.getByRole('button', { name: lina.steps.t('undo'), exact: true }).waitFor({ state: 'hidden' });
			await expect.poll(() => page.getByRole('article').filter({ hasText: 'مرة واحدة' }).count()).toBe(1);
		}
		await until('Alice reads it', () => texts().includes('مرة واحدة'));
		expect(texts().filter((text) => text !== `بداية ${count}`)).toEqual(['مرة واحدة']);
		await maha.context.close();
	});

	test('comes back with the reason when the thread is closed, or the role ends, before it is out', async () => {
		await write('بعد فوات الأوان');
		await forum.alice.client.append(forum.space.id, forum.space.index, 'thread.close', { stream, on: true, reason: null });
		await sees(lina.steps.t('closed_draft'));
		await sees('بعد فوات الأوان');
		await forum.alice.client.append(forum.space.id, forum.space.index, 'thread.close', { stream, on: false, reason: null });
		await expect.poll(() => field().inputValue()).toBe('بعد فوات الأوان');
		const account = forum.alice.client.spaces[0]!.members.find(({ name }) => name === 'لينا')!.account;
		await button('send').click();
		await countdown().waitFor();
		await forum.alice.client.people.setRole(forum.space.id, account, 'observer');
		await sees(lina.steps.t('not_writable'));
		await button('going_now').click();
		await sees(lina.steps.t('going_back'));
		await sees('بعد فوات الأوان');
		expect(texts()).toHaveLength(1);
		await forum.alice.client.people.setRole(forum.space.id, account, 'member');
		await expect.poll(() => field().inputValue()).toBe('بعد فوات الأوان');
		await field().fill('');
	});
});

describe('a discussion that was just opened', () => {
	test('stands there with its seconds, is a draft again when it is taken back, and opens for all when it is out', async () => {
		const { steps, page } = lina;
		await go(page, `/s/${forum.space.id}/new`);
		await steps.field('thread_title').fill('موضوع جديد');
		await steps.field('thread_tags').fill('ميزانية');
		await steps.field('thread_first_post').fill('أول الكلام');
		await steps.button('thread_open').click();
		await page.getByRole('heading', { level: 1, name: 'موضوع جديد' }).waitFor();
		await countdown().waitFor();
		expect(titles()).not.toContain('موضوع جديد');
		await button('undo').click();
		await expect.poll(() => steps.field('thread_title').inputValue()).toBe('موضوع جديد');
		expect(await steps.field('thread_tags').inputValue()).toBe('ميزانية');
		await expect.poll(() => steps.field('thread_first_post').inputValue()).toBe('أول الكلام');
		await steps.button('thread_open').click();
		await countdown().waitFor();
		await until('Alice reads it', () => titles().includes('موضوع جديد'), 15_000);
		await page.getByRole('textbox').waitFor();
		const tags = () => threadsOf(forum.alice.client.events(forum.space.id, forum.space.index))[0]?.tags;
		await until('Alice knows its tags', () => tags()?.join() === 'ميزانية');
		expect(titles().filter((title) => title === 'موضوع جديد')).toHaveLength(1);
	});
});
