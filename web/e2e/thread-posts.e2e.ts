import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { EDIT_WINDOW } from '@multaqa/shared/threads/events';
import { beforeAll, describe, expect, test } from 'vitest';
import { until } from './testing/forum.ts';
import { joinInBrowser } from './testing/member.ts';
import { choose, chooseOfThread, onScreen, postWith } from './testing/discussion.ts';
import { discussion, fatima, lina } from './testing/one-discussion.ts';

describe('changing what one wrote', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await discussion.thread('تعديل', 1));
		await discussion.open(lina, stream, 'تعديل: البداية');
	});

	test('within the window: everybody sees that it was changed, and what', async () => {
		await lina.steps.post('نلتقي يوم الأحد');
		await choose(lina, 'نلتقي يوم الأحد', 'edit');
		await lina.steps.field('edit_label').fill('نلتقي يوم الاثنين');
		await lina.steps.button('save').click();
		await expect.poll(() => lina.page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE');
		await discussion.open(fatima, stream, 'نلتقي يوم الاثنين');
		await fatima.steps.button('edited').click();
		const history = fatima.page.getByRole('dialog');
		expect(await history.locator('del').innerText()).toContain('الأحد');
		expect(await history.locator('ins').innerText()).toContain('الاثنين');
		expect(await history.locator('del').evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toBe('line-through');
		await fatima.steps.button('close').click();
	});

	test("another's post offers no change, and one that a false program sends is no change", async () => {
		await postWith(lina.page, 'تعديل: البداية')
			.getByRole('button', { name: /^خيارات مشاركة/ })
			.click();
		expect(await lina.page.getByRole('menuitem', { name: lina.steps.t('edit'), exact: true }).count()).toBe(0);
		await lina.page.keyboard.press('Escape');
		const own = discussion.forum.alice.client.events(discussion.forum.space.id, stream).at(-1)!;
		await discussion.say('post.edit', stream, { post: own.id, text: 'كلام لم تقله لينا' });
		await discussion.add(stream, 'بعد المحاولة');
		await lina.steps.sees('بعد المحاولة');
		expect(await lina.page.getByText('كلام لم تقله لينا').count()).toBe(0);
	});

	test('when the window ends while typing, it is said, and the words are a draft', async () => {
		const maha = await joinInBrowser(discussion.browser, discussion.forum, 'مها');
		await discussion.open(maha, stream, 'تعديل: البداية');
		await maha.page.clock.install();
		await maha.steps.post('نص قديم');
		await choose(maha, 'نص قديم', 'edit');
		await maha.steps.field('edit_label').fill('نص جديد لم يُحفظ');
		// Whoever types is not locked out meanwhile.
		for (let minute = 0; minute <= EDIT_WINDOW / 60; minute += 2) {
			await maha.page.clock.fastForward('02:00');
			await maha.page.keyboard.press('ArrowUp');
		}
		await maha.steps.sees(maha.steps.t('edit_over'));
		await expect.poll(() => maha.steps.field('composer_post').inputValue()).toContain('نص جديد لم يُحفظ');
		await choose(maha, 'نص قديم', 'edit');
		expect(await maha.steps.field('edit_label').count()).toBe(0);
		expect(await postWith(maha.page, 'نص جديد').count()).toBe(0);
		await maha.context.close();
	});

	test('taking it back asks first and leaves a mark, and what answers it says so', async () => {
		await discussion.open(fatima, stream, 'بعد المحاولة');
		await fatima.steps.post('Sent by mistake');
		const events = () => discussion.forum.alice.client.events(discussion.forum.space.id, stream);
		const mistake = () => events().find((event) => event.verified && JSON.stringify(event.content).includes('by mistake'));
		await until('the post is everywhere', () => mistake() !== undefined);
		await until('Bob has it', () => discussion.bob.client.events(discussion.forum.space.id, stream).length === events().length);
		await discussion.add(stream, 'جواب عنها', mistake()!.id as Hash);
		await choose(fatima, 'Sent by mistake', 'delete_post');
		await fatima.steps.button('cancel').click();
		await choose(fatima, 'Sent by mistake', 'delete_post');
		await fatima.page
			.getByRole('dialog')
			.getByRole('button', { name: fatima.steps.t('delete_do') })
			.click();
		await postWith(fatima.page, fatima.steps.t('post_deleted')).first().waitFor();
		await fatima.steps.sees(fatima.steps.t('in_reply_to_deleted'));
		expect(await fatima.page.getByText('Sent by mistake').count()).toBe(0);
	});
});

describe('what is said about posts', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await discussion.thread('حول', 3));
		await discussion.open(lina, stream, 'حول: البداية');
		await discussion.open(fatima, stream, 'حول: البداية');
	});

	test('a reaction is added and taken away, and tells whose it is', async () => {
		await choose(lina, 'حول: البداية', 'react');
		await lina.page.getByRole('button', { name: lina.steps.t('reaction_thanks'), exact: true }).click();
		// In English words an Arabic name stands between marks that keep its direction.
		const seen = fatima.page.getByRole('button', { name: new RegExp(`${fatima.steps.t('reaction_thanks')}: .?لينا`) });
		await seen.focus();
		await fatima.page.locator('.names').filter({ hasText: 'لينا' }).waitFor();
		await lina.page.getByRole('button', { name: `${lina.steps.t('reaction_thanks')}: لينا` }).click();
		await seen.waitFor({ state: 'detached' });
	});

	test('a formal notice is confirmed, and shows who has and who has not', async () => {
		await choose(fatima, 'حول: المشاركة 2', 'notice_ask');
		await lina.steps.button('acknowledge').click();
		await lina.steps.sees(lina.steps.t('notice_own'));
		const notice = fatima.page.getByRole('region', { name: fatima.steps.t('notice_title') });
		await notice.getByText(/^1 of \d confirmed$/).click();
		const [confirmed, missing] = await notice.getByRole('list').allInnerTexts();
		expect(confirmed).toContain('لينا');
		expect(missing).toMatch(/أليس/);
		expect(missing).not.toContain('لينا');
	});

	test('members are offered nothing that only facilitators do', async () => {
		await postWith(lina.page, 'حول: البداية')
			.getByRole('button', { name: /^خيارات مشاركة/ })
			.click();
		for (const key of ['notice_ask', 'milestone_set', 'delete_post'] as const)
			expect(await lina.page.getByRole('menuitem', { name: lina.steps.t(key), exact: true }).count()).toBe(0);
		await lina.page.keyboard.press('Escape');
	});

	test('a milestone stands beside the thread, on a phone in a fold, and leads to its post', async () => {
		await choose(fatima, 'حول: المشاركة 3', 'milestone_set');
		await fatima.steps.field('milestone_label').fill('قرار: الإرسال');
		await fatima.steps.button('save').click();
		await fatima.page.getByRole('complementary').getByRole('link', { name: 'قرار: الإرسال' }).click();
		await expect.poll(() => onScreen(fatima.page, 'حول: المشاركة 3')).toBe(true);
		await lina.page.getByText('محطة واحدة', { exact: true }).click();
		await lina.page.getByRole('link', { name: 'قرار: الإرسال' }).waitFor();
	});

	test('a post that is deleted while somebody makes it a milestone becomes none, and they are told', async () => {
		await lina.steps.post('تُحذف بعد قليل');
		await postWith(fatima.page, 'تُحذف بعد قليل').waitFor();
		await choose(fatima, 'تُحذف بعد قليل', 'milestone_set');
		await fatima.steps.field('milestone_label').fill('قرار لم يكن');
		await choose(lina, 'تُحذف بعد قليل', 'delete_post');
		await lina.page
			.getByRole('dialog')
			.getByRole('button', { name: lina.steps.t('delete_do') })
			.click();
		await fatima.steps.sees(fatima.steps.t('post_deleted_meanwhile'));
		expect(await fatima.page.getByRole('dialog').count()).toBe(0);
		expect(await fatima.page.getByText('قرار لم يكن').count()).toBe(0);
	});

	test('a summary is signed and dated, and after 30 further posts says that it may be old', async () => {
		await chooseOfThread(fatima, 'summary_write');
		await fatima.steps.field('summary').fill('اتفقنا على الإرسال');
		await fatima.steps.button('summary_sign').click();
		const summary = lina.page.getByRole('region', { name: lina.steps.t('summary') });
		await summary.getByText('اتفقنا على الإرسال').waitFor();
		expect(await summary.innerText()).toMatch(/Fatima[^]*2026/);
		expect(await summary.getByText(lina.steps.t('summary_old')).count()).toBe(0);
		for (let n = 0; n < 30; n++) await discussion.add(stream, `بعد الخلاصة ${n}`);
		await summary.getByText(lina.steps.t('summary_old')).waitFor();
	});

	test('a post is copied with who said it and when', async () => {
		await lina.context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await choose(lina, 'حول: البداية', 'post_copy');
		await lina.steps.sees(lina.steps.t('post_copied'));
		const copied = await lina.page.evaluate(() => navigator.clipboard.readText());
		expect(copied).toMatch(/^حول: البداية\n\n— .*باسل.*منظمة الاختبار.*2026/);
	});
});

test('nothing was said in the console', () => expect(discussion.errors).toEqual([]));
