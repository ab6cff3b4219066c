import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { EDIT_WINDOW } from '@multaqa/shared/threads/events';
import { threadsOf } from '@multaqa/shared/threads/threads';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
let bob: Person;
/** On a phone, in Arabic. */
let lina: Member;
/** A facilitator at a desk, in English. */
let fatima: Member;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	bob = await forum.join('باسل');
	lina = await joinInBrowser(browser, forum, 'لينا', { width: 360, height: 740 });
	const fragment = await forum.invitation({ role: 'facilitator' });
	fatima = await joinInBrowser(browser, forum, 'Fatima', { language: 'en', width: 1320, height: 900, fragment });
	// A newcomer has read what was there before: time passes between coming and what is written next.
	await new Promise((resolve) => setTimeout(resolve, 1_100));
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const say = (type: string, stream: StreamId, content: object, { client }: Person = bob) =>
	client.append(forum.space.id, stream, type, content as never);
const add = (stream: StreamId, text: string, reply: Hash | null = null, person?: Person) =>
	say('post.add', stream, { text, reply }, person);
const addressOf = (stream: StreamId) => `/s/${forum.space.id}/t/${stream}`;
const postWith = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const onScreen = (page: Page, text: string) =>
	postWith(page, text)
		.first()
		.evaluate((post) => post.getBoundingClientRect().top < innerHeight && post.getBoundingClientRect().bottom > 0);

/** A thread by Bob, so many posts long. */
async function thread(title: string, posts: number) {
	const opened = await openThread(bob, forum.space, title, `${title}: البداية`);
	for (let n = 2; n <= posts; n++) await add(opened.stream, `${title}: المشاركة ${n}. ${'نص للقراءة. '.repeat(12)}`);
	await sent(bob);
	return opened;
}

async function open(member: Member, stream: StreamId, seen: string): Promise<void> {
	await go(member.page, addressOf(stream));
	await member.steps.sees(seen);
}

/** Chooses from the menu of a post. */
async function choose({ page, steps }: Member, text: string, what: Parameters<typeof steps.t>[0]): Promise<void> {
	const names = { ar: /^خيارات مشاركة/, en: /^Options for the post/ };
	await postWith(page, text).first().getByRole('button', { name: names[steps.language] }).click();
	await page.getByRole('menuitem', { name: steps.t(what), exact: true }).click();
}

async function chooseOfThread({ page, steps }: Member, what: Parameters<typeof steps.t>[0]): Promise<void> {
	await steps.button('thread_menu').click();
	await page.getByRole('menu').getByText(steps.t(what), { exact: true }).click();
}

describe('reading a long thread', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await thread('طويل', 150));
	});

	test('it opens at its beginning when nothing of it was read, and holds few posts in the page', async () => {
		await open(lina, stream, 'طويل: البداية');
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
		await go(lina.page, `/s/${forum.space.id}`);
		await lina.page.getByRole('listitem').filter({ hasText: 'طويل' }).getByText(String(left)).first().waitFor();
		await go(lina.page, addressOf(stream));
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
		await add(stream, 'وصلت الآن أولى');
		await add(stream, 'وصلت الآن ثانية');
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
	});

	test('the address of a post leads to it, also through unlocking, and names nobody', async () => {
		const wanted = forum.alice.client.events(forum.space.id, stream)[99]!.id;
		const address = `${addressOf(stream)}#post-${wanted}`;
		expect(decodeURIComponent(address)).not.toMatch(/[؀-ۿ]/);
		await lina.page.goto('/me');
		await lina.page.goto(address);
		await unlock(lina);
		await expect.poll(() => onScreen(lina.page, 'طويل: المشاركة 100.'), { timeout: 10_000 }).toBe(true);
	});
});

describe('changing what one wrote', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await thread('تعديل', 1));
		await open(lina, stream, 'تعديل: البداية');
	});

	test('within the window: everybody sees that it was changed, and what', async () => {
		await lina.steps.post('نلتقي يوم الأحد');
		await choose(lina, 'نلتقي يوم الأحد', 'edit');
		await lina.steps.field('edit_label').fill('نلتقي يوم الاثنين');
		await lina.steps.button('save').click();
		await open(fatima, stream, 'نلتقي يوم الاثنين');
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
		const own = forum.alice.client.events(forum.space.id, stream).at(-1)!;
		await say('post.edit', stream, { post: own.id, text: 'كلام لم تقله لينا' });
		await add(stream, 'بعد المحاولة');
		await lina.steps.sees('بعد المحاولة');
		expect(await lina.page.getByText('كلام لم تقله لينا').count()).toBe(0);
	});

	test('when the window ends while typing, it is said, and the words are a draft', async () => {
		const maha = await joinInBrowser(browser, forum, 'مها');
		await open(maha, stream, 'تعديل: البداية');
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
		await open(fatima, stream, 'بعد المحاولة');
		await fatima.steps.post('Sent by mistake');
		const events = () => forum.alice.client.events(forum.space.id, stream);
		const mistake = () => events().find((event) => event.verified && JSON.stringify(event.content).includes('by mistake'));
		await until('the post is everywhere', () => mistake() !== undefined);
		await until('Bob has it', () => bob.client.events(forum.space.id, stream).length === events().length);
		await add(stream, 'جواب عنها', mistake()!.id as Hash);
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
		({ stream } = await thread('حول', 3));
		await open(lina, stream, 'حول: البداية');
		await open(fatima, stream, 'حول: البداية');
	});

	test('a reaction is added and taken away, and tells whose it is', async () => {
		await choose(lina, 'حول: البداية', 'react');
		await lina.page.getByRole('button', { name: lina.steps.t('reaction_thanks'), exact: true }).click();
		const seen = fatima.page.getByRole('button', { name: `${fatima.steps.t('reaction_thanks')}: لينا` });
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

	test('a summary is signed and dated, and after 30 further posts says that it may be old', async () => {
		await chooseOfThread(fatima, 'summary_write');
		await fatima.steps.field('summary').fill('اتفقنا على الإرسال');
		await fatima.steps.button('summary_sign').click();
		const summary = lina.page.getByRole('region', { name: lina.steps.t('summary') });
		await summary.getByText('اتفقنا على الإرسال').waitFor();
		expect(await summary.innerText()).toMatch(/Fatima[^]*2026/);
		expect(await summary.getByText(lina.steps.t('summary_old')).count()).toBe(0);
		for (let n = 0; n < 30; n++) await add(stream, `بعد الخلاصة ${n}`);
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

describe('leading a thread', () => {
	let stream: StreamId;
	beforeAll(async () => {
		({ stream } = await thread('إدارة', 2));
		await open(lina, stream, 'إدارة: البداية');
		await open(fatima, stream, 'إدارة: البداية');
	});
	const current = () => threadsOf(forum.alice.client.events(forum.space.id, forum.space.index)).find((one) => one.stream === stream)!;

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
		await bob.client.append(forum.space.id, forum.space.index, 'thread.close', { stream, on: true, reason: 'x' });
		await sent(bob);
		expect(current().closed).toBeNull();
	});
});

describe('what was read', () => {
	test('is nowhere unread any more: neither on the page nor in the list', async () => {
		const { stream } = await thread('صفر', 2);
		await open(lina, stream, 'صفر: البداية');
		await lina.page.waitForTimeout(1_000);
		await lina.page.mouse.wheel(0, 2_000);
		await lina.page.getByRole('button', { name: lina.steps.t('first_unread') }).waitFor({ state: 'hidden' });
		await go(lina.page, `/s/${forum.space.id}`);
		const row = lina.page.getByRole('listitem').filter({ hasText: 'صفر' });
		expect((await row.innerText()).replaceAll(/\s+/g, ' ')).not.toMatch(/غير مقروء/);
	});
});

test('nothing was said in the console', () => {
	const errors = [...lina.console, ...fatima.console].filter(
		(line) => line.startsWith('error') && !line.includes('ERR_INTERNET_DISCONNECTED'),
	);
	expect(errors).toEqual([]);
});
