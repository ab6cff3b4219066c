import type { StreamId } from '@multaqa/shared/bytes/ids';
import { DocumentLog } from '@multaqa/shared/documents/live/document-log';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from './testing/browser.ts';
import { fieldOf, newDocument, openDocument, pairRow } from './testing/documents.ts';
import { startForum, until, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
/** A facilitator at a desk, in Arabic. */
let fatima: Member;
/** A member on a phone, in English. */
let omar: Member;

/** Until another browser has heard of it. */
const soon = <Answer>(ask: () => Answer, timeout = 15_000) => expect.poll(ask, { timeout });

beforeAll(async () => {
	[browser, forum] = await Promise.all([startBrowser(), startForum()]);
	fatima = await joinInBrowser(browser, forum, 'فاطمة', { fragment: await forum.invitation({ role: 'facilitator' }) });
	omar = await joinInBrowser(browser, forum, 'Omar', { language: 'en', width: 390, height: 844 });
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const remove = async (member: Member, place: number) => {
	await pairRow(member, place).getByRole('button').last().click();
	await member.page.getByRole('menuitem', { name: member.steps.t('pair_remove') }).click();
};
const saved = (member: Member) => soon(() => member.page.locator('[data-saved]').getAttribute('data-saved')).toBe('sent');

describe('from a draft to a frozen text, and on', () => {
	let stream: StreamId;
	const address = () => `/s/${forum.space.id}/documents/${stream}`;

	test('an outdated translation keeps the text from being frozen, and the list leads to it', async () => {
		stream = await newDocument(fatima, forum, 'رسالة إلى مجلس الأمن', 'رسالة مفتوحة');
		await fieldOf(fatima, 0, 'en').fill('Letter to the Security Council');
		for (let left = await fatima.page.locator('li[data-pair]').count(); left > 3; left--) await remove(fatima, 3);
		await fieldOf(fatima, 1, 'ar').fill('إلى أعضاء مجلس الأمن');
		await fieldOf(fatima, 1, 'en').fill('To the members of the Security Council');
		await fieldOf(fatima, 1, 'ar').fill('إلى أعضاء مجلس الأمن الخمسة عشر');
		await fatima.steps.button('document_freeze').click();
		const dialog = fatima.page.getByRole('dialog');
		const blocker = dialog.getByRole('listitem').filter({ hasText: fatima.steps.t('document_rule_outdated') });
		await blocker.getByRole('button').click();
		await dialog.waitFor({ state: 'hidden' });
		expect(await fieldOf(fatima, 1, 'ar').evaluate((field) => field === document.activeElement)).toBe(true);
		await pairRow(fatima, 1)
			.getByRole('button', { name: fatima.steps.t('pair_confirm') })
			.click();
	});

	test('a member is not offered to freeze it; a facilitator freezes it, and everybody sees number and short hash', async () => {
		await openDocument(omar, forum, stream);
		expect(await omar.steps.button('document_freeze').count()).toBe(0);
		await fatima.steps.button('document_freeze').click();
		await fatima.page
			.getByRole('dialog')
			.getByRole('button', { name: fatima.steps.t('document_freeze'), exact: true })
			.click();
		await fatima.steps.sees(fatima.steps.t('document_frozen', { number: '1' }));
		await omar.steps.sees(omar.steps.t('document_frozen', { number: '1' }));
		const hash = await fatima.page.locator('.hash').innerText();
		expect(hash).toMatch(/^[0-9a-f]{4} [0-9a-f]{4}$/);
		expect(await omar.page.locator('.hash').innerText()).toBe(hash);
		expect(await omar.page.locator('li[data-pair] textarea').count()).toBe(0);
	});

	test('what a false program still writes into the frozen text is no part of it', async () => {
		const { client } = forum.alice;
		const read = () => {
			const log = new DocumentLog();
			log.take(client.events(forum.space.id, stream));
			return log;
		};
		await until('the frozen text is here', () => read().chain.frozen.length === 1);
		const [frozen] = read().chain.frozen;
		const update = client.events(forum.space.id, stream).find((event) => event.verified && event.type === 'document.update');
		if (!update?.verified) throw new Error('nothing was written');
		await client.append(forum.space.id, stream, 'document.update', update.content);
		const after = read();
		expect(after.chain.frozen[0]?.hash).toBe(frozen?.hash);
		expect(after.chain.isOpen).toBe(false);
		expect(after.broken).toBe(1);
	});

	test('a new version needs a reason, and goes on from the frozen one', async () => {
		await fatima.steps.button('document_reopen').click();
		const dialog = fatima.page.getByRole('dialog');
		await dialog.getByRole('button', { name: fatima.steps.t('document_reopen'), exact: true }).click();
		await fatima.steps.sees(fatima.steps.t('document_reason_missing'));
		await fatima.steps.field('document_reason').fill('طلبت منظمتان تسمية القرار');
		await dialog.getByRole('button', { name: fatima.steps.t('document_reopen'), exact: true }).click();
		await fatima.steps.sees(fatima.steps.t('document_draft', { number: '2' }));
		await omar.steps.sees('طلبت منظمتان تسمية القرار');
		await fieldOf(omar, 1, 'en').fill('To the members of the Security Council, under resolution 2254');
		await soon(() => fieldOf(fatima, 1, 'en').inputValue()).toContain('resolution 2254');
		await saved(omar);
	});

	test('two versions are compared by words; the frozen one opens alone', async () => {
		await go(omar.page, `${address()}/history`);
		await omar.page.locator('ins').first().waitFor();
		expect((await omar.page.locator('ins').allInnerTexts()).join(' ')).toContain('resolution 2254');
		expect(await omar.page.locator('del').count()).toBe(0);
		await omar.page.getByText(omar.steps.t('document_compare_beside')).click();
		await omar.steps.link('document_version_open').click();
		await omar.page.waitForURL('**/1');
		await omar.page.locator('li[data-pair]').first().waitFor();
		const page = await omar.page.locator('main').innerText();
		expect(page).toContain('To the members of the Security Council');
		expect(page).not.toContain('2254');
		expect(page).not.toContain(omar.steps.t('document_history'));
	});
});

describe('the word counter', () => {
	test('counts by the rule of the Council: 1,500 words are within, at 1,501 the bar is red and freezing is blocked', async () => {
		const stream = await newDocument(fatima, forum, 'بيان خطي', 'بيان خطي لمجلس حقوق الإنسان');
		const counter = fatima.page.getByRole('region', { name: fatima.steps.t('document_counter') });
		const shown = async () => Number((await counter.locator('.count').innerText()).replaceAll(',', '').match(/^\d+/)?.[0]);
		const has = await shown();
		await fieldOf(fatima, 1, 'en').fill(`1996/31 ${'word '.repeat(1_499 - has)}`.trim());
		await soon(shown).toBe(1_500);
		expect(await counter.getByText(/تجاوز النص الحد/).count()).toBe(0);
		await fieldOf(fatima, 1, 'en').press('End');
		await fatima.page.keyboard.type(' more');
		await counter.getByText('تجاوز النص الحد بكلمة واحدة').waitFor();
		const red = await counter.evaluate((bar) => getComputedStyle(bar).borderColor);
		expect(red).toBe('rgb(160, 31, 40)');
		await fatima.steps.button('document_freeze').click();
		await fatima.page.getByRole('dialog').getByText('تجاوز النص الحد بكلمة واحدة').waitFor();
		await fatima.steps.button('close').click();
		expect(stream).not.toBe('');
	});
});

describe('whoever may not write', () => {
	test('reads the text, and is told why there is nothing to write in', async () => {
		const stream = await newDocument(fatima, forum, 'للقراءة', 'رسالة مفتوحة');
		const observer = await enterInBrowser(browser, forum, await forum.join('مراقب', { role: 'observer' }));
		await openDocument(observer, forum, stream);
		await observer.steps.sees(observer.steps.t('document_read_only'));
		expect(await observer.page.locator('li[data-pair] textarea').count()).toBe(0);
	});
});
