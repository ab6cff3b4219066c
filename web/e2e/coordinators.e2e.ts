import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startBrowser } from './testing/browser.ts';
import { startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';
import { closeSheet, enterInBrowser, go, openSheet, rowOf } from './testing/people.ts';

const DAY = 86_400_000;
let browser: Browser;
let forum: TestForum;
/** By how much the server's clock has gone on. */
let clock: number;

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
	clock = 0;
	forum = await startForum(() => Date.now() + clock);
});
afterEach(() => forum?.stop());

const members = (member: Member) => go(member.page, `/s/${forum.space.id}/members`);
const accountOf = ({ client }: Person) => client.status.account!;
/** Two devices may reach for the same place of a chain: the loser gets 409, which Chromium notes, and signs again. */
const isLostRace = (line: string) => line.includes('status of 409');
const silent = (...visitors: Member[]) =>
	expect(visitors.flatMap(({ console: said }) => said.filter((line) => !isLostRace(line)))).toEqual([]);

/** Names of everything that can be begun from the sheet that is open. */
const buttonsOf = (member: Member) => member.page.getByRole('dialog').getByRole('button').allInnerTexts();

describe('coordinators', () => {
	test('one proposes and another confirms: only then is a third coordinator out', async () => {
		const [carol, third] = [await forum.join('كارول', { role: 'coordinator' }), await forum.join('زياد', { role: 'coordinator' })];
		const first = await enterInBrowser(browser, forum, forum.alice);
		const second = await enterInBrowser(browser, forum, carol, { language: 'en', width: 360, height: 740 });
		await members(first);
		await members(second);
		await openSheet(first, 'زياد');
		await first.steps.button('step_propose_removal').click();
		await first.steps.sees(first.steps.t('motion_nothing_yet'));
		await first.steps.button('motion_propose').click();
		await first.steps.sees(first.steps.t('motion_space_text'));
		expect(await first.steps.button('step_propose_removal').count()).toBe(0);
		expect(await first.steps.button('step_confirm_removal').count()).toBe(0);
		await closeSheet(first);
		expect(third.client.spaces).toHaveLength(1);

		await rowOf(second, 'زياد').getByText(second.steps.t('member_motion')).waitFor();
		await openSheet(second, 'زياد');
		expect(await second.page.getByRole('dialog').innerText()).toContain('Proposed by: أليس');
		await second.steps.button('step_confirm_removal').click();
		await second.steps.button('motion_confirm').click();
		await second.steps.sees(second.steps.t('removed_from_space'));
		await until('the third is out', () => third.client.spaces.length === 0);
		silent(first, second);
		await first.context.close();
		await second.context.close();
	});

	test('one is removed from the whole forum by two, who find the proposal on Today', async () => {
		const [carol, third] = [await forum.join('كارول'), await forum.join('زياد')];
		for (const person of [carol, third]) await forum.alice.client.people.addCoordinator(accountOf(person));
		const first = await enterInBrowser(browser, forum, forum.alice, { width: 360, height: 740 });
		const second = await enterInBrowser(browser, forum, carol, { language: 'en' });
		await go(first.page, '/forum');
		await openSheet(first, 'زياد');
		await first.steps.sees(first.steps.t('coordinator_before_removal'));
		expect(await first.steps.button('remove_account_do').count()).toBe(0);
		await first.steps.button('step_propose_end').click();
		await first.steps.button('motion_propose').click();
		await first.steps.sees(first.steps.t('motion_proposed'));
		await closeSheet(first);
		await go(first.page, '/');
		expect(await first.page.getByText(first.steps.t('motion_waits_forum')).count()).toBe(0);

		await go(second.page, '/');
		await second.steps.sees(second.steps.t('motion_waits_forum'));
		await second.steps.link('motion_go').click();
		await rowOf(second, 'زياد').getByText(second.steps.t('member_motion_forum')).waitFor();
		await openSheet(second, 'زياد');
		await second.steps.button('step_confirm_end').click();
		await second.steps.button('motion_confirm').click();
		await second.steps.sees(second.steps.t('coordinator_ended'));
		await second.steps.button('remove_account_do').click();
		await second.steps.field('type_to_confirm', { word: second.steps.t('remove_word') }).fill(second.steps.t('remove_word'));
		await second.steps.button('remove_account_do').click();
		await second.steps.sees(second.steps.t('removed_from_forum'));
		await until('the third is out', () => third.client.status.ended === 'account-removed');
		silent(first, second);
		await first.context.close();
		await second.context.close();
	});

	test('whoever confirms what somebody else has confirmed already is told so', async () => {
		const [carol, third] = [await forum.join('كارول'), await forum.join('زياد')];
		for (const person of [carol, third]) await forum.alice.client.people.addCoordinator(accountOf(person));
		const slow = await enterInBrowser(browser, forum, forum.alice);
		const { steps } = slow;
		await carol.client.people.removeCoordinator(accountOf(third));
		await go(slow.page, '/forum');
		await rowOf(slow, 'زياد').getByText(steps.t('member_motion_forum')).waitFor();
		await openSheet(slow, 'زياد');
		await steps.button('step_confirm_end').click();
		await forum.alice.client.people.removeCoordinator(accountOf(third));
		await until('it is done', () => third.client.forum?.coordinator === false);
		await steps.button('motion_confirm').click();
		await steps.sees(steps.t('problem_done_already'));
		await steps.button('cancel').click();
		await steps.button('remove_account_do').waitFor();
		await slow.context.close();
	});

	test('a proposal that nobody confirmed within a week is over: it is made anew, and takes two again', async () => {
		const [carol, third] = [await forum.join('كارول'), await forum.join('زياد')];
		for (const person of [carol, third]) await forum.alice.client.people.addCoordinator(accountOf(person));
		const late = await enterInBrowser(browser, forum, forum.alice);
		const { page, steps } = late;
		await carol.client.people.removeCoordinator(accountOf(third));
		await go(page, '/forum');
		await openSheet(late, 'زياد');
		await steps.button('step_confirm_end').waitFor();
		await closeSheet(late);
		await late.context.clock.install();
		clock = 8 * DAY;
		await late.context.clock.setSystemTime(Date.now() + clock);
		await page.reload();
		await unlock(late);
		await page.getByRole('heading', { level: 1, name: steps.t('place_forum') }).waitFor();
		await openSheet(late, 'زياد');
		await steps.button('step_propose_end').waitFor();
		expect(await steps.button('step_confirm_end').count()).toBe(0);
		await steps.button('step_propose_end').click();
		await steps.button('motion_propose').click();
		await steps.sees(steps.t('motion_proposed'));
		expect(third.client.forum?.coordinator).toBe(true);
		await late.context.close();
	});

	test('the last one cannot leave: the page says why, and the rules refuse what is forced', async () => {
		await forum.join('نور');
		const last = await enterInBrowser(browser, forum, forum.alice);
		await members(last);
		await last.steps.sees(last.steps.t('leave_last_coordinator'));
		expect(await last.steps.button('leave_space').count()).toBe(0);
		await openSheet(last, 'أليس');
		expect((await buttonsOf(last)).join()).not.toContain(last.steps.t('coordinator_leave'));
		const { people } = forum.alice.client;
		for (const forced of [people.leave(forum.space.id), people.removeCoordinator(accountOf(forum.alice))])
			await expect(forced).rejects.toMatchObject({ code: 'rejected-link', detail: { rule: 'last-coordinator-stays' } });
		silent(last);
		await last.context.close();
	});

	test('a member leaves: the space goes, Today says what comes next', async () => {
		const member = await joinInBrowser(browser, forum, 'نور');
		await members(member);
		await member.steps.button('leave_space').click();
		await member.steps.sees(member.steps.t('leave_nothing_new'));
		await member.page
			.getByRole('dialog')
			.getByRole('button', { name: member.steps.t('leave_space') })
			.click();
		await member.steps.sees(member.steps.t('spaces_none_title'));
		await until('the others know', () => forum.alice.client.spaces[0]?.members.length === 1);
		await until('and renew the keys', () => forum.alice.client.spaces[0]?.renewing === false);
		await member.context.close();
	});
});
