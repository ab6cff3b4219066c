import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import { putToDecision } from '../src/lib/documents/decide.ts';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { decides, joinFor, openIssue, paragraph, propose, registerSeenBy, says, stance, takes, TEXT } from './testing/council.ts';
import { sent, startForum, type Person, type TestForum } from './testing/forum.ts';
import { unlock, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';
import { openDocumentAs, Scribe } from './testing/scribe.ts';

const PHONE = { width: 320, height: 700 };
const ENGLISH = { language: 'en' } as const;
const NAMES = { ar: 'العربية', en: 'English' };
let browser: Browser;
let forum: TestForum;
let union: OrganisationId;
let rima: Person;
let stream: StreamId;
let version: Hash;
beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => {
	forum = await startForum();
	union = await forum.alice.client.addOrganisation('اتحاد النساء');
	rima = await joinFor(forum, union, 'ريما');
	({ stream, version } = await openIssue(forum, forum.alice));
});
afterEach(() => forum.stop());

const address = () => `/s/${forum.space.id}/positions/${stream}`;
const beside = ({ page }: Member, place: number): Locator => page.locator(`#paragraph-${place}`);
const inLanguage = ({ page, steps }: Member, label: string, language: 'ar' | 'en'): Locator =>
	page.getByLabel(steps.t('position_in_language', { label, language: NAMES[language] }));
const formOf = ({ steps }: Member, place: number): string => steps.t('wording_form_title', { number: String(place) });
const suggestAt = (member: Member, place: number) =>
	beside(member, place)
		.getByRole('button', {
			name: `${member.steps.t('wording_suggest')} ${member.steps.t('position_paragraph', { number: String(place) })}`,
		})
		.click();
const suggestedAt = (member: Member, place: number) =>
	beside(member, place).getByRole('group', { name: member.steps.t('wording_list', { number: String(place) }) });
const reserves = (more: object = {}) => {
	const reservation = { type: 'wording' as const, paragraph: 'two', text: 'متى؟', suggestion: null, from: null, ...more };
	return stance(version, { value: 'support-with-reservations', reservations: [reservation] });
};
const suggests = (person: Person, more: object = {}) =>
	says(forum, person, stream, 'wording.suggest', {
		version,
		paragraph: 'two',
		ar: 'تُنشر النتائج كل عام.',
		en: 'Its findings are published every year.',
		reason: null,
		for: null,
		...more,
	});

describe('on a phone, in Arabic', () => {
	test('a reservation carries the words that would resolve it, and its way is told to the end', async () => {
		const member = await enterInBrowser(browser, forum, rima, PHONE);
		const { page, steps } = member;
		await go(page, address());
		await page.getByRole('button', { name: `${steps.t('stance_reserve_here')} ${steps.t('position_paragraph', { number: '2' })}` }).click();
		await steps.field('stance_by').selectOption('board');
		await steps.field('stance_reservation_text').fill('متى تُنشر؟ يلزم موعد.');
		await steps.field('wording_choice').selectOption({ label: steps.t('wording_choice_new') });
		await steps.button('stance_send').click();
		await steps.sees(steps.t('position_rule_wording_same'));
		await inLanguage(member, steps.t('wording_words'), 'ar').fill('تُنشر النتائج كل عام.');
		await steps.button('stance_send').click();
		await suggestedAt(member, 2).getByText(steps.t('wording_open')).waitFor();
		expect([await fitsWidth(page), await violations(page)]).toEqual([true, []]);

		const lead = await enterInBrowser(browser, forum, forum.alice, ENGLISH);
		await go(lead.page, address());
		await lead.steps.button('wording_accept').click();
		await lead.steps.sees(lead.steps.t('wording_taken_of', { number: '2', person: 'ريما' }));
		expect(await lead.steps.field('position_version_reason').inputValue()).toBe(
			lead.steps.t('wording_version_reason_for', { number: '2', organisation: 'اتحاد النساء' }),
		);
		await lead.steps.button('position_version_send').click();
		await beside(lead, 2).getByText('تُنشر النتائج كل عام.').first().waitFor();

		await steps.sees(steps.t('position_waits_confirm'));
		await steps.button('stance_change').click();
		await page.getByLabel(steps.t('stance_reread_done')).check();
		await steps.button('stance_send').click();
		await steps.button('stance_reservation_keep').click();
		await page.locator('summary').getByText('مسار التحفّظ').click();
		const way = beside(member, 2).getByRole('listitem');
		for (const told of ['stance_way_words', 'stance_way_said', 'stance_way_again', 'stance_reservation_kept'] as const)
			await way
				.filter({ hasText: steps.t(told) })
				.filter({ hasText: 'ريما' })
				.first()
				.waitFor();
		await way
			.filter({ hasText: steps.t('stance_way_taken', { version: '2' }) })
			.first()
			.waitFor();
		expect(await fitsWidth(page)).toBe(true);
		expect(registerSeenBy(forum.alice, forum, stream).refused).toEqual([]);
	});

	test('other words are typed, outlive a reload, wait for the line, and are taken back', async () => {
		const member = await enterInBrowser(browser, forum, rima, PHONE);
		const { page, steps, context } = member;
		await go(page, address());
		await suggestAt(member, 1);
		await steps.button('wording_send').click();
		await steps.sees(steps.t('position_rule_wording_same'));
		await inLanguage(member, formOf(member, 1), 'ar').fill('نطالب بآلية مستقلة.');
		await inLanguage(member, formOf(member, 1), 'ar').blur();
		await page.waitForTimeout(700);
		await page.reload();
		await unlock(member);
		await suggestAt(member, 1);
		await expect.poll(() => inLanguage(member, formOf(member, 1), 'ar').inputValue()).toBe('نطالب بآلية مستقلة.');
		await context.setOffline(true);
		await steps.button('wording_send').click();
		await suggestedAt(member, 1).getByText(steps.t('waiting')).waitFor();
		await context.setOffline(false);
		await suggestedAt(member, 1).getByText(steps.t('waiting')).waitFor({ state: 'detached', timeout: 60_000 });
		await steps.button('wording_take_back').click();
		await suggestedAt(member, 1).locator('summary').click();
		await suggestedAt(member, 1).getByText(steps.t('wording_taken_back'), { exact: true }).waitFor();
	});

	test('in a hidden round no new words are written with the answer', async () => {
		await decides(forum, forum.alice, stream, version, { hidden: { opening: 3 * 24 * 60 * 60 } });
		const { page, steps } = await enterInBrowser(browser, forum, rima, PHONE);
		await go(page, address());
		await page.getByRole('button', { name: `${steps.t('stance_reserve_here')} ${steps.t('position_paragraph', { number: '2' })}` }).click();
		await steps.sees(steps.t('wording_choice_hidden'));
		expect(await steps.field('wording_choice').locator('option').allInnerTexts()).toEqual([steps.t('wording_choice_none')]);
	});
});

describe('on a desktop, in English', () => {
	test('a facilitator declines with a reason, which stands on the reservation’s way', async () => {
		const said = await takes(forum, rima, stream, reserves());
		await suggests(rima, { for: { stance: said, place: 0 } });
		const lead = await enterInBrowser(browser, forum, forum.alice, ENGLISH);
		const { page, steps } = lead;
		await go(page, '/');
		await page.getByText(steps.t('position_waits_wording')).first().waitFor();
		await go(page, address());
		await steps.button('wording_decline').click();
		await steps.field('wording_decline_reason').fill('Too early.');
		await page.getByRole('button', { name: steps.t('wording_decline'), exact: true }).click();
		await steps.sees(steps.t('stance_reason_short', { actual: '10', least: '20' }));
		await steps.field('wording_decline_reason').fill('The date is not settled among us yet.');
		await page.getByRole('button', { name: steps.t('wording_decline'), exact: true }).click();
		await beside(lead, 2).locator('summary').getByText('Its way').click();
		await page
			.getByRole('listitem')
			.filter({ hasText: steps.t('stance_way_declined') })
			.first()
			.waitFor();
		await suggestedAt(lead, 2).locator('summary').click();
		await suggestedAt(lead, 2).getByText('The date is not settled among us yet.').waitFor();
		expect(await violations(page)).toEqual([]);
	});

	test('words for a paragraph that has changed since show both, and ask before they take its place', async () => {
		await suggests(rima);
		await propose(forum, forum.alice, stream, version, [
			TEXT[0]!,
			paragraph('two', 'تُنشر النتائج فورًا.', 'Its findings are published at once.'),
		]);
		const lead = await enterInBrowser(browser, forum, forum.alice, ENGLISH);
		const { steps } = lead;
		await go(lead.page, address());
		await steps.sees(steps.t('wording_moved'));
		await steps.sees(steps.t('wording_moved_now'));
		await steps.button('wording_accept').click();
		await steps.sees(steps.t('wording_moved_ask'));
		await steps.button('wording_moved_accept').click();
		await steps.button('position_version_send').click();
		await expect.poll(() => registerSeenBy(forum.alice, forum, stream).versions.at(-1)?.takes.length, { timeout: 20_000 }).toBe(1);
	});

	test('of two facilitators at once the second is told of the first, and what they had is still there', async () => {
		await suggests(rima);
		const lead = await enterInBrowser(browser, forum, forum.alice, ENGLISH);
		const { page, steps } = lead;
		await go(page, address());
		await steps.button('wording_accept').click();
		await steps.sees(steps.t('wording_taken_text'));
		const altered = inLanguage(lead, steps.t('position_paragraph', { number: '2' }), 'en');
		const words = await altered.inputValue();
		await altered.fill(`${words} Soon.`);
		await steps.sees(steps.t('wording_altered'));
		await altered.fill(words);
		await steps.button('position_version_send').waitFor();
		await lead.context.setOffline(true);
		await steps.button('position_version_send').click();
		await propose(forum, forum.alice, stream, version, [TEXT[0]!]);
		await lead.context.setOffline(false);
		await steps.sees(steps.t('position_rule_text_meanwhile'));
		await page
			.getByRole('group', { name: steps.t('wording_gone') })
			.getByText('ريما')
			.waitFor();
		await steps.button('position_version_restore').click();
		await expect.poll(() => altered.inputValue()).toBe(words);
		await page.getByRole('button', { name: steps.t('position_version_go_on', { number: '2' }), exact: true }).click();
		await steps.button('position_version_send').click();
		await expect.poll(() => registerSeenBy(forum.alice, forum, stream).versions.at(-1)?.takes.length, { timeout: 20_000 }).toBe(1);
		expect(registerSeenBy(forum.alice, forum, stream).versions).toHaveLength(3);
	});
});

describe('where the text is a frozen document', () => {
	test('it is opened again with the suggested words, frozen and put to the issue, which takes them', async () => {
		const { alice, space } = forum;
		const document = await openDocumentAs(alice.client, space.id, 'بيان', 'open-letter');
		const scribe = new Scribe(alice.client, space.id, document);
		await scribe.writes((editing, { pairs }) => {
			for (const { id } of pairs.slice(2)) editing.remove(id);
			editing.write(pairs[0]?.id ?? '', 'en', 'Statement');
			editing.write(pairs[1]?.id ?? '', 'ar', 'تُنشر النتائج.');
			editing.write(pairs[1]?.id ?? '', 'en', 'Findings are published.');
		});
		await scribe.freezes();
		const frozen = scribe.look().chain.frozen[0]!;
		await sent(alice);
		stream = await putToDecision(alice.client, space, { document, frozen, issue: null, reason: '' });
		await sent(alice);
		version = registerSeenBy(alice, forum, stream).versions[0]!.id;
		await suggests(rima, { paragraph: frozen.pairs[1], en: 'Findings are published every year.' });

		const lead = await enterInBrowser(browser, forum, alice, ENGLISH);
		const { page, steps } = lead;
		await go(page, address());
		await steps.button('wording_accept').click();
		await steps.link('wording_frozen_go').click();
		await steps.sees(steps.t('wording_put_in_after'));
		await steps.button('document_reopen').click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel(steps.t('document_reason')).fill('A reservation is answered.');
		await dialog.getByRole('button', { name: steps.t('document_reopen'), exact: true }).click();
		await steps.button('wording_put_in').click();
		await steps.sees(steps.t('wording_is_in'));
		await steps.button('pair_confirm').click();
		await steps.button('document_freeze').click();
		await dialog.getByRole('button', { name: steps.t('document_freeze'), exact: true }).click();
		await steps.sees(steps.t('document_frozen', { number: '2' }));
		await steps.button('document_decide').click();
		await dialog.getByText('1 suggestion is recorded as accepted with this text').waitFor();
		await dialog.getByLabel(steps.t('document_reason')).fill('A reservation is answered.');
		await dialog.getByRole('button', { name: steps.t('document_decide'), exact: true }).click();
		await suggestedAt(lead, 2).locator('summary').click();
		await suggestedAt(lead, 2)
			.getByText(steps.t('wording_accepted', { version: '2' }))
			.waitFor();
		expect(await fitsWidth(page)).toBe(true);
	});
});
