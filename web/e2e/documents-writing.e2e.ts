import type { StreamId } from '@multaqa/shared/bytes/ids';
import { DocumentLog } from '@multaqa/shared/documents/live/document-log';
import { liveText } from '@multaqa/shared/documents/live/text';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from './testing/browser.ts';
import { fieldOf, newDocument, openDocument, pairRow } from './testing/documents.ts';
import { startForum, until, type TestForum } from './testing/forum.ts';
import { findLeaks } from './testing/leaks.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
/** At a desk, in Arabic. */
let lina: Member;
/** On a phone, in English. */
let omar: Member;

/** Until another browser has heard of it. */
const soon = <Answer>(ask: () => Answer, timeout = 15_000) => expect.poll(ask, { timeout });

beforeAll(async () => {
	[browser, forum] = await Promise.all([startBrowser(), startForum()]);
	lina = await joinInBrowser(browser, forum, 'لينا');
	omar = await joinInBrowser(browser, forum, 'Omar', { language: 'en', width: 390, height: 844 });
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const commentOn = (member: Member, place: number, key: 'comment_new' | 'comment_answer') =>
	pairRow(member, place).getByLabel(member.steps.t(key), { exact: true });

const log = (stream: StreamId) => {
	const read = new DocumentLog();
	read.take(forum.alice.client.events(forum.space.id, stream));
	return read;
};

describe('writing together', () => {
	let stream: StreamId;
	beforeAll(async () => {
		stream = await newDocument(lina, forum, 'بيان بشأن المفقودين', 'بيان خطي لمجلس حقوق الإنسان');
		await openDocument(omar, forum, stream);
	});

	test('two members write in different paragraphs at once, and each sees the other within two seconds', async () => {
		await fieldOf(lina, 1, 'ar').pressSequentially('نخاطب المجلس بشأن البند الرابع');
		await fieldOf(omar, 3, 'en').pressSequentially('More than 100,000 people are missing');
		await soon(() => fieldOf(omar, 1, 'ar').inputValue(), 2_000).toBe('نخاطب المجلس بشأن البند الرابع');
		await soon(() => fieldOf(lina, 3, 'en').inputValue(), 2_000).toBe('More than 100,000 people are missing');
	});

	test('the caret stays where it is while somebody else writes in front of it', async () => {
		const field = fieldOf(lina, 1, 'ar');
		await field.press('End');
		await fieldOf(omar, 1, 'ar').evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 0));
		await fieldOf(omar, 1, 'ar').pressSequentially('اليوم ');
		await soon(() => field.inputValue()).toMatch(/^اليوم /);
		await lina.page.keyboard.type(' من جدول الأعمال');
		expect(await field.inputValue()).toBe('اليوم نخاطب المجلس بشأن البند الرابع من جدول الأعمال');
	});

	test('what somebody types is undone without what others typed', async () => {
		const field = fieldOf(omar, 3, 'en');
		await field.press('End');
		await omar.page.waitForTimeout(1_000);
		await omar.page.keyboard.type(' today');
		await fieldOf(lina, 3, 'ar').fill('أكثر من مئة ألف مفقود');
		await soon(() => fieldOf(omar, 3, 'ar').inputValue()).toBe('أكثر من مئة ألف مفقود');
		await field.press('Control+z');
		expect(await field.inputValue()).toBe('More than 100,000 people are missing');
		expect(await fieldOf(omar, 3, 'ar').inputValue()).toBe('أكثر من مئة ألف مفقود');
	});

	test('Enter begins a paragraph, Backspace joins it again', async () => {
		const before = await lina.page.locator('li[data-pair]').count();
		const field = fieldOf(lina, 3, 'ar');
		await field.evaluate((area: HTMLTextAreaElement) => {
			area.focus();
			area.setSelectionRange(9, 9);
		});
		await lina.page.keyboard.press('Enter');
		await soon(() => lina.page.locator('li[data-pair]').count()).toBe(before + 1);
		expect(await fieldOf(lina, 4, 'ar').inputValue()).toBe('ئة ألف مفقود');
		await lina.page.keyboard.press('Backspace');
		await soon(() => lina.page.locator('li[data-pair]').count()).toBe(before);
		expect(await field.inputValue()).toBe('أكثر من مئة ألف مفقود');
	});

	test('a changed source says that its translation is older, until somebody says that it is current', async () => {
		await fieldOf(omar, 1, 'en').fill('Today we address the Council under item 4');
		await soon(() => fieldOf(lina, 1, 'en').inputValue()).toContain('under item 4');
		await fieldOf(lina, 1, 'ar').press('End');
		await lina.page.keyboard.type('، بشأن المفقودين');
		const warning = pairRow(lina, 1).getByText(lina.steps.t('pair_outdated', { language: lina.steps.t('pair_english') }));
		await warning.waitFor();
		await pairRow(lina, 1)
			.getByRole('button', { name: lina.steps.t('pair_confirm') })
			.click();
		await warning.waitFor({ state: 'hidden' });
	});

	test('the text is still there after a reload, also what was typed just before', async () => {
		await fieldOf(lina, 5, 'ar').fill('القانون الدولي الإنساني');
		await lina.page.keyboard.press('Tab');
		await soon(() => lina.page.locator('[data-saved]').getAttribute('data-saved')).toBe('sent');
		await lina.page.reload();
		await unlock(lina);
		await soon(() => fieldOf(lina, 5, 'ar').inputValue()).toBe('القانون الدولي الإنساني');
	});

	test('the server has none of the words', async () => {
		await until('everything is on the server', () => log(stream).textOf(null) !== null);
		const words = { arabic: 'نخاطب المجلس', english: 'people are missing', title: 'بيان بشأن المفقودين' };
		expect(findLeaks(forum.folder, forum.log, words)).toEqual([]);
	});
});

describe('two edits of one paragraph, one offline', () => {
	let stream: StreamId;
	beforeAll(async () => {
		stream = await newDocument(lina, forum, 'رسالة إلى الأمين العام', 'رسالة مفتوحة');
		await fieldOf(lina, 1, 'ar').fill('إلى الأمين العام');
		await lina.page.keyboard.press('Tab');
		await openDocument(omar, forum, stream);
	});

	test('show as two variants; choosing one loses neither', async () => {
		await soon(() => fieldOf(omar, 1, 'ar').inputValue()).toBe('إلى الأمين العام');
		await omar.context.setOffline(true);
		await soon(() => omar.page.getByText(omar.steps.t('connection_offline')).locator('visible=true').count()).toBeGreaterThan(0);
		await fieldOf(omar, 1, 'ar').fill('إلى الأمين العام للأمم المتحدة');
		await omar.page.keyboard.press('Tab');
		await soon(() => omar.page.locator('[data-saved]').getAttribute('data-saved')).toBe('waiting');
		await fieldOf(lina, 1, 'ar').fill('السيد أنطونيو غوتيريش');
		await lina.page.keyboard.press('Tab');
		await soon(() => lina.page.locator('[data-saved]').getAttribute('data-saved')).toBe('sent');
		await omar.context.setOffline(false);
		for (const member of [lina, omar]) {
			const variants = pairRow(member, 1).getByRole('region', { name: member.steps.t('pair_variants') });
			await variants.waitFor({ timeout: 40_000 });
			const shown = await variants.getByRole('listitem').allInnerTexts();
			expect(shown.some((text) => text.includes('إلى الأمين العام للأمم المتحدة'))).toBe(true);
			expect(shown.some((text) => text.includes('السيد أنطونيو غوتيريش'))).toBe(true);
		}
		await pairRow(lina, 1)
			.getByRole('region', { name: lina.steps.t('pair_variants') })
			.getByRole('listitem')
			.filter({ hasText: 'للأمم المتحدة' })
			.getByRole('button')
			.click();
		for (const member of [lina, omar]) {
			await soon(() => fieldOf(member, 1, 'ar').inputValue()).toBe('إلى الأمين العام للأمم المتحدة');
			await pairRow(member, 1)
				.getByRole('region', { name: member.steps.t('pair_variants') })
				.waitFor({ state: 'hidden' });
		}
		const text = log(stream).textOf(null)!;
		const words = text.changes.flatMap((_, place) =>
			liveText(text.with((change) => text.changes.indexOf(change) <= place)).pairs.map(({ ar }) => ar),
		);
		expect(words).toContain('السيد أنطونيو غوتيريش');
	});
});

describe('comments', () => {
	test('stand at their paragraph with the words they are about, are answered, and stay when they are resolved', async () => {
		const stream = await newDocument(lina, forum, 'استراتيجية', 'استراتيجية');
		const field = fieldOf(lina, 2, 'ar');
		await field.fill('تغيّر كل شيء في سنة واحدة');
		await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 11));
		await pairRow(lina, 2)
			.getByRole('button', { name: /تعليق على/ })
			.click();
		await commentOn(lina, 2, 'comment_new').fill('هل كل شيء حقًا؟');
		await pairRow(lina, 2)
			.getByRole('button', { name: lina.steps.t('comment_send'), exact: true })
			.click();
		await lina.steps.sees('هل كل شيء حقًا؟');
		await openDocument(omar, forum, stream);
		await pairRow(omar, 2)
			.getByRole('button', { name: /comment on/ })
			.click();
		const quote = pairRow(omar, 2).getByRole('blockquote');
		expect(await quote.innerText()).toBe('تغيّر كل شي');
		await omar.steps.button('comment_reply').click();
		await commentOn(omar, 2, 'comment_answer').fill('Most of it');
		await pairRow(omar, 2)
			.getByRole('button', { name: omar.steps.t('comment_send'), exact: true })
			.click();
		await lina.steps.sees('Most of it');
		await lina.steps.button('comment_resolve').click();
		await soon(() => pairRow(lina, 2).locator('summary').innerText()).toContain('محلولة');
		await pairRow(lina, 2).locator('summary').click();
		await lina.steps.sees('Most of it');
	});

	test('a comment that was begun is there after leaving the page', async () => {
		const stream = lina.page.url().split('/').at(-1)!;
		await commentOn(lina, 2, 'comment_new').fill('ملاحظة لم تكتمل');
		await go(lina.page, `/s/${forum.space.id}/documents`);
		await go(lina.page, `/s/${forum.space.id}/documents/${stream}`);
		await pairRow(lina, 2).getByRole('button', { name: /على/ }).first().click();
		await soon(() => commentOn(lina, 2, 'comment_new').inputValue()).toBe('ملاحظة لم تكتمل');
	});
});
