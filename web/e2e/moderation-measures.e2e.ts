import { moderationIn } from '@multaqa/shared/moderation/desk';
import { discussionOf } from '@multaqa/shared/threads/posts';
import { describe, expect, test } from 'vitest';
import { choose } from './testing/discussion.ts';
import { sent, until } from './testing/forum.ts';
import { confirm, DESK, dialogOf, isSound, PHONE, SLUR } from './testing/moderated.ts';
import { at } from './testing/each-moderated.ts';

const ANSWER = 'جواب من فاطمة';
test('writing is paused with a reason and an end: no composer, the reason, and an appeal; never of a critic', async () => {
	const { bob, fatima, stream, forum } = at;
	await fatima.client.append(forum.space.id, stream, 'post.add', { text: ANSWER, reply: null });
	await sent(fatima);
	const author = await at.enter(bob, PHONE);
	await at.openThread(author);
	await author.steps.field('composer_post').waitFor();

	const facilitator = await at.enter(fatima, DESK);
	await at.openThread(facilitator);
	await choose(facilitator, SLUR, 'decide_menu');
	await dialogOf(facilitator)
		.getByRole('radio', { name: facilitator.steps.t('decide_silence') })
		.check();
	await dialogOf(facilitator).getByRole('radio', { name: '1 day' }).check();
	await facilitator.steps.field('decide_reason').fill('تحريض متكرر');
	await confirm(facilitator, 'decide_silence');
	await author.steps.field('composer_post').waitFor({ state: 'detached' });
	await author.steps.sees('تحريض متكرر');
	await author.steps.button('appeal_do').waitFor();
	await isSound(author);
	const [measure] = [...moderationIn(fatima.client, forum.space.id).measures.values()];
	await at.does(fatima, 'moderation.lift', { measure: measure!.id, reason: 'يكفي' });
	await author.steps.field('composer_post').waitFor();
	// His other device hears of it on a line of its own.
	await until('Bob may write', () => bob.client.spaces[0]?.writable === true);

	const answer = fatima.client.events(forum.space.id, stream).at(-1)!.id;
	await bob.client.append(forum.space.id, stream, 'post.add', { text: 'نقد لجوابكم', reply: answer });
	await sent(bob);
	await facilitator.steps.sees('نقد لجوابكم');
	await choose(facilitator, 'نقد لجوابكم', 'decide_menu');
	await dialogOf(facilitator).getByText(facilitator.steps.t('moderation_rule_own_case')).first().waitFor();
	for (const key of ['decide_silence', 'decide_hide'] as const) {
		expect(
			await dialogOf(facilitator)
				.getByRole('radio', { name: facilitator.steps.t(key) })
				.count(),
		).toBe(0);
	}
	await dialogOf(facilitator)
		.getByRole('radio', { name: facilitator.steps.t('decide_reword') })
		.waitFor();
	await isSound(facilitator);
});

test('what hangs on a hidden post is behind the same «show» as its words, and not for others', async () => {
	const { bob, dana, fatima, karim, stream, forum } = at;
	const attachment = await bob.client.attachments.attach(forum.space.id, {
		bytes: new TextEncoder().encode('محضر'),
		name: 'محضر الاجتماع',
		type: 'text/plain',
		pixels: null,
	});
	const content = { text: 'انظروا الملف', reply: null, attachments: [attachment] };
	const post = await bob.client.append(forum.space.id, stream, 'post.add', content);
	await sent(bob);
	await until('Fatima sees it', () => fatima.client.events(forum.space.id, stream).length === 2);
	await at.does(fatima, 'moderation.hide', { stream, post, reason: 'بيانات خاصة' });
	await sent(fatima);
	for (const [person, options, key] of [
		[bob, PHONE, 'hidden_read_own'],
		[karim, DESK, 'hidden_read'],
	] as const) {
		const member = await at.enter(person, options);
		await at.openThread(member);
		const file = member.page.getByText('محضر الاجتماع').first();
		await member.steps.sees('بيانات خاصة');
		expect(await file.isVisible()).toBe(false);
		await member.page.getByText(member.steps.t(key), { exact: true }).click();
		await file.waitFor();
		await isSound(member);
	}
	const other = await at.enter(dana, PHONE);
	await at.openThread(other);
	await other.steps.sees('بيانات خاصة');
	expect(await other.page.getByText('محضر الاجتماع').count()).toBe(0);
});

test('words that came to a slowed discussion too soon are a draft again, with their files', async () => {
	const { bob, dana, fatima, stream, forum } = at;
	const attachment = await bob.client.attachments.attach(forum.space.id, {
		bytes: new TextEncoder().encode('محضر'),
		name: 'محضر الاجتماع',
		type: 'text/plain',
		pixels: null,
	});
	await at.does(fatima, 'moderation.slow', { stream, seconds: 3_600, reason: 'تهدئة' });
	await sent(fatima);
	await bob.client.append(forum.space.id, stream, 'post.add', { text: '', reply: null, attachments: [attachment] });
	await sent(bob);
	const author = await at.enter(bob, PHONE);
	await at.openThread(author);
	await author.steps.sees(author.steps.t('too_soon_draft'));
	const tray = () =>
		author.page
			.locator('main')
			.evaluate((main) => main.textContent + [...main.querySelectorAll('input')].map(({ value }) => value).join(' '));
	await expect.poll(tray).toContain('محضر الاجتماع');
	await isSound(author);
	await at.does(fatima, 'moderation.lift', {
		measure: [...moderationIn(fatima.client, forum.space.id).measures.keys()][0]!,
		reason: 'هدأ',
	});
	await author.page.getByText(author.steps.t('composer_slow_left')).waitFor({ state: 'detached' });
	await author.steps.send();
	await until('Dana sees the file', () => JSON.stringify(discussionOf(dana.client.events(forum.space.id, stream)).items).includes('محضر'));
	const [, shown] = discussionOf(dana.client.events(forum.space.id, stream)).items;
	const [file] = shown?.kind === 'post' ? shown.attachments : [];
	expect(new TextDecoder().decode(await dana.client.attachments.open(forum.space.id, file!))).toBe('محضر');
});

describe('a discussion', () => {
	test('is slowed: the composer says how long to wait, and keeps what is written', async () => {
		const { bob, fatima } = at;
		const facilitator = await at.enter(fatima, DESK);
		await at.openThread(facilitator);
		await facilitator.steps.button('thread_menu').click();
		await facilitator.page.getByRole('menuitem', { name: 'Slow pace', exact: true }).click();
		await dialogOf(facilitator).getByRole('radio', { name: '1 hour' }).check();
		await facilitator.steps.field('decide_reason').fill('تهدئة');
		await confirm(facilitator, 'decide_slow');
		const author = await at.enter(bob, PHONE);
		await at.openThread(author);
		await author.steps.sees(author.steps.t('composer_slow_left'));
		await author.steps.sees('تهدئة');
		await author.steps.field('composer_post').fill('بقية الكلام');
		expect(await author.steps.button('send').isDisabled()).toBe(true);
		await isSound(author);
		await facilitator.steps.button('measure_lift').click();
		await facilitator.steps.field('decide_reason').fill('هدأ النقاش');
		await confirm(facilitator, 'measure_lift');
		await author.page.getByText(author.steps.t('composer_slow_left')).waitFor({ state: 'detached' });
		expect(await author.steps.field('composer_post').inputValue()).toBe('بقية الكلام');
		await author.steps.send();
		await facilitator.steps.sees('بقية الكلام');
	});

	test('has posts approved first: they wait, are let in, or kept out with a reason', async () => {
		const { bob, dana, fatima, karim, stream, forum } = at;
		await at.does(fatima, 'moderation.approval', { stream, reason: 'نقاش حساس' });
		await sent(fatima);
		const author = await at.enter(bob, PHONE);
		const other = await at.enter(dana, PHONE);
		await at.openThread(other);
		await at.openThread(author);
		await author.steps.sees(author.steps.t('composer_approval'));
		for (const text of ['الأولى', 'الثانية']) {
			await author.steps.field('composer_post').fill(`مشاركة ${text}`);
			await author.steps.send();
			await author.steps.sees(`مشاركة ${text}`);
		}
		await author.steps.sees(author.steps.t('waiting_own'));
		await isSound(author);
		const facilitator = await at.enter(fatima, DESK);
		await at.openThread(facilitator);
		await fatima.client.append(forum.space.id, stream, 'post.add', { text: 'بعدهما', reply: null });
		await facilitator.steps.sees('بعدهما');
		const order = await facilitator.page.getByRole('article').allInnerTexts();
		expect(order.map((text) => [SLUR, 'الأولى', 'الثانية', 'بعدهما'].findIndex((part) => text.includes(part)))).toEqual([0, 1, 2, 3]);
		const waiting = (text: string) => facilitator.page.getByRole('article').filter({ hasText: text });
		await waiting('مشاركة الأولى')
			.getByRole('button', { name: facilitator.steps.t('waiting_admit') })
			.click();
		await other.steps.sees('مشاركة الأولى');
		await waiting('مشاركة الثانية')
			.getByRole('button', { name: facilitator.steps.t('waiting_keep_out') })
			.click();
		await facilitator.steps.field('decide_reason').fill('خارج الموضوع');
		await confirm(facilitator, 'waiting_keep_out');
		await author.steps.sees(author.steps.t('waiting_kept_out'));
		await author.steps.sees('خارج الموضوع');
		await isSound(author);
		expect(await other.page.getByText('مشاركة الثانية').count()).toBe(0);
		await author.steps.button('appeal_do').click();
		await author.steps.field('appeal_text').fill('في صلب الموضوع');
		await confirm(author, 'appeal_send');
		await author.steps.sees(author.steps.t('appeal_waits'));
		expect(await facilitator.steps.button('appeal_overturn').count()).toBe(0);
		const judge = await at.enter(karim, DESK);
		await at.openModeration(judge);
		await judge.steps.sees('في صلب الموضوع');
		await judge.steps.button('appeal_overturn').click();
		await judge.steps.field('decide_reason').fill('صحيح');
		await confirm(judge, 'appeal_overturn');
		await other.steps.sees('مشاركة الثانية');
		await at.openModeration(facilitator, '/log');
		for (const key of ['log_kept_out', 'log_overturned'] as const) await facilitator.steps.sees(facilitator.steps.t(key));
		await isSound(facilitator);
	});
});

test('the author is asked to put it differently, and may, after the time for edits too', async () => {
	const { bob, dana, fatima, stream, slur } = at;
	await at.does(fatima, 'moderation.reword', { stream, post: slur, reason: 'دون تعميم' });
	const author = await at.enter(bob, PHONE);
	await at.openThread(author);
	await author.steps.sees(author.steps.t('rewording_asked_you'));
	await author.steps.sees('دون تعميم');
	await isSound(author);
	const other = await at.enter(dana, DESK);
	await at.openThread(other);
	await other.steps.sees(other.steps.t('rewording_asked'));
	expect(await other.page.getByText('دون تعميم').count()).toBe(0);
	await author.steps.button('rewording_do').click();
	await author.steps.field('edit_label').fill('كلام مهذب');
	await author.steps.button('save').click();
	await other.steps.sees('كلام مهذب');
	await other.page.getByText(other.steps.t('rewording_asked')).waitFor({ state: 'detached' });

	await at.openModeration(author);
	await author.steps.sees(author.steps.t('rewording_done'));
	expect(await author.steps.button('appeal_do').count()).toBe(0);
	await isSound(author);
	await at.does(fatima, 'moderation.reword', { stream, post: slur, reason: 'ألطف من هذا' });
	await author.steps.sees('ألطف من هذا');
	await author.steps.button('appeal_do').first().waitFor();
});

test('a watch-word is asked about in all its spellings, on the author’s device alone', async () => {
	const { bob, dana, fatima, karim, stream, forum } = at;
	const facilitator = await at.enter(fatima, PHONE);
	await at.openModeration(facilitator, '/words');
	const { steps } = facilitator;
	await steps.field('words_new').fill('خا');
	await steps.button('words_add').click();
	await steps.sees(steps.t('words_too_short'));
	await steps.field('words_new').fill('خائن');
	await steps.button('words_add').click();
	await facilitator.page.getByRole('button', { name: steps.t('words_remove_one', { word: 'خائن' }) }).waitFor();
	await isSound(facilitator);

	const author = await at.enter(bob, PHONE);
	await at.openThread(author);
	await until('the word came', () => moderationIn(bob.client, forum.space.id).words.length === 1);
	for (const text of ['أيها الخَااائن', 'وللخائنين حسابهم']) {
		await author.steps.field('composer_post').fill(text);
		await author.steps.button('send').click();
		const question = author.page.getByRole('alertdialog', { name: 'قد يُفهم هذا تحريضًا، هل يلزم التعديل؟' });
		await question.waitFor();
		expect(await author.steps.button('watch_edit').evaluate((button) => button === document.activeElement)).toBe(true);
		await isSound(author);
		await author.steps.button('watch_edit').click();
		await question.waitFor({ state: 'detached' });
		expect(await author.steps.field('composer_post').inputValue()).toBe(text);
	}
	await author.steps.button('send').click();
	await author.steps.button('watch_send').click();
	await author.steps.sendNow();
	await until('it is said', () => JSON.stringify(dana.client.events(forum.space.id, stream)).includes('وللخائنين حسابهم'));
	expect([...fatima.client.letters.list, ...karim.client.letters.list]).toEqual([]);
	expect(moderationIn(dana.client, forum.space.id).log.length).toBe(1);
});
