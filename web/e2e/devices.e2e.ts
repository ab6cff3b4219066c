import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, fitsWidth, startBrowser, type Visitor } from './testing/browser.ts';
import { startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { Steps } from './testing/steps.ts';
import type { Language } from './testing/words.ts';

const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';
const another = 'مطر سفينة دفتر كرسي غيمة ليمون';

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

interface Device extends Visitor {
	readonly steps: Steps;
}

/** A further browser, 360 pixels wide, that comes in by the recovery code: as its owner would, or whoever found the sheet. */
async function enrol(code: string, language: Language = 'ar'): Promise<Device> {
	const visitor = await arrive(browser, forum.server.url, { width: 360, height: 740, language });
	const steps = new Steps(visitor, language);
	await visitor.page.goto('/sign-in');
	await steps.button('bring_open').click();
	await steps.field('bring_code').fill(code);
	await steps.button('next').click();
	await steps.protect(null);
	await steps.button('protect_device_do').click();
	await steps.sees('المساحة الأولى');
	return { ...visitor, steps };
}

/** Goes to a page of the own account without loading anything anew. */
async function goToOwn({ steps, page }: Device, place: 'devices' | 'locking'): Promise<void> {
	await steps.link('place_me').locator('visible=true').first().click();
	await page.getByRole('link', { name: steps.t(place) }).click();
	await page.getByRole('heading', { level: 1, name: steps.t(place) }).waitFor();
}

const dialogOf = ({ page }: Device) => page.getByRole('dialog');
const close = async (...devices: readonly Device[]) => {
	for (const { context } of devices) await context.close();
};

describe('a second device', () => {
	test('raises an alarm on the first, which «that was me» ends; both are listed with a name and no address', async () => {
		const laptop = await joinInBrowser(browser, forum, 'ديمة');
		const phone = await enrol(laptop.sheet);
		await laptop.steps.sees(laptop.steps.t('device_alarm'));
		await laptop.steps.button('device_mine').first().click();
		await laptop.page.getByText(laptop.steps.t('device_alarm')).waitFor({ state: 'detached' });

		await goToOwn(laptop, 'devices');
		const list = laptop.page.getByRole('main');
		await expect.poll(() => list.getByText(/^متصفح Chromium على Linux$/).count()).toBe(2);
		expect(await list.innerText()).not.toMatch(/127\.0\.0\.1|\d+\.\d+\.\d+|localhost/);
		await goToOwn(phone, 'devices');
		expect(await fitsWidth(phone.page)).toBe(true);
		await close(laptop, phone);
	});

	test('can be given a name, which a reload keeps and the other device shows', async () => {
		const laptop = await joinInBrowser(browser, forum, 'Rana', { language: 'en' });
		const phone = await enrol(laptop.sheet, 'en');
		await goToOwn(phone, 'devices');
		await phone.steps.button('device_rename').first().click();
		await phone.steps.field('device_name').fill('The old phone');
		await phone.steps.button('save').click();
		await phone.steps.sees('The old phone');
		await laptop.page.reload();
		await unlock(laptop);
		await goToOwn(laptop, 'devices');
		await laptop.steps.sees('The old phone');
		await close(laptop, phone);
	});

	test('is signed out within five seconds of its revocation, and unlocking there says why', async () => {
		const laptop = await joinInBrowser(browser, forum, 'هالة');
		const phone = await enrol(laptop.sheet);
		await laptop.steps.button('device_mine').first().click();
		await goToOwn(laptop, 'devices');
		await laptop.steps.button('device_revoke').click();
		for (const said of ['revoke_signs_out', 'revoke_passkeys', 'revoke_keys', 'revoke_read'] as const)
			await dialogOf(laptop).getByText(laptop.steps.t(said)).waitFor();
		await laptop.steps.button('device_revoke_do').click();
		await dialogOf(laptop).getByText(laptop.steps.t('revoke_done')).waitFor();
		await phone.page.waitForURL('**/sign-in*', { timeout: 5_000 });
		if ((await phone.page.getByText(phone.steps.t('ended_device')).count()) === 0) await phone.steps.button('unlock_passkey').click();
		await phone.steps.sees(phone.steps.t('ended_device'));
		expect(await phone.page.getByRole('alert').count()).toBe(1);
		// It can be brought back, by whoever has the sheet.
		await phone.steps.button('bring_open').click();
		await phone.steps.field('bring_code').waitFor();
		await close(laptop, phone);
	});
});

describe('a device of somebody else', () => {
	test('an alarm on every page, that only an answer ends; «not me» tells the truth and revokes it', async () => {
		const laptop = await joinInBrowser(browser, forum, 'Maya', { language: 'en' });
		const thief = await enrol(laptop.sheet, 'en');
		await laptop.steps.sees(laptop.steps.t('device_alarm'));
		await laptop.steps.link('place_me').first().click();
		await laptop.steps.sees(laptop.steps.t('device_alarm'));
		// The thief's own device cannot talk the alarm away.
		await thief.page.reload();
		await thief.steps.button('unlock_passkey').click();
		await thief.page.getByRole('navigation').first().waitFor();
		await laptop.page.reload();
		await unlock(laptop);
		await laptop.steps.button('device_not_mine').first().click();
		await dialogOf(laptop).getByText(laptop.steps.t('device_strange_how')).waitFor();
		await dialogOf(laptop).getByText(laptop.steps.t('device_strange_then')).waitFor();
		await laptop.steps.button('device_revoke_do').click();
		await dialogOf(laptop).getByText(laptop.steps.t('revoke_done')).waitFor();
		await thief.page.waitForURL('**/sign-in*', { timeout: 5_000 });
		await dialogOf(laptop)
			.getByRole('button', { name: laptop.steps.t('close') })
			.last()
			.click();
		expect(await laptop.page.getByText(laptop.steps.t('device_alarm')).count()).toBe(0);
		await close(laptop, thief);
	});
});

describe('a session', () => {
	test('is ended from another device: that browser is signed out, and may sign in again', async () => {
		const laptop = await joinInBrowser(browser, forum, 'ليان');
		const phone = await enrol(laptop.sheet);
		await laptop.steps.button('device_mine').first().click();
		await goToOwn(laptop, 'devices');
		await laptop.steps.sees(laptop.steps.t('session_this'));
		await laptop.steps.button('session_end').click();
		await dialogOf(laptop)
			.getByRole('button', { name: laptop.steps.t('session_end') })
			.click();
		await phone.page.waitForURL('**/sign-in*', { timeout: 5_000 });
		await phone.steps.button('unlock_passkey').click();
		await phone.page.getByRole('navigation').first().waitFor();
		await close(laptop, phone);
	});

	test('the list that cannot be fetched says so, and asks again when told to', async () => {
		const laptop = await joinInBrowser(browser, forum, 'جود');
		// Every page is at hand shortly after the first one stands.
		await laptop.page.waitForTimeout(3_000);
		await laptop.context.setOffline(true);
		await goToOwn(laptop, 'devices');
		await laptop.steps.sees(laptop.steps.t('problem_offline'));
		await laptop.steps.sees('متصفح Chromium على Linux');
		await laptop.context.setOffline(false);
		await laptop.steps.button('retry').click();
		await laptop.steps.sees(laptop.steps.t('session_this'));
		await close(laptop);
	});
});

describe('ways to unlock', () => {
	const lockAndUnlock = async ({ page, steps }: Member, phrase: string) => {
		await page.reload();
		await steps.field('passphrase').fill(phrase);
		await steps.button('unlock_passphrase').click();
	};

	test('after the passphrase was changed the old one opens nothing and the new one does', async () => {
		const member = await joinInBrowser(browser, forum, 'سمر', { passphrase });
		const { steps } = member;
		await goToOwn(member, 'locking');
		await steps.button('passphrase_change').click();
		await steps.field('passphrase_new').fill('ثلاث كلمات فقط');
		await steps.field('passphrase_again').fill('ثلاث كلمات فقط');
		await dialogOf(member)
			.getByRole('button', { name: steps.t('passphrase_change') })
			.click();
		await steps.field('passphrase_new').and(member.page.locator('[aria-invalid=true]')).waitFor();
		await steps.field('passphrase_new').fill(another);
		await steps.field('passphrase_again').fill(another);
		await dialogOf(member)
			.getByRole('button', { name: steps.t('passphrase_change') })
			.click();
		await steps.sees(steps.t('passphrase_changed'));
		await lockAndUnlock(member, passphrase);
		await steps.sees(steps.t('problem_passphrase_wrong'));
		await steps.unlock(another);
		await close(member);
	});

	test('a passkey is added beside a passphrase, and either opens; the last way stays', async () => {
		const member = await joinInBrowser(browser, forum, 'Lina', { passphrase, language: 'en', width: 360, height: 740 });
		const { steps, page } = member;
		await goToOwn(member, 'locking');
		await steps.button('unlock_remove').click();
		await dialogOf(member)
			.getByRole('button', { name: steps.t('unlock_remove') })
			.click();
		await steps.sees(steps.t('problem_last_way'));
		await page.keyboard.press('Escape');

		await steps.button('unlock_add_passkey').click();
		await steps.field('unlock_label').fill('Blue key');
		await dialogOf(member)
			.getByRole('button', { name: steps.t('unlock_add_passkey') })
			.click();
		await page.getByRole('listitem').filter({ hasText: 'Blue key' }).waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await page.reload();
		await steps.button('unlock_passkey').click();
		await page.getByRole('heading', { level: 1, name: steps.t('locking') }).waitFor();

		const phrase = page.getByRole('listitem').filter({ has: steps.button('passphrase_change') });
		await phrase.getByRole('button', { name: steps.t('unlock_remove') }).click();
		await dialogOf(member)
			.getByRole('button', { name: steps.t('unlock_remove') })
			.click();
		await steps.button('unlock_add_passphrase').waitFor();
		await page.reload();
		await steps.button('unlock_passkey').waitFor();
		expect(await steps.field('passphrase').count()).toBe(0);
		await close(member);
	});
});

describe('the recovery sheet', () => {
	test('shown again goes on one sheet of paper, and nothing of the page behind it', async () => {
		const member = await joinInBrowser(browser, forum, 'وداد', { width: 360, height: 740 });
		const { steps, page } = member;
		await steps.link('place_me').locator('visible=true').first().click();
		await steps.button('sheet_show').click();
		await dialogOf(member)
			.getByRole('list', { name: steps.t('sheet_code') })
			.waitFor();
		await page.emulateMedia({ media: 'print' });
		expect(await steps.button('wipe_hold').isVisible()).toBe(false);
		expect(
			await dialogOf(member)
				.getByText(member.sheet.split('-')[0] ?? '')
				.isVisible(),
		).toBe(true);
		const paper = (await page.pdf()).toString('latin1');
		expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
		await close(member);
	});
});

describe('the own name', () => {
	test('one that resembles another member’s is refused beside the field; another is taken', async () => {
		const member = await joinInBrowser(browser, forum, 'نور');
		const { steps, page } = member;
		await steps.link('place_me').first().click();
		await steps.button('name_change').click();
		await dialogOf(member).getByLabel(steps.t('person_name')).fill('أليس');
		await dialogOf(member)
			.getByRole('button', { name: steps.t('save'), exact: true })
			.click();
		await steps.sees(steps.t('problem_name_confusable'));
		await dialogOf(member).getByLabel(steps.t('person_name')).fill('نور الهدى');
		await dialogOf(member)
			.getByRole('button', { name: steps.t('save'), exact: true })
			.click();
		await dialogOf(member).waitFor({ state: 'detached' });
		await page.getByText('نور الهدى').first().waitFor();
		await close(member);
	});
});
