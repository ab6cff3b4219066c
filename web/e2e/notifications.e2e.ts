import { allMails, allPushes, deletePush } from '@multaqa/db/notifications';
import { openPostOffice, readMail, type PostOffice } from '@multaqa/server/testing/post-office';
import { openPushService, TEST_PUSH, type PushService } from '@multaqa/server/testing/push-service';
import { readSetting } from '@multaqa/db/settings';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { inTime } from './testing/kept.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';
import { shownIn, subscribeWith, tap, wake } from './testing/pushes.ts';

/** A passkey of a test does not outlive the page that is left. */
const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';
const PHONE = { width: 360, height: 740, keeping: true } as const;
const DESKTOP = { width: 1280, height: 900, language: 'en', keeping: true } as const;
const EACH = [
	['ar', PHONE, 'سلوى'],
	['en', DESKTOP, 'Salwa'],
] as const;

let browser: Browser;
let service: PushService;
let office: PostOffice;
let forum: TestForum;
beforeAll(async () => {
	browser = await startBrowser();
	service = await openPushService();
	office = await openPostOffice();
	forum = await startForum(Date.now, { push: TEST_PUSH, mail: { url: office.url, from: 'post@neutral.example' } });
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
	await service?.close();
	await office?.close();
});
beforeEach(async () => {
	service.knocks.length = 0;
	for (const { session } of await allPushes(forum.server.context.db)) await deletePush(forum.server.context.db, session);
});

const endpoints = async () => (await allPushes(forum.server.context.db)).map(({ endpoint }) => endpoint);
const titleOf = (name: string) => `موضوع ${name}`;
/** Names of people, places and things that nobody outside is to read. */
const telling = (name: string) => [
	'ملتقى التجربة',
	'المنظمة المضيفة',
	'منظمة الاختبار',
	'المساحة الأولى',
	'أليس',
	name,
	titleOf(name),
	'Multaqa',
	'/s/',
];

async function openPlace({ page, steps }: Member, place: 'notify_page' | 'exit_page'): Promise<void> {
	await page
		.getByRole('link', { name: steps.t('place_me'), exact: true })
		.locator('visible=true')
		.first()
		.click();
	await page.getByRole('link', { name: steps.t(place) }).click();
	await page.getByRole('heading', { level: 1, name: steps.t(place) }).waitFor();
}

/** A member whose browser may show notices and has a push service. */
async function allowed(name: string, options: typeof PHONE | typeof DESKTOP): Promise<Member> {
	const member = await joinInBrowser(browser, forum, name, {
		...options,
		passphrase,
		async prepare(context) {
			await subscribeWith(context, service.url);
			await context.grantPermissions(['notifications'], { origin: forum.server.url });
		},
	});
	await openPlace(member, 'notify_page');
	return member;
}

async function turnOn({ steps }: Member): Promise<void> {
	await steps.button('notify_push_on').click();
	await steps.sees(steps.t('notify_push_is_on'));
}

describe.each(EACH)('on this device (%s)', (_, options, name) => {
	test('it says what others learn, is turned on, tried, shown without a name, tapped, and leaves nothing when turned off', async () => {
		const member = await allowed(name, options);
		const { page, steps, context } = member;
		for (const key of ['notify_learns_server', 'notify_learns_company', 'notify_learns_when', 'notify_learns_screen'] as const)
			await steps.sees(steps.t(key));
		await looksWell(page);
		expect(await endpoints()).toEqual([]);
		await turnOn(member);
		await looksWell(page);
		expect(await endpoints()).toEqual([`${service.url}/device`]);

		await steps.button('notify_trial').click();
		await steps.sees(steps.t('notify_trial_taken'));
		expect(service.knocks.map(({ path, body }) => ({ path, body }))).toEqual([{ path: '/device', body: '' }]);
		await openThread(forum.alice, forum.space, titleOf(name), 'نص');
		await sent(forum.alice);
		await wake(page, forum.server.url);
		await inTime('the notice is shown', async () => (await shownIn(context)).length === 1, 10_000);
		const [shown] = await shownIn(context);
		expect(shown).toEqual({ title: steps.t('notify_words'), body: '', icon: '', silent: false });
		for (const word of telling(name)) expect(JSON.stringify(shown)).not.toContain(word);

		expect(member.console).toEqual([]);
		await page.goto('about:blank');
		await wake(page, forum.server.url);
		expect(await tap(context)).toBe('/');
		await inTime('the notice is gone', async () => (await shownIn(context)).length === 0, 30_000);

		await page.goto('/me/notifications');
		await steps.unlock(passphrase);
		await steps.sees(steps.t('notify_push_is_on'));
		await steps.button('notify_push_off').click();
		await steps.button('notify_push_on').waitFor();
		expect(await endpoints()).toEqual([]);
		expect(await page.evaluate(() => caches.has('notice'))).toBe(false);
		await context.close();
	});

	test('under a disguise it bears its name and picture, and a space can be left out', async () => {
		const member = await allowed(`${name} 2`, options);
		const { page, steps, context } = member;
		// Long after the page has looked whether somebody is woken here.
		await page.waitForTimeout(6_000);
		await turnOn(member);
		await page.getByText(steps.t('notify_spaces')).click();
		await page.getByRole('checkbox', { name: 'المساحة الأولى' }).uncheck();
		await steps.button('save').click();
		await steps.sees(steps.t('notices_saved'));
		await looksWell(page);
		const [push] = await allPushes(forum.server.context.db);
		expect(push?.without).toEqual([forum.space.id]);

		await openPlace(member, 'exit_page');
		await page.getByRole('radio', { name: steps.t('disguise_calculator') }).check();
		await steps.button('disguise_keep').click();
		await inTime('the disguise is kept', () => keptTitle(page, steps.t('disguise_calculator')), 15_000);
		await page.goto('about:blank');
		await wake(page, forum.server.url);
		await inTime('the notice is shown', async () => (await shownIn(context)).length === 1, 10_000);
		const [shown] = await shownIn(context);
		expect(shown).toMatchObject({ title: steps.t('disguise_calculator'), body: steps.t('notify_words') });
		expect(shown?.icon).toMatch(/^data:image\/png/);

		await page.goto('/me');
		await steps.unlock(passphrase);
		await steps.button('sign_out').click();
		await page.getByRole('heading', { level: 1 }).waitFor();
		await inTime(
			'nothing is left',
			async () => (await endpoints()).length === 0 && !(await page.evaluate(() => caches.has('notice'))),
			10_000,
		);
		await context.close();
	});

	test('a mailbox is used after the right code only, its mail names nothing, and it is forgotten', async () => {
		const member = await joinInBrowser(browser, forum, `${name} 3`, options);
		const { page, steps, context } = member;
		await openPlace(member, 'notify_page');
		await steps.field('notify_mail_address').fill('nobody');
		await steps.button('notify_mail_send').click();
		await steps.sees(steps.t('notify_mail_wrong'));
		await steps.field('notify_mail_address').fill('reader@example.org');
		await steps.button('notify_mail_send').click();
		const mail = await office.next();
		for (const word of telling(`${name} 3`)) expect(`${mail}${readMail(mail).text}${readMail(mail).subject}`).not.toContain(word);
		const code = /^(\d{4}) (\d{4})/.exec(readMail(mail).text)!.slice(1).join('');
		await steps.field('notify_mail_code').fill(code.replace(/.$/, (last) => String((Number(last) + 1) % 10)));
		await steps.button('notify_mail_confirm').click();
		await steps.sees(steps.t('notify_mail_code_wrong'));
		await looksWell(page);
		expect(await allMails(forum.server.context.db)).toEqual([]);
		await steps.field('notify_mail_code').fill(code);
		await steps.button('notify_mail_confirm').click();
		await steps.sees('reader@example.org');
		await steps.button('notify_mail_remove').waitFor();
		expect(await allMails(forum.server.context.db)).toMatchObject([{ address: 'reader@example.org', language: steps.language }]);
		await steps.button('notify_mail_remove').click();
		await steps.field('notify_mail_address').waitFor();
		expect(await allMails(forum.server.context.db)).toEqual([]);
		await context.close();
	});

	test('a coordinator cannot save words with variables, or with a name, and reads why', async () => {
		const member = await enterInBrowser(browser, forum, forum.alice, { ...options, keeping: false });
		const { page, steps, context } = member;
		await go(page, '/forum');
		const words = steps.field('notify_text');
		const save = page.getByRole('region', { name: steps.t('notify_text_title') }).getByRole('button', { name: steps.t('save') });
		await words.fill('لديك جديد في {title}');
		await save.click();
		await steps.sees(steps.t('notify_rule_variables'));
		expect(await words.evaluate((field) => field === document.activeElement)).toBe(true);
		await words.fill('أخبار الملتقى التجربة');
		await save.click();
		await steps.sees(steps.t('notify_rule_names'));
		await looksWell(page);
		expect(await readSetting(forum.server.context.db, 'notice-text')).toBeNull();
		await words.fill('تذكير');
		await save.click();
		await steps.sees(steps.t('notices_saved'));
		await go(page, '/me/notifications');
		await steps.sees(steps.t('notify_intro', { words: 'تذكير' }));
		await go(page, '/forum');
		await words.fill('');
		await save.click();
		await steps.sees(steps.t('notices_saved'));
		expect(await readSetting(forum.server.context.db, 'notice-text')).toBeNull();
		await context.close();
	});
});

test('where the browser blocks notices, the page says so and where it is changed', async () => {
	const member = await joinInBrowser(browser, forum, 'جود', PHONE);
	await openPlace(member, 'notify_page');
	await member.steps.button('notify_push_on').click();
	await member.steps.sees(member.steps.t('notify_blocked'));
	expect(await endpoints()).toEqual([]);
	await member.context.close();
});

test('where the operator has switched both off, the page says so; without a line it can be tried again', async () => {
	const silent = await startForum();
	const member = await joinInBrowser(browser, silent, 'رهف', PHONE);
	const { page, steps, context } = member;
	await openPlace(member, 'notify_page');
	await steps.sees(steps.t('notify_operator_off'));
	await steps.sees(steps.t('notify_mail_operator_off'));
	await go(page, '/me');
	await context.setOffline(true);
	await go(page, '/me/notifications');
	await steps.button('retry').waitFor();
	await context.setOffline(false);
	await steps.button('retry').click();
	await steps.sees(steps.t('notify_operator_off'));
	await context.close();
	await silent.stop();
});

/** Nothing is wider than the screen, and axe finds nothing wrong. */
async function looksWell(page: Page): Promise<void> {
	expect(await fitsWidth(page)).toBe(true);
	expect(await violations(page)).toEqual([]);
}

/** Whether the worker would show a notice under this title. */
const keptTitle = (page: Page, title: string): Promise<boolean> =>
	page.evaluate(async (wanted) => {
		const kept = await caches.match('/notice', { cacheName: 'notice' });
		return ((await kept?.json()) as { title?: string } | undefined)?.title === wanted;
	}, title);
