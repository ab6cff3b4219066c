import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blank } from './testing/blank.ts';
import { arrive, fitsWidth, openPage, startBrowser, type VisitorOptions } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { inTime, programKept } from './testing/kept.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';

const ELSEWHERE = 'https://ar.wikipedia.org/';
const PHONE = { width: 360, height: 740 } as const;
const title = 'ترتيبات الجلسة القادمة';

let browser: Browser;
let forum: TestForum;
let thread: string;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	const { stream } = await openThread(forum.alice, forum.space, title, 'نلتقي عند العاشرة.');
	await sent(forum.alice);
	thread = `/s/${forum.space.id}/t/${stream}`;
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

/** In place of the world outside: every site answers with its own address, perhaps late. */
async function worldOutside(context: BrowserContext, late = 0): Promise<void> {
	await context.route(/^https:/, async (route) => {
		await new Promise((resolve) => setTimeout(resolve, late));
		await route.fulfill({ contentType: 'text/html', body: `<title>elsewhere</title><p>${new URL(route.request().url()).host}</p>` });
	});
}

async function member(name: string, options: VisitorOptions = PHONE): Promise<Member> {
	return joinInBrowser(browser, forum, name, { ...options, prepare: (context) => worldOutside(context) });
}

const exitOf = ({ page, steps }: Pick<Member, 'page' | 'steps'>) => page.getByRole('button', { name: steps.t('exit') }).last();

async function isElsewhere(page: Page, address = ELSEWHERE): Promise<void> {
	await page.waitForURL(address);
	expect(await page.title()).toBe('elsewhere');
}

describe('the way out', () => {
	test.each([
		['ar', 360],
		['en', 1280],
	] as const)('stands in the same corner of every page, also before anybody is signed in (%s, %i)', async (language, width) => {
		const person = await member(`ساكن ${width}`, { language, width, height: 740 });
		const places = new Set<string>();
		const look = async (page: Page) => {
			const box = await exitOf({ page, steps: person.steps }).boundingBox();
			places.add(`${Math.round(box?.x ?? -1)} ${Math.round(box?.y ?? -1)}`);
			expect([box?.width, box?.height]).toEqual([44, 44]);
			expect(await fitsWidth(page)).toBe(true);
		};
		await look(person.page);
		for (const key of ['place_me', 'exit_page'] as const) {
			await person.page
				.getByRole('link', { name: person.steps.t(key) })
				.locator('visible=true')
				.first()
				.click();
			await person.page.getByRole('heading', { level: 1, name: person.steps.t(key) }).waitFor();
			await look(person.page);
		}
		const stranger = await arrive(browser, forum.server.url, { language, width, height: 740 });
		for (const address of ['/sign-in', `/join#${await forum.invitation()}`]) {
			await stranger.page.goto(address);
			await stranger.page.locator('h1').waitFor();
			await look(stranger.page);
		}
		expect([...places]).toHaveLength(1);
		await person.context.close();
		await stranger.context.close();
	});

	test('one press blanks the thread at once; nothing was asked of the other site before; Back does not return', async () => {
		const person = await member('نور');
		const { page, context, steps, elsewhere } = person;
		await page.getByText(title).first().click();
		await steps.sees('نلتقي عند العاشرة.');
		await page.waitForTimeout(1_000);
		expect(elsewhere).toEqual([]);
		await context.unroute(/^https:/);
		await worldOutside(context, 1_500);
		const { seen } = await blank(page, () => exitOf(person).click({ noWaitAfter: true }));
		expect(seen).toEqual(['ar.wikipedia.org', '/', '']);
		await isElsewhere(page);
		// Every page of the forum that lies behind becomes one of the other site, up to where the tab began.
		while ((await page.goBack({ waitUntil: 'commit' }).catch(() => null)) !== null || page.url() !== 'about:blank') {
			await page.waitForURL((url) => url.href === ELSEWHERE || url.href === 'about:blank');
			expect(await page.locator('body').innerText()).not.toContain(title);
		}
		await context.close();
	});

	test('Shift three times does the same, in the middle of a sentence; capital letters do not', async () => {
		const person = await member('هالة', { language: 'en', width: 1280, height: 900 });
		const { page, steps, context } = person;
		await page.getByText(title).first().click();
		await steps.field('composer_post').click();
		for (const letter of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`);
		await page.keyboard.press('Shift');
		await page.keyboard.press('Shift');
		await page.keyboard.type('x');
		await page.keyboard.press('Shift');
		expect(await steps.field('composer_post').inputValue()).toBe('ABCDx');
		for (let times = 0; times < 3; times++) await page.keyboard.press('Shift');
		await isElsewhere(page, 'https://en.wikipedia.org/');
		await context.close();
	});

	test('keys leave memory, in every tab, and all tabs leave', async () => {
		const person = await member('سعاد');
		const other = await openPage(person.context, 'none');
		await other.goto('/sign-in');
		await other.locator('h1').waitFor();
		await exitOf(person).click();
		await isElsewhere(person.page);
		await isElsewhere(other);
		await person.page.goto(thread);
		await person.steps.button('unlock_passkey').waitFor();
		expect(await person.page.getByText(title).count()).toBe(0);
		await unlock(person);
		await person.context.close();
	});

	test('it can be pressed above a dialog', async () => {
		const person = await member('رزان');
		await person.page
			.getByRole('link', { name: person.steps.t('place_me') })
			.first()
			.click();
		await person.steps.button('erase').click();
		await person.page.getByRole('dialog').waitFor();
		await exitOf(person).click();
		await isElsewhere(person.page);
		await person.context.close();
	});

	test('how it works is told once', async () => {
		const person = await member('جود');
		await person.steps.sees(person.steps.t('exit_told'));
		await person.steps.button('got_it').click();
		await person.page.reload();
		await unlock(person);
		await person.steps.link('thread_new').first().waitFor();
		expect(await person.page.getByText(person.steps.t('exit_told')).count()).toBe(0);
		await person.context.close();
	});

	test('it leads where the person chose; an address of this forum, or none, is refused and changes nothing', async () => {
		const person = await member('ليان');
		const { page, steps } = person;
		await page
			.getByRole('link', { name: steps.t('place_me') })
			.first()
			.click();
		await page.getByRole('link', { name: steps.t('exit_page') }).click();
		await page.getByRole('radio', { name: steps.t('exit_other') }).check();
		for (const wrong of ['javascript:alert(1)', forum.server.url, 'http://example.com']) {
			await steps.field('exit_address').fill(wrong);
			await steps.field('exit_address').blur();
			await steps.sees(steps.t('exit_address_wrong'));
		}
		await steps.field('exit_address').fill('example.com/recipes');
		expect(await page.getByText(steps.t('exit_address_wrong')).count()).toBe(0);
		await exitOf(person).click();
		await isElsewhere(page, 'https://example.com/recipes');
		await person.context.close();
	});
});

describe('without a line', () => {
	test('it blanks at once and shows a page about the weather, and neither Back nor a reload shows the forum', async () => {
		const person = await member('ديمة', { ...PHONE, keeping: true });
		const { page, context } = person;
		await page.getByText(title).first().click();
		await programKept(page);
		await context.setOffline(true);
		const { seen } = await blank(page, () => exitOf(person).click({ noWaitAfter: true }));
		expect(seen.at(-1)).toBe('');
		await page.waitForURL('**/weather-ar.html');
		expect(await page.title()).toBe('الطقس');
		await page.reload();
		expect(await page.title()).toBe('الطقس');
		await page.goBack({ waitUntil: 'commit' }).catch(() => null);
		// Here or there: a page that Back brings learns late from the driver that there is no line.
		await page.waitForURL((url) => url.pathname === '/weather-ar.html' || url.href === ELSEWHERE);
		expect(await page.locator('body').innerText()).not.toContain(title);
		await context.close();
	});

	test('where nothing is kept it leaves an empty page', async () => {
		const person = await member('سمر');
		await person.page.getByText(title).first().click();
		await person.steps.sees('نلتقي عند العاشرة.');
		await person.context.setOffline(true);
		await exitOf(person).click({ noWaitAfter: true });
		await person.page.waitForURL('about:blank');
		expect(await person.page.locator('body').innerText()).toBe('');
		await person.context.close();
	});
});

describe('a disguise', () => {
	async function choose({ page, steps }: Member, look: 'disguise_weather' | 'disguise_notes' | 'disguise_calculator', name = '') {
		await page
			.getByRole('link', { name: steps.t('place_me') })
			.locator('visible=true')
			.first()
			.click();
		await page.getByRole('link', { name: steps.t('exit_page') }).click();
		await page
			.getByRole('radio', { name: steps.t(look), exact: true })
			.last()
			.check();
		await steps.field('disguise_name').fill(name);
		await steps.button('disguise_keep').click();
	}
	const iconIn = (page: Page) => page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? '');

	test.each([
		['ar', PHONE],
		['en', { language: 'en', width: 1280, height: 900 }],
	] as const)(
		'is worn by the tab, its icon and the installed program, before unlocking too; the server is told nothing (%s)',
		async (language, options) => {
			const person = await member(`متنكّر ${language}`, { ...options, keeping: true });
			const { page, steps, context } = person;
			await programKept(page);
			const before = await iconIn(page);
			await page
				.getByRole('link', { name: steps.t('place_me') })
				.locator('visible=true')
				.first()
				.click();
			await page.getByRole('link', { name: steps.t('exit_page') }).click();
			const asked: string[] = [];
			page.on('request', (request) => void (request.url().startsWith('data:') || asked.push(request.url())));
			const logged = forum.log.length;
			await choose(person, 'disguise_weather');
			await inTime('the look is made', () =>
				page.evaluate(async () => (await caches.match('/app.webmanifest', { cacheName: 'look' })) !== undefined),
			);
			expect(await page.title()).toBe(steps.t('disguise_weather'));
			expect(await iconIn(page)).not.toBe(before);
			const session = await context.newCDPSession(page);
			await expect
				.poll(async () => (await session.send('Page.getAppManifest')).data ?? '')
				.toContain(`"name":"${steps.t('disguise_weather')}"`);
			const { errors } = await session.send('Page.getAppManifest');
			expect(errors).toEqual([]);
			expect(forum.log.slice(logged).filter((line) => line.includes('page') || line.includes('asset'))).toEqual([]);

			await page.reload({ waitUntil: 'commit' });
			await page.waitForFunction((name) => document.title === name, steps.t('disguise_weather'));
			await steps.button('unlock_passkey').waitFor();
			expect(await page.title()).toBe(steps.t('disguise_weather'));
			expect(await page.locator('header').first().innerText()).not.toContain(steps.t('product'));
			await unlock(person);
			for (const key of ['place_me', 'place_today'] as const) {
				await page
					.getByRole('link', { name: steps.t(key) })
					.locator('visible=true')
					.first()
					.click();
				await page.getByRole('heading', { level: 1 }).first().waitFor();
				expect(await page.title()).toBe(steps.t('disguise_weather'));
			}
			await context.close();
		},
	);

	test('a name that tells of the product or of the host is refused with the reason, and nothing changes', async () => {
		const person = await member('ريم');
		const { page, steps } = person;
		const before = await page.title();
		for (const [name, told] of [
			['الملتقى اليومي', 'ملتقى'],
			['Multаqа', 'multaqa'],
			['أخبار المنظمة المضيفة', 'المنظمة المضيفة'],
			['ملاحظات مضيفه', 'المضيفة'],
		] as const) {
			await choose(person, 'disguise_notes', name);
			await steps.sees(steps.t('disguise_told', { name: told }));
			expect(await page.evaluate(() => localStorage.getItem('disguise'))).toBeNull();
		}
		await choose(person, 'disguise_notes', 'وصفات أمي');
		await page.waitForFunction(() => document.title === 'وصفات أمي');
		expect(await page.title()).not.toBe(before);
		await person.context.close();
	});

	test('the server sends the same bytes to a disguised device as to everybody', async () => {
		const person = await member('غادة');
		await choose(person, 'disguise_calculator');
		const shell = () => person.page.evaluate(() => fetch('/sign-in', { cache: 'no-store' }).then((response) => response.text()));
		const stranger = await (await fetch(`${forum.server.url}/sign-in`)).text();
		expect(await shell()).toBe(stranger);
		await person.context.close();
	});
});
