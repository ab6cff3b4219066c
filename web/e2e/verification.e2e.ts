import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { openThread, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { closeSheet, go, openSheet, rowOf } from './testing/people.ts';

const RED = 'rgb(160, 31, 40)';
let browser: Browser;
let forum: TestForum;
let samar: Member;
let john: Member;
let stream: string;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	({ stream } = await openThread(forum.alice, forum.space, 'موعد اللقاء', 'متى نلتقي؟'));
	samar = await joinInBrowser(browser, forum, 'سمر');
	john = await joinInBrowser(browser, forum, 'John', { language: 'en', width: 360, height: 740 });
	await john.page.getByText('موعد اللقاء').first().click();
	await john.steps.button('reply').first().click();
	await john.steps.field('composer_reply').fill('On Monday.');
	await john.steps.send();
	await john.steps.sees('On Monday.');
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const members = (member: Member) => go(member.page, `/s/${forum.space.id}/members`);
const thread = (member: Member) => go(member.page, `/s/${forum.space.id}/t/${stream}`);
const colourOf = (name: Locator) => name.evaluate((element) => getComputedStyle(element).color);

/** Opens the safety code with somebody; answers its twelve groups. */
async function showCode(member: Member, name: string): Promise<string[]> {
	const sheet = await openSheet(member, name);
	const begin = member.steps.button('code_begin').or(member.steps.button('code_again'));
	await begin.click();
	const groups = sheet.getByRole('list', { name: member.steps.t('code_groups') }).locator('[aria-hidden]');
	await groups.first().waitFor();
	return await groups.allInnerTexts();
}

describe('the safety code', () => {
	test('is the same twelve groups of five digits on both screens, in Arabic and in English, on a phone', async () => {
		await members(samar);
		await members(john);
		const [hers, his] = [await showCode(samar, 'John'), await showCode(john, 'سمر')];
		expect(hers).toEqual(his);
		expect(hers).toHaveLength(12);
		for (const group of hers) expect(group).toMatch(/^\d{5}$/);
		expect(await fitsWidth(john.page)).toBe(true);
	});

	test('is read out digit by digit, and stays left to right in an Arabic page', async () => {
		const list = samar.page.getByRole('list', { name: samar.steps.t('code_groups') });
		expect(await list.getAttribute('dir')).toBe('ltr');
		expect(await list.locator('.unseen').first().innerText()).toMatch(/^\d( \d){4}$/);
	});

	test('that matches puts a check beside the name, for both, everywhere, and after a reload', async () => {
		await samar.steps.button('code_matches').click();
		await samar.steps.sees(samar.steps.t('trust_verified'));
		await closeSheet(samar);
		await john.steps.button('code_matches').click();
		await john.steps.sees(john.steps.t('trust_verified'));
		await closeSheet(john);
		await rowOf(john, 'سمر').getByText(john.steps.t('trust_short_verified')).waitFor({ state: 'attached' });

		await thread(samar);
		const mark = samar.page.getByRole('button', {
			name: samar.steps.t('person_open', { name: 'John', state: samar.steps.t('trust_short_verified') }),
		});
		await mark.first().waitFor();
		await samar.page.reload();
		await unlock(samar);
		await mark.first().waitFor();
	});

	test('can be typed: a slip names its group and decides nothing, the whole code verifies', async () => {
		await members(samar);
		const digits = await showCode(samar, 'أليس');
		await samar.page.getByText(samar.steps.t('code_by_scanning')).click();
		const field = samar.steps.field('code_typed');
		await field.fill('12345');
		await samar.steps.button('code_compare').click();
		await samar.steps.sees(samar.steps.t('code_incomplete'));
		const wrong = digits[4] === '00000' ? '00001' : '00000';
		await field.fill(digits.with(4, wrong).join(' '));
		await samar.steps.button('code_compare').click();
		await samar.steps.sees(samar.steps.t('code_differs', { groups: '5' }));
		await field.fill(digits.join(' ').replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? ''));
		await samar.steps.button('code_compare').click();
		await samar.steps.sees(samar.steps.t('trust_verified'));
		await closeSheet(samar);
	});
});

describe('a code that differs', () => {
	test('turns the name red wherever it stands, and the sheet says what to do', async () => {
		await members(john);
		await showCode(john, 'أليس');
		await john.steps.button('code_differs_do').click();
		for (const key of ['trust_mismatch', 'mismatch_do_not_trust', 'mismatch_tell'] as const) await john.steps.sees(john.steps.t(key));
		await closeSheet(john);
		const row = rowOf(john, 'أليس');
		expect(await colourOf(row.locator('bdi').first())).toBe(RED);
		await row.getByText(john.steps.t('trust_short_mismatch')).waitFor();

		await thread(john);
		await john.page.getByRole('article').first().getByText(john.steps.t('trust_short_mismatch')).waitFor();
		expect(await colourOf(john.page.getByRole('article').first().locator('bdi').first())).toBe(RED);
	});

	test('also in the middle of other words: who is answered, who opened a discussion, whose sheet it is', async () => {
		const { page, steps } = john;
		const named = (where: Locator) => where.locator('bdi').filter({ hasText: 'أليس' }).first();
		const seenRed = async (where: Locator) => {
			await where.getByText(steps.t('trust_short_mismatch')).first().waitFor({ state: 'attached' });
			expect(await colourOf(named(where))).toBe(RED);
		};
		await seenRed(page.getByRole('button', { name: steps.t('in_reply_to') }));
		await page
			.getByRole('article')
			.first()
			.getByRole('button', { name: steps.t('reply'), exact: true })
			.click();
		await seenRed(page.locator('.answer'));
		await steps.button('reply_cancel').click();
		// Lists name whoever wrote last.
		await forum.alice.client.append(forum.space.id, stream as StreamId, 'post.add', { text: 'آخر كلمة.', reply: null });
		await steps.sees('آخر كلمة.');
		for (const place of [`/s/${forum.space.id}`, '/']) {
			await go(page, place);
			await seenRed(page.getByRole('link', { name: 'موعد اللقاء' }).locator('visible=true').first());
		}
		await members(john);
		const sheet = await openSheet(john, 'سمر');
		await seenRed(sheet);
		await closeSheet(john);
		const own = await openSheet(john, 'أليس');
		expect(await colourOf(own.getByRole('heading', { name: 'أليس' }))).toBe(RED);
		await closeSheet(john);
	});

	test('is private: nobody else sees it, and it can be undone', async () => {
		await members(samar);
		expect(await rowOf(samar, 'أليس').getByText(samar.steps.t('trust_short_mismatch')).count()).toBe(0);
		await members(john);
		await openSheet(john, 'أليس');
		await john.steps.button('code_forget').click();
		await john.steps.button('code_begin').waitFor();
		await closeSheet(john);
		expect(await colourOf(rowOf(john, 'أليس').locator('bdi').first())).not.toBe(RED);
	});
});

test('the console stayed silent, and nothing was asked elsewhere', () => {
	for (const { console: said, elsewhere } of [samar, john]) expect([said, elsewhere]).toEqual([[], []]);
});
