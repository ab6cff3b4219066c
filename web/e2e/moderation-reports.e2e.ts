import { hourOf } from '@multaqa/db/hour';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import { FLAG } from '@multaqa/shared/moderation/flags';
import { expect, test } from 'vitest';
import { choose } from './testing/discussion.ts';
import { until } from './testing/forum.ts';
import { accountOf } from './testing/lied-to.ts';
import { flipped } from './testing/liar.ts';
import { unlock } from './testing/member.ts';
import { confirm, DESK, dialogOf, isSound, PHONE, SLUR } from './testing/moderated.ts';
import { go } from './testing/people.ts';
import { at } from './testing/each-moderated.ts';

test('a post is reported, proven, hidden with a reason, appealed by its author and brought back by another facilitator', async () => {
	const { bob, dana, fatima, karim } = at;
	const reporter = await at.enter(dana, PHONE);
	await at.openThread(reporter);
	await choose(reporter, SLUR, 'flag_menu');
	for (const name of ['فاطمة', 'كريم']) await dialogOf(reporter).getByText(name).waitFor();
	await reporter.steps.sees(reporter.steps.t('flag_server'));
	await isSound(reporter);
	await reporter.steps.field('flag_note').fill('تحريض صريح');
	await reporter.steps.button('flag_do').click();
	await reporter.steps.sees(reporter.steps.t('flag_sent'));
	await dialogOf(reporter)
		.getByRole('button', { name: reporter.steps.t('close') })
		.last()
		.click();

	const facilitator = await at.enter(fatima, DESK);
	await go(facilitator.page, '/');
	await facilitator.page.getByText('1 report waits for facilitators').click();
	await facilitator.steps.sees(facilitator.steps.t('case_proven'));
	for (const text of [SLUR, 'تحريض صريح', 'دانا']) await facilitator.steps.sees(text);
	await isSound(facilitator);
	await facilitator.steps.button('decide_do').click();
	await dialogOf(facilitator)
		.getByRole('radio', { name: facilitator.steps.t('decide_hide') })
		.check();
	await dialogOf(facilitator)
		.getByRole('button', { name: facilitator.steps.t('decide_hide') })
		.click();
	await facilitator.steps.sees(facilitator.steps.t('moderation_reason_missing'));
	expect(await facilitator.steps.field('decide_reason').evaluate((field) => field === document.activeElement)).toBe(true);
	await isSound(facilitator);
	await facilitator.steps.field('decide_reason').fill('يحرض على جماعة');
	await confirm(facilitator, 'decide_hide');

	await reporter.steps.sees(reporter.steps.t('hidden_post'));
	await reporter.steps.sees('يحرض على جماعة');
	expect(await reporter.page.getByText(SLUR).count()).toBe(0);
	await isSound(reporter);

	const author = await at.enter(bob, PHONE);
	await go(author.page, '/');
	await author.page.locator('main').getByText('يحرض على جماعة').click();
	await author.steps.sees(author.steps.t('about_me_text'));
	await isSound(author);
	await author.steps.button('appeal_do').click();
	await isSound(author);
	await author.steps.field('appeal_text').fill('هذا رأي لا تحريض');
	await confirm(author, 'appeal_send');
	await author.steps.sees(author.steps.t('appeal_waits'));
	expect(await author.steps.button('appeal_do').count()).toBe(0);

	await at.openModeration(facilitator);
	await facilitator.steps.sees(facilitator.steps.t('queue_appeal_another'));
	expect(await facilitator.steps.button('appeal_overturn').count()).toBe(0);
	const other = await at.enter(karim, DESK);
	await at.openModeration(other);
	await other.steps.sees('هذا رأي لا تحريض');
	await other.steps.button('appeal_overturn').click();
	await other.steps.field('decide_reason').fill('رأي');
	await confirm(other, 'appeal_overturn');
	await reporter.steps.sees(SLUR);

	await at.openModeration(reporter, '/log');
	for (const key of ['log_hide', 'log_overturned'] as const) await reporter.steps.sees(reporter.steps.t(key));
	await reporter.steps.sees('هذا رأي لا تحريض');
	await isSound(reporter);
	expect(at.visitors.flatMap((visitor) => visitor.console)).toEqual([]);
});

test('a forged report does not match, and counts against nobody', async () => {
	const { bob, dana, fatima, stream, slur, forum } = at;
	const { signed, signature } = await dana.client.evidence.of(forum.space.id, slur);
	const forged = { stream, post: slur, reason: 'incitement', note: 'انظروا', signed: flipped(signed), signature };
	await dana.client.letters.send([accountOf(fatima)], { space: forum.space.id, kind: FLAG, content: forged as Cbor });
	const facilitator = await at.enter(fatima, PHONE);
	await at.openModeration(facilitator);
	await facilitator.steps.sees(facilitator.steps.t('queue_reports_none'));
	await facilitator.page.getByText('بلاغ واحد غير مطابق').click();
	await facilitator.steps.sees('غير مطابق');
	expect(await facilitator.steps.button('decide_do').count()).toBe(0);
	expect(await facilitator.page.getByText(SLUR).count()).toBe(0);
	await isSound(facilitator);
	await facilitator.steps.button('case_discard').click();
	await facilitator.steps.sees(facilitator.steps.t('case_discard_says'));
	await isSound(facilitator);
	await facilitator.steps.field('decide_reason').fill('لم تقل المشاركة ذلك');
	await confirm(facilitator, 'case_discard');
	await facilitator.page.getByText('بلاغ واحد معالج').click();
	await facilitator.steps.sees('لم تقل المشاركة ذلك');
	await isSound(facilitator);
	const author = await at.enter(bob, DESK);
	await at.openModeration(author, '/log');
	await author.steps.sees(author.steps.t('log_discard'));
	await author.steps.sees('لم تقل المشاركة ذلك');
});

test('a report ends with the discussion that is closed because of it, and the case says so', async () => {
	const { bob, dana, fatima } = at;
	await at.flags(dana);
	const facilitator = await at.enter(fatima, DESK);
	await at.openModeration(facilitator);
	await facilitator.steps.button('decide_do').click();
	await dialogOf(facilitator)
		.getByRole('radio', { name: facilitator.steps.t('thread_close') })
		.check();
	await facilitator.steps.field('decide_reason').fill('خرج عن موضوعه');
	await confirm(facilitator, 'thread_close');
	await facilitator.steps.sees(facilitator.steps.t('queue_reports_none'));
	await facilitator.page.getByText('Dealt with: 1').click();
	await facilitator.steps.sees('خرج عن موضوعه');
	expect(await facilitator.steps.button('decide_do').count()).toBe(0);
	const author = await at.enter(bob, PHONE);
	await at.openThread(author);
	await author.steps.sees('خرج عن موضوعه');
});

test('a report for which a facilitator has no room is not dropped: it waits, is said to, and the other one has it', async () => {
	const { dana, fatima, karim, forum } = at;
	const bytes = new Uint8Array(10);
	const full = Array.from({ length: 1_000 }, (_, number) => ({
		account: accountOf(fatima),
		number: number + 1,
		hour: hourOf(Date.now()),
		bytes,
	}));
	const { db } = forum.server.context;
	for (let start = 0; start < full.length; start += 100)
		await db
			.insertInto('letters')
			.values(full.slice(start, start + 100))
			.execute();
	const reporter = await at.enter(dana, PHONE);
	await at.openThread(reporter);
	await choose(reporter, SLUR, 'flag_menu');
	await reporter.steps.button('flag_do').click();
	await reporter.steps.sees(reporter.steps.t('flag_partly'));
	await isSound(reporter);
	await until('the other facilitator has it', () => karim.client.letters.list.length === 1);
	await db.deleteFrom('letters').where('account', '=', accountOf(fatima)).execute();
	await reporter.page.reload();
	await unlock(reporter);
	await until('the first one has it too', () => fatima.client.letters.list.some(({ holds }) => holds), 60_000);
});
