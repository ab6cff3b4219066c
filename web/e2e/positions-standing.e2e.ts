import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import { formatFor } from '../src/lib/i18n/format.ts';
import { putToDecision } from '../src/lib/documents/decide.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { decides, joinFor, openIssue, registerSeenBy, says, stance, takes } from './testing/council.ts';
import { sent, startForum, type Person, type TestForum } from './testing/forum.ts';
import { unlock, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';
import { openDocumentAs, Scribe } from './testing/scribe.ts';

const PHONE = { width: 360, height: 740 };
const ENGLISH = { language: 'en' } as const;
const DAY = 24 * 3_600_000;
let browser: Browser;
let forum: TestForum;
let union: OrganisationId;
let rima: Person;
/** How far the clocks of the server and of Alice's first device are ahead, in milliseconds. */
let ahead: number;
beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => {
	ahead = 0;
	forum = await startForum(() => Date.now() + ahead);
	union = await forum.alice.client.addOrganisation('اتحاد النساء');
	rima = await joinFor(forum, union, 'ريما');
});
afterEach(() => forum.stop());

const list = () => `/s/${forum.space.id}/positions`;
const mine = ({ page, steps }: Member) => page.getByRole('region', { name: steps.t('position_mine_of', { organisation: 'اتحاد النساء' }) });

describe('what an organisation said', () => {
	let stream: StreamId;
	let version: Hash;
	beforeEach(async () => void ({ stream, version } = await openIssue(forum, forum.alice)));

	test('is withdrawn with a reason, stays in the history, and counts no more', async () => {
		await takes(forum, rima, stream, stance(version));
		const member = await enterInBrowser(browser, forum, rima, PHONE);
		const { page, steps } = member;
		await go(page, `${list()}/${stream}`);
		await steps.button('stance_withdraw').click();
		await steps.field('stance_withdraw_reason').fill('لم يعد المجلس يراه كذلك.');
		await page.waitForTimeout(700);
		await page.reload();
		await unlock(member);
		await steps.button('stance_withdraw').click();
		await expect.poll(() => steps.field('stance_withdraw_reason').inputValue()).toBe('لم يعد المجلس يراه كذلك.');
		await mine(member)
			.getByRole('button', { name: steps.t('stance_withdraw'), exact: true })
			.click();
		await mine(member).getByText(steps.t('stance_none'), { exact: true }).waitFor();
		expect(await steps.button('stance_withdraw').count()).toBe(0);
		const row = page.locator(`#organisation-${union}`);
		await row.locator('summary').click();
		await row.getByText('لم يعد المجلس يراه كذلك.').waitFor();
		await row.getByText(steps.t('stance_support'), { exact: true }).first().waitFor();
		await expect
			.poll(() => registerSeenBy(forum.alice, forum, stream).lines.get(version)?.get(union)?.current ?? null, { timeout: 20_000 })
			.toBeNull();
		expect(await fitsWidth(page)).toBe(true);
	});

	test('turns grey after twelve months and leaves the tally, and is asked for anew', async () => {
		await takes(forum, rima, stream, stance(version));
		const member = await enterInBrowser(browser, forum, rima, { ...ENGLISH, prepare: (context) => context.clock.install() });
		const { page, steps, context } = member;
		const support = () => page.getByRole('list', { name: steps.t('position_strip') }).getByText(`${steps.t('stance_support')}: 1`);
		await go(page, `${list()}/${stream}`);
		await support().waitFor();
		await context.clock.setSystemTime(Date.now() + 367 * DAY);
		await page.reload();
		await unlock(member);
		await steps.sees(steps.t('stance_stale_hint'));
		expect(await support().count()).toBe(0);
		await mine(member).getByText(steps.t('stance_stale'), { exact: true }).first().waitFor();
		await go(page, list());
		const row = page.getByRole('row', { name: /لجنة المفقودين/ });
		await row.getByText(steps.t('stance_stale'), { exact: false }).first().waitFor();
		await context.close();
	});
});

test('an organisation says in its own page that it asks for two and where it belongs; to lift that takes two', async () => {
	const omar = await joinFor(forum, union, 'عمر');
	const first = await enterInBrowser(browser, forum, rima, PHONE);
	const { page, steps } = first;
	await go(page, `${list()}/organisations`);
	expect(await steps.button('save').isDisabled()).toBe(true);
	await page.getByRole('checkbox', { name: steps.t('position_two') }).check();
	await steps.field('position_constituencies').fill(`${'ط'.repeat(81)}`);
	await steps.button('save').click();
	await steps.sees(steps.t('position_constituency_long'));
	await steps.field('position_constituencies').fill('المهجر\nمنظمات نسائية');
	await steps.button('save').click();
	const declared = page
		.getByRole('region', { name: steps.t('position_declared') })
		.getByRole('listitem')
		.filter({ hasText: 'اتحاد النساء' });
	for (const said of [steps.t('position_two_short'), 'المهجر', 'منظمات نسائية']) await declared.getByText(said).waitFor();
	expect(await fitsWidth(page)).toBe(true);

	await page.getByRole('checkbox', { name: steps.t('position_two') }).uncheck();
	await steps.button('save').click();
	await steps.sees(steps.t('position_settings_another'));
	await declared.getByText(steps.t('position_two_short')).waitFor();
	expect(await steps.button('position_settings_agree').count()).toBe(0);
	const second = await enterInBrowser(browser, forum, omar, ENGLISH);
	await go(second.page, `${list()}/organisations`);
	await second.steps.button('position_settings_agree').click();
	await declared.getByText(steps.t('position_two_short')).waitFor({ state: 'detached' });
});

test('whoever represents no organisation reads what others declared, and is offered no settings', async () => {
	const plain = await joinFor(forum, union, 'سمر', { represents: false });
	const { page, steps } = await enterInBrowser(browser, forum, plain, PHONE);
	await go(page, `${list()}/organisations`);
	await page
		.getByRole('region', { name: steps.t('position_declared') })
		.getByText('اتحاد النساء')
		.waitFor();
	expect(await page.getByRole('region', { name: steps.t('position_settings') }).count()).toBe(0);
});

test('a document that a decision adopted says so with model and day, on its page and in the list, in both languages; an altered one does not', async () => {
	const { alice, space } = forum;
	const document = await openDocumentAs(alice.client, space.id, 'بيان المفقودين', 'open-letter');
	const scribe = new Scribe(alice.client, space.id, document);
	await scribe.writes((editing, { pairs }) => {
		for (const { id } of pairs.slice(2)) editing.remove(id);
		editing.write(pairs[0]?.id ?? '', 'en', 'Statement on the missing');
		editing.write(pairs[1]?.id ?? '', 'ar', 'تُنشر النتائج.');
		editing.write(pairs[1]?.id ?? '', 'en', 'Findings are published.');
	});
	await scribe.freezes();
	const frozen = scribe.look().chain.frozen[0]!;
	await sent(alice);
	const issue = await putToDecision(alice.client, space, { document, frozen, issue: null, reason: '' });
	await sent(alice);
	const version = registerSeenBy(alice, forum, issue).versions[0]!.id;
	const reader = await enterInBrowser(browser, forum, rima, ENGLISH);
	await go(reader.page, `/s/${space.id}/documents/${document}`);
	await reader.steps.sees(reader.steps.t('document_frozen', { number: '1' }));
	const decision = await decides(forum, alice, issue, version);
	await takes(forum, rima, issue, stance(version));
	expect(await reader.page.locator('.adopted').count()).toBe(0);
	ahead = 2 * 3_600_000;
	await says(forum, alice, issue, 'decision.end', { decision });
	const review = Math.floor(Date.now() / DAY) + 180;
	const outcome = { ar: 'اعتُمد النص', en: 'The text is adopted' };
	await says(forum, alice, issue, 'decision.close', { decision, result: 'passed', outcome, reasons: 'لم يعترض أحد', review });
	const closed = registerSeenBy(alice, forum, issue).decisions[0]!.closed!.time;
	const badge = ({ steps }: Member, language: 'ar' | 'en') =>
		steps.t('document_adopted', { model: steps.t('decision_consent'), day: formatFor(language, 'latn').day(closed) });
	const arabic = await enterInBrowser(browser, forum, alice, PHONE);
	for (const [member, language] of [
		[reader, 'en'],
		[arabic, 'ar'],
	] as const) {
		await go(member.page, `/s/${space.id}/documents/${document}`);
		await member.steps.sees(badge(member, language));
		await member.page
			.locator('.adopted')
			.getByRole('link', { name: member.steps.t('document_decision') })
			.waitFor();
		await go(member.page, `/s/${space.id}/documents`);
		await member.steps.sees(badge(member, language));
		expect(await fitsWidth(member.page)).toBe(true);
	}
	await go(arabic.page, `/s/${space.id}/documents/${document}`);
	await arabic.steps.button('document_reopen').click();
	const dialog = arabic.page.getByRole('dialog');
	await dialog.getByLabel(arabic.steps.t('document_reason')).fill('تصويب');
	await dialog.getByRole('button', { name: arabic.steps.t('document_reopen'), exact: true }).click();
	await arabic.page.locator('textarea').first().waitFor();
	await arabic.page.locator('.adopted').waitFor({ state: 'detached' });
});
