import { utf8 } from '@multaqa/shared/bytes/bytes';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';

const title = 'التحضير لدورة آذار';
const announced = 'صدر عن المنظمات **الإعـــلانُ المشترك** في جنيف، ونوقش القرار A/HRC/58.';
const answered = 'نوافق على إعلان المبادئ، وعلى شؤون اللاجئين.';
const inEnglish = 'Human rights come first, as the Council said.';
const POSTS_MORE = 60;

let browser: Browser;
let forum: TestForum;
let basel: Person;
let target: { stream: string; post: string };

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	basel = await forum.join('باسل');
	target = await openThread(forum.alice, forum.space, title, announced);
	const { id } = forum.space;
	for (let post = 0; post < POSTS_MORE; post++) {
		await forum.alice.client.append(id, target.stream as never, 'post.add', { text: `مداخلة رقم ${post + 1} في الموضوع`, reply: null });
	}
	await sent(forum.alice);
	await until('Basel sees the thread', () => basel.client.events(id, target.stream as never).length === POSTS_MORE + 1, 20_000);
	const list = await basel.client.attachments.attach(id, { bytes: utf8('أسماء'), name: 'قائمة', type: 'text/plain', pixels: null });
	await basel.client.append(id, target.stream as never, 'post.add', { text: answered, reply: null, attachments: [list] });
	await basel.client.append(id, target.stream as never, 'post.add', { text: inEnglish, reply: null });
	await sent(basel);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const field = ({ page, steps }: Member) => page.getByLabel(steps.t('search_label'), { exact: true });
const hits = ({ page }: Member) => page.locator('main li a');

/** Types, and waits for what is said of it. */
async function look(member: Member, text: string, says: string | RegExp): Promise<void> {
	await field(member).fill(text);
	await member.page.getByRole('status').filter({ hasText: says }).waitFor();
}

const none = (member: Member) => member.page.getByText(member.steps.t('search_none_title'), { exact: true }).waitFor();

describe('somebody who looks for what was said', () => {
	let reem: Member;
	beforeAll(async () => {
		reem = await joinInBrowser(browser, forum, 'ريم', { language: 'ar' });
		await reem.page.getByText(title).first().waitFor();
	});
	afterAll(() => reem.context.close());

	test('comes there by one key and types at once', async () => {
		await reem.page.keyboard.press('/');
		await reem.page.waitForURL('**/search');
		await reem.page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
		await reem.page.keyboard.type('اع');
		await reem.page.getByRole('status').filter({ hasText: 'نتيجتان' }).waitFor();
		await reem.page.keyboard.type('لان');
		await hits(reem).first().waitFor();
	});

	test('finds a word however it was spelled, marked as it stands in the text, with who wrote it where', async () => {
		await look(reem, 'الاعلان المشترك', 'نتيجة واحدة');
		expect(await hits(reem).locator('mark').allInnerTexts()).toEqual(['الإعـــلانُ', 'المشترك']);
		const row = await hits(reem).first().innerText();
		for (const shown of [title, 'أليس', 'المنظمة المضيفة']) expect(row).toContain(shown);
		expect(row).not.toContain('**');
		await look(reem, 'شئون اللاجئين', 'نتيجة واحدة');
		await look(reem, 'HUMAN rights', 'نتيجة واحدة');
		await look(reem, 'a/hrc/58', 'نتيجة واحدة');
	});

	test('finds words in quotation marks only as they stand', async () => {
		await look(reem, '«إعلان المبادئ»', 'نتيجة واحدة');
		await look(reem, '«المبادئ إعلان»', 'لا نتائج');
	});

	test('sees fifty at first, more when asked for, and the newest first if that is wanted', async () => {
		await look(reem, 'مداخلة', '60');
		expect(await hits(reem).count()).toBe(50);
		await reem.steps.button('search_more').click();
		await expect.poll(() => hits(reem).count()).toBe(60);
		await look(reem, 'اعلان', 'نتيجتان');
		await reem.page.getByText(reem.steps.t('search_order_newest'), { exact: true }).click();
		await expect.poll(() => hits(reem).first().innerText()).toContain('نوافق');
	});

	test('leaves out what others wrote', async () => {
		await reem.page.getByText(reem.steps.t('search_filters'), { exact: true }).click();
		await reem.page.getByLabel(reem.steps.t('search_author'), { exact: true }).selectOption({ label: 'أليس · المنظمة المضيفة' });
		await look(reem, 'اعلان', 'نتيجة واحدة');
		await reem.page.getByLabel(reem.steps.t('search_until'), { exact: true }).fill('2020-01-01');
		await none(reem);
		await reem.steps.button('search_filters_clear').first().click();
		await look(reem, 'اعلان', 'نتيجتان');
	});

	test('asks for what has attachments only', async () => {
		await look(reem, 'اعلان', 'نتيجتان');
		await reem.page.getByLabel(reem.steps.t('search_attached'), { exact: true }).check();
		await look(reem, 'اعلان', 'نتيجة واحدة');
		expect(await hits(reem).first().innerText()).toContain('نوافق');
		await reem.steps.button('search_filters_clear').first().click();
		await look(reem, 'اعلان', 'نتيجتان');
	});

	test('goes to the post itself, and comes back to the question as it was', async () => {
		await look(reem, 'اعلان المبادئ', 'نتيجة واحدة');
		await hits(reem).first().click();
		await reem.page.waitForFunction(
			() => document.activeElement?.matches('[data-post]') && document.activeElement.textContent.includes('إعلان المبادئ'),
		);
		const box = await reem.page.getByText('نوافق على إعلان المبادئ').boundingBox();
		expect(box && box.y > 0 && box.y < 900).toBe(true);
		await reem.page.goBack();
		await hits(reem).first().waitFor();
		expect(await field(reem).inputValue()).toBe('اعلان المبادئ');
	});

	test('finds a discussion by its tag and by its summary, and is led to where that stands', async () => {
		const { client } = forum.alice;
		const { id, index } = forum.space;
		await client.append(id, index, 'thread.tag', { stream: target.stream, tags: ['مناصرة'] });
		await client.append(id, target.stream as never, 'summary.set', { text: 'الأولوية للمفقودين', until: target.post });
		await look(reem, 'مناصره', 'نتيجة واحدة');
		await expect.poll(() => hits(reem).locator('mark').allInnerTexts()).toEqual(['مناصرة']);
		expect(await hits(reem).first().innerText()).toContain(reem.steps.t('search_is_tag'));
		await look(reem, 'المفقودين', 'نتيجة واحدة');
		await expect.poll(() => hits(reem).first().innerText()).toContain(reem.steps.t('search_is_summary'));
		await hits(reem).first().click();
		const summary = reem.page.getByRole('region', { name: reem.steps.t('summary') });
		await summary.waitFor();
		await expect.poll(() => summary.evaluate((section) => section.getBoundingClientRect().top > 0)).toBe(true);
		await reem.page.goBack();
		await hits(reem).first().waitFor();
	});

	test('finds without a line what is here, and what arrives once there is one again', async () => {
		await reem.context.setOffline(true);
		await look(reem, 'جنيف', 'نتيجة واحدة');
		await reem.context.setOffline(false);
		await forum.alice.client.append(forum.space.id, target.stream as never, 'post.add', { text: 'وصل خبر جديد من لاهاي', reply: null });
		await look(reem, 'لاهاي', 'نتيجة واحدة');
	});

	test('leaves no word of it in the address, the history or on the device', async () => {
		await look(reem, 'جنيف', 'نتيجة واحدة');
		expect(decodeURIComponent(reem.page.url())).toMatch(/\/search$/);
		const kept = await reem.page.evaluate(() =>
			JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }, document.title]),
		);
		for (const word of ['جنيف', 'اعلان', target.post]) expect(kept).not.toContain(word);
	});
});

describe.each([
	['ar', 360],
	['en', 360],
	['ar', 1280],
	['en', 1280],
] as const)('in %s at %i pixels', (language, width) => {
	test('too little, too much and nothing are said, and everything fits', async () => {
		const member = await joinInBrowser(browser, forum, `قارئ ${language} ${width}`, { language, width, height: 740 });
		const { page, steps, context, console: said } = member;
		await page.getByText(title).first().waitFor();
		await steps.link('place_search').locator('visible=true').first().click();
		await page.getByText(steps.t('search_begin_title')).waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await look(member, 'ا', steps.t('search_too_short'));
		expect(await hits(member).count()).toBe(0);
		await look(member, 'كلمة '.repeat(100), steps.t('search_too_long'));
		expect(await hits(member).count()).toBe(0);
		await field(member).fill('زرافة');
		await none(member);
		await page.getByText('زرافه').first().waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await field(member).fill('اعلان');
		await expect.poll(() => hits(member).count()).toBe(2);
		expect(await fitsWidth(page)).toBe(true);
		expect(said).toEqual([]);
		await context.close();
	});
});

describe('nothing is found any more', () => {
	test('of a space that was left, by search or by anything else', async () => {
		const leaver = await joinInBrowser(browser, forum, 'مغادرة', { language: 'ar' });
		await leaver.page.keyboard.press('/');
		await look(leaver, 'اعلان', 'نتيجتان');
		await leaver.steps.link('place_today').first().click();
		await leaver.steps.enterSpace('المساحة الأولى');
		await leaver.page
			.getByRole('link', { name: leaver.steps.t('members') })
			.first()
			.click();
		await leaver.steps.button('leave_space').first().click();
		await leaver.page
			.getByRole('dialog')
			.getByRole('button', { name: leaver.steps.t('leave_space') })
			.click();
		await leaver.page.waitForURL((url) => url.pathname === '/');
		await leaver.page.keyboard.press('/');
		await leaver.page.waitForURL('**/search');
		await none(leaver);
		expect(await hits(leaver).count()).toBe(0);
		await leaver.context.close();
	});

	test('until the account is unlocked, when all is there again', async () => {
		const locked = await joinInBrowser(browser, forum, 'مقفلة', { language: 'ar' });
		await locked.page.keyboard.press('/');
		await look(locked, 'اعلان', 'نتيجتان');
		await locked.page.reload();
		await unlock(locked);
		expect(await field(locked).inputValue()).toBe('');
		await look(locked, 'اعلان', 'نتيجتان');
		await locked.context.close();
	});
});
