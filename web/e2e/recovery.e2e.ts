import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { wordList } from '@multaqa/shared/text/words';
import { arrive, fitsWidth, startBrowser } from './testing/browser.ts';
import { startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { Steps } from './testing/steps.ts';
import type { Language } from './testing/words.ts';

const names = { ar: { bob: 'باسل', carol: 'Carol', dana: 'دانا' }, en: { bob: 'Bob', carol: 'كارول', dana: 'Dana' } };
const other = { ar: 'en', en: 'ar' } as const;
const LOOKS_AGAIN = { timeout: 40_000 };

let browser: Browser;
let forum: TestForum;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser?.close());

/** Alice coordinates the host; Carol is made coordinator of the other organisation. */
async function coordinated(language: Language): Promise<Member> {
	const { carol } = names[language];
	const member = await joinInBrowser(browser, forum, carol, { language: other[language] });
	await until('Alice knows her', () => accountOf(carol) !== undefined);
	await forum.alice.client.people.addCoordinator(accountOf(carol)!);
	return member;
}

const accountOf = (name: string) => forum.alice.client.forum!.people.find((person) => person.name === name)?.account;

/** The words on a page, in their order: of each pair the one in `language`. */
async function wordsOn({ page, t }: Steps, language: Language): Promise<string[]> {
	const items = page.getByRole('list', { name: t('recovery_words') }).getByRole('listitem');
	await items.first().waitFor();
	const pairs = await items.evaluateAll((list) => list.map((item) => [...item.querySelectorAll('bdi')].map((part) => part.textContent)));
	return pairs.map(([first, second]) => (wordList[language].includes(first ?? '') ? first : second) ?? '');
}

/** Goes to a page of the forum without a reload, which would lock it. */
async function visit(page: Page, path: string): Promise<void> {
	await page.locator(`nav a[href="${path}"]`).locator('visible=true').first().click();
}

async function turnOn({ page, steps }: Member): Promise<void> {
	await visit(page, '/me');
	await steps.button('recovery_enable').click();
	await steps.button('recovery_enable_do').click();
	await steps.sees(steps.t('recovery_understood_missing'));
	await page.getByRole('checkbox', { name: steps.t('recovery_understood') }).check();
	await steps.button('recovery_enable_do').click();
	await steps.button('recovery_disable').waitFor();
}

async function makeLink({ page, steps }: Member, bob: string): Promise<string> {
	await visit(page, '/forum');
	await steps.button('recovery_link').click();
	const person = steps.field('recovery_person');
	const label = (await person.locator('option').allInnerTexts()).find((option) => option.startsWith(bob))!;
	await person.selectOption({ label });
	const shown = page.getByRole('dialog').getByText('/sign-in#recover.');
	const link = (await shown.innerText()).trim();
	await page.keyboard.press('Escape');
	return link;
}

/** Alice compares what she hears with what her own program shows. */
async function aliceApproves(heard: readonly string[], language: Language): Promise<void> {
	const { recovery } = forum.alice.client;
	await recovery.look();
	const request = forum.alice.client.forum!.recoveryRequests.find(
		({ words }) => words.map((place) => wordList[language][place]).join(' ') === heard.join(' '),
	);
	await recovery.approve(request!.key);
}

describe.each(['ar', 'en'] as const)('recovery by two, the person in %s and a coordinator in the other language', (language) => {
	beforeAll(async () => {
		forum = await startForum();
	});
	afterAll(() => forum?.stop());

	test('a member who lost every device is restored by two coordinators who compared the words', async () => {
		const { bob: name, dana: colleague } = names[language];
		const carol = await coordinated(language);
		const dana = await joinInBrowser(browser, forum, colleague, { language, width: 320, height: 640 });
		const bob = await joinInBrowser(browser, forum, name, { language, width: 320, height: 640 });
		await bob.steps.openThread('أولويات الشهر', 'نص لا يضيع');
		const stream = new URL(bob.page.url()).pathname.split('/').at(-1) as StreamId;
		await until('the post is sent', () => forum.alice.client.events(forum.space.id, stream).length > 0);
		await turnOn(bob);
		expect(await fitsWidth(bob.page)).toBe(true);
		await bob.context.close();

		const link = await makeLink(carol, name);
		const visitor = await arrive(browser, forum.server.url, { language, width: 320, height: 640 });
		const phone = new Steps(visitor, language);
		await phone.page.goto(link);
		const words = await wordsOn(phone, language);
		expect(words).toHaveLength(8);
		expect(await fitsWidth(phone.page)).toBe(true);
		await phone.page.reload();
		expect(await wordsOn(phone, language)).toEqual(words);
		await phone.sees(phone.t('recover_none'));

		await carol.steps.button('recovery_approve').waitFor(LOOKS_AGAIN);
		expect(await wordsOn(carol.steps, language)).toEqual(words);
		await carol.steps.button('recovery_approve').click();
		await carol.steps.sees(carol.steps.t('recovery_organisation_approved'));
		expect(await carol.steps.button('recovery_approve').count()).toBe(0);

		await visit(dana.page, '/');
		await dana.steps.sees(dana.steps.t('recovery_attempt'));
		expect(await dana.page.locator('main').innerText()).toContain(name);
		expect(await dana.steps.button('recovery_refuse').count()).toBe(0);
		expect(await fitsWidth(dana.page)).toBe(true);
		await phone.page.getByText(phone.t('recover_one')).waitFor(LOOKS_AGAIN);
		expect(await phone.button('next').count()).toBe(0);

		await aliceApproves(words, language);
		await phone.button('next').click(LOOKS_AGAIN);
		await phone.protect(null);
		await phone.button('protect_device_do').click();
		await phone.page.getByRole('navigation').first().waitFor();
		await phone.page.getByRole('link', { name: 'أولويات الشهر' }).locator('visible=true').first().click();
		await phone.sees('نص لا يضيع');
		await dana.steps.sees(dana.steps.t('recovery_restored'));
		await dana.steps.button('notice_read').click();
		await dana.page.getByText(dana.steps.t('recovery_restored')).waitFor({ state: 'detached' });
		await dana.page.reload();
		await unlock(dana);
		await dana.steps.sees('أولويات الشهر');
		expect(await dana.page.getByText(dana.steps.t('recovery_attempt')).count()).toBe(0);
		for (const { console: said } of [carol, dana, visitor]) expect(said.filter((line) => line.startsWith('error'))).toEqual([]);
		for (const { context } of [carol, dana, visitor]) await context.close();
	}, 180_000);

	test('a link that is not whole says so, before anything is asked of the server', async () => {
		const visitor = await arrive(browser, forum.server.url, { language });
		const steps = new Steps(visitor, language);
		await visitor.page.goto('/sign-in#recover.abc.def');
		await steps.sees(steps.t('recover_wrong_title'));
		await steps.button('back').click();
		await steps.button('bring_open').waitFor();
		await visitor.context.close();
	});

	test('where nobody else of two organisations coordinates, it cannot be turned on', async () => {
		const lonely = await startForum();
		const member = await joinInBrowser(browser, lonely, names[language].bob, { language });
		await visit(member.page, '/me');
		await member.steps.sees(member.steps.t('recovery_impossible'));
		expect(await member.steps.button('recovery_enable').count()).toBe(0);
		await member.context.close();
		await lonely.stop();
	});
});
