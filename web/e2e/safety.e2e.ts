import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';
import { flipLastEvent } from './testing/tampering.ts';

const DAY = 86_400_000;
let browser: Browser;
let forum: TestForum;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	await openThread(forum.alice, forum.space, 'نقاش سري', 'نص سري لا يخرج من هنا');
	await sent(forum.alice);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

describe('after a server has altered something on the way', () => {
	let witness: Member;
	beforeAll(async () => {
		witness = await joinInBrowser(browser, forum, 'شاهدة العيان', { prepare: flipLastEvent, width: 360, height: 740 });
		await go(witness.page, '/');
	});
	afterAll(() => witness?.context.close());

	test('Today says so and leads to the panel, which says in plain words what was found and what to do', async () => {
		const { page, steps } = witness;
		await steps.link('findings_go').click();
		await page.getByRole('heading', { level: 1, name: steps.t('safety') }).waitFor();
		const found = page.getByRole('listitem').filter({ hasText: steps.t('found_altered') });
		await found.first().waitFor();
		for (const text of [steps.t('found_altered_means'), steps.t('todo_ask_again'), steps.t('found_new'), 'المساحة الأولى'])
			expect(await found.first().innerText()).toContain(text);
		expect(await fitsWidth(page)).toBe(true);
	});

	test('the report is a file without names, texts or titles', async () => {
		const { page, steps } = witness;
		const downloading = page.waitForEvent('download');
		await steps.button('report_do').click();
		const download = await downloading;
		expect(download.suggestedFilename()).toMatch(/^report-\d{4}-\d\d-\d\d\.txt$/);
		const text = readFileSync(await download.path(), 'utf8');
		expect(text).toContain('event-refused | tampered | - | space 1 | first ');
		expect(text).toMatch(/^forum: (\S+ ){6}\(after \d+ links\)$/m);
		for (const secret of ['نقاش سري', 'نص سري', 'شاهدة', 'أليس', 'المساحة الأولى', 'المنظمة', 'ملتقى', forum.space.id])
			expect(text).not.toContain(secret);
	});

	test('once looked at, it stays in the panel and no longer on Today', async () => {
		const { page, steps } = witness;
		await go(page, '/');
		await steps.sees('المساحة الأولى');
		expect(await steps.link('findings_go').count()).toBe(0);
		await go(page, '/safety');
		await steps.sees(steps.t('found_altered'));
		expect(await page.getByText(steps.t('found_new'), { exact: true }).count()).toBe(0);
		expect(witness.console).toEqual([]);
	});
});

describe.each(['ar', 'en'] as const)('a clock that is wrong by days, in %s', (language) => {
	test('is told with how far and which way, until it is right again', async () => {
		const member = await joinInBrowser(browser, forum, language === 'ar' ? 'سهى' : 'Suha', { language, width: 360, height: 740 });
		const { context, page, steps } = member;
		const spans = { ar: '3 أيام', en: '3 days' };
		const ahead = steps.t('clock_ahead', { span: spans[language] });
		const turnTo = async (offset: number) => {
			await context.clock.setSystemTime(Date.now() + offset);
			await page.reload();
			await unlock(member);
			await steps.sees('المساحة الأولى');
		};
		await context.clock.install();
		expect(await page.getByText(steps.t('clock_do')).count()).toBe(0);
		await turnTo(3 * DAY);
		for (const text of [ahead, steps.t('clock_do')]) await steps.sees(text);
		expect(await fitsWidth(page)).toBe(true);
		await turnTo(-3 * DAY);
		await steps.sees(steps.t('clock_behind', { span: spans[language] }));
		await turnTo(0);
		await page.getByText(steps.t('clock_do')).waitFor({ state: 'detached' });
		await context.close();
	});
});

describe('when nothing was found', () => {
	test('the panel says so calmly, says what is checked, and shows words that two people can compare', async () => {
		const [one, other] = [
			await joinInBrowser(browser, forum, 'الأولى', { width: 320, height: 640 }),
			await enterInBrowser(browser, forum, forum.alice, { language: 'en' }),
		];
		for (const { page } of [one, other]) await go(page, '/safety');
		await one.steps.sees(one.steps.t('safety_nothing'));
		await one.page.getByText(one.steps.t('safety_checks')).click();
		await one.steps.sees(one.steps.t('check_same'));
		const [hers, theirs] = [await wordsOf(one), await wordsOf(other)];
		expect(hers).toHaveLength(12);
		expect(hers).toEqual(theirs);
		expect(await fitsWidth(one.page)).toBe(true);
		for (const { context, console: said } of [one, other]) {
			expect(said).toEqual([]);
			await context.close();
		}
	});
});

/** The six words of the forum and of its space: Arabic and English of each in an order that both screens share. */
async function wordsOf({ page, steps }: Member): Promise<string[]> {
	const lists = page.getByRole('list', { name: steps.t('six_words') });
	await lists.nth(1).waitFor();
	const items = await lists.getByRole('listitem').all();
	return await Promise.all(items.map(async (item) => (await item.locator('bdi').allInnerTexts()).toSorted().join(' ')));
}

describe.each([
	['ar', 360],
	['en', 360],
	['ar', 1400],
] as const)('«Who sees what» in %s at %i pixels', (language, width) => {
	test('tells the actual settings and every onlooker, and can be read in two minutes', async () => {
		const member = await enterInBrowser(browser, forum, forum.alice, { language, width, height: 740 });
		const { page, steps } = member;
		await go(page, `/s/${forum.space.id}/members`);
		await steps.link('sees_title').click();
		await page.getByRole('heading', { level: 1, name: steps.t('sees_title') }).waitFor();
		for (const key of [
			'sees_members',
			'sees_coordinators',
			'sees_operator',
			'sees_thief',
			'sees_phone_open',
			'sees_phone_locked',
			'sees_network',
		] as const)
			await page.getByRole('heading', { level: 2, name: steps.t(key), exact: true }).waitFor();
		await steps.sees(steps.t('sees_history_everything'));
		await steps.sees(steps.t('sees_own_role', { role: steps.t('role_coordinator') }));
		expect(await fitsWidth(page)).toBe(true);
		const words = (await page.locator('main').innerText()).split(/\s+/).length;
		expect(words).toBeLessThan(500);

		const before = forum.alice.client.spaces[0]!.history;
		await forum.alice.client.people.setHistory(forum.space.id, 'joining');
		await steps.sees(steps.t('sees_history_joining'));
		await forum.alice.client.people.setHistory(forum.space.id, before);
		await member.context.close();
	});
});
