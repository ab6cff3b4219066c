import { unzipSync, zipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { canonicalBytes } from '@multaqa/shared/documents/canonical';
import type { BilingualText } from '@multaqa/shared/documents/pair';
import { examine } from '@multaqa/shared/publication/faults';
import { readProofArchive } from '@multaqa/shared/publication/proof-archive';
import { violations } from './testing/axe.ts';
import { arrive, fitsWidth, startBrowser } from './testing/browser.ts';
import { sent, startForum, until, type TestForum } from './testing/forum.ts';
import type { Member } from './testing/member.ts';
import { organisationOf, type Representative } from './testing/organisations.ts';
import { enterInBrowser, go } from './testing/people.ts';
import { Steps } from './testing/steps.ts';

const TEXT: BilingualText = {
	authority: 'both',
	pairs: [
		{ kind: 'title', level: 1, ar: 'بيان بشأن المفقودين', en: 'Statement on the missing' },
		{
			kind: 'paragraph',
			level: 1,
			ar: 'ندعو إلى كشف مصير 130,000 مفقود.',
			en: 'We call for clarity on the fate of 130,000 missing persons.',
		},
		{ kind: 'paragraph', level: 1, ar: 'ونطالب بإشراك عائلاتهم.', en: 'We ask that their families take part.' },
	],
};
const PATIENCE = 30_000;

let browser: Browser;
let forum: TestForum;
/** The host's coordinator; another coordinator; and two who represent organisations. */
let host: Member;
let second: Representative;
let families: Representative;
let lawyers: Representative;
let stream: StreamId;
let closes: number;
/** Where the public reads it. */
let published = '';
beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	second = await organisationOf(forum, 'شبكة المرأة', 'سلمى', 'coordinator');
	families = await organisationOf(forum, 'رابطة العائلات', 'فادي');
	lawyers = await organisationOf(forum, 'المحامون', 'ليلى');
	host = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
});
afterAll(async () => {
	await forum?.stop();
	await browser?.close();
});

/** A call that stays open for so many seconds. */
async function call(seconds: number): Promise<void> {
	const { client } = forum.alice;
	stream = client.newStream();
	closes = Math.floor(Date.now() / 1000) + seconds;
	const [title] = TEXT.pairs;
	await client.append(forum.space.id, forum.space.index, 'statement.open', { stream, title: { ar: title!.ar, en: title!.en } });
	const content = { text: canonicalBytes(TEXT), document: null, order: 'arabic', sealed: null, closes };
	await client.append(forum.space.id, stream, 'round.open', content);
	await sent(forum.alice);
}
const opened = async (member: Member) => {
	await go(member.page, `/s/${forum.space.id}/statements`);
	await member.page.locator(`a[href$="${stream}"]`).click();
	await member.page.getByRole('heading', { name: member.steps.t('statement_signatures') }).waitFor({ timeout: PATIENCE });
};
const list = ({ page: shown }: Member) => shown.locator('section[aria-labelledby="signatures"]');
const shows = (member: Member, text: string) => list(member).getByText(text, { exact: false }).first().waitFor({ timeout: PATIENCE });

/** Signs in two taps: the button, and the one in the dialog. */
async function sign(member: Member, organisation: string, en: string): Promise<void> {
	const { steps } = member;
	await opened(member);
	await steps.button('statement_sign').click();
	await steps.field('statement_name_en').fill(en);
	await steps.field('statement_name_ar').fill(organisation);
	await member.page.getByRole('button', { name: steps.t('sign_do', { name: organisation }), exact: true }).click();
}

describe('a statement that four organisations work on', () => {
	test('is signed by each in two taps, and by none twice', async () => {
		await call(75);
		const fadi = await enterInBrowser(browser, forum, families, { width: 360, height: 740 });
		await sign(fadi, 'رابطة العائلات', 'Families');
		await shows(fadi, 'رابطة العائلات');
		expect(await fadi.steps.button('statement_sign').count()).toBe(0);
		await fadi.steps.sees(fadi.steps.t('statement_rule_signed'));
		expect(await fitsWidth(fadi.page)).toBe(true);
		expect(await violations(fadi.page)).toEqual([]);
		await opened(host);
		await shows(host, 'رابطة العائلات');
		await sign(host, 'المنظمة المضيفة', 'Host');
		await shows(host, 'المنظمة المضيفة');
		expect(fadi.console).toEqual([]);
		await fadi.context.close();
	});

	test('may be signed with the name withheld: two coordinators learn it, the others read nothing of it', async () => {
		const leila = await enterInBrowser(browser, forum, lawyers, { language: 'en' });
		const { steps } = leila;
		await opened(leila);
		await steps.button('statement_sign').click();
		await steps.field('statement_name_en').fill('Lawyers');
		await leila.page.getByRole('radio', { name: new RegExp(`^${steps.t('statement_withheld')}`) }).check();
		await leila.page.getByRole('button', { name: steps.t('sign_do', { name: 'المحامون' }), exact: true }).click();
		await steps.sees(steps.t('statement_keepers_two'));
		await signWithheld(leila);
		const salma = await enterInBrowser(browser, forum, second, { language: 'en' });
		await opened(salma);
		await shows(salma, 'Lawyers');
		await opened(host);
		await shows(host, host.steps.t('statement_kept_here'));
		await steps.sees(steps.t('statement_withheld_state_counted'));
		expect(marks('withheld.keep')).toBe(2);
		const told = families.client.events(forum.space.id, stream);
		expect(JSON.stringify(told.map((event) => event.verified && event.content))).not.toContain('Lawyers');

		// Both coordinators look at something else; another device of the same person takes it back, and signs again.
		await go(salma.page, '/');
		await go(host.page, '/');
		const tablet = await enterInBrowser(browser, forum, lawyers, { language: 'en', width: 360, height: 740 });
		await opened(tablet);
		await tablet.steps.sees(steps.t('statement_withheld_state_counted'));
		expect(await violations(tablet.page)).toEqual([]);
		expect(await fitsWidth(tablet.page)).toBe(true);
		await takeWithheldBack(tablet);
		await tablet.steps.sees(steps.t('statement_withheld_state_gone'));
		await steps.sees(steps.t('statement_withheld_state_gone'));
		await expect.poll(() => marks('withheld.drop'), { timeout: PATIENCE }).toBe(2);
		await tablet.steps.button('statement_sign').click();
		await tablet.steps.field('statement_name_en').fill('Lawyers');
		await tablet.page.getByRole('radio', { name: new RegExp(`^${steps.t('statement_withheld')}`) }).check();
		await signWithheld(tablet);
		await tablet.steps.sees(steps.t('statement_withheld_state_counted'));
		expect([tablet.console, leila.console, salma.console]).toEqual([[], [], []]);
		await tablet.context.close();
		await salma.context.close();
		await leila.context.close();
	});

	test('is published when another coordinator confirms it, and read by anybody without a script', async () => {
		await until('it is closed', () => Date.now() / 1000 > closes + 1, 90_000);
		await opened(host);
		await host.steps.button('statement_publish').click({ timeout: PATIENCE });
		await host.steps.field('statement_publisher_en').fill('Host');
		await host.steps.button('statement_propose').click();
		await host.steps.sees(host.steps.t('statement_waits_other'));
		expect(await host.steps.button('statement_review').count()).toBe(0);
		const address = /statements\/([a-z2-7]{10})/;
		const salma = await enterInBrowser(browser, forum, second, { language: 'en' });
		await opened(salma);
		await salma.steps.button('statement_review').click();
		await salma.steps.button('statement_confirm').click();
		await salma.steps.sees(salma.steps.t('statement_is_public'));
		expect(salma.console).toEqual([]);
		const place = address.exec(await salma.page.locator('main').innerText())?.[0] ?? '';
		await salma.context.close();

		const visitor = await arrive(browser, forum.server.url, { width: 360, height: 740, passkeys: 'none' });
		const response = await visitor.page.goto(`/${place}`);
		expect(response?.status()).toBe(200);
		const text = await visitor.page.locator('body').innerText();
		for (const shown of ['ندعو إلى كشف مصير 130,000 مفقود.', 'رابطة العائلات', 'Families', 'المنظمة المضيفة', 'Host'])
			expect(text).toContain(shown);
		for (const secret of ['Lawyers', 'المحامون', 'فادي', 'أليس', 'سلمى', 'ليلى']) expect(text).not.toContain(secret);
		expect(text).toContain('منظمات أخرى');
		expect(await visitor.page.locator('script').count()).toBe(0);
		expect(await fitsWidth(visitor.page)).toBe(true);
		expect(await violations(visitor.page)).toEqual([]);
		expect(visitor.elsewhere).toEqual([]);
		const proof = await (await fetch(`${forum.server.url}/${place}/proof.zip`)).bytes();
		expect((await examine(readProofArchive(proof))).faults).toEqual([]);
		expect(new TextDecoder('latin1').decode(proof)).not.toContain('Lawyers');
		published = place;
		await visitor.context.close();
	});

	test('tells of an organisation that withdraws afterwards, on the page and in the feed', async () => {
		const fadi = await enterInBrowser(browser, forum, families);
		await opened(fadi);
		await fadi.steps.button('statement_withdraw').first().click();
		await fadi.steps.field('statement_reason_ar').fill('تغيّر موقف مجلس الإدارة');
		await fadi.page
			.getByRole('dialog')
			.getByRole('button', { name: fadi.steps.t('statement_withdraw_do'), exact: true })
			.click();
		await shows(fadi, fadi.steps.t('statement_state_withdrawn'));
		const leila = await enterInBrowser(browser, forum, lawyers, { language: 'en' });
		await opened(leila);
		await leila.steps.sees(leila.steps.t('statement_withheld_state_counted'));
		await takeWithheldBack(leila);
		await leila.steps.sees(leila.steps.t('statement_withheld_withdraw_public'));
		await opened(host);
		await leila.steps.sees(leila.steps.t('statement_withheld_state_gone'));
		await host.steps.sees(host.steps.t('statement_outdated'));
		await host.steps.button('statement_new_edition').click();
		await host.steps.button('statement_propose').click();
		await host.steps.sees(host.steps.t('statement_waits_other'));
		const salma = await enterInBrowser(browser, forum, second, { language: 'en', width: 360, height: 740 });
		await opened(salma);
		await salma.steps.button('statement_review').click();
		await salma.steps.button('statement_confirm').click();
		const html = async () => (await fetch(`${forum.server.url}/${published}`)).text();
		await expect.poll(html, { timeout: PATIENCE }).toContain('انسحبت بتاريخ');
		expect(await html()).toContain('تغيّر موقف مجلس الإدارة');
		expect(await html()).not.toContain('منظمات أخرى');
		const feed = await (await fetch(`${forum.server.url}/statements/feeds/ar.atom`)).text();
		expect(feed).toContain('انسحبت رابطة العائلات من البيان');
		expect(feed).toContain(host.steps.t('statement_withheld_changed'));
		expect(feed).not.toContain('المحامون');
		expect(await fitsWidth(salma.page)).toBe(true);
		expect(await violations(salma.page)).toEqual([]);
	});

	test('is verified in a browser that is offline; a changed letter, a missing signer and a foreign file are named', async () => {
		const visitor = await arrive(browser, forum.server.url, { language: 'en', passkeys: 'none' });
		const steps = new Steps(visitor, 'en');
		await visitor.page.goto('/verify', { waitUntil: 'networkidle' });
		const proof = Buffer.from(await (await fetch(`${forum.server.url}/${published}/proof.zip`)).arrayBuffer());
		await visitor.context.setOffline(true);
		const choose = (buffer: Buffer) =>
			visitor.page.locator('input[type=file]').setInputFiles({ name: 'proof.zip', mimeType: 'application/zip', buffer });
		await choose(proof);
		await steps.sees(steps.t('verify_holds'));
		await choose(Buffer.from('no archive'));
		await steps.sees(steps.t('verify_not_proof'));
		await choose(withoutFirst(proof));
		await steps.sees(steps.t('verify_fails'));
		await steps.sees(steps.t('verify_signatory_removed', { name: 'Families' }));
		expect(await violations(visitor.page)).toEqual([]);
		expect(visitor.console.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
		await visitor.context.close();
	});
});

/** How often coordinators said that they hold a withheld signature, or do not any more. */
const marks = (type: 'withheld.keep' | 'withheld.drop'): number =>
	forum.alice.client.events(forum.space.id, stream).filter((event) => event.verified && event.type === type).length;

/** Chooses both coordinators in the open dialog, and signs. */
async function signWithheld({ page, steps }: Member): Promise<void> {
	for (const name of ['أليس', 'سلمى']) await page.getByRole('checkbox', { name }).check();
	await page.getByRole('button', { name: steps.t('sign_do', { name: 'المحامون' }), exact: true }).click();
	await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function takeWithheldBack({ page, steps }: Member): Promise<void> {
	await steps.button('statement_withheld_withdraw').click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: steps.t('statement_withheld_withdraw'), exact: true }).click();
	await dialog.waitFor({ state: 'hidden' });
}

/** The same archive without the files of its first signatory. */
function withoutFirst(archive: Uint8Array): Buffer {
	const files = Object.entries(unzipSync(archive)).filter(([name]) => !name.startsWith('signatures/001'));
	return Buffer.from(zipSync(Object.fromEntries(files)));
}
