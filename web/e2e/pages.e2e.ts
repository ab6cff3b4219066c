import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, startForum, type TestForum } from './testing/forum.ts';
import { Steps } from './testing/steps.ts';

const title = 'أولويات الدورة القادمة لمجلس حقوق الإنسان في آذار ومن يحضرها من المنظمات';

let browser: Browser;
let forum: TestForum;
let addresses: readonly string[];

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	const { stream } = await openThread(forum.alice, forum.space, title, `نص ${'طويل '.repeat(40)}\nhttps://example.org/${'a'.repeat(120)}`);
	const space = `/s/${forum.space.id}`;
	addresses = [
		'/',
		'/search',
		'/forum',
		'/safety',
		'/who-sees-what',
		'/me',
		'/me/devices',
		'/me/lock',
		'/me/exit',
		'/me/offline',
		space,
		`${space}/members`,
		`${space}/new`,
		`${space}/t/${stream}`,
		`${space}/t/nothing`,
		'/s/nothing',
	];
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

/** A further device of the coordinator, who may see every page. */
async function coordinator(language: 'ar' | 'en', width: number) {
	const visitor = await arrive(browser, forum.server.url, { language, width, height: 640 });
	const steps = new Steps(visitor, language);
	const { fragment } = await forum.alice.client.offerEnrolment();
	await visitor.page.goto(`/sign-in#${fragment}`);
	await steps.sees(steps.t('protect_device_title'));
	await steps.protect(null);
	await steps.button('protect_device_do').click();
	await visitor.page.getByRole('navigation').first().waitFor();
	return { ...visitor, steps };
}

/** Goes there without loading the page anew, as a link does. */
async function go(page: Page, address: string): Promise<void> {
	await page.evaluate((href) => {
		const link = document.createElement('a');
		link.href = href;
		document.body.append(link);
		link.click();
		link.remove();
	}, address);
	await page.waitForURL(`**${address}`);
	await page.locator('h1:visible').first().waitFor();
	await page.waitForTimeout(100);
}

const secrets = () => [title, 'المساحة الأولى', 'أليس', 'ملتقى التجربة', 'منظمة الاختبار'];

/** The shell that a browser gets first, and all styles that it links. */
async function shellAt(address: string): Promise<{ html: string; styles: string; packed: string | null }> {
	const response = await fetch(forum.server.url + address, { headers: { accept: 'text/html', 'accept-encoding': 'br' } });
	const html = await response.text();
	const links = [...html.matchAll(/<link href="([^"]+)" rel="stylesheet">/g)].map(([, href]) => fetch(forum.server.url + href));
	const styles = await Promise.all(links.map(async (link) => await (await link).text()));
	return { html, styles: styles.join('\n'), packed: response.headers.get('content-encoding') };
}

test('every page of members is answered with the same bytes as the sign-in, and a wrong address is not', async () => {
	const { html } = await shellAt('/sign-in');
	expect(html).toContain('modulepreload');
	for (const address of addresses) expect((await shellAt(address)).html, address).toBe(html);
	expect((await shellAt('/wrong')).html).not.toContain('modulepreload');
});

test('the first page comes compressed, and no typeface stands in the way of what is read', async () => {
	for (const address of ['/', '/sign-in', '/setup', '/join']) {
		const { styles, packed } = await shellAt(address);
		expect(packed, address).toBe('br');
		expect(styles, address).toContain('--sans');
		expect(styles, address).not.toContain('@font-face');
	}
});

describe.each([
	['ar', 320],
	['en', 320],
	['ar', 1400],
] as const)('every page, in %s at %i pixels', (language, width) => {
	test('has one heading, one main part, names for all that can be pressed, and fits', async () => {
		const { page, context, console: said } = await coordinator(language, width);
		for (const address of addresses) {
			await go(page, address);
			const found = await page.evaluate(inspect);
			expect({ address, ...found, fits: await fitsWidth(page) }).toEqual({
				address,
				headings: 1,
				mains: 1,
				unnamed: [],
				small: [],
				fits: true,
			});
			const shown = page.url() + (await page.title());
			for (const secret of secrets()) expect(shown).not.toContain(secret);
		}
		expect(said).toEqual([]);
		await context.close();
	});
});

test('the keyboard starts at the new heading after a link, and can skip the menus back to it', async () => {
	const { page, context, steps } = await coordinator('ar', 1280);
	await steps.link('place_me').first().click();
	const heading = page.getByRole('heading', { level: 1, name: steps.t('place_me') });
	await heading.waitFor();
	const atHeading = () => page.waitForFunction(() => document.activeElement?.tagName === 'H1', undefined, { timeout: 5_000 });
	await atHeading();
	await steps.link('skip_to_content').focus();
	await page.keyboard.press('Enter');
	await atHeading();
	expect(page.url()).not.toContain('#');
	await context.close();
});

test('one tap turns the page into the other language, nothing typed is lost, and a reload keeps it', async () => {
	const { page, context } = await coordinator('ar', 1280);
	await go(page, `/s/${forum.space.id}/new`);
	const arabic = new Steps({ page } as never, 'ar');
	await arabic.field('thread_title').fill('عنوان لم يُرسل');
	await page.getByRole('button', { name: 'English' }).click();
	const english = new Steps({ page } as never, 'en');
	expect(await english.field('thread_title').inputValue()).toBe('عنوان لم يُرسل');
	expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['en', 'ltr']);
	await page.reload({ waitUntil: 'commit' });
	await page.waitForFunction(() => document.readyState !== 'loading');
	expect(await page.evaluate(() => document.documentElement.dir)).toBe('ltr');
	await context.close();
});

/** Runs in the page. Inline marks in running text may be smaller than a finger: WCAG 2.5.8 exempts them. */
function inspect() {
	const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
	const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter(visible);
	const nameOf = (element: HTMLElement) =>
		(element.getAttribute('aria-label') ?? '') +
		element.innerText +
		[...((element as HTMLInputElement).labels ?? [])].map((label) => label.innerText).join('');
	const pressed = all('button, a[href], input, select, textarea');
	const finger = (element: HTMLElement) => {
		const target = element.matches('input[type=radio], input[type=checkbox]') ? (element.closest('label') ?? element) : element;
		return Math.min(target.getBoundingClientRect().height, target.getBoundingClientRect().width);
	};
	return {
		headings: all('h1').length,
		mains: all('main').length,
		unnamed: pressed.filter((element) => nameOf(element).trim() === '').map((element) => element.outerHTML.slice(0, 120)),
		small: pressed
			.filter((element) => !element.matches('p a, .answers, .notice a, .title a') && finger(element) < 43)
			.map((element) => `${element.outerHTML.slice(0, 120)} ${finger(element)}`),
	};
}
