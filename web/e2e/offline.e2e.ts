import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { startServer, type RunningServer } from '@multaqa/server/server';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anotherBuild } from './testing/builds.ts';
import { fitsWidth, openPage, startBrowser, type VisitorOptions } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { inTime, keptHere, programKept } from './testing/kept.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';

const PHONE = { width: 360, height: 740, keeping: true } as const;
const ENGLISH = { width: 1280, height: 900, language: 'en', keeping: true } as const;
const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';
const title = 'ترتيبات الجلسة القادمة';
const text = 'نلتقي عند العاشرة صباحًا.';

let browser: Browser;
let forum: TestForum;
/** In place of the forum's own server, after it was stopped. */
let second: RunningServer | null = null;

beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => {
	forum = await startForum();
	await openThread(forum.alice, forum.space, title, text);
	await sent(forum.alice);
});
afterEach(async () => {
	await second?.close();
	second = null;
	await forum.stop();
});

/** Somebody who has read the thread once and has the whole program on the device. */
async function reader(name: string, options: VisitorOptions & { passphrase?: string } = PHONE): Promise<Member> {
	const member = await joinInBrowser(browser, forum, name, options);
	await member.page.getByText(title).first().click();
	await member.steps.sees(text);
	await programKept(member.page);
	return member;
}

/** The server again, at the same address and with the same database; perhaps with another build of the page. */
async function restart(webBuild?: URL): Promise<void> {
	const { port } = forum.server;
	await (second ?? forum.server).close();
	second = await startServer({ port, dataDir: forum.folder, logSink: () => undefined, ...(webBuild ? { webBuild } : {}) });
}

describe('without a line', () => {
	test.each([
		['ar', PHONE],
		['en', ENGLISH],
	] as const)('a reload opens the program, the passkey unlocks it, one reads and writes, and it is sent later (%s)', async (_, options) => {
		const member = await reader('نور', options);
		const { page, steps, context } = member;
		await context.setOffline(true);
		await page.reload();
		await steps.sees(steps.t('offline_locked'));
		await steps.sees(steps.t('offline_locked_passkey'));
		expect(await fitsWidth(page)).toBe(true);
		await unlock(member);
		await steps.sees(text);
		await steps.sees(steps.t('offline_strip'));
		await steps.post('كتبتُ هذا في الطريق.');
		expect(await fitsWidth(page)).toBe(true);
		await context.setOffline(false);
		const arrived = () => forum.alice.client.events(forum.space.id, streamOf(page.url()) as never).length >= 2;
		await until('the post arrived', arrived, 40_000);
		await page.getByText(steps.t('offline_strip')).waitFor({ state: 'hidden', timeout: 40_000 });
		await context.close();
	});

	test('the server may really be gone: what is here opens, and what was written arrives when it is back', async () => {
		const member = await reader('هالة');
		const { page, steps } = member;
		await forum.alice.client.close();
		await forum.server.close();
		await page.reload();
		await steps.sees(steps.t('offline_locked'));
		await unlock(member);
		await steps.sees(text);
		await steps.sees(steps.t('offline_strip'));
		await steps.post('بقي هذا هنا.');
		await page.reload();
		await unlock(member);
		await steps.sees('بقي هذا هنا.');
		second = await startServer({ port: forum.server.port, dataDir: forum.folder, logSink: () => undefined });
		await page.getByText(steps.t('offline_strip')).waitFor({ state: 'hidden', timeout: 60_000 });
		await member.context.close();
	});

	test('a passphrase cannot open it, and the page says why before anybody tries', async () => {
		const member = await reader('سمر', { ...PHONE, passphrase });
		const { page, steps, context } = member;
		await context.setOffline(true);
		await page.reload();
		await steps.sees(steps.t('offline_locked_passphrase'));
		await steps.field('passphrase').fill(passphrase);
		await steps.button('unlock_passphrase').click();
		await page.getByRole('alert').first().waitFor();
		expect(await page.getByText(text).count()).toBe(0);
		await context.setOffline(false);
		await page.getByText(steps.t('offline_locked')).waitFor({ state: 'hidden' });
		await context.close();
	});
});

describe('what is kept', () => {
	test('is the program alone: nothing of the API, no name and no word of anybody', async () => {
		const { page, context, console: said } = await reader('رزان');
		const kept = await keptHere(page);
		expect(kept.length).toBeGreaterThan(50);
		const outside = kept.filter(
			({ path }) => !/^\/($|_app\/immutable\/|weather(-(ar|en)\.html|\.css)$|app\.webmanifest$|icon-\d+\.png$)/.test(path),
		);
		expect(outside).toEqual([]);
		const all = kept.map((entry) => entry.text).join('\n');
		for (const secret of [title, text, 'رزان', 'المساحة الأولى', 'ملتقى التجربة', forum.space.id]) expect(all).not.toContain(secret);
		expect(said).toEqual([]);
		await context.close();
	});

	test('goes when the account is erased: nothing tells that a member was here', async () => {
		const { page, steps, context } = await reader('ليان');
		await page
			.getByRole('link', { name: steps.t('place_me') })
			.first()
			.click();
		await steps.button('erase').click();
		await page.getByRole('dialog').getByRole('textbox').fill(steps.t('erase_word'));
		await steps.button('erase_do').click();
		await page.getByRole('heading', { level: 1, name: steps.t('sign_in_title') }).waitFor();
		await page.waitForTimeout(1_000);
		expect(await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length])).toEqual([
			[],
			0,
		]);
		await context.close();
	});

	test('a visitor gets nothing: no worker, no copy', async () => {
		const context = await browser.newContext({ baseURL: forum.server.url });
		const page = await context.newPage();
		await page.goto('/sign-in');
		await page.locator('h1').waitFor();
		await page.waitForTimeout(6_000);
		expect(await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length])).toEqual([
			[],
			0,
		]);
		await context.close();
	});

	test('is nothing in low-data mode until it is asked for', async () => {
		const member = await joinInBrowser(browser, forum, 'جود', {
			...PHONE,
			prepare: async (context) => void (await context.addInitScript(() => localStorage.setItem('low-data', 'on'))),
		});
		const { page, steps, context } = member;
		await page.waitForTimeout(8_000);
		expect(await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length])).toEqual([
			[],
			0,
		]);
		await page
			.getByRole('link', { name: steps.t('place_me') })
			.first()
			.click();
		await steps.page.getByRole('link', { name: steps.t('offline_page') }).click();
		await steps.button('program_keep').click();
		await steps.sees(steps.t('program_kept'));
		await programKept(page);
		await context.close();
	});
});

describe('a new version', () => {
	let next: string;
	beforeAll(() => void (next = anotherBuild()));
	afterAll(() => rmSync(next, { recursive: true, force: true }));

	test('is announced, never reloads over a half-written text, and the old one goes when no tab runs it', async () => {
		const member = await reader('ديمة', ENGLISH);
		const { page, steps, context } = member;
		const old = (await page.evaluate(() => caches.keys())).filter((name) => name.startsWith('program'));
		await restart(pathToFileURL(`${next}/`));
		await page.reload();
		await unlock(member);
		await steps.sees(text);
		const other = await openPage(context, 'none');
		await other.goto('/sign-in');
		await steps.field('composer_post').fill('a sentence that was beg');
		// Fetched in idle moments, file by file: on a crowded machine that takes its time.
		await page.getByText(steps.t('version_ready')).first().waitFor({ timeout: 120_000 });
		await steps.button('version_reload').click();
		await steps.sees(steps.t('version_writing'));
		expect(await steps.button('version_reload').isDisabled()).toBe(true);
		expect(await steps.field('composer_post').inputValue()).toBe('a sentence that was beg');

		await steps.field('composer_post').fill('');
		await steps.button('version_reload').click();
		await steps.button('unlock_passkey').waitFor();
		await unlock(member);
		await page.waitForTimeout(6_000);
		expect(await page.evaluate(() => caches.keys())).toEqual(expect.arrayContaining(old));
		await other.close();
		await page.reload();
		await unlock(member);
		await inTime('the old version goes', () => page.evaluate(async (gone) => !(await caches.has(gone)), old[0] ?? ''));
		expect(await page.getByText(steps.t('version_ready')).count()).toBe(0);
		await context.close();
	});
});

const streamOf = (address: string) => new URL(address).pathname.split('/').at(-1) ?? '';
