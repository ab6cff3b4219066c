import { beforeEach, expect, test } from 'vitest';
import { Desk, type Typist } from '../../testing/drafting.ts';
import { hashOfText, canonicalBytes } from '../canonical.ts';
import { confirmed } from '../translations.ts';
import { packed } from './packed.ts';
import { DocumentLog } from './document-log.ts';
import { beginningOf } from './writer.ts';
import { liveText, type LiveText } from './text.ts';
import { clientOf } from './session.ts';
import { snapshotOf } from './snapshots.ts';
import { VersionText } from './version-text.ts';

let [desk, alice, bob, carol]: [Desk, Typist, Typist, Typist] = [] as never;
const empty = { kind: 'paragraph', level: 1, ar: '', en: '', translation: null } as const;
const words = (text: LiveText, language: 'ar' | 'en' = 'ar') => text.pairs.map((pair) => pair[language]);

beforeEach(() => {
	desk = new Desk();
	[alice, bob, carol] = [desk.sit('alice'), desk.sit('bob'), desk.sit('carol', 'facilitator')];
	alice.does(({ editing }) => {
		const pairs = [
			{ ...empty, kind: 'title' as const, ar: 'بيان', en: 'Statement' },
			{ ...empty, ar: 'نطالب بالعدالة', en: 'We ask for justice' },
			{ ...empty, ar: 'نطالب بالحقيقة', en: 'We ask for the truth' },
		];
		editing.add(
			pairs.map((pair) => confirmed({ ...pair, id: '' }, 'en')),
			null,
		);
	});
});

const idOf = (place: number, text = desk.text()) => text.pairs[place]?.id ?? '';

test('two who write in different paragraphs at once have one text, and each change says whose it is', () => {
	bob.look();
	[alice.online, bob.online] = [false, false];
	alice.does(({ editing }) => editing.write(idOf(1), 'ar', 'نطالب بالعدالة للجميع'));
	bob.does(({ editing }) => editing.write(idOf(2), 'ar', 'نطالب بالحقيقة كاملة'));
	bob.send();
	alice.send();
	expect(words(desk.text())).toEqual(['بيان', 'نطالب بالعدالة للجميع', 'نطالب بالحقيقة كاملة']);
	expect(desk.read().contested).toEqual([]);
	bob.look();
	expect(alice.text).toEqual(bob.text);
	const authors = desk
		.read()
		.textOf(null)
		?.changes.map(({ author }) => author);
	expect(authors).toEqual([alice.account, bob.account, alice.account]);
});

test('two edits of one paragraph, one offline, are two variants; choosing one loses neither', () => {
	bob.look();
	bob.online = false;
	const pair = idOf(1);
	bob.does(({ editing }) => editing.write(pair, 'ar', 'نطالب بالعدالة الانتقالية'));
	bob.does(({ editing }) => editing.write(pair, 'ar', 'نطالب بالعدالة الانتقالية الآن'));
	alice.does(({ editing }) => editing.write(pair, 'ar', 'نطالب بالمساءلة'));
	bob.send();
	for (const reader of [alice, bob]) {
		reader.look();
		const [contested, ...more] = reader.log.contested;
		expect(more).toEqual([]);
		expect(contested).toMatchObject({ pair, language: 'ar' });
		expect(contested?.variants.map(({ text, author }) => [author, text])).toEqual(
			expect.arrayContaining([
				[alice.account, 'نطالب بالمساءلة'],
				[bob.account, 'نطالب بالعدالة الانتقالية الآن'],
			]),
		);
	}
	alice.does(({ editing }) => editing.choose(pair, 'ar', 'نطالب بالمساءلة'), { settles: [[pair, 'ar']] });
	expect(desk.read().contested).toEqual([]);
	expect(words(desk.text())[1]).toBe('نطالب بالمساءلة');
	const kept = desk.read().textOf(null);
	const bobs = liveText(kept!.with((change) => change.author === bob.account || change === kept!.changes[0]));
	expect(words(bobs)[1]).toBe('نطالب بالعدالة الانتقالية الآن');
});

test('two who type live in one paragraph see one text and no variants', () => {
	bob.look();
	const pair = idOf(1);
	// Neither has seen the other yet: a second of the line.
	alice.does(({ editing }) => editing.write(pair, 'ar', 'نطالب اليوم بالعدالة'));
	const seenEarlier = { ...desk.stream[1]! };
	desk.stream.pop();
	desk.now += 2;
	bob.does(({ editing }) => editing.write(pair, 'ar', 'نطالب بالعدالة للجميع'));
	desk.stream.push(seenEarlier);
	expect(desk.read().contested).toEqual([]);
	expect(words(desk.text())[1]).toBe('نطالب اليوم بالعدالة للجميع');
});

test('who takes a paragraph out and who writes in it, apart, are asked', () => {
	bob.look();
	bob.online = false;
	const pair = idOf(2);
	bob.does(({ editing }) => editing.write(pair, 'en', 'We ask for all of the truth'));
	alice.does(({ editing }) => editing.remove(pair));
	bob.send();
	const texts = desk
		.read()
		.contested.find(({ language }) => language === 'en')
		?.variants.map(({ text, gone }) => (gone ? null : text));
	expect(new Set(texts)).toEqual(new Set([null, 'We ask for all of the truth']));
});

test('whatever arrives first, everybody has the same text and the same variants', () => {
	bob.look();
	[alice.online, bob.online] = [false, false];
	const pair = idOf(1);
	for (const word of ['واحد', 'اثنان', 'ثلاثة']) {
		alice.does(({ editing }) => editing.write(pair, 'ar', `أ ${word}`));
		bob.does(({ editing }) => editing.write(pair, 'ar', `ب ${word}`));
	}
	alice.send();
	bob.send();
	const [first, ...rest] = desk.stream;
	const alices = rest.filter(({ author }) => author === alice.account);
	const bobs = rest.filter(({ author }) => author === bob.account);
	const told = [
		[...alices, ...bobs],
		[...bobs, ...alices],
		[bobs[0]!, alices[0]!, alices[1]!, bobs[1]!, bobs[2]!, alices[2]!],
	].map((order) => {
		const log = new DocumentLog();
		for (const event of [first!, ...order]) log.take([event]);
		const texts = log.contested.flatMap(({ variants }) => variants.map(({ id, text }) => `${id}: ${text}`)).toSorted();
		return { text: words(liveText(log.textOf(null)!.doc)), texts };
	});
	expect(told[1]).toEqual(told[0]);
	expect(told[2]).toEqual(told[0]);
	expect(told[0]?.texts.map((text) => text.split(': ')[1]).toSorted()).toEqual(['أ ثلاثة', 'ب ثلاثة']);
});

const freezing = (text: LiveText, more: object = {}) => ({
	version: null,
	heads: [...desk.read().heads],
	number: 1,
	hash: hashOfText(text),
	text: packed(canonicalBytes(text)),
	pairs: text.pairs.map(({ id }) => id),
	...more,
});

test('a facilitator freezes exactly what is written; a member, another text, or an outdated translation is refused', () => {
	alice.says('document.freeze', freezing(desk.text()));
	expect(desk.read().chain.frozen).toEqual([]);
	const other = { ...desk.text(), pairs: desk.text().pairs.map((pair) => ({ ...pair, ar: `${pair.ar}!` })) };
	carol.says('document.freeze', freezing(other));
	expect(desk.read().chain.frozen).toEqual([]);
	alice.does(({ editing }) => editing.write(idOf(1), 'ar', 'نطالب بالعدالة كلها'));
	carol.says('document.freeze', freezing(desk.text()));
	expect(desk.read().chain.frozen).toEqual([]);
	expect(desk.read().broken).toBe(3);
	alice.does(({ editing }) => editing.confirm(idOf(1), 'en'));
	carol.says('document.freeze', freezing(desk.text()));
	expect(desk.read().chain).toMatchObject({ isOpen: false, number: 1, frozen: [{ hash: hashOfText(desk.text()) }] });
});

test('what is written after the freezing is not in it, and a new version with a reason goes on from it', () => {
	bob.look();
	bob.online = false;
	bob.does(({ editing }) => editing.write(idOf(1), 'ar', 'متأخر'));
	const before = desk.text();
	const frozen = carol.says('document.freeze', freezing(before));
	bob.send();
	const [version] = desk.read().chain.frozen;
	expect(
		desk
			.read()
			.lateIn(version!)
			.map(({ author }) => author),
	).toEqual([bob.account]);
	expect(version?.text.pairs.map(({ ar }) => ar)).toEqual(words(before));
	const session = { device: carol.device, nonce: new Uint8Array(8).fill(200) };
	const content = { of: frozen.id, session: session.nonce, reason: 'طلبٌ من منظمتين' };
	const other = { ...before, pairs: before.pairs.slice(1) };
	carol.says('document.reopen', { ...content, update: packed(beginningOf(session, other)) });
	expect(desk.read().chain.isOpen).toBe(false);
	bob.says('document.reopen', { ...content, update: packed(beginningOf({ ...session, device: bob.device }, before)) });
	expect(desk.read().chain.isOpen).toBe(false);
	carol.says('document.reopen', { ...content, update: packed(beginningOf(session, before)) });
	expect(desk.read().chain).toMatchObject({ isOpen: true, number: 2 });
	bob.does(({ editing }) => editing.write(idOf(2), 'ar', 'في النسخة الثانية'));
	expect(words(desk.text())).toEqual(['بيان', 'نطالب بالعدالة', 'في النسخة الثانية']);
	expect(desk.text().pairs.map(({ id }) => id)).toEqual(before.pairs.map(({ id }) => id));
});

test('a snapshot opens the same text at once; one that lies is noticed', () => {
	for (let turn = 0; turn < 20; turn++) alice.does(({ editing }) => editing.write(idOf(1), 'en', `Turn ${turn}`));
	const state = snapshotOf(alice.writer.doc)!;
	bob.says('document.snapshot', { version: null, heads: [...desk.read().heads], state, before: null });
	bob.does(({ editing }) => editing.write(idOf(2), 'en', 'After it'));
	const quick = new DocumentLog('snapshot');
	quick.take(desk.stream);
	expect(quick.base).not.toBeNull();
	expect(quick.textOf(null)?.changes).toHaveLength(1);
	expect(liveText(quick.textOf(null)!.doc)).toEqual(desk.text());
	expect(desk.read().falseSnapshots).toEqual([]);
	alice.does(({ editing }) => editing.remove(idOf(1)));
	// Carol says that nothing was removed.
	carol.says('document.snapshot', { version: null, heads: [...desk.read().heads], state, before: null });
	expect(desk.read().falseSnapshots.map(({ author }) => author)).toEqual([carol.account]);
});

test('who came later, where history is closed, reads on from the first snapshot', () => {
	bob.says('document.snapshot', { version: null, heads: [...desk.read().heads], state: snapshotOf(bob.writer.doc)!, before: null });
	alice.does(({ editing }) => editing.write(idOf(1), 'ar', 'بعدها'));
	const late = new DocumentLog();
	expect(late.take(desk.stream.slice(1))).toBe(true);
	expect(words(liveText(late.textOf(null)!.doc))).toEqual(['بيان', 'بعدها', 'نطالب بالحقيقة']);
	const closed = new DocumentLog();
	closed.take(desk.stream.slice(2));
	expect(closed.isClosed).toBe(true);
});

test('a thousand paragraphs put in at once arrive, and so does a version that begins with them', () => {
	const many = Array.from({ length: 1_000 }, (_, place) =>
		confirmed({ ...empty, id: `p${place}`, ar: `فقرة ${place}`, en: `Paragraph ${place}` }, 'en'),
	);
	const { writer } = bob;
	writer.editing.add(many, idOf(2));
	for (let update = writer.unsent(); update; update = writer.unsent())
		bob.says('document.update', { version: null, session: writer.session.nonce, update: packed(update), online: true });
	expect(desk.read().broken).toBe(0);
	expect(desk.text().pairs).toHaveLength(1_001);
	const session = { device: bob.device, nonce: new Uint8Array(8).fill(99) };
	const text = new VersionText();
	const update = beginningOf(session, { authority: 'both', counting: null, pairs: many });
	const whole = {
		id: desk.nextId(),
		author: bob.account,
		device: bob.device,
		time: 1,
		online: true,
		settles: [],
		update,
		client: clientOf(session),
	};
	expect(text.take(whole, null)).not.toBeNull();
	expect(words(liveText(text.doc))).toEqual(many.map(({ ar }) => ar));
});
