import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';

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

const days = (language: string, count: 1 | 3 | 7 | 30) =>
	language === 'ar' ? { 1: 'يوم واحد', 3: '3 أيام', 7: '7 أيام', 30: '30 يومًا' }[count] : count === 1 ? '1 day' : `${count} days`;

describe.each([
	['ar', 360],
	['en', 1280],
] as const)('posts that disappear, in %s at %i px', (language, width) => {
	let member: Member;
	const title = `نقاش ${language}`;
	beforeAll(async () => {
		await forum.alice.client.retention.setSpace(forum.space.id, null);
		await openThread(forum.alice, forum.space, title, 'نص أول');
		await sent(forum.alice);
		member = await joinInBrowser(browser, forum, `Lina ${language}`, { language, width, height: 800 });
	});
	afterAll(() => member?.context.close());

	test('the rule is said before sending, one’s own shorter one too', async () => {
		const { page, steps } = member;
		await go(page, '/me/lock');
		await page.getByLabel(steps.t('protection_days')).selectOption({ label: steps.t('protection_after', { days: days(language, 3) }) });
		await steps.sees(steps.t('protection_limits'));
		expect(await fitsWidth(page)).toBe(true);
		expect(await violations(page)).toEqual([]);
		await forum.alice.client.retention.setSpace(forum.space.id, 30);
		await go(page, `/s/${forum.space.id}`);
		await page.getByText(title).first().click();
		await steps.sees(steps.t('kept_for', { days: days(language, 30) }));
		await steps.sees(steps.t('kept_own', { days: days(language, 3) }));
		expect(await violations(page)).toEqual([]);
	});

	test('a change while somebody is writing stops the send once, and loses nothing', async () => {
		const { page, steps } = member;
		const field = page.getByRole('textbox').last();
		await field.fill('كلام حساس');
		await forum.alice.client.retention.setSpace(forum.space.id, 7);
		await steps.sees(steps.t('kept_changed'));
		await page.keyboard.press('Control+Enter');
		expect(await field.inputValue()).toBe('كلام حساس');
		expect(await violations(page)).toEqual([]);
		await page.keyboard.press('Control+Enter');
		await page.getByRole('article').filter({ hasText: 'كلام حساس' }).waitFor();
		await expect.poll(() => field.inputValue()).toBe('');
		const stream = new URL(page.url()).pathname.split('/').at(-1) as never;
		await until('it goes out', () => forum.alice.client.events(forum.space.id, stream).length === 2, 20_000);
	});

	test('members read the rule, and only coordinators change it', async () => {
		const { page, steps } = member;
		await go(page, `/s/${forum.space.id}/members`);
		await steps.sees(steps.t('keeping_limits'));
		expect(await page.getByRole('radio', { name: steps.t('kept_always') }).count()).toBe(0);
		const coordinator = await enterInBrowser(browser, forum, forum.alice, { language, width });
		await go(coordinator.page, `/s/${forum.space.id}/members`);
		await coordinator.page.getByRole('radio', { name: steps.t('kept_for', { days: days(language, 30) }) }).check();
		await steps.sees(steps.t('kept_for', { days: days(language, 7) }));
		await coordinator.steps.sees(steps.t('keeping_longer'));
		await coordinator.steps.button('history_set').click();
		await coordinator.steps.sees(steps.t('keeping_was_set'));
		await steps.sees(steps.t('kept_for', { days: days(language, 30) }));
		expect(await fitsWidth(coordinator.page)).toBe(true);
		expect(await violations(coordinator.page)).toEqual([]);
		await coordinator.context.close();
	});
});
