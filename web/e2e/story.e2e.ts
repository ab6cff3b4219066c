import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startServer, type RunningServer } from '@multaqa/server/server';
import { arrive, startBrowser, type Visitor } from './testing/browser.ts';
import { findLeaks } from './testing/leaks.ts';
import { Steps } from './testing/steps.ts';

/** The whole path in a real browser: from an empty machine to a sealed conversation between two people. */
const names = { forum: 'ملتقى العدالة', host: 'مركز الضفة', person: 'ريم الأولى', space: 'التنسيق المشترك' };
const passphrase = 'قمر زيتون نافذة جسر قطار تفاحة';
const organisation = 'Open Record Initiative';
const invitee = 'Daniel Invited';
const title = 'أولويات دورة آذار';
const firstPost = 'ما الأولويات؟ What matters most?';
const answer = 'Families first, then the March deadline.';
const lastPost = 'اتفقنا على ذلك';

let folder: string;
let server: RunningServer;
let browser: Browser;
let reem: Visitor;
let daniel: Visitor;
let phone: Visitor;
let arabic: Steps;
let english: Steps;
let sheet: string;
const log: string[] = [];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'multaqa-story-'));
	server = await startServer({ port: 0, dataDir: folder, logSink: (line) => log.push(line), checkAnswers: true });
	browser = await startBrowser();
	reem = await arrive(browser, server.url, { language: 'ar' });
	daniel = await arrive(browser, server.url, { language: 'en', width: 360, height: 740 });
	phone = await arrive(browser, server.url, { language: 'ar', width: 320, height: 640 });
	arabic = new Steps(reem, 'ar');
	english = new Steps(daniel, 'en');
});
afterAll(async () => {
	await browser?.close();
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state !== 'fail') return;
	for (const [who, visitor] of Object.entries({ reem, daniel, phone }))
		await visitor.page.screenshot({ path: join(tmpdir(), `story-${who}.png`) }).catch(() => undefined);
});

test('a coordinator opens the setup link, names the forum in Arabic, and is in the first space', async () => {
	sheet = await arabic.setUp(server.setupLink ?? '', names, passphrase);
	await arabic.sees(names.space);
	expect(reem.page.url()).toContain('/s/');
});

test('and makes an organisation and an invitation, shown as link and code', async () => {
	await reem.page.reload();
	await arabic.unlock(passphrase);
	await arabic.link('place_forum').first().click();
	await arabic.field('organisation_name').fill(organisation);
	await arabic.button('organisation_add').click();
	await arabic.sees(organisation);
	expect(await arabic.invite(organisation)).toContain('/join#1.');
});

test('a colleague sees who invites, for which organisation and role, joins with a passkey on a phone, and is in', async () => {
	const link = await arabic.invitationLink();
	await arabic.button('close').click();
	await daniel.page.goto(link);
	await english.sees(names.forum);
	for (const shown of [organisation, names.person, english.t('role_member'), names.space]) await english.sees(shown);
	expect(daniel.page.url()).not.toContain('#');
	await english.button('join_accept').click();
	await english.field('person_name').fill(invitee);
	await english.protect(null);
	await english.button('join_do').click();
	await english.confirmSheet();
	await english.sees(names.space);
});

test('one opens a thread, the other sees it come and answers, live on both sides', async () => {
	await arabic.enterSpace(names.space);
	await arabic.openThread(title, firstPost);
	await daniel.page.getByText(title).first().click();
	await english.sees(firstPost);
	await english.post(answer);
	await arabic.sees(answer);
	await arabic.post(lastPost);
	await english.sees(lastPost);
});

test('after a reload the keys are gone until the account is unlocked, and everything is still there', async () => {
	await daniel.page.reload();
	await english.button('unlock_passkey').click();
	await english.sees(answer);
	await english.sees(lastPost);
	expect(await daniel.page.locator('html').getAttribute('dir')).toBe('ltr');
});

test('a second device comes in with the recovery sheet and reads the same', async () => {
	const second = new Steps(phone, 'ar');
	await phone.page.goto(`${server.url}/sign-in`);
	await second.button('bring_open').click();
	await second.field('bring_code').fill(sheet.toLowerCase());
	await second.button('next').click();
	await second.protect(null);
	await second.button('protect_device_do').click();
	await second.enterSpace(names.space);
	await phone.page.getByText(title).first().click();
	await second.sees(lastPost);
});

test('nothing was asked of another origin, and the console stayed silent', () => {
	for (const visitor of [reem, daniel, phone]) {
		expect(visitor.elsewhere).toEqual([]);
		expect(visitor.console).toEqual([]);
	}
});

test('database and log hold none of it in clear', async () => {
	const [cookie] = await reem.context.cookies();
	const needles = {
		...names,
		passphrase,
		organisation,
		invitee,
		title,
		firstPost,
		answer,
		lastPost,
		sheet,
		session: cookie?.value ?? 'none',
		address: '127.0.0.1',
		agent: 'Mozilla',
	};
	expect(findLeaks(folder, log, needles)).toEqual([]);
	expect(findLeaks(folder, [...log, `planted ${title}`], needles)).toHaveLength(1);
});
