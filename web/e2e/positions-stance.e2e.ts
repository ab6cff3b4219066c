import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { joinFor, openIssue, paragraph, propose, says, stance, takes, TEXT } from './testing/council.ts';
import { startForum, type Person, type TestForum } from './testing/forum.ts';
import { unlock, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';

const PHONE = { width: 360, height: 740 };
const REASON = 'النص يساوي بين الضحية ومن أوقع بها الأذى';
let browser: Browser;
let forum: TestForum;
let union: OrganisationId;
let rima: Person;
beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => {
	forum = await startForum();
	union = await forum.alice.client.addOrganisation('اتحاد النساء');
	rima = await joinFor(forum, union, 'ريما');
});
afterEach(() => forum.stop());

const list = () => `/s/${forum.space.id}/positions`;
const mine = ({ page, steps }: Member) => page.getByRole('region', { name: steps.t('position_mine_of', { organisation: 'اتحاد النساء' }) });
const choose = ({ page, steps }: Member, value: Parameters<typeof steps.t>[0]) =>
	page
		.getByRole('radio', { name: steps.t(value) })
		.first()
		.check();
const decidedBy = ({ steps }: Member) => steps.field('stance_by').selectOption('board');

describe('on a phone, in Arabic', () => {
	test('an issue is opened and given its text, and an objection needs its reason; what was typed outlives a reload', async () => {
		const member = await enterInBrowser(browser, forum, rima, PHONE);
		const { page, steps } = member;
		await go(page, list());
		await steps.sees(steps.t('position_none_text'));
		await steps.link('issue_new').first().click();
		await steps.button('issue_open').click();
		await steps.sees(steps.t('issue_title_missing'));
		await page.getByLabel(steps.t('position_in_language', { label: steps.t('issue_title'), language: 'العربية' })).fill('لجنة المفقودين');
		await steps.button('issue_open').click();
		await steps.button('position_first_version').click();
		const first = steps.t('position_paragraph', { number: '1' });
		await page
			.getByLabel(steps.t('position_in_language', { label: first, language: 'العربية' }))
			.fill('نطالب بلجنة مستقلة.\n\nتُنشر النتائج.');
		await steps.button('position_paragraph_split').click();
		await steps.button('position_version_send').click();
		await steps.button('stance_take').click();
		await choose(member, 'stance_objection');
		await decidedBy(member);
		await steps.field('stance_reason').fill('لا نوافق');
		await steps.button('stance_send').click();
		await steps.sees(steps.t('stance_reason_short', { actual: '8', least: '20' }));
		await steps.field('stance_reason').blur();
		expect(await violations(page)).toEqual([]);
		await page.waitForTimeout(700);
		await page.reload();
		await unlock(member);
		await steps.button('stance_go_on').click();
		expect(await steps.field('stance_reason').inputValue()).toBe('لا نوافق');
		await steps.field('stance_reason').fill(REASON);
		await steps.button('stance_send').click();
		await mine(member).getByText(REASON).waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await go(page, list());
		await page
			.getByRole('list', { name: steps.t('position_strip') })
			.getByText(`${steps.t('stance_objection')}: 1`)
			.waitFor();
		expect(await fitsWidth(page)).toBe(true);
		expect(member.console.filter((line) => line.startsWith('error'))).toEqual([]);
	});

	test('a reservation stands beside its paragraph, not longer than 150 words', async () => {
		await openIssue(forum, forum.alice);
		const member = await enterInBrowser(browser, forum, rima, PHONE);
		const { page, steps } = member;
		await go(page, list());
		await page.getByRole('link', { name: 'لجنة المفقودين' }).click();
		await page.getByRole('button', { name: `${steps.t('stance_reserve_here')} ${steps.t('position_paragraph', { number: '2' })}` }).click();
		await decidedBy(member);
		await steps.field('stance_reservation_text').fill('كلمة '.repeat(151));
		await steps.button('stance_send').click();
		await steps.sees(steps.t('stance_reservation_long', { actual: '151', limit: '150' }));
		await steps.field('stance_reservation_text').fill('متى تُنشر؟ يلزم موعد.');
		await steps.button('stance_send').click();
		await page.locator('#paragraph-2').getByText('متى تُنشر؟ يلزم موعد.').waitFor();
	});

	test('two persons speak where the organisation asks for them, and the first of them is not the second', async () => {
		await says(forum, rima, forum.space.index, 'organisation.settings', { two: true, constituencies: [] }, 'organisation');
		const { stream, version } = await openIssue(forum, forum.alice);
		const omar = await joinFor(forum, union, 'عمر');
		await takes(forum, rima, stream, stance(version));
		const first = await enterInBrowser(browser, forum, rima, PHONE);
		await go(first.page, `${list()}/${stream}`);
		await mine(first).getByText('عمر').waitFor();
		expect(await first.steps.button('stance_second').count()).toBe(0);
		const second = await enterInBrowser(browser, forum, omar, PHONE);
		await go(second.page, `${list()}/${stream}`);
		await second.steps.button('stance_second').click();
		await mine(second).getByText(second.steps.t('stance_seconded_by')).waitFor();
	});
});

describe('on a desktop, in English', () => {
	const ENGLISH = { language: 'en' } as const;
	let stream: StreamId;
	let version: Hash;
	beforeEach(async () => void ({ stream, version } = await openIssue(forum, forum.alice)));

	test('the matrix says in words what each organisation says, and one without an answer is none that agrees', async () => {
		await takes(forum, rima, stream, stance(version));
		const { page, steps } = await enterInBrowser(browser, forum, rima, ENGLISH);
		await go(page, list());
		const row = page.getByRole('row', { name: /لجنة المفقودين/ });
		await row.getByText(steps.t('stance_support'), { exact: true }).waitFor();
		expect(await row.getByText(steps.t('stance_none'), { exact: true }).count()).toBe(1);
		await steps.field('position_filter_text').fill('لجنه');
		expect(await page.getByRole('row').count()).toBe(2);
		await steps.field('position_filter_text').fill('nothing');
		await steps.sees(steps.t('position_found_none_title'));
	});

	test('a new text asks for confirmation: one tap where nothing was touched, reading again where it was', async () => {
		const reserved = { value: 'support-with-reservations' as const };
		const reservation = { type: 'wording' as const, paragraph: 'two', text: 'متى؟', suggestion: null, from: null };
		await takes(forum, rima, stream, stance(version, { ...reserved, reservations: [reservation] }));
		const second = await propose(forum, forum.alice, stream, version, [
			paragraph('one', 'نطالب بآلية مستقلة.', 'We ask for a mechanism.'),
			TEXT[1]!,
		]);
		const member = await enterInBrowser(browser, forum, rima, ENGLISH);
		const { steps, page } = member;
		await go(page, `${list()}/${stream}`);
		await steps.sees(steps.t('position_waits_confirm'));
		await steps.button('stance_confirm').click();
		await steps.button('stance_confirm').waitFor({ state: 'hidden' });
		expect(await page.getByText(steps.t('stance_needs_confirmation'), { exact: true }).count()).toBe(0);
		await propose(forum, forum.alice, stream, second, [
			paragraph('one', 'نطالب بآلية مستقلة.', 'We ask for a mechanism.'),
			paragraph('two', 'تُنشر النتائج كل عام.', 'Findings come out yearly.'),
		]);
		await steps.sees(steps.t('stance_confirm_reread'));
		expect(await steps.button('stance_confirm').count()).toBe(0);
		await steps.button('stance_change').click();
		await steps.button('stance_send').click();
		await steps.sees(steps.t('position_rule_reread'));
		await page.getByLabel(steps.t('stance_reread_done')).check();
		await steps.button('stance_send').click();
		await mine(member).getByText(steps.t('stance_reread_done')).waitFor({ state: 'hidden' });
		await page.locator('#paragraph-2').getByText('متى؟').waitFor();
	});
});
