import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { decides, joinFor, openIssue, says, stance, takes } from './testing/council.ts';
import { startForum, type Person, type TestForum } from './testing/forum.ts';
import type { Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';

const HOUR = 3_600_000;
let browser: Browser;
let forum: TestForum;
let union: OrganisationId;
let rima: Person;
let stream: StreamId;
let version: Hash;
/** How far the clocks of the server and of Alice's first device are ahead, in milliseconds. */
let ahead: number;
beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => {
	ahead = 0;
	forum = await startForum(() => Date.now() + ahead);
	union = await forum.alice.client.addOrganisation('اتحاد النساء');
	rima = await joinFor(forum, union, 'ريما');
	({ stream, version } = await openIssue(forum, forum.alice));
});
afterEach(() => forum.stop());

const address = () => `/s/${forum.space.id}/positions/${stream}`;
const decisionOn = ({ page, steps }: Member) => page.getByRole('region', { name: steps.t('decision'), exact: true });
const day = (distance: number) => new Date(Date.now() + distance * 24 * HOUR).toISOString().slice(0, 10);

/** Ends the decision that runs, by a clock that has come so far. */
async function end(decision: Hash): Promise<void> {
	ahead = 2 * HOUR;
	await says(forum, forum.alice, stream, 'decision.end', { decision });
}

describe('a decision, on a desktop in English', () => {
	test('is opened with a quorum that is possible, fixed from then on, and counted live', async () => {
		const member = await enterInBrowser(browser, forum, forum.alice, { language: 'en' });
		const { page, steps } = member;
		await go(page, address());
		await steps.button('decision_open_begin').click();
		for (const impossible of ['0', '101', 'half']) {
			await steps.field('decision_quorum').fill(impossible);
			await steps.sees(steps.t('position_rule_quorum'));
		}
		await steps.field('decision_quorum').fill('50');
		await steps.button('decision_open').click();
		await decisionOn(member).getByText(steps.t('decision_phase_open')).waitFor();
		await decisionOn(member).getByText(steps.t('clock_new_york')).waitFor();
		await decisionOn(member)
			.getByText(steps.t('decision_quorum_of', { answered: '0', of: '2' }))
			.waitFor();
		await takes(forum, rima, stream, stance(version));
		await decisionOn(member).getByText(steps.t('decision_quorum_met')).waitFor();
		await decisionOn(member)
			.getByText(steps.t('decision_quorum_of', { answered: '1', of: '2' }))
			.waitFor();
		expect(await steps.button('position_new_version').count()).toBe(0);
	});

	test('is closed with an outcome, reasons and a review that is not over; the host lends its name in a step of its own', async () => {
		const decision = await decides(forum, forum.alice, stream, version);
		await takes(forum, rima, stream, stance(version));
		await end(decision);
		const member = await enterInBrowser(browser, forum, forum.alice, { language: 'en' });
		const { page, steps } = member;
		await go(page, address());
		await steps.button('decision_close_begin').click();
		await steps.field('decision_review').fill(day(-3));
		await steps.button('decision_close').click();
		await steps.sees(steps.t('position_rule_outcome'));
		await steps.sees(steps.t('position_rule_review'));
		await page
			.getByLabel(steps.t('position_in_language', { label: steps.t('decision_outcome'), language: 'English' }))
			.fill('The text is ours.');
		await steps.field('decision_reasons').fill('Nobody objected.');
		await steps.field('decision_review').fill(day(90));
		await steps.button('decision_close').click();
		await decisionOn(member)
			.getByRole('heading', { name: steps.t('decision_passed') })
			.waitFor();
		await steps.button('decision_sign').click();
		await steps.sees(steps.t('decision_signed'));
	});

	test('without a quorum comes to no decision, and is not called rejected', async () => {
		const decision = await decides(forum, forum.alice, stream, version, { quorum: 100 });
		await takes(forum, rima, stream, stance(version));
		await end(decision);
		const member = await enterInBrowser(browser, forum, rima, { language: 'en' });
		await go(member.page, address());
		await member.steps.sees(member.steps.t('decision_quorum_open'));
		const { result, why } = { result: member.steps.t('decision_none'), why: member.steps.t('decision_why_quorum') };
		await member.steps.sees(member.steps.t('decision_so_far', { result, why }));
	});
});

describe('on a phone, in Arabic', () => {
	const PHONE = { width: 360, height: 740 };

	test('whoever has not answered finds it on Today, and who has does not', async () => {
		await decides(forum, forum.alice, stream, version);
		const { page, steps } = await enterInBrowser(browser, forum, rima, PHONE);
		await go(page, '/');
		const waiting = page.getByRole('region', { name: steps.t('today_waits') }).getByRole('link', { name: /لجنة المفقودين/ });
		await waiting.waitFor();
		await takes(forum, rima, stream, stance(version));
		await waiting.waitFor({ state: 'hidden' });
	});

	test('an organisation that came later is told that it is not eligible', async () => {
		await decides(forum, forum.alice, stream, version);
		const late = await joinFor(forum, await forum.alice.client.addOrganisation('منظمة متأخرة'), 'ليلى');
		const { page, steps } = await enterInBrowser(browser, forum, late, PHONE);
		await go(page, address());
		await steps.sees(steps.t('decision_not_eligible_mine'));
		await steps.sees(steps.t('decision_bridging_too_few'));
		expect(await fitsWidth(page)).toBe(true);
	});

	test('a sealed answer is read by nobody, and opened by its own program once the round has ended', async () => {
		const decision = await decides(forum, forum.alice, stream, version, { hidden: { opening: 3 * 24 * 60 * 60 } });
		const member = await enterInBrowser(browser, forum, rima, PHONE);
		const { page, steps } = member;
		await go(page, address());
		await steps.button('stance_take').click();
		await page.getByRole('radio', { name: steps.t('stance_aside') }).check();
		await steps.field('stance_by').selectOption('board');
		await steps.button('stance_seal').click();
		await steps.sees(steps.t('stance_sealed_text'));
		const host = await enterInBrowser(browser, forum, forum.alice, { language: 'en' });
		await go(host.page, address());
		await decisionOn(host).getByText(host.steps.t('decision_sealed_hint')).waitFor();
		expect(await host.page.locator('main').innerText()).not.toContain(host.steps.t('stance_aside'));
		await end(decision);
		await host.page
			.getByRole('listitem')
			.getByText(`${host.steps.t('stance_aside')}: 1`)
			.first()
			.waitFor({ timeout: 60_000, state: 'attached' });
	});
});
