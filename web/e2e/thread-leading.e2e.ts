import type { StreamId } from '@multaqa/shared/bytes/ids';
import { threadsOf } from '@multaqa/shared/threads/threads';
import { beforeAll, describe, expect, test } from 'vitest';
import { sent, until } from './testing/forum.ts';
import { chooseOfThread, postWith } from './testing/discussion.ts';
import { discussion, fatima, lina } from './testing/one-discussion.ts';

describe('leading a thread', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await discussion.thread('إدارة', 2));
		await discussion.open(lina, stream, 'إدارة: البداية');
		await discussion.open(fatima, stream, 'إدارة: البداية');
	});
	const current = () =>
		threadsOf(discussion.forum.alice.client.events(discussion.forum.space.id, discussion.forum.space.index)).find(
			(one) => one.stream === stream,
		)!;

	test('a facilitator renames, tags and pins it', async () => {
		await chooseOfThread(fatima, 'thread_rename');
		await fatima.steps.field('thread_title').fill('إدارة النقاش');
		await fatima.steps.button('save').click();
		await fatima.page.getByRole('heading', { level: 1, name: 'إدارة النقاش' }).waitFor();
		await chooseOfThread(fatima, 'thread_tags');
		await fatima.page.getByRole('dialog').getByRole('textbox').fill('جنيف، UPR');
		await fatima.steps.button('save').click();
		await chooseOfThread(fatima, 'thread_pin');
		await until('everybody knows', () => current().pinned && current().tags.length === 2 && current().title === 'إدارة النقاش');
		await lina.steps.sees('جنيف');
	});

	test('how loud it is, is for own eyes', async () => {
		await lina.steps.button('thread_menu').click();
		await lina.page.getByRole('menuitemradio', { name: lina.steps.t('level_follow') }).click();
		await lina.steps.button('thread_menu').click();
		await expect
			.poll(() => lina.page.getByRole('menuitemradio', { name: lina.steps.t('level_follow') }).getAttribute('aria-checked'))
			.toBe('true');
		await lina.page.keyboard.press('Escape');
	});

	test('a closed thread says why and by whom; what was under way comes back as a draft and is in no list', async () => {
		await lina.steps.field('composer_post').waitFor();
		await lina.context.setOffline(true);
		await lina.steps.field('composer_post').fill('كلمات في الطريق');
		await lina.steps.send();
		await postWith(lina.page, 'كلمات في الطريق').getByText(lina.steps.t('waiting'), { exact: true }).waitFor();
		await chooseOfThread(fatima, 'thread_close');
		await fatima.steps.field('thread_close_reason').fill('صدر القرار');
		await fatima.page
			.getByRole('dialog')
			.getByRole('button', { name: fatima.steps.t('thread_close') })
			.click();
		await until('it is closed', () => current().closed !== null);
		await lina.context.setOffline(false);
		const closed = lina.page.getByRole('region', { name: lina.steps.t('thread_closed') });
		await closed.getByText('صدر القرار').waitFor({ timeout: 60_000 });
		expect(await closed.innerText()).toContain('Fatima');
		await lina.steps.sees(lina.steps.t('closed_draft'));
		await lina.page.locator('blockquote').filter({ hasText: 'كلمات في الطريق' }).waitFor();
		expect(await postWith(lina.page, 'كلمات في الطريق').count()).toBe(0);
		expect(await postWith(fatima.page, 'كلمات في الطريق').count()).toBe(0);
		expect(await lina.steps.field('composer_post').count()).toBe(0);
	});

	test('opened again, the draft is in the field', async () => {
		await chooseOfThread(fatima, 'thread_reopen');
		await expect.poll(() => lina.steps.field('composer_post').inputValue(), { timeout: 10_000 }).toBe('كلمات في الطريق');
	});

	test('a member who closes a thread with a false program closes nothing', async () => {
		await discussion.bob.client.append(discussion.forum.space.id, discussion.forum.space.index, 'thread.close', {
			stream,
			on: true,
			reason: 'x',
		});
		await sent(discussion.bob);
		expect(current().closed).toBeNull();
	});
});

test('nothing was said in the console', () => expect(discussion.errors).toEqual([]));
