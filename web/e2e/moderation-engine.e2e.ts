import { letters, spaces } from '@multaqa/shared/api/index';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { casesOf } from '@multaqa/shared/moderation/cases';
import { act, moderationIn, moderationStreamOf } from '@multaqa/shared/moderation/desk';
import type { Act } from '@multaqa/shared/moderation/events';
import { FLAG, flagIn, sendFlag, type Flag } from '@multaqa/shared/moderation/flags';
import { discussionOf } from '@multaqa/shared/threads/posts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openThread, PASSPHRASE, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openHeadless } from './testing/headless.ts';
import { createLiar, flipped } from './testing/liar.ts';

const SLUR = 'كلام يحرض على جماعة';
const NOTE = 'هذا تحريض صريح';
let forum: TestForum;
/** Bob writes, Dana reports, Fatima and Karim facilitate; Alice, who founded the space, coordinates. */
let bob: Person, dana: Person, fatima: Person, karim: Person;
let stream: StreamId, slur: Hash;
let cut = false;
const bobsLine: typeof fetch = (input, init) => (cut ? Promise.reject(new TypeError('no line')) : fetch(input, init));
const danasLiar = createLiar();
const fatimasLiar = createLiar();

beforeEach(async () => {
	cut = false;
	danasLiar.repent();
	fatimasLiar.repent();
	forum = await startForum();
	bob = await forum.join('باسل', { send: bobsLine });
	dana = await forum.join('دانا', { send: danasLiar.send });
	fatima = await forum.join('فاطمة', { role: 'facilitator', send: fatimasLiar.send });
	karim = await forum.join('كريم', { role: 'facilitator' });
	({ stream, post: slur } = await openThread(bob, forum.space, 'موضوع', SLUR));
	await sent(bob);
	for (const person of [dana, fatima, karim]) await until('the post is seen', () => shown(person).length === 1);
});
afterEach(() => forum.stop());

const account = ({ client }: Person): AccountId => client.status.account!;
const seconds = () => Math.floor(Date.now() / 1000);
const spaceOf = ({ client }: Person) => client.spaces.find(({ id }) => id === forum.space.id)!;
const shown = ({ client }: Person): string[] =>
	discussionOf(client.events(forum.space.id, stream)).items.map((item) =>
		item.kind === 'post' ? (item.hidden ? 'hidden' : item.text) : item.kind,
	);
const does = (person: Person, type: Act['type'], content: object) =>
	act(person.client, spaceOf(person), { type, content } as unknown as Act, seconds());
const decidesAbout = (person: Person, type: Act['type'], content: object = {}) =>
	does(person, type, { stream, post: slur, reason: 'تحريض', ...content });
const refused = (work: Promise<unknown>) =>
	work.then(
		() => 'done',
		(error: { detail?: { rule?: string } }) => error.detail?.rule,
	);
const flag = (person: Person) =>
	sendFlag(person.client, spaceOf(person), account(bob), { stream, post: slur, revision: slur, reason: 'incitement', note: NOTE });
const flagsOf = async ({ client }: Person): Promise<readonly Flag[]> => {
	const read = await Promise.all(client.letters.list.map((letter) => flagIn(client, client.spaces[0]!, letter)));
	return read.flatMap((one) => (one ? [one] : []));
};

describe('a report', () => {
	test('reaches those who facilitate with the signed original, and nobody else', async () => {
		await flag(dana);
		for (const person of [fatima, karim, forum.alice]) await until('a letter came', () => person.client.letters.list.length === 1);
		const [report] = await flagsOf(fatima);
		expect(report).toMatchObject({ from: account(dana), reason: 'incitement', note: NOTE, original: { author: account(bob), text: SLUR } });
		expect([bob.client.letters.list, dana.client.letters.list]).toEqual([[], []]);
		const rows = await forum.server.context.db.selectFrom('letters').selectAll().execute();
		const kept = Buffer.concat(rows.map(({ bytes, account: to, hour }) => Buffer.concat([Buffer.from(bytes), Buffer.from(to + hour)])));
		for (const secret of [NOTE, SLUR, account(dana), account(bob)]) expect(kept.includes(Buffer.from(secret))).toBe(false);
		const acts = [fatima, bob].flatMap(({ client }) => client.events(forum.space.id, moderationStreamOf(forum.space.id)));
		expect(acts).toEqual([]);
	});

	test('still proves what was said after its author took it back', async () => {
		await bob.client.append(forum.space.id, stream, 'post.delete', { post: slur });
		await until('it is taken back', () => shown(dana)[0] === '');
		await flag(dana);
		await until('a letter came', () => fatima.client.letters.list.length === 1);
		expect((await flagsOf(fatima))[0]?.original?.text).toBe(SLUR);
	});

	test('that puts other words into somebody’s mouth proves nothing, and counts against nobody', async () => {
		const { signed, signature } = await dana.client.evidence.of(forum.space.id, slur);
		const send = (content: object) =>
			dana.client.letters.send([account(fatima)], { space: forum.space.id, kind: FLAG, content: content as Cbor });
		const about = { stream, post: slur, reason: 'incitement', note: '' };
		await send({ ...about, signed: flipped(signed), signature });
		await send({ ...about, signed, signature: flipped(signature) });
		const { post: other } = await openThread(dana, forum.space, 'آخر', 'كلام دانا');
		await sent(dana);
		await dana.client.refresh(forum.space.id);
		const own = await dana.client.evidence.of(forum.space.id, other);
		await send({ ...about, ...own });
		await until('letters came', () => fatima.client.letters.list.length === 3);
		const reports = await flagsOf(fatima);
		expect(reports.map(({ original }) => original)).toEqual([null, null, null]);
		const cases = () =>
			casesOf(reports, moderationIn(fatima.client, forum.space.id), fatima.client.events(forum.space.id, forum.space.index));
		expect(cases()).toMatchObject([{ flags: [], mismatched: { length: 3 }, ending: null }]);
		await decidesAbout(karim, 'moderation.discard');
		await until('the case ends', () => cases()[0]?.ending?.by === account(karim));
	});

	test('from a clock that runs ahead can be ended like any other', async () => {
		let ahead = 0;
		const rana = await forum.join('رنا', { now: () => Date.now() + ahead });
		await until('the post is seen', () => shown(rana).length === 1);
		ahead = 10 * 24 * 60 * 60 * 1000;
		await flag(rana);
		await until('a letter came', () => fatima.client.letters.list.length === 1);
		await decidesAbout(fatima, 'moderation.dismiss');
		const index = () => fatima.client.events(forum.space.id, forum.space.index);
		const [about] = casesOf(await flagsOf(fatima), moderationIn(fatima.client, forum.space.id), index());
		expect(about?.ending).toMatchObject({ type: 'moderation.dismiss', by: account(fatima) });
		await fatima.client.close();
		const again = await openHeadless(fatima.device);
		await again.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		expect(again.letters.list).toMatchObject([{ holds: true, time: expect.toSatisfy((time: number) => time <= seconds()) }]);
		await again.close();
	});

	test('that the server alters, repeats or makes up is shown as broken, or once', async () => {
		fatimasLiar.about(letters.read, ({ letters: list, more }) => ({
			letters: list.map(({ number, bytes }) => ({ number, bytes: flipped(bytes as Uint8Array) })),
			more,
		}));
		await flag(dana);
		await until('a letter came', () => fatima.client.letters.list.length === 1);
		expect(fatima.client.letters.list).toEqual([{ number: expect.any(Number), holds: false }]);
		fatimasLiar.about(letters.read, (answer) => ({ ...answer, letters: [{ number: 1, bytes: new Uint8Array(1200) }, ...answer.letters] }));
		await flag(dana);
		await until('another came', () => fatima.client.letters.list.length === 2);
		expect(fatima.client.letters.list.map(({ holds }) => holds)).toEqual([false, true]);
	});

	test('meant for one facilitator does not open for another', async () => {
		await dana.client.letters.send([account(fatima)], { space: forum.space.id, kind: FLAG, content: {} });
		await until('a letter came', () => fatima.client.letters.list.length === 1);
		const [letter] = await forum.server.context.db.selectFrom('letters').selectAll().execute();
		await forum.server.context.db
			.insertInto('letters')
			.values({ account: account(karim), number: 1, hour: '', bytes: letter!.bytes })
			.execute();
		await dana.client.letters.send([account(karim)], { space: forum.space.id, kind: FLAG, content: {} });
		await until('letters came', () => karim.client.letters.list.length === 2);
		expect(karim.client.letters.list.map(({ holds }) => holds)).toEqual([false, true]);
	});

	test('made without a line waits sealed, and is there after a reload on every device of a facilitator', async () => {
		const { stream: other, post: answer } = await openThread(dana, forum.space, 'رد', 'كلام آخر');
		await sent(dana);
		await bob.client.refresh(forum.space.id);
		cut = true;
		const about = { stream: other, post: answer, revision: answer, reason: 'other', note: '' } as const;
		await sendFlag(bob.client, spaceOf(bob), account(dana), about);
		expect(bob.client.letters.waiting).toBe(3);
		await bob.client.close();
		cut = false;
		const again = await openHeadless(bob.device);
		await again.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		await until('the letters are gone', () => again.letters.waiting === 0);
		await until('a letter came', () => fatima.client.letters.list.length === 1);
		await fatima.client.close();
		const fatimaAgain = await openHeadless(fatima.device);
		await fatimaAgain.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		expect(fatimaAgain.letters.list).toMatchObject([{ from: account(bob), holds: true }]);
		await Promise.all([again.close(), fatimaAgain.close()]);
	});
});

describe('what a facilitator decides', () => {
	test('hides a post for everybody, in a log that every member reads, and another facilitator lifts it on appeal', async () => {
		const measure = await decidesAbout(fatima, 'moderation.hide');
		for (const person of [bob, dana, karim]) await until('it is hidden', () => shown(person)[0] === 'hidden');
		expect(moderationIn(dana.client, forum.space.id).log).toMatchObject([{ by: account(fatima), act: { content: { reason: 'تحريض' } } }]);
		await does(bob, 'moderation.appeal', { measure, text: 'رأي سياسي' });
		await until('the appeal came', () => moderationIn(karim.client, forum.space.id).log.length === 2);
		expect(await refused(does(fatima, 'moderation.decide', { measure, uphold: true, reason: 'يبقى' }))).toBe(
			'appeal-is-decided-by-another',
		);
		await does(karim, 'moderation.decide', { measure, uphold: false, reason: 'رأي لا تحريض' });
		for (const person of [bob, dana, fatima]) await until('it is back', () => shown(person)[0] === SLUR);
	});

	test('silences with a reason and an end; whoever is silenced may appeal and nothing else', async () => {
		const measure = await decidesAbout(fatima, 'moderation.silence', { days: 1 });
		await until('Bob hears of it', () => spaceOf(bob).writable === false);
		const own = spaceOf(bob).members.find((member) => member.account === account(bob));
		expect(own?.silencedUntil).toBeGreaterThan(seconds() + 86_000);
		expect(await refused(bob.client.append(forum.space.id, stream, 'post.add', { text: 'بعد', reply: null }))).toBe(
			'author-is-not-silenced',
		);
		await does(bob, 'moderation.appeal', { measure, text: 'لم أحرض' });
		await until('the appeal came', () => moderationIn(karim.client, forum.space.id).measures.get(measure)?.appeal !== null);
		await does(karim, 'moderation.decide', { measure, uphold: false, reason: 'يكفي' });
		await until('Bob may write', () => spaceOf(bob).writable);
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'شكرًا', reply: null });
		await until('it is seen', () => shown(dana).includes('شكرًا'));
	});

	test('holds for what was written without a line and comes later: nobody is shown it', async () => {
		cut = true;
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'إضافة', reply: null });
		await decidesAbout(fatima, 'moderation.silence', { days: 3 });
		await sent(fatima);
		cut = false;
		await bob.client.refresh(forum.space.id);
		await bob.client.append(forum.space.id, forum.space.index, 'profile.person', { name: 'باسل' }).catch(() => undefined);
		await until('everything came', () => dana.client.events(forum.space.id, stream).length === 2, 20_000);
		for (const person of [dana, karim]) expect(shown(person)).toEqual([SLUR]);
	});

	test('is refused without a reason, upward, and in an own case; a program that does it all the same moves nobody', async () => {
		expect(await refused(decidesAbout(dana, 'moderation.hide'))).toBe('facilitators-moderate');
		const answer = await fatima.client.append(forum.space.id, stream, 'post.add', { text: 'جوابي', reply: null });
		await sent(fatima);
		await until('Bob sees it', () => shown(bob).includes('جوابي'));
		const critique = await bob.client.append(forum.space.id, stream, 'post.add', { text: 'نقد', reply: answer });
		await until('Fatima sees it', () => shown(fatima).includes('نقد'));
		const silence = { stream, post: critique, days: 1, reason: 'إزعاج' };
		expect(await refused(does(fatima, 'moderation.silence', silence))).toBe('nobody-judges-an-own-case');
		const acts = moderationStreamOf(forum.space.id);
		await fatima.client.append(forum.space.id, acts, 'moderation.silence', silence);
		await fatima.client.append(forum.space.id, acts, 'moderation.silence', { ...silence, post: slur, reason: '' });
		await dana.client.append(forum.space.id, acts, 'moderation.hide', { stream, post: slur, reason: 'لا يعجبني' });
		await until('all of it came', () => bob.client.events(forum.space.id, acts).length === 3);
		expect([spaceOf(bob).writable, shown(bob), moderationIn(bob.client, forum.space.id).log]).toEqual([true, [SLUR, 'جوابي', 'نقد'], []]);
	});

	test('cannot be dropped by the server unnoticed', async () => {
		const liar = createLiar();
		const eve = await forum.join('إيفا', { send: liar.send, deaf: true });
		await decidesAbout(fatima, 'moderation.hide');
		await does(fatima, 'moderation.slow', { stream, seconds: 60, reason: 'تهدئة' });
		await sent(fatima);
		const acts = moderationStreamOf(forum.space.id);
		let dropped = 0;
		liar.about(spaces.sync, (answer) => ({ ...answer, events: answer.events.filter((event) => event.stream !== acts || dropped++ > 0) }));
		await eve.client.refresh(forum.space.id);
		expect(dropped).toBeGreaterThan(1);
		expect(moderationIn(eve.client, forum.space.id).broken).toBeGreaterThan(0);
		expect(eve.client.findings.map(({ rule }) => rule)).toContain('positions-have-no-gap');
	});
});
