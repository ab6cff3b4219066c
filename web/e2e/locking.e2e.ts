import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPage, startBrowser } from './testing/browser.ts';
import { startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { Steps } from './testing/steps.ts';

const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';
const wrong = 'ست كلمات أخرى لا علاقة لها';

let browser: Browser;
let forum: TestForum;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	// The server's own bound has its own tests; here the device's is looked at.
	vi.spyOn(forum.server.context.limits, 'attempt').mockReturnValue(undefined);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

/** From now on the time of this person's pages can be moved on. */
const withClock = (context: BrowserContext) => context.clock.install();

async function choose({ steps, page }: Member, choices: { minutes?: string; hidden?: boolean; afterWrong?: 'wrong_wipe' }): Promise<void> {
	await steps.link('place_me').locator('visible=true').first().click();
	await page.getByRole('link', { name: steps.t('locking') }).click();
	if (choices.minutes) await steps.field('lock_after').selectOption({ label: choices.minutes });
	if (choices.hidden) await page.getByRole('checkbox', { name: steps.t('lock_hidden') }).check();
	if (choices.afterWrong) await page.getByRole('radio', { name: steps.t(choices.afterWrong) }).check();
}

const locked = ({ page, steps }: { page: Page; steps: Steps }) => page.getByRole('heading', { level: 1, name: steps.t('unlock_title') });
const signIn = ({ page, steps }: { page: Page; steps: Steps }) => page.getByRole('heading', { level: 1, name: steps.t('sign_in_title') });

describe('a device that nobody uses', () => {
	test('locks after the chosen minute, shows nothing, and comes back with what was half written', async () => {
		const member = await joinInBrowser(browser, forum, 'سعاد', { prepare: withClock });
		const { page, steps } = member;
		await choose(member, { minutes: 'دقيقة واحدة' });
		await page.goBack();
		await page.goBack();
		await steps.openThread('عنوان السر', 'نص السر');
		await steps.field('composer_post').fill('رد لم يكتمل');
		await page.clock.runFor(1000);
		const thread = page.url();
		await page.clock.fastForward(50_000);
		expect(page.url()).toBe(thread);
		await page.clock.fastForward(11_000);
		await locked(member).waitFor();
		const shown = (await page.locator('body').innerText()) + (await page.title());
		for (const secret of ['السر', 'رد لم يكتمل', 'سعاد']) expect(shown).not.toContain(secret);
		await unlock(member);
		await steps.sees('نص السر');
		expect(page.url()).toBe(thread);
		await expect.poll(() => steps.field('composer_post').inputValue()).toBe('رد لم يكتمل');
		await member.context.close();
	});

	test('stays open in every tab while one is used, and locks in all at once', async () => {
		const first = await joinInBrowser(browser, forum, 'Rima', { language: 'en', passphrase, prepare: withClock });
		const { context } = first;
		await choose(first, { minutes: '1 minute' });
		const page = await openPage(context, 'none');
		const second = { page, steps: new Steps({ page } as never, 'en') };
		await page.goto('/me');
		await second.steps.unlock(passphrase);
		for (let times = 0; times < 3; times++) {
			await context.clock.fastForward(50_000);
			await first.page.mouse.move(100 + times, 100);
			await page.waitForTimeout(200);
		}
		expect([await locked(first).count(), await locked(second).count()]).toEqual([0, 0]);
		await context.clock.fastForward(61_000);
		await locked(first).waitFor();
		await locked(second).waitFor();
		await second.steps.unlock(passphrase);
		await first.steps.unlock(passphrase);
		await second.steps.button('lock').click();
		await locked(first).waitFor();
		await context.close();
	});
});

describe('a tab that is hidden', () => {
	const hide = (page: Page) =>
		page.evaluate(() => {
			Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
			document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
			return document.querySelector('main')?.textContent ?? '';
		});

	test('stays open, unless locking at once was chosen: then nothing stands on the screen any more', async () => {
		const member = await joinInBrowser(browser, forum, 'رزان');
		await hide(member.page);
		await member.steps.link('thread_new').first().waitFor();
		await choose(member, { hidden: true });
		expect(await hide(member.page)).not.toContain(member.steps.t('unlocks_title'));
		await locked(member).waitFor();
		await unlock(member);
		await member.page.getByRole('heading', { level: 1, name: member.steps.t('locking') }).waitFor();
		await member.context.close();
	});
});

/** Types wrong passphrases, each after as long a wait as the page demands, until it has answered. */
async function tryWrong({ page, steps }: Member, times: number): Promise<void> {
	const answers = [/بعد (ثانية|ثانيتين|\d+ )/, /Next try in \d+/, steps.t('wrong_signed_out'), steps.t('wrong_wiped')];
	const answered = answers.map((text) => page.getByText(text)).reduce((any, one) => any.or(one));
	for (let tries = 0; tries < times; tries++) {
		await page.clock.fastForward(61_000);
		await answered.waitFor({ state: 'detached' });
		await steps.field('passphrase').fill(wrong);
		await steps.button('unlock_passphrase').click();
		await answered.waitFor();
	}
}

describe('wrong passphrases', () => {
	test('each has to wait longer, also after a reload; ten end the session, and the login name is asked for too', async () => {
		const member = await joinInBrowser(browser, forum, 'هند', { passphrase, prepare: withClock });
		const { page, steps } = member;
		await page.reload();
		await tryWrong(member, 1);
		await steps.sees(steps.t('problem_passphrase_wrong'));
		await tryWrong(member, 5);
		await page.getByText(/بعد \d+ (ثانية|ثوانٍ)/).waitFor();
		expect(await steps.button('unlock_passphrase').isDisabled()).toBe(true);
		await page.reload();
		await page.getByText(/بعد \d+ (ثانية|ثوانٍ)/).waitFor();
		await page.getByText(/بقيت 4 محاولات/).waitFor();
		await tryWrong(member, 4);
		await steps.sees(steps.t('wrong_signed_out'));
		await steps.field('login_name').waitFor();
		await page.reload();
		await steps.sees(steps.t('wrong_signed_out'));
		await member.context.close();
	});

	test('a right one in between begins the count anew', async () => {
		const member = await joinInBrowser(browser, forum, 'Nada', { passphrase, language: 'en', prepare: withClock });
		await member.page.reload();
		await tryWrong(member, 6);
		await member.page.clock.fastForward(61_000);
		await member.steps.unlock(passphrase);
		await member.page.reload();
		await member.steps.field('passphrase').waitFor();
		expect(await member.page.getByText(/tr(y|ies) (is|are) left/).count()).toBe(0);
		expect(await member.steps.button('unlock_passphrase').isEnabled()).toBe(true);
		await member.context.close();
	});

	test('ten wipe everything, if that was chosen', async () => {
		const member = await joinInBrowser(browser, forum, 'Farah', { passphrase, language: 'en', prepare: withClock });
		await choose(member, { afterWrong: 'wrong_wipe' });
		await member.page.reload();
		await tryWrong(member, 9);
		await member.page.getByText(/1 try is left\. Then everything is wiped/).waitFor();
		await tryWrong(member, 1);
		await member.steps.sees(member.steps.t('wrong_wiped'));
		await signIn(member).waitFor();
		expect(await leftIn(member.page)).toEqual(NOTHING);
		await member.context.close();
	});
});

/** Something of every kind that a browser may keep for a page. */
async function leaveTraces(page: Page): Promise<void> {
	await page.evaluate(async () => {
		localStorage.setItem('trace', '1');
		sessionStorage.setItem('trace', '1');
		document.cookie = 'trace=1; path=/';
		await caches.open('trace');
		await new Promise((resolve) => {
			const opening = indexedDB.open('trace');
			opening.addEventListener('success', () => {
				opening.result.close();
				resolve(undefined);
			});
		});
	});
}

/** What the router keeps of scroll positions names nothing. */
async function leftIn(page: Page) {
	return await page.evaluate(async () => ({
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage).filter((key) => !key.startsWith('sveltekit:')),
		cookies: document.cookie,
		caches: await caches.keys(),
		databases: (await indexedDB.databases()).map(({ name }) => name),
	}));
}

const NOTHING = { local: [], session: [], cookies: '', caches: [], databases: [] };

describe('the control that wipes', () => {
	test('a short press only says how it works; three seconds leave nothing, and the device is revoked', async () => {
		const member = await joinInBrowser(browser, forum, 'ليلى', { width: 360, height: 740 });
		const { page, steps } = member;
		await leaveTraces(page);
		await steps.link('place_me').locator('visible=true').first().click();
		const control = steps.button('wipe_hold');
		await control.scrollIntoViewIfNeeded();
		const before = await leftIn(page);
		await control.click({ delay: 800 });
		await steps.sees(steps.t('wipe_short'));
		expect(await leftIn(page)).toEqual(before);
		expect(revokedDevices()).toBe(0);

		await control.click({ delay: 3200, noWaitAfter: true });
		await signIn(member).waitFor();
		await expect.poll(() => leftIn(page)).toEqual(NOTHING);
		expect(page.url()).toBe(`${forum.server.url}/sign-in`);
		await expect.poll(revokedDevices).toBe(1);
		await page.goBack().catch(() => undefined);
		await signIn(member).waitFor();
		expect(await page.locator('body').innerText()).not.toContain('ليلى');
		await member.context.close();
	});

	test('leaves nothing with the line cut either, and the device is revoked once the line is back, as long as the page stays', async () => {
		const member = await joinInBrowser(browser, forum, 'ريما', { width: 360, height: 740 });
		const { page, steps, context } = member;
		// Every page is at hand shortly after the first one stands.
		await page.waitForTimeout(3_000);
		await steps.link('place_me').locator('visible=true').first().click();
		await leaveTraces(page);
		const before = revokedDevices();
		await context.setOffline(true);
		const control = steps.button('wipe_hold');
		await control.scrollIntoViewIfNeeded();
		await control.click({ delay: 3200, noWaitAfter: true });
		await signIn(member).waitFor();
		await expect.poll(() => leftIn(page)).toEqual(NOTHING);
		expect(await page.locator('body').innerText()).not.toContain('ريما');
		expect(revokedDevices()).toBe(before);
		await context.setOffline(false);
		await expect.poll(revokedDevices, { timeout: 30_000 }).toBe(before + 1);
		expect(await leftIn(page)).toEqual(NOTHING);
		await context.close();
	});

	test('works by keyboard on a locked device, and leaves no place to come back to', async () => {
		const member = await joinInBrowser(browser, forum, 'Sara', { language: 'en' });
		const { page, steps } = member;
		await page.reload();
		await locked(member).waitFor();
		await leaveTraces(page);
		await steps.button('wipe_hold').focus();
		await page.keyboard.press('Enter');
		await steps.sees(steps.t('wipe_short'));
		await page.keyboard.down('Space');
		await page.waitForTimeout(3200);
		await page.keyboard.up('Space');
		await signIn(member).waitFor();
		await expect.poll(() => leftIn(page)).toEqual(NOTHING);
		await member.context.close();
	});

	function revokedDevices(): number {
		const users = [...forum.server.context.ledger.world.users.values()];
		return users.flatMap(({ devices }) => [...devices.values()]).filter(({ revoked }) => revoked !== null).length;
	}
});
