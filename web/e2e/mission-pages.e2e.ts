import type { Browser } from 'playwright-core';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { issuesOf } from '@multaqa/shared/positions/issues';
import { statementsOf } from '@multaqa/shared/statements/titles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setAhead, withClock } from './testing/ahead.ts';
import { violations } from './testing/axe.ts';
import { arrive, fitsWidth, startBrowser } from './testing/browser.ts';
import { accountOf, registerSeenBy, stance, takes } from './testing/council.ts';
import { fieldOf, newDocument, openDocument, pairRow } from './testing/documents.ts';
import { startForum, until, type TestForum } from './testing/forum.ts';
import type { Member } from './testing/member.ts';
import { organisationOf, type Representative } from './testing/organisations.ts';
import { enterInBrowser, go } from './testing/people.ts';
import { Signatory } from './testing/signatory.ts';

const TITLE = { ar: 'بيان بشأن المفقودين', en: 'Statement on the missing' };
const TEXT = [
	{ ar: 'إلى لجنة الأمم المتحدة المعنية بالمفقودين', en: 'To the United Nations institution on missing persons' },
	{ ar: 'ندعو إلى كشف مصير 130,000 مفقود.', en: 'We call for clarity on the fate of 130,000 missing persons.' },
] as const;
const MINUTE = 60_000;
const PATIENCE = 60_000;

let browser: Browser;
let forum: TestForum;
/** Coordinates, on a phone in Arabic. */
let host: Member;
/** Represents an organisation, at a desk in English. */
let omar: Member;
/** Coordinates as well, without a screen, as the other two. */
let women: Representative;
let families: Representative;
let lawyers: Representative;
/** How far everybody's clock is ahead. */
let ahead = 0;
const now = () => Date.now() + ahead;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum(now);
	const there = { ...forum, arrive: () => forum.arrive({ now }) };
	women = await organisationOf(there, 'شبكة المرأة', 'سلمى', 'coordinator');
	families = await organisationOf(there, 'رابطة العائلات', 'فادي');
	lawyers = await organisationOf(there, 'المحامون', 'ليلى');
	const records = await organisationOf(there, 'Open Records', 'Omar');
	host = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740, prepare: withClock });
	omar = await enterInBrowser(browser, forum, records, { language: 'en', prepare: withClock });
});
afterAll(async () => {
	await forum?.stop();
	await browser?.close();
});

/** Five minutes and something later, for everybody: what closes in five minutes is closed then. */
async function later(): Promise<void> {
	ahead += 6 * MINUTE;
	for (const { page } of [host, omar]) await setAhead(page, ahead);
}
/** As a field for date and hour is written. */
const inFiveMinutes = (): string => {
	const moment = now() + 5 * MINUTE;
	return new Date(moment - new Date(moment).getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
};
const soon = <Answer>(ask: () => Answer) => expect.poll(ask, { timeout: PATIENCE });
const there = (path: string) => `/s/${forum.space.id}${path}`;
const inDialog = ({ page, steps }: Member, key: Parameters<typeof steps.t>[0]) =>
	page.getByRole('dialog').getByRole('button', { name: steps.t(key), exact: true });

let document: StreamId;
let issue: StreamId;
let statement: StreamId;
let published = '';

test('a discussion becomes a text that two write, each in their language, and that is frozen', async () => {
	await go(host.page, there(''));
	await host.steps.openThread('المفقودون', 'نقترح بيانًا مشتركًا.');
	await go(omar.page, there(''));
	await omar.page.getByRole('link', { name: 'المفقودون' }).first().click();
	await omar.steps.post('We would sign one.');
	await host.steps.sees('We would sign one.');

	document = await newDocument(host, forum, TITLE.ar, 'رسالة مفتوحة');
	const pairs = host.page.locator('li[data-pair]');
	for (let left = await pairs.count(); left > TEXT.length + 1; left--) {
		await pairRow(host, TEXT.length + 1)
			.getByRole('button')
			.last()
			.click();
		await host.page.getByRole('menuitem', { name: host.steps.t('pair_remove') }).click();
		await soon(() => pairs.count()).toBe(left - 1);
	}
	for (const [place, { ar }] of TEXT.entries()) await fieldOf(host, place + 1, 'ar').fill(ar);
	await openDocument(omar, forum, document);
	await soon(() => fieldOf(omar, TEXT.length, 'ar').inputValue()).toBe(TEXT.at(-1)!.ar);
	for (const [place, { en }] of [TITLE, ...TEXT].entries()) await fieldOf(omar, place, 'en').fill(en);
	await soon(() => fieldOf(host, TEXT.length, 'en').inputValue()).toBe(TEXT.at(-1)!.en);
	// The template had words in both languages there: somebody says that the new ones mean the same.
	const confirmOf = (member: Member) => pairRow(member, TEXT.length).getByRole('button', { name: member.steps.t('pair_confirm') });
	await confirmOf(host).waitFor();
	await confirmOf(omar).click();
	await confirmOf(host).waitFor({ state: 'hidden' });
	await host.steps.button('document_freeze').click();
	await inDialog(host, 'document_freeze').click();
	await host.steps.sees(host.steps.t('document_frozen', { number: '1' }));
	await omar.steps.sees(omar.steps.t('document_frozen', { number: '1' }));
});

test('it is put to a decision; one organisation objects, a majority adopts exactly this text', async () => {
	await host.steps.button('document_decide').click();
	await inDialog(host, 'document_decide').click();
	await host.page.waitForURL('**/positions/**');
	issue = host.page.url().split('/').at(-1) as StreamId;
	await host.steps.button('decision_open_begin').click();
	await host.page.getByRole('radio', { name: new RegExp(`^${host.steps.t('decision_majority')}`) }).check();
	await host.steps.field('decision_closes').fill(inFiveMinutes());
	await host.steps.button('decision_open').click();
	await host.steps.button('stance_take').waitFor();
	await support(host, 'stance_support');
	await go(omar.page, there('/positions'));
	await omar.page.locator(`a[href$="${issue}"]`).first().click();
	await support(omar, 'stance_support');
	await until('it has come to the others', () => families.client.events(forum.space.id, issue).length > 1);
	const version = registerSeenBy(families, forum, issue).versions.at(-1)!.id;
	for (const one of [women, families]) await takes(forum, one, issue, stance(version));
	await takes(forum, lawyers, issue, stance(version, { value: 'objection', reason: 'لا سند قانونيًا كافيًا للفقرة الثانية بعد.' }));
	await omar.page
		.getByRole('listitem')
		.getByText(`${omar.steps.t('stance_objection')}: 1`)
		.first()
		.waitFor({ state: 'attached' });

	await later();
	await host.steps.button('decision_close_begin').click({ timeout: PATIENCE });
	await host.page
		.getByLabel(host.steps.t('position_in_language', { label: host.steps.t('decision_outcome'), language: 'العربية' }))
		.fill('اعتُمد النص');
	await host.steps.field('decision_reasons').fill('أغلبية الثلثين');
	await host.steps.field('decision_review').fill(new Date(now() + 90 * 24 * 60 * MINUTE).toISOString().slice(0, 10));
	await host.steps.button('decision_close').click();
	await host.page.getByRole('heading', { name: host.steps.t('decision_passed') }).waitFor();
	await omar.page.getByRole('heading', { name: omar.steps.t('decision_passed') }).waitFor();
	expect(issuesOf(forum.alice.client.events(forum.space.id, forum.space.index))).toHaveLength(1);
	expect(await fitsWidth(host.page)).toBe(true);
});

test('those who stand by it sign it under their names, one with its name withheld', async () => {
	await openDocument(host, forum, document);
	await host.steps.button('statement_call').click();
	await host.steps.field('statement_closes').fill(inFiveMinutes());
	await inDialog(host, 'statement_call').click();
	await host.page.waitForURL('**/statements/**');
	statement = host.page.url().split('/').at(-1) as StreamId;
	await sign(host, 'المنظمة المضيفة', { ar: 'المنظمة المضيفة', en: 'The Host' });
	await go(omar.page, '/');
	await omar.page
		.getByRole('region', { name: omar.steps.t('today_waits') })
		.getByRole('link', { name: TITLE.en })
		.click();
	await sign(omar, 'Open Records', { ar: 'السجلات المفتوحة', en: 'Open Records' });
	await until('the call has come to the others', () => families.client.events(forum.space.id, statement).length > 0);
	await as(women).signs({ ar: 'شبكة المرأة', en: "Women's Network" });
	await as(families).signsWithheld({ ar: 'رابطة العائلات', en: 'Families' }, [accountOf(forum.alice), accountOf(women)]);
	await soon(async () => (women.client.letters.list.length > 0 ? as(women).keepsWithheld() : false)).toBe(true);
	await host.steps.sees(host.steps.t('statement_kept_here'));
	await soon(() => omar.page.locator('section[aria-labelledby="signatures"]').innerText()).toMatch(/one organisation|name withheld/i);
	expect(await omar.page.locator('main').innerText()).not.toMatch(/Families|رابطة العائلات/);
});

test('two coordinators publish it, and the world reads it in both languages without a script', async () => {
	await later();
	await host.steps.button('statement_publish').click({ timeout: PATIENCE });
	await host.steps.button('statement_propose').click();
	await host.steps.sees(host.steps.t('statement_waits_other'));
	const [entry] = statementsOf(women.client.events(forum.space.id, forum.space.index));
	expect(entry?.stream).toBe(statement);
	let address: string | null = null;
	await soon(async () => (address ??= await as(women).confirmsNewest())).not.toBeNull();
	published = `/statements/${address}`;
	await host.steps.sees(host.steps.t('statement_is_public'));
	for (const [language, width] of [
		['ar', 360],
		['en', 1280],
	] as const) {
		const { page, context, elsewhere } = await arrive(browser, forum.server.url, { language, width, passkeys: 'none' });
		expect((await page.goto(published))?.status()).toBe(200);
		expect(await page.locator('script').count()).toBe(0);
		for (const shown of [TITLE, ...TEXT, { ar: 'السجلات المفتوحة', en: 'Open Records' }])
			for (const text of Object.values(shown)) await page.getByText(text, { exact: false }).first().waitFor();
		const text = await page.locator('body').innerText();
		expect(text).toContain('ومنظمات أخرى');
		expect(text).toContain('and other organisations');
		for (const secret of ['المحامون', 'رابطة العائلات', 'Families', 'سلمى', 'فادي', 'أليس', 'Omar']) expect(text).not.toContain(secret);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect([await fitsWidth(page), await violations(page)], `${language} ${colorScheme}`).toEqual([true, []]);
		}
		expect(elsewhere).toEqual([]);
		await context.close();
	}
	expect((await (await fetch(forum.server.url + published)).arrayBuffer()).byteLength).toBeLessThan(60_000);
});

test('one withdraws afterwards: page and feed say so in both languages, as soon as two coordinators stand by it', async () => {
	await omar.steps.button('statement_withdraw').click();
	await omar.steps.field('statement_reason_en').fill('Our board has changed its position');
	await inDialog(omar, 'statement_withdraw_do').click();
	await omar.steps.sees(omar.steps.t('statement_state_withdrawn'));
	await host.steps.sees(host.steps.t('statement_outdated'));
	await host.steps.button('statement_new_edition').click();
	await host.steps.button('statement_propose').click();
	await host.steps.sees(host.steps.t('statement_waits_other'));
	await soon(() => as(women).confirmsNewest()).not.toBeNull();
	const read = async (path: string) => (await fetch(forum.server.url + path)).text();
	await soon(() => read(published)).toContain('Our board has changed its position');
	expect(await read(published)).toContain('انسحبت بتاريخ');
	expect(await read('/statements/feeds/ar.atom')).toContain('انسحبت السجلات المفتوحة من البيان');
	expect(await read('/statements/feeds/en.rss')).toContain('Open Records');
	expect([host.console, omar.console]).toEqual([[], []]);
});

const as = ({ client }: Representative) => new Signatory(client, forum.space.id, statement);

async function support({ page, steps }: Member, value: 'stance_support'): Promise<void> {
	await steps.button('stance_take').click();
	await page
		.getByRole('radio', { name: steps.t(value) })
		.first()
		.check();
	await steps.field('stance_by').selectOption('board');
	await steps.button('stance_send').click();
	await steps.button('stance_change').waitFor();
}

/** Two taps, and the names of the first time. */
async function sign({ page, steps }: Member, organisation: string, names: { ar: string; en: string }): Promise<void> {
	await steps.button('statement_sign').click();
	await steps.field('statement_name_ar').fill(names.ar);
	await steps.field('statement_name_en').fill(names.en);
	await page.getByRole('button', { name: steps.t('sign_do', { name: organisation }), exact: true }).click();
	await steps.sees(steps.t('statement_rule_signed'));
}
