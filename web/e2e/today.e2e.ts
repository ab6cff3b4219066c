import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, fitsWidth, startBrowser } from './testing/browser.ts';
import { sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';
import { Steps } from './testing/steps.ts';

let browser: Browser;
let forum: TestForum;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

/** A further browser of the same person, 1280 pixels wide and in English. */
async function laptopOf({ sheet }: Member): Promise<Member> {
	const visitor = await arrive(browser, forum.server.url, { language: 'en' });
	const steps = new Steps(visitor, 'en');
	await visitor.page.goto('/sign-in');
	await steps.button('bring_open').click();
	await steps.field('bring_code').fill(sheet);
	await steps.button('next').click();
	await steps.protect(null);
	await steps.button('protect_device_do').click();
	await visitor.page.getByRole('navigation').first().waitFor();
	return { ...visitor, steps, sheet };
}

const onPhone = (name: string) => joinInBrowser(browser, forum, name, { width: 360, height: 740 });
const space = () => `/s/${forum.space.id}`;
const accountOf = (name: string): AccountId => forum.alice.client.spaces[0]!.members.find((member) => member.name === name)!.account;
const say = async (stream: StreamId, type: string, content: object): Promise<Hash> => {
	const id = await forum.alice.client.append(forum.space.id, stream, type, content as never);
	await sent(forum.alice);
	return id;
};
const post = (stream: StreamId, text: string) => say(stream, 'post.add', { text, reply: null, attachments: [] });
const about = (stream: StreamId, type: string, content: object) => say(forum.space.index, type, { stream, ...content });
async function opened(title: string, ...texts: readonly string[]): Promise<StreamId> {
	const [first = 'نص', ...rest] = texts;
	const stream = forum.alice.client.newStream();
	await say(forum.space.index, 'thread.open', { stream, title });
	for (const text of [first, ...rest]) await post(stream, text);
	return stream;
}

const visible = (found: Locator) => found.locator('visible=true').first();
/** What the place for Today says is unread, in words. */
const totalOf = ({ page, steps }: Member) => visible(page.getByRole('navigation').getByRole('link', { name: steps.t('place_today') }));
/** The line of a discussion in a list. */
const lineOf = ({ page }: Member, title: string) => visible(page.getByRole('main').getByRole('listitem').filter({ hasText: title }));
const titlesIn = async ({ page }: Member, titles: readonly string[]) => {
	const lines = await page.getByRole('main').getByRole('listitem').locator('visible=true').allInnerTexts();
	return lines.flatMap((line) => titles.filter((title) => line.includes(title)));
};
async function optionsOf(member: Member, title: string): Promise<Locator> {
	await member.page.getByRole('button', { name: member.steps.t('thread_options', { title }) }).click();
	const dialog = member.page.getByRole('dialog');
	await dialog.waitFor();
	return dialog;
}
/** Looks at every post of the open thread, each for a moment. */
async function readThrough({ page }: Member, last: string): Promise<void> {
	await page.getByText(last).locator('visible=true').first().waitFor();
	for (const post of await page.locator('[data-post]').all()) {
		await post.scrollIntoViewIfNeeded();
		await page.waitForTimeout(MOMENT);
	}
}
/** How long a post is looked at until it counts as read, and a little more. */
const MOMENT = 1_200;
/** What is read together is sent to the other devices together. */
const SENT = 20_000;
const says = (found: Locator, text: RegExp | string) => expect.poll(() => found.innerText(), { timeout: SENT }).toMatch(text);
const saysNot = (found: Locator, text: RegExp | string) => expect.poll(() => found.innerText(), { timeout: SENT }).not.toMatch(text);

describe('two devices of one person', () => {
	test('show the same counts as they change; what is read on one is read on the other', async () => {
		const phone = await onPhone('ديمة');
		const laptop = await laptopOf(phone);
		await go(phone.page, '/');
		await go(laptop.page, '/');
		const stream = await opened('نقاش الميزانية', 'واحد', 'اثنان', 'ثلاثة');
		await says(totalOf(phone), '3 مشاركات غير مقروءة');
		await says(totalOf(laptop), '3 unread posts');
		await says(lineOf(laptop, 'نقاش الميزانية'), '3 unread posts');
		await post(stream, 'أربعة');
		for (const { total, text } of [
			{ total: totalOf(phone), text: '4 مشاركات غير مقروءة' },
			{ total: totalOf(laptop), text: '4 unread posts' },
		])
			await says(total, text);
		expect(await fitsWidth(phone.page)).toBe(true);

		await phone.page.getByRole('link', { name: 'نقاش الميزانية' }).click();
		await readThrough(phone, 'أربعة');
		await saysNot(totalOf(laptop), /unread/);
		await saysNot(totalOf(phone), /مقروءة/);
		await Promise.all([phone.context.close(), laptop.context.close()]);
	});

	test('declare everything read together, unless it is taken back', async () => {
		const phone = await onPhone('سلمى');
		const laptop = await laptopOf(phone);
		await opened('نقاش المؤتمر', 'واحد');
		await go(phone.page, space());
		await says(totalOf(laptop), '1 unread post');
		await phone.steps.button('threads_read_all').click();
		await saysNot(totalOf(phone), /مقروءة/);
		await phone.steps.button('undo').click();
		await says(totalOf(phone), 'مشاركة واحدة غير مقروءة');
		await says(totalOf(laptop), '1 unread post');
		await phone.steps.button('threads_read_all').click();
		// Whoever goes elsewhere does not want it back.
		await go(phone.page, '/me');
		await saysNot(totalOf(laptop), /unread/);
		await Promise.all([phone.context.close(), laptop.context.close()]);
	});

	test('have the same levels: what is muted on one is dimmed and not counted on the other', async () => {
		const phone = await onPhone('رنا');
		const laptop = await laptopOf(phone);
		const stream = await opened('نقاش مزعج', 'واحد');
		await go(phone.page, space());
		await go(laptop.page, space());
		await says(lineOf(laptop, 'نقاش مزعج'), '1 unread post');
		const dialog = await optionsOf(phone, 'نقاش مزعج');
		await dialog.getByRole('radio', { name: phone.steps.t('level_mute') }).check();
		await phone.steps.button('close').click();
		await says(lineOf(laptop, 'نقاش مزعج'), laptop.steps.t('level_muted'));
		await saysNot(lineOf(laptop, 'نقاش مزعج'), /unread/);
		await post(stream, 'اثنان');
		await saysNot(totalOf(laptop), /unread/);
		await Promise.all([phone.context.close(), laptop.context.close()]);
	});
});

describe('the list of a space', () => {
	test('begins with what is pinned and goes on with what happened last; it is narrowed by tag, by level, and to what is unread', async () => {
		const phone = await onPhone('هالة');
		const [first, second, third] = ['الأول في القائمة', 'الثاني في القائمة', 'الثالث في القائمة'];
		const titles = [first, second, third];
		const streams = [];
		for (const title of titles) streams.push(await opened(title));
		await about(streams[0]!, 'thread.pin', { on: true });
		await about(streams[1]!, 'thread.tag', { tags: ['وسم نادر'] });
		await post(streams[1]!, 'الأحدث');
		await go(phone.page, space());
		await expect.poll(() => titlesIn(phone, titles)).toEqual([first, second, third]);
		expect(await lineOf(phone, first).innerText()).toContain(phone.steps.t('thread_pinned'));
		await phone.steps.button('threads_read_all').click();

		await phone.page.getByRole('button', { name: 'وسم نادر' }).click();
		expect(await titlesIn(phone, titles)).toEqual([second]);
		await phone.page.getByRole('button', { name: 'وسم نادر' }).click();
		await phone.page.getByText(phone.steps.t('threads_unread'), { exact: true }).click();
		await phone.steps.sees(phone.steps.t('threads_narrow_none'));
		await post(streams[2]!, 'جديد');
		await expect.poll(() => titlesIn(phone, titles)).toEqual([third]);
		await phone.page.getByText(phone.steps.t('threads_followed'), { exact: true }).click();
		await phone.steps.button('threads_narrow_all').click();
		expect(await titlesIn(phone, titles)).toEqual([first, third, second]);
		expect(await fitsWidth(phone.page)).toBe(true);
		await phone.context.close();
	});

	test('gets a new topic with its tags; nine tags are refused beside the field', async () => {
		const phone = await onPhone('لينا');
		const { steps, page } = phone;
		await steps.link('thread_new').first().click();
		await steps.field('thread_title').fill('موضوع بوسوم');
		await steps.field('thread_tags').fill('ا، ب، ت، ث، ج، ح، خ، د، ذ');
		await steps.field('thread_first_post').fill('أول الكلام');
		await steps.button('thread_open').click();
		await steps.sees(steps.t('thread_tags_many'));
		expect(await steps.field('thread_tags').evaluate((field) => field === document.activeElement)).toBe(true);
		await steps.field('thread_tags').fill('جنيف، مناصرة');
		await steps.button('thread_open').click();
		await steps.sees('أول الكلام');
		await steps.sendNow();
		await go(page, space());
		await says(lineOf(phone, 'موضوع بوسوم'), /جنيف/);
		await page.context().close();
	});
});

describe('without a line', () => {
	test('the list says that it is as it last arrived, and Today where something waits to be sent', async () => {
		const phone = await onPhone('سعاد');
		const { steps, page } = phone;
		await opened('نقاش قبل الانقطاع');
		await go(page, space());
		await lineOf(phone, 'نقاش قبل الانقطاع').waitFor();
		// Every page is at hand by then.
		for (const address of [`${space()}/new`, '/', space()]) await go(page, address);
		await page.waitForTimeout(3_000);
		await page.context().setOffline(true);
		await steps.openThread('كُتب دون اتصال', 'كلام بلا شبكة');
		await go(page, space());
		await steps.sees(steps.t('threads_offline'));
		await says(lineOf(phone, 'كُتب دون اتصال'), steps.t('waiting'));
		await go(page, '/');
		await page.getByRole('heading', { level: 2, name: steps.t('waiting') }).waitFor();
		const waits = page.getByRole('region', { name: steps.t('waiting') }).getByRole('link');
		await says(waits.first(), /كُتب دون اتصال/);
		await says(waits.first(), /كلام بلا شبكة/);
		await says(waits.first(), /مشاركة واحدة/);
		expect(await fitsWidth(page)).toBe(true);
		await page.context().close();
	});
});

describe('Today', () => {
	test('has what waits: a mention until it is read, a notice until it is confirmed, a draft until it is sent', async () => {
		const phone = await onPhone('ليلى');
		const { steps, page } = phone;
		const stream = await opened('نقاش الإشارات', 'مقدمة');
		await post(stream, `رأيك؟ @[ليلى](account:${accountOf('ليلى')})`);
		const decision = await post(stream, 'قرار رسمي');
		await say(stream, 'post.notice', { post: decision, on: true });
		await go(page, '/');
		await steps.sees(steps.t('today_mention_account'));
		await steps.sees(steps.t('today_notice'));

		await go(page, `${space()}/t/${stream}`);
		await readThrough(phone, 'قرار رسمي');
		await steps.field('composer_post').fill('جواب لم يكتمل');
		await saysNot(totalOf(phone), /مقروءة/);
		await go(page, '/');
		await steps.sees(`${steps.t('today_draft')}: جواب لم يكتمل`);
		await steps.sees(steps.t('today_notice'));
		expect(await page.getByText(steps.t('today_mention_account')).count()).toBe(0);
		expect(await fitsWidth(page)).toBe(true);
		await page.context().close();
	});

	test('makes a digest at the chosen hour; an hour that there is not is refused and the old one stays', async () => {
		const phone = await onPhone('مها');
		const { steps, page } = phone;
		await opened('نقاش الموجز', 'واحد', 'اثنان');
		await go(page, '/me');
		await page.getByRole('checkbox', { name: steps.t('digest_on') }).check();
		await steps.field('digest_hour').fill(String(new Date().getHours()));
		await steps.button('save').last().click();
		await steps.sees(steps.t('notices_saved'));
		await steps.field('digest_hour').fill('24');
		await steps.button('save').last().click();
		await steps.sees(steps.t('hour_refused'));
		expect(await steps.field('digest_hour').evaluate((field) => field === document.activeElement)).toBe(true);
		await go(page, '/');
		await go(page, '/me');
		expect(await steps.field('digest_hour').inputValue()).toBe(String(new Date().getHours()));
		await go(page, '/');
		await page.getByRole('heading', { name: /^موجز/ }).waitFor();
		await steps.button('notice_read').click();
		await page.getByRole('heading', { name: /^موجز/ }).waitFor({ state: 'detached' });
		await page.context().close();
	});

	test('is told on the page when somebody is named, and not in quiet hours', async () => {
		const phone = await onPhone('نور');
		const { steps, page } = phone;
		const stream = await opened('نقاش التنبيه', 'مقدمة');
		await go(page, '/me');
		const named = `@[نور](account:${accountOf('نور')})`;
		await post(stream, named);
		await steps.sees(steps.t('notice_mention', { name: 'أليس' }));
		await page
			.getByRole('status')
			.getByRole('button', { name: steps.t('notices_hide') })
			.click();

		const hour = new Date().getHours();
		await page.getByRole('checkbox', { name: steps.t('quiet_on') }).check();
		await steps.field('quiet_from').fill(String(hour));
		await steps.field('quiet_to').fill(String((hour + 2) % 24));
		await steps.button('save').last().click();
		await steps.sees(steps.t('notices_saved'));
		const before = await totalOf(phone).innerText();
		await post(stream, named);
		await expect.poll(() => totalOf(phone).innerText()).not.toBe(before);
		expect(await page.getByText(steps.t('notice_mention', { name: 'أليس' })).count()).toBe(0);
		await page.context().close();
	});
});
