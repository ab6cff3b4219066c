import { spaces } from '@multaqa/shared/api/index';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { act, moderationIn, moderationStreamOf } from '@multaqa/shared/moderation/desk';
import type { Act } from '@multaqa/shared/moderation/events';
import { FLAG, sendFlag } from '@multaqa/shared/moderation/flags';
import { discussionOf } from '@multaqa/shared/threads/posts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser, type VisitorOptions } from './testing/browser.ts';
import { openThread, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { flipped } from './testing/liar.ts';
import { unlock, type Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';

const PHONE = { width: 360, height: 740 } as const;
const DESK = { language: 'en', width: 1280, height: 900 } as const;
const SLUR = 'كلام يحرض على جماعة';
const ANSWER = 'جواب من فاطمة';
let browser: Browser;
let forum: TestForum;
/** Bob writes, Dana reports; Fatima and Karim facilitate. */
let bob: Person, dana: Person, fatima: Person, karim: Person;
let stream: StreamId, slur: Hash;
const visitors: Member[] = [];

beforeAll(async () => {
	browser = await startBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
	forum = await startForum();
	bob = await forum.join('باسل');
	dana = await forum.join('دانا');
	fatima = await forum.join('فاطمة', { role: 'facilitator' });
	karim = await forum.join('كريم', { role: 'facilitator' });
	({ stream, post: slur } = await openThread(bob, forum.space, 'أولويات الأسبوع', SLUR));
	await sent(bob);
	for (const { client } of [dana, fatima, karim]) await until('the post is seen', () => client.events(forum.space.id, stream).length === 1);
});
afterEach(async () => {
	for (const { context } of visitors.splice(0)) await context.close();
	await forum?.stop();
});

const seconds = () => Math.floor(Date.now() / 1000);
const accountOf = ({ client }: Person): AccountId => client.status.account!;
const spaceOf = ({ client }: Person) => client.spaces.find(({ id }) => id === forum.space.id)!;
const addressOf = (part = '') => `/s/${forum.space.id}${part}`;
const does = (person: Person, type: Act['type'], content: object) =>
	act(person.client, spaceOf(person), { type, content } as unknown as Act, seconds());
const flags = (person: Person) =>
	sendFlag(person.client, spaceOf(person), accountOf(bob), { stream, post: slur, revision: slur, reason: 'incitement', note: '' });

async function enter(person: Person, options: VisitorOptions): Promise<Member> {
	const member = await enterInBrowser(browser, forum, person, options);
	visitors.push(member);
	return member;
}

interface Synced {
	events: { stream: StreamId; envelope?: Uint8Array<ArrayBuffer> }[];
}

const openThreadOf = (member: Member) => go(member.page, addressOf(`/t/${stream}`));
const openModeration = (member: Member, part = '') => go(member.page, addressOf(`/moderation${part}`));

/** Chooses from the menu of the post with these words. */
async function choose({ page, steps }: Member, text: string, what: Parameters<typeof steps.t>[0]): Promise<void> {
	const names = { ar: /^خيارات مشاركة/, en: /^Options for the post/ };
	const post = page.getByRole('article').filter({ hasText: text }).first();
	await post.getByRole('button', { name: names[steps.language] }).click();
	await page.getByRole('menuitem', { name: steps.t(what), exact: true }).click();
}

/** It fits the screen, and axe finds nothing: on a tall one, where no bar lies over anything. */
async function isSound({ page }: Member): Promise<void> {
	expect.soft(await fitsWidth(page)).toBe(true);
	const { width, height } = page.viewportSize() ?? DESK;
	await page.setViewportSize({ width, height: 3_000 });
	const found = await violations(page);
	await page.setViewportSize({ width, height });
	expect.soft(found).toEqual([]);
}

const dialogOf = ({ page }: Member) => page.getByRole('dialog');
const confirm = async (member: Member, key: Parameters<Member['steps']['t']>[0]) => {
	await dialogOf(member)
		.getByRole('button', { name: member.steps.t(key), exact: true })
		.click();
	await dialogOf(member).waitFor({ state: 'detached' });
};

test('a post is reported, proven, hidden with a reason, appealed by its author and brought back by another facilitator', async () => {
	const reporter = await enter(dana, PHONE);
	await openThreadOf(reporter);
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

	const facilitator = await enter(fatima, DESK);
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

	const author = await enter(bob, PHONE);
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

	await openModeration(facilitator);
	await facilitator.steps.sees(facilitator.steps.t('queue_appeal_another'));
	expect(await facilitator.steps.button('appeal_overturn').count()).toBe(0);
	const other = await enter(karim, DESK);
	await openModeration(other);
	await other.steps.sees('هذا رأي لا تحريض');
	await other.steps.button('appeal_overturn').click();
	await other.steps.field('decide_reason').fill('رأي');
	await confirm(other, 'appeal_overturn');
	await reporter.steps.sees(SLUR);

	await openModeration(reporter, '/log');
	for (const key of ['log_hide', 'log_overturned'] as const) await reporter.steps.sees(reporter.steps.t(key));
	await reporter.steps.sees('هذا رأي لا تحريض');
	await isSound(reporter);
	expect(visitors.flatMap((visitor) => visitor.console)).toEqual([]);
});

test('writing is paused with a reason and an end: no composer, the reason, and an appeal; never of a critic', async () => {
	await fatima.client.append(forum.space.id, stream, 'post.add', { text: ANSWER, reply: null });
	await sent(fatima);
	const author = await enter(bob, PHONE);
	await openThreadOf(author);
	await author.steps.field('composer_post').waitFor();

	const facilitator = await enter(fatima, DESK);
	await openThreadOf(facilitator);
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
	await does(fatima, 'moderation.lift', { measure: measure!.id, reason: 'يكفي' });
	await author.steps.field('composer_post').waitFor();

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

test('a forged report does not match, and counts against nobody', async () => {
	const { signed, signature } = await dana.client.evidence.of(forum.space.id, slur);
	const forged = { stream, post: slur, reason: 'incitement', note: 'انظروا', signed: flipped(signed), signature };
	await dana.client.letters.send([accountOf(fatima)], { space: forum.space.id, kind: FLAG, content: forged as Cbor });
	const facilitator = await enter(fatima, PHONE);
	await openModeration(facilitator);
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
	const author = await enter(bob, DESK);
	await openModeration(author, '/log');
	await author.steps.sees(author.steps.t('log_discard'));
	await author.steps.sees('لم تقل المشاركة ذلك');
});

test('a report ends with the discussion that is closed because of it, and the case says so', async () => {
	await flags(dana);
	const facilitator = await enter(fatima, DESK);
	await openModeration(facilitator);
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
	const author = await enter(bob, PHONE);
	await openThreadOf(author);
	await author.steps.sees('خرج عن موضوعه');
});

test('what hangs on a hidden post is behind the same «show» as its words, and not for others', async () => {
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
	await does(fatima, 'moderation.hide', { stream, post, reason: 'بيانات خاصة' });
	await sent(fatima);
	for (const [person, options, key] of [
		[bob, PHONE, 'hidden_read_own'],
		[karim, DESK, 'hidden_read'],
	] as const) {
		const member = await enter(person, options);
		await openThreadOf(member);
		const file = member.page.getByText('محضر الاجتماع').first();
		await member.steps.sees('بيانات خاصة');
		expect(await file.isVisible()).toBe(false);
		await member.page.getByText(member.steps.t(key), { exact: true }).click();
		await file.waitFor();
		await isSound(member);
	}
	const other = await enter(dana, PHONE);
	await openThreadOf(other);
	await other.steps.sees('بيانات خاصة');
	expect(await other.page.getByText('محضر الاجتماع').count()).toBe(0);
});

test('words that came to a slowed discussion too soon are a draft again, with their files', async () => {
	const attachment = await bob.client.attachments.attach(forum.space.id, {
		bytes: new TextEncoder().encode('محضر'),
		name: 'محضر الاجتماع',
		type: 'text/plain',
		pixels: null,
	});
	await does(fatima, 'moderation.slow', { stream, seconds: 3_600, reason: 'تهدئة' });
	await sent(fatima);
	await bob.client.append(forum.space.id, stream, 'post.add', { text: '', reply: null, attachments: [attachment] });
	await sent(bob);
	const author = await enter(bob, PHONE);
	await openThreadOf(author);
	await author.steps.sees(author.steps.t('too_soon_draft'));
	const tray = () =>
		author.page
			.locator('main')
			.evaluate((main) => main.textContent + [...main.querySelectorAll('input')].map(({ value }) => value).join(' '));
	await expect.poll(tray).toContain('محضر الاجتماع');
	await isSound(author);
	await does(fatima, 'moderation.lift', { measure: [...moderationIn(fatima.client, forum.space.id).measures.keys()][0]!, reason: 'هدأ' });
	await author.page.getByText(author.steps.t('composer_slow_left')).waitFor({ state: 'detached' });
	await author.steps.send();
	await until('Dana sees the file', () => JSON.stringify(discussionOf(dana.client.events(forum.space.id, stream)).items).includes('محضر'));
	const [, shown] = discussionOf(dana.client.events(forum.space.id, stream)).items;
	const [file] = shown?.kind === 'post' ? shown.attachments : [];
	expect(new TextDecoder().decode(await dana.client.attachments.open(forum.space.id, file!))).toBe('محضر');
});

describe('a discussion', () => {
	test('is slowed: the composer says how long to wait, and keeps what is written', async () => {
		const facilitator = await enter(fatima, DESK);
		await openThreadOf(facilitator);
		await facilitator.steps.button('thread_menu').click();
		await facilitator.page.getByRole('menuitem', { name: 'Slow pace', exact: true }).click();
		await dialogOf(facilitator).getByRole('radio', { name: '1 hour' }).check();
		await facilitator.steps.field('decide_reason').fill('تهدئة');
		await confirm(facilitator, 'decide_slow');
		const author = await enter(bob, PHONE);
		await openThreadOf(author);
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
		await does(fatima, 'moderation.approval', { stream, reason: 'نقاش حساس' });
		await sent(fatima);
		const author = await enter(bob, PHONE);
		const other = await enter(dana, PHONE);
		await openThreadOf(other);
		await openThreadOf(author);
		await author.steps.sees(author.steps.t('composer_approval'));
		for (const text of ['الأولى', 'الثانية']) {
			await author.steps.field('composer_post').fill(`مشاركة ${text}`);
			await author.steps.send();
			await author.steps.sees(`مشاركة ${text}`);
		}
		await author.steps.sees(author.steps.t('waiting_own'));
		await isSound(author);
		const facilitator = await enter(fatima, DESK);
		await openThreadOf(facilitator);
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
		const judge = await enter(karim, DESK);
		await openModeration(judge);
		await judge.steps.sees('في صلب الموضوع');
		await judge.steps.button('appeal_overturn').click();
		await judge.steps.field('decide_reason').fill('صحيح');
		await confirm(judge, 'appeal_overturn');
		await other.steps.sees('مشاركة الثانية');
		await openModeration(facilitator, '/log');
		for (const key of ['log_kept_out', 'log_overturned'] as const) await facilitator.steps.sees(facilitator.steps.t(key));
		await isSound(facilitator);
	});
});

test('a watch-word is asked about in all its spellings, on the author’s device alone', async () => {
	const facilitator = await enter(fatima, PHONE);
	await openModeration(facilitator, '/words');
	const { steps } = facilitator;
	await steps.field('words_new').fill('خا');
	await steps.button('words_add').click();
	await steps.sees(steps.t('words_too_short'));
	await steps.field('words_new').fill('خائن');
	await steps.button('words_add').click();
	await facilitator.page.getByRole('button', { name: steps.t('words_remove_one', { word: 'خائن' }) }).waitFor();
	await isSound(facilitator);

	const author = await enter(bob, PHONE);
	await openThreadOf(author);
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

test('the author is asked to put it differently, and may, after the time for edits too', async () => {
	await does(fatima, 'moderation.reword', { stream, post: slur, reason: 'دون تعميم' });
	const author = await enter(bob, PHONE);
	await openThreadOf(author);
	await author.steps.sees(author.steps.t('rewording_asked_you'));
	await author.steps.sees('دون تعميم');
	await isSound(author);
	const other = await enter(dana, DESK);
	await openThreadOf(other);
	await other.steps.sees(other.steps.t('rewording_asked'));
	expect(await other.page.getByText('دون تعميم').count()).toBe(0);
	await author.steps.button('rewording_do').click();
	await author.steps.field('edit_label').fill('كلام مهذب');
	await author.steps.button('save').click();
	await other.steps.sees('كلام مهذب');
	await other.page.getByText(other.steps.t('rewording_asked')).waitFor({ state: 'detached' });
});

test('a server that drops a line of the log raises the red banner before everybody', async () => {
	await does(fatima, 'moderation.hide', { stream, post: slur, reason: 'تحريض' });
	await does(fatima, 'moderation.slow', { stream, seconds: 60, reason: 'تهدئة' });
	await sent(fatima);
	await flags(dana);
	const acts = moderationStreamOf(forum.space.id);
	const member = await enterInBrowser(browser, forum, dana, {
		...PHONE,
		prepare: async (context) => {
			let dropped = 0;
			await context.route(`**${spaces.sync.path.replace(':space', '*')}`, async (route) => {
				const response = await route.fetch();
				const answer = decodeCbor(await response.body(), { bytes: 2 ** 24, items: 500_000, depth: 16 }) as unknown as {
					events: { stream: StreamId }[];
				};
				answer.events = answer.events.filter((event) => event.stream !== acts || dropped++ > 0);
				await route.fulfill({ response, body: Buffer.from(encodeCbor(answer as unknown as Cbor)) });
			});
		},
	});
	visitors.push(member);
	await openModeration(member, '/log');
	await member.steps.sees(member.steps.t('log_broken'));
	await isSound(member);
	await openThreadOf(member);
	await member.steps.sees(member.steps.t('log_broken'));
	await member.page.getByRole('alert').getByRole('link').first().click();
	await member.page.waitForURL('**/safety');
});

test('something forged is told once, with what it was, and stays where it is looked up', async () => {
	let forge = true;
	const member = await enterInBrowser(browser, forum, dana, {
		...PHONE,
		prepare: async (context) => {
			await context.route(`**${spaces.sync.path.replace(':space', '*')}`, async (route) => {
				const response = await route.fetch();
				const answer = decodeCbor(await response.body(), { bytes: 2 ** 24, items: 500_000, depth: 16 }) as unknown as Synced;
				const last = answer.events.findLast((event) => event.stream === stream && event.envelope !== undefined);
				if (!forge || !last?.envelope) return route.fulfill({ response });
				forge = false;
				last.envelope = new Uint8Array(flipped(last.envelope));
				await route.fulfill({ response, body: Buffer.from(encodeCbor(answer as unknown as Cbor)) });
			});
		},
	});
	visitors.push(member);
	const { page, steps } = member;
	const banner = page.getByRole('alert').filter({ hasText: steps.t('found_altered') });
	await openModeration(member, '/log');
	await banner.waitFor();
	await isSound(member);
	await steps.button('acknowledge').click();
	await banner.waitFor({ state: 'detached' });
	await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
	await steps.sees(steps.t('log_broken_seen'));
	await isSound(member);
	await page.reload();
	await unlock(member);
	await openModeration(member, '/log');
	await steps.sees(steps.t('log_broken_seen'));
	await go(page, addressOf());
	await steps.sees('أولويات الأسبوع');
	expect(await banner.count()).toBe(0);
	await go(page, '/safety');
	await steps.sees(steps.t('found_altered_means'));
	expect(await page.getByText(steps.t('found_new'), { exact: true }).count()).toBe(0);
});
