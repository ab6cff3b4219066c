import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '@multaqa/server/server';
import { arrive, fitsWidth, startBrowser, type VisitorOptions } from './testing/browser.ts';
import { Steps } from './testing/steps.ts';

const names = { forum: 'ملتقى العدالة', host: 'مركز الضفة', person: 'ريم الأولى', space: 'التنسيق المشترك' };
const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';

let browser: Browser;
let server: RunningServer;
const folder = mkdtempSync(join(tmpdir(), 'multaqa-setup-'));

beforeAll(async () => {
	browser = await startBrowser();
	server = await startServer({ port: 0, dataDir: folder, logSink: () => undefined });
});
afterAll(async () => {
	await browser?.close();
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

async function visit(options: VisitorOptions = {}) {
	const visitor = await arrive(browser, server.url, options);
	return { ...visitor, steps: new Steps(visitor, options.language ?? 'ar') };
}

describe('before the forum is set up', () => {
	test.each(['', '#', '#wrong', `#${'A'.repeat(43)}`])(
		'a setup link that ends in "%s" opens a page that says nothing',
		async (fragment) => {
			const { page, steps, context } = await visit();
			await page.goto(`/setup${fragment}`);
			await steps.sees(steps.t('setup_closed_text'));
			expect(await page.getByRole('textbox').count()).toBe(0);
			await context.close();
		},
	);

	test('the token leaves the address at once, and a reload loses neither it nor what was typed', async () => {
		const { page, steps, context } = await visit({ width: 320, height: 640 });
		await page.goto(server.setupLink ?? '');
		await steps.button('next').click();
		expect(page.url()).not.toContain('#');
		await steps.field('setup_forum').fill(names.forum);
		await page.reload();
		await steps.button('next').click();
		expect(await steps.field('setup_forum').inputValue()).toBe(names.forum);
		expect(await fitsWidth(page)).toBe(true);
		await context.close();
	});

	test('an empty form sends the keyboard to its first gap and says what is missing beside it', async () => {
		const { page, steps, context } = await visit({ language: 'en' });
		await page.goto(server.setupLink ?? '');
		await steps.button('next').click();
		await steps.field('setup_forum').fill('Forum');
		await steps.button('next').click();
		const first = steps.field('setup_host');
		expect(await first.evaluate((field) => field === document.activeElement)).toBe(true);
		const described = await first.getAttribute('aria-describedby');
		const texts = await Promise.all((described ?? '').split(' ').map((id) => page.locator(`#${id}`).innerText()));
		expect(texts).toContain(steps.t('field_required'));
		await context.close();
	});

	test('a weak passphrase and one that differs the second time go no further', async () => {
		const { page, steps, context } = await visit();
		await toProtection(page, steps);
		await steps.protect('قمر نافذة');
		await steps.button('setup_begin').click();
		await steps.sees(steps.t('passphrase_weak', { count: '6' }));
		await steps.field('passphrase_new').fill(passphrase);
		await steps.button('setup_begin').click();
		await steps.sees(steps.t('passphrase_differs'));
		await context.close();
	});

	test('a passkey that cannot protect keys is refused in words, and the form stands as it was', async () => {
		const { page, steps, context } = await visit({ passkeys: 'plain' });
		await toProtection(page, steps);
		await steps.protect(null);
		await steps.button('setup_begin').click();
		await steps.sees(steps.t('problem_passkey_unsupported'));
		expect(await steps.field('login_name').inputValue()).not.toBe('');
		await context.close();
	});

	test('a lost connection is said, and trying again afterwards is enough', async () => {
		const { page, steps, context, console: said } = await visit({ language: 'en' });
		await toProtection(page, steps);
		await steps.protect(passphrase);
		await context.setOffline(true);
		await steps.button('setup_begin').click();
		await steps.sees(steps.t('problem_offline'));
		await context.setOffline(false);
		await steps.button('setup_begin').click();
		await page.getByRole('heading', { name: steps.t('sheet_title') }).waitFor({ timeout: 60_000 });

		// The sheet has to be at hand before one goes on.
		await steps.button('sheet_done').click();
		await steps.sees(steps.t('field_required'));
		await page.getByRole('textbox').fill('XXXX');
		await steps.button('sheet_done').click();
		await steps.sees(steps.t('sheet_group_wrong'));
		await steps.confirmSheet();
		await steps.sees(names.space);
		expect(said.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
		await context.close();
	});
});

describe('once it is set up', () => {
	test('the same link opens the page that says nothing', async () => {
		const { page, steps, context } = await visit();
		await page.goto(server.setupLink ?? '/setup#used');
		await steps.sees(steps.t('setup_closed_text'));
		await context.close();
	});

	test('an address that is not one says only that, in both languages', async () => {
		const { page, context } = await visit();
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		const response = await page.goto('/no-such-page');
		expect(response?.status()).toBe(404);
		const text = await page.locator('body').innerText();
		expect(text).toContain('لا صفحة في هذا العنوان');
		expect(text).toContain('There is no page at this address');
		expect(await page.content()).not.toMatch(/ملتقى|Multaqa|forum|sveltekit/i);
		expect(asked).toHaveLength(1);
		await context.close();
	});
});

async function toProtection(page: Page, steps: Steps): Promise<void> {
	await page.goto(server.setupLink ?? '');
	await steps.button('next').click();
	await steps.field('setup_forum').fill(names.forum);
	await steps.field('setup_host').fill(names.host);
	await steps.field('person_name').fill(names.person);
	await steps.field('setup_space').fill(names.space);
	await steps.button('next').click();
	await page.getByRole('heading', { level: 1, name: steps.t('protection_title') }).waitFor();
}
