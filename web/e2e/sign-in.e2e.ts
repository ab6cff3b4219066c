import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, startBrowser, type VisitorOptions } from './testing/browser.ts';
import { startForum, type TestForum } from './testing/forum.ts';
import { recordsOnDevice } from './testing/device.ts';
import { joinInBrowser, unlock } from './testing/member.ts';
import { Steps } from './testing/steps.ts';

const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';

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

async function visit(options: VisitorOptions = {}) {
	const visitor = await arrive(browser, forum.server.url, { width: 360, height: 740, ...options });
	return { ...visitor, steps: new Steps(visitor, options.language ?? 'ar') };
}

describe('a wrong secret', () => {
	test('a wrong passphrase and a wrong login name say the same; after five tries the wait is shown in seconds', async () => {
		const { page, steps, context } = await visit();
		// The device's own waits are passed over; the server's is not, it has its own clock.
		await context.clock.install();
		await page.goto(`/join#${await forum.invitation()}`);
		await steps.button('join_accept').click();
		await steps.field('person_name').fill('نور');
		await steps.protect(passphrase);
		await steps.button('join_do').click();
		await steps.confirmSheet();
		await page.goto('/me');
		await steps.unlock(passphrase);
		await steps.button('sign_out').click();

		const attempt = async (name: string, phrase: string) => {
			await page.clock.fastForward(61_000);
			await steps.field('login_name').fill(name);
			await steps.field('passphrase').fill(phrase);
			await steps.button('unlock_passphrase').click();
			await page.getByRole('status').waitFor({ state: 'hidden', timeout: 30_000 });
			return page.getByRole('alert').innerText();
		};
		const unknown = await attempt('nobody-99', passphrase);
		expect(unknown).toBe(steps.t('problem_sign_in_failed'));
		const texts: string[] = [];
		for (let tries = 0; tries < 6; tries++) texts.push(await attempt('bakalo-11', 'ست كلمات أخرى لا علاقة لها'));
		expect(texts[0]).toBe(unknown);
		expect(texts.at(-1)).toMatch(/\d+ (ثانية|ثوانٍ)/);
		expect(await steps.button('unlock_passphrase').isDisabled()).toBe(true);
		expect(await steps.field('login_name').inputValue()).toBe('bakalo-11');
		await context.close();
	});

	test('a recovery code with a swapped letter is refused at once, before anything is chosen for the device', async () => {
		const member = await joinInBrowser(browser, forum, 'هالة');
		await member.context.close();
		const { page, steps, context } = await visit();
		await page.goto('/sign-in');
		await steps.button('bring_open').click();
		await steps.field('bring_code').fill(swapped(member.sheet));
		await steps.button('next').click();
		await steps.sees(steps.t('problem_code_mismatch'));
		await steps.field('bring_code').fill(member.sheet);
		await steps.button('next').click();
		await steps.protect(null);
		await steps.button('protect_device_do').click();
		await steps.sees('المساحة الأولى');
		await context.close();
	});
});

describe('a locked device', () => {
	test('comes back to the page that was open, also after a reload', async () => {
		const member = await joinInBrowser(browser, forum, 'سعاد', { language: 'en' });
		const { page, steps } = member;
		await steps.openThread('Priorities', 'What matters most?');
		const thread = page.url();
		await page.reload();
		await steps.button('unlock_passkey').waitFor();
		expect(page.url()).toContain('/sign-in');
		await page.reload();
		await unlock(member);
		await steps.sees('What matters most?');
		expect(page.url()).toBe(thread);
		await member.context.close();
	});

	test('shows nothing of the forum, in the page or its title', async () => {
		const member = await joinInBrowser(browser, forum, 'رزان');
		await member.page.reload();
		await member.steps.button('unlock_passkey').waitFor();
		const text = (await member.page.locator('body').innerText()) + (await member.page.title());
		for (const secret of ['المساحة الأولى', 'رزان', 'ملتقى التجربة', 'منظمة الاختبار']) expect(text).not.toContain(secret);
		await member.context.close();
	});

	test('leads to the space that was open last, in the other language too', async () => {
		const member = await joinInBrowser(browser, forum, 'Lina', { language: 'en' });
		await member.page.goto('/sign-in');
		await unlock(member);
		await member.page.waitForURL(`**/s/${forum.space.id}`);
		await member.context.close();
	});

	test('a link cannot send it elsewhere after unlocking', async () => {
		const member = await joinInBrowser(browser, forum, 'جود');
		await member.page.goto('/sign-in#//example.org/');
		await unlock(member);
		expect(new URL(member.page.url()).origin).toBe(forum.server.url);
		await member.context.close();
	});
});

describe('a further device', () => {
	test('comes in by the link of an enrolled one, and the link works once', async () => {
		const member = await joinInBrowser(browser, forum, 'ديمة');
		await member.page
			.getByRole('link', { name: member.steps.t('place_me') })
			.first()
			.click();
		await member.page.getByRole('link', { name: member.steps.t('devices') }).click();
		await member.steps.button('device_add').click();
		const link = (await member.page.getByText('/sign-in#device.').innerText()).trim();

		const phone = await visit();
		await phone.page.goto(link);
		await phone.steps.sees(phone.steps.t('protect_device_title'));
		await phone.steps.protect(null);
		expect(phone.page.url()).not.toContain('device.');
		await phone.steps.button('protect_device_do').click();
		await phone.steps.sees('المساحة الأولى');

		const thief = await visit();
		await thief.page.goto(link);
		await thief.steps.sees(thief.steps.t('protect_device_title'));
		await thief.steps.protect(null);
		await thief.steps.button('protect_device_do').click();
		await thief.steps.sees(thief.steps.t('problem_code_mismatch'));
		for (const { context } of [member, phone, thief]) await context.close();
	});
});

describe('erasing', () => {
	test('needs the word typed, and leaves no database, no session and no words behind', async () => {
		const member = await joinInBrowser(browser, forum, 'ليان');
		const { page, steps } = member;
		await steps.openThread('عنوان', 'نص المشاركة الأولى');
		await page
			.getByRole('link', { name: steps.t('place_me') })
			.first()
			.click();
		await steps.button('erase').click();
		await steps.button('erase_do').click();
		await steps.sees(steps.t('erase_wrong', { word: steps.t('erase_word') }));
		await page.getByRole('dialog').getByRole('textbox').fill(steps.t('erase_word'));
		await steps.button('erase_do').click();
		await page.getByRole('heading', { level: 1, name: steps.t('sign_in_title') }).waitFor();
		await page.reload();
		await page.getByRole('heading', { level: 1, name: steps.t('sign_in_title') }).waitFor();
		// What the router keeps of scroll positions names nothing.
		const left = await page.evaluate(() => [
			...Object.keys(sessionStorage).filter((key) => !key.startsWith('sveltekit:')),
			...Object.keys(localStorage),
		]);
		expect(left).toEqual(['display']);
		expect(await recordsOnDevice(page)).toBe(0);
		await member.context.close();
	});
});

/** Two different neighbouring letters change places. */
function swapped(code: string): string {
	const at = [...code].findIndex((letter, place) => /\w/.test(letter) && /\w/.test(code[place + 1] ?? '') && letter !== code[place + 1]);
	return code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
}

test('a passkey that the person’s devices share opens the account on a browser that knows nothing', async () => {
	const member = await joinInBrowser(browser, forum, 'سمر');
	const { page, steps, context } = member;
	await page.goto('/me');
	await unlock(member);
	await steps.button('erase').click();
	await steps.field('erase_confirm', { word: steps.t('erase_word') }).fill(steps.t('erase_word'));
	await steps.button('erase_do').click();
	await page.getByRole('heading', { level: 1, name: steps.t('sign_in_title') }).waitFor();
	expect(await recordsOnDevice(page)).toBe(0);
	await steps.button('unlock_passkey').click();
	await steps.sees('المساحة الأولى');
	await context.close();
});
