import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { recordsOnDevice } from './testing/device.ts';
import { openThread, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { closeSheet, enterInBrowser, go, openSheet, rowOf } from './testing/people.ts';

let browser: Browser;
let forum: TestForum;
let stream: string;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
	forum = await startForum();
	({ stream } = await openThread(forum.alice, forum.space, 'خطة الأسبوع', 'هل الجميع هنا؟'));
	await sent(forum.alice);
});
afterEach(() => forum?.stop());

const members = (member: Member) => go(member.page, `/s/${forum.space.id}/members`);
const thread = (member: Member) => go(member.page, `/s/${forum.space.id}/t/${stream}`);
const accountOf = ({ client }: Person) => client.status.account!;
/** Two devices may reach for the same place of a chain: the loser gets 409, which Chromium notes, and signs again. */
const isLostRace = (line: string) => line.includes('status of 409');
const silent = (...visitors: Member[]) =>
	expect(visitors.flatMap(({ console: said }) => said.filter((line) => !isLostRace(line)))).toEqual([]);

/** Names of everything that can be begun from the sheet that is open. */
const buttonsOf = (member: Member) => member.page.getByRole('dialog').getByRole('button').allInnerTexts();

describe('removing a member of a space', () => {
	test('says what will happen, renews the keys, and tells the one removed; the others go on', async () => {
		const bob = await forum.join('باسل');
		const coordinator = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
		const leaving = await joinInBrowser(browser, forum, 'نور', { language: 'en', width: 360, height: 740 });
		await thread(leaving);
		await leaving.steps.sees('هل الجميع هنا؟');
		const before = forum.alice.client.spaces[0]!.generation.number;

		await members(coordinator);
		await openSheet(coordinator, 'نور');
		const { steps } = coordinator;
		await steps.button('remove_do').click();
		for (const key of ['remove_nothing_new', 'remove_read_stays', 'remove_keys_renewed'] as const) await steps.sees(steps.t(key));
		expect(await fitsWidth(coordinator.page)).toBe(true);
		await steps.button('remove_do').click();
		await steps.sees(steps.t('removed_from_space'));
		await closeSheet(coordinator);
		expect(await coordinator.page.locator('main').getByRole('listitem').filter({ hasText: 'نور' }).count()).toBe(0);

		await leaving.steps.sees(leaving.steps.t('membership_ended'));
		expect(await leaving.page.getByText('هل الجميع هنا؟').count()).toBe(0);
		await thread(coordinator);
		await steps.post('نتابع من دونها');
		await until('the others read on', () => JSON.stringify(bob.client.events(forum.space.id, stream as never)).includes('نتابع من دونها'));
		expect(bob.client.spaces[0]!.generation.number).toBe(before + 1);
		await go(leaving.page, '/');
		expect(await leaving.page.locator('body').innerText()).not.toContain('نتابع');
		silent(coordinator);
		await coordinator.context.close();
		await leaving.context.close();
	});

	test('leaves nobody writing while the keys cannot be renewed: the page says why, and tries when asked', async () => {
		const nour = await forum.join('نور');
		const coordinator = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
		const { context, steps } = coordinator;
		await thread(coordinator);
		await steps.field('composer_post').waitFor();
		await forum.alice.client.close();
		await context.route('**/api/links', (route) => route.abort());
		await nour.client.people.leave(forum.space.id);
		await steps.sees(steps.t('renewing_text'));
		await steps.field('composer_post').waitFor({ state: 'detached' });
		await steps.button('renewing_do').click();
		await steps.sees(steps.t('problem_offline'));
		await context.unroute('**/api/links');
		await steps.button('renewing_do').click();
		await steps.field('composer_post').waitFor();
		await steps.post('بعد التجديد');
		expect(await coordinator.page.getByText(steps.t('renewing_text')).count()).toBe(0);
		await context.close();
	});

	test('takes a whole organisation in one go', async () => {
		await forum.join('باسل');
		await forum.join('نور');
		const coordinator = await enterInBrowser(browser, forum, forum.alice);
		const { steps, page } = coordinator;
		await members(coordinator);
		await steps.button('remove_organisation_here').click();
		await steps.sees(steps.t('remove_all_nothing_new'));
		await page
			.getByRole('dialog')
			.getByRole('button', { name: steps.t('remove_organisation_here') })
			.click();
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await until('both are out', () => forum.alice.client.spaces[0]?.members.length === 1);
		expect(forum.alice.client.spaces[0]!.generation.number).toBe(2);
		silent(coordinator);
		await coordinator.context.close();
	});
});

describe('roles', () => {
	test('change at once for the person who has the page open, and back again', async () => {
		const coordinator = await enterInBrowser(browser, forum, forum.alice);
		const other = await joinInBrowser(browser, forum, 'نور', { width: 360, height: 740 });
		await thread(other);
		await other.steps.field('composer_post').waitFor();
		await members(coordinator);
		await setRole(coordinator, 'نور', 'role_observer');
		await other.steps.sees(other.steps.t('not_writable'));
		await setRole(coordinator, 'نور', 'role_member');
		await other.steps.field('composer_post').waitFor();
		silent(coordinator, other);
		await coordinator.context.close();
		await other.context.close();
	});

	test('nobody acts upward: the sheet of a coordinator offers a member nothing, and the rules refuse what is forced', async () => {
		const nour = await forum.join('نور');
		const member = await enterInBrowser(browser, forum, nour);
		await members(member);
		await openSheet(member, 'أليس');
		// Closing, comparing, and the way out, which stands in every corner.
		expect(await buttonsOf(member)).toEqual(['', member.steps.t('code_begin'), '']);
		await closeSheet(member);
		for (const key of ['add_member', 'remove_organisation_here'] as const) expect(await member.steps.button(key).count()).toBe(0);
		await go(member.page, '/forum');
		await member.steps.sees('المنظمة المضيفة');
		for (const key of ['invitation_new', 'organisation_add', 'remove_organisation'] as const)
			expect(await member.steps.button(key).count()).toBe(0);

		const { people } = nour.client;
		const [space, alice] = [forum.space.id, accountOf(forum.alice)];
		for (const forced of [
			people.setRole(space, alice, 'observer'),
			people.removeMember(space, alice),
			people.setRole(space, accountOf(nour), 'coordinator'),
			people.removeAccount(alice),
		])
			await expect(forced).rejects.toMatchObject({ code: expect.stringMatching(/^(rejected-link|not-allowed)$/) });
		expect(forum.alice.client.spaces[0]!.role).toBe('coordinator');
		silent(member);
		await member.context.close();
	});
});

describe('the forum', () => {
	test('makes a coordinator, and that one sees what coordinators do at once', async () => {
		const first = await enterInBrowser(browser, forum, forum.alice);
		const other = await joinInBrowser(browser, forum, 'نور');
		await go(other.page, '/forum');
		await go(first.page, '/forum');
		await openSheet(first, 'نور');
		await first.steps.button('coordinator_add').click();
		await first.steps.sees(first.steps.t('coordinator_add_spaces'));
		await first.steps.button('coordinator_add').click();
		await first.steps.sees(first.steps.t('coordinator_added'));
		await other.steps.button('invitation_new').waitFor();
		silent(first, other);
		await first.context.close();
		await other.context.close();
	});

	test('removes somebody only after the word was typed; that one is told on the open page, and what was written stays', async () => {
		const coordinator = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
		const leaving = await joinInBrowser(browser, forum, 'نور', { language: 'en' });
		await thread(leaving);
		await leaving.steps.post('A last word.');
		const { page, steps } = coordinator;
		await go(page, '/forum');
		await openSheet(coordinator, 'نور');
		await steps.button('remove_account_do').click();
		for (const key of ['remove_account_spaces', 'remove_account_final'] as const) await steps.sees(steps.t(key));
		await steps.button('remove_account_do').click();
		await steps.sees(steps.t('type_exactly', { word: steps.t('remove_word') }));
		expect(forum.alice.client.forum!.people.some(({ removed }) => removed)).toBe(false);
		await steps.field('type_to_confirm', { word: steps.t('remove_word') }).fill(steps.t('remove_word'));
		await steps.button('remove_account_do').click();
		await steps.sees(steps.t('removed_from_forum'));
		await steps.sees(steps.t('person_left_forum'));
		await closeSheet(coordinator);

		await leaving.page.waitForURL('**/sign-in*', { timeout: 5_000 });
		for (const key of ['ended_account', 'ended_account_then'] as const) await leaving.steps.sees(leaving.steps.t(key));
		expect(await leaving.page.locator('body').innerText()).not.toContain('A last word.');
		// Why it ended is all that stays.
		expect(await recordsOnDevice(leaving.page)).toBe(1);
		await leaving.page.reload();
		await leaving.steps.sees(leaving.steps.t('ended_account'));
		await thread(coordinator);
		await page.getByRole('article').filter({ hasText: 'A last word.' }).getByText('نور').waitFor();
		await steps.post('نتابع');
		silent(coordinator);
		await coordinator.context.close();
		await leaving.context.close();
	});

	test('refuses an organisation whose name could be taken for another, beside the field', async () => {
		const coordinator = await enterInBrowser(browser, forum, forum.alice);
		const { page, steps } = coordinator;
		await go(page, '/forum');
		const field = steps.field('organisation_name');
		await field.fill('منظمه الأختبار');
		await steps.button('organisation_add').click();
		await steps.sees(steps.t('organisation_confusable'));
		expect(await field.getAttribute('aria-invalid')).toBe('true');
		expect(forum.alice.client.forum!.organisations).toHaveLength(2);
		await field.fill('رابطة أخرى');
		expect(await page.getByText(steps.t('organisation_confusable')).count()).toBe(0);
		await steps.button('organisation_add').click();
		await page.getByRole('heading', { level: 3, name: 'رابطة أخرى' }).waitFor();
		silent(coordinator);
		await coordinator.context.close();
	});

	test('removes an organisation with all its people only after the word was typed', async () => {
		const nour = await forum.join('نور');
		const coordinator = await enterInBrowser(browser, forum, forum.alice);
		const { page, steps } = coordinator;
		await go(page, '/forum');
		await steps.button('remove_organisation').click();
		const dialog = page.getByRole('dialog', { name: 'منظمة الاختبار' });
		const remove = dialog.getByRole('button', { name: steps.t('remove_organisation') });
		await remove.click();
		await steps.sees(steps.t('type_exactly', { word: steps.t('remove_word') }));
		expect(nour.client.spaces).toHaveLength(1);
		await steps.field('type_to_confirm', { word: steps.t('remove_word') }).fill(steps.t('remove_word'));
		await remove.click();
		await dialog.waitFor({ state: 'detached' });
		expect(await page.getByRole('heading', { level: 3, name: 'منظمة الاختبار' }).count()).toBe(0);
		await page.getByText('شخص واحد خرج من الملتقى').click();
		await openSheet(coordinator, 'نور');
		await steps.sees(steps.t('person_left_forum'));
		expect(await steps.button('code_begin').count()).toBe(0);
		silent(coordinator);
		await coordinator.context.close();
	});

	test('invites somebody again: the old account ends, the new one is marked as a new identity', async () => {
		const lost = accountOf(await forum.join('نور'));
		const coordinator = await enterInBrowser(browser, forum, forum.alice);
		const { page, steps } = coordinator;
		await go(page, '/forum');
		await openSheet(coordinator, 'نور');
		await steps.button('invite_again').click();
		await steps.sees(steps.t('invite_again_new'));
		await page.getByRole('checkbox', { name: steps.t('invitation_approval') }).uncheck();
		await steps.button('invitation_make').click();
		const link = await steps.invitationLink();
		await closeSheet(coordinator);

		const again = await joinInBrowser(browser, forum, 'نور الدين', { fragment: link.split('#')[1]! });
		await until('the old account ends', () => forum.alice.client.forum!.people.find(({ account }) => account === lost)?.removed ?? false);
		await members(coordinator);
		await openSheet(coordinator, 'نور الدين');
		await steps.sees(steps.t('replaces_text'));
		await closeSheet(coordinator);
		await go(page, '/forum');
		await page.getByText('شخص واحد خرج من الملتقى').click();
		await page
			.getByRole('listitem')
			.filter({ hasText: `${steps.t('replaced_by')} نور الدين` })
			.waitFor();
		silent(coordinator);
		await coordinator.context.close();
		await again.context.close();
	});

	test('adds somebody of the forum to another space, as a guest until a day', async () => {
		await forum.join('نور');
		const { client } = forum.alice;
		const space = await client.createSpace('الثانية');
		const coordinator = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
		const { page, steps } = coordinator;
		await go(page, `/s/${space}/members`);
		await steps.button('add_member').click();
		const dialog = page.getByRole('dialog');
		const option = dialog.getByRole('option', { name: /نور/ });
		await steps.field('person').selectOption((await option.getAttribute('value')) ?? '');
		await steps.field('role_in_space').selectOption('guest');
		await steps.field('guest_until').fill('2020-01-01');
		await dialog.getByRole('button', { name: steps.t('add_member') }).click();
		await steps.sees(steps.t('day_past'));
		await steps.field('guest_until').fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
		await dialog.getByRole('button', { name: steps.t('add_member') }).click();
		await rowOf(coordinator, 'نور').waitFor();
		const guest = () => client.spaces.find(({ id }) => id === space)?.members.find(({ role }) => role === 'guest');
		await until('the guest is in', () => guest() !== undefined);
		expect(guest()!.until! * 1000).toBeGreaterThan(Date.now() + 2 * 86_400_000);
		expect(await fitsWidth(page)).toBe(true);
		silent(coordinator);
		await coordinator.context.close();
	});
});

async function setRole(member: Member, name: string, role: 'role_observer' | 'role_member'): Promise<void> {
	const { steps, page } = member;
	await openSheet(member, name);
	await steps.button('step_role').click();
	await page.getByRole('radio', { name: steps.t(role) }).check();
	await steps.button('role_set').click();
	await steps.sees(steps.t('role_was_set'));
	await closeSheet(member);
}
