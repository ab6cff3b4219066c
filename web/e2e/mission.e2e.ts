import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { canonicalBytes } from '@multaqa/shared/documents/canonical';
import type { FrozenVersion } from '@multaqa/shared/documents/live/versions';
import { adoptionOf } from '@multaqa/shared/positions/adoption';
import { examine } from '@multaqa/shared/publication/faults';
import { readProofArchive } from '@multaqa/shared/publication/proof-archive';
import { listText } from '@multaqa/shared/publication/signed-text';
import { signatoriesOf } from '@multaqa/shared/statements/drawing-up';
import { keptReservations } from '@multaqa/shared/statements/reservations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putToDecision } from '../src/lib/documents/decide.ts';
import { decides, registerSeenBy, says, stance, takes } from './testing/council.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { organisationOf, type Representative } from './testing/organisations.ts';
import { openDocumentAs, Scribe } from './testing/scribe.ts';
import { Signatory } from './testing/signatory.ts';

const ADDRESS = 'mission234';
const seconds = (): number => Math.floor(Date.now() / 1000);
const passes = (moment: number) => until('the hour has come', () => seconds() > moment, 60_000);

let forum: TestForum;
let women: Representative;
let families: Representative;
let lawyers: Representative;
beforeAll(async () => {
	forum = await startForum();
	women = await organisationOf(forum, 'شبكة المرأة', 'سلمى', 'coordinator');
	families = await organisationOf(forum, 'رابطة العائلات', 'فادي');
	lawyers = await organisationOf(forum, 'المحامون', 'ليلى');
});
afterAll(() => forum?.stop());

let document: StreamId;
let frozen: FrozenVersion;
let issue: StreamId;
let version: Hash;
let reserved: Hash;

test('what was discussed is written by two together and frozen', async () => {
	const { alice, space } = forum;
	await openThread(alice, space, 'بيان بشأن المفقودين', 'نقترح بيانًا مشتركًا.');
	document = await openDocumentAs(alice.client, space.id, 'بيان بشأن المفقودين', 'open-letter');
	await sent(alice);
	await until('the document is there', () => women.client.events(space.id, document).length > 0);
	const [first, second] = [new Scribe(alice.client, space.id, document), new Scribe(women.client, space.id, document)];
	await first.writes((editing, { pairs }) => {
		for (const [place, { id, ar }] of pairs.entries()) if (ar === '') editing.write(id, 'ar', `الفقرة ${place}`);
	});
	await sent(alice);
	await until('the Arabic text is there', () => second.text.pairs.every(({ ar }) => ar !== ''));
	await second.writes((editing, { pairs }) => {
		for (const [place, { id, en }] of pairs.entries()) if (en === '') editing.write(id, 'en', `Paragraph ${place}`);
	});
	await sent(women);
	await until('the English text is there', () => first.text.pairs.every(({ en }) => en !== ''));
	const hash = await first.freezes();
	await sent(alice);
	first.look();
	frozen = first.log.chain.frozen.at(-1)!;
	expect(frozen.hash).toBe(hash);
	issue = await putToDecision(alice.client, space, { document, frozen, issue: null, reason: '' });
	await sent(alice);
	version = registerSeenBy(alice, forum, issue).versions.at(-1)!.id;
});

test('each organisation says where it stands: one objects, one keeps a reservation; a majority adopts exactly this text', async () => {
	const { alice } = forum;
	const closes = seconds() + 12;
	await decides(forum, alice, issue, version, { model: { kind: 'majority', threshold: 'two-thirds' }, closes });
	await takes(forum, alice, issue, stance(version));
	await takes(forum, families, issue, stance(version));
	const paragraph = frozen.pairs[3]!;
	const reservation = { type: 'wording', paragraph, text: 'نفضّل «الكشف عن مصير المفقودين».', suggestion: null, from: null } as const;
	reserved = await takes(forum, women, issue, stance(version, { value: 'support-with-reservations', reservations: [reservation] }));
	await says(
		forum,
		women,
		issue,
		'reservation.settle',
		{ reservation: { stance: reserved, place: 0 }, as: 'kept', version: null },
		'organisation',
	);
	await takes(forum, lawyers, issue, stance(version, { value: 'objection', reason: 'لا سند قانونيًا كافيًا للفقرة الرابعة بعد.' }));
	await passes(closes);
	await alice.client.refresh(forum.space.id);
	const decision = registerSeenBy(alice, forum, issue).decisions.at(-1)!.id;
	await says(forum, alice, issue, 'decision.end', { decision });
	const review = Math.floor(seconds() / 86_400) + 180;
	const outcome = { ar: 'اعتُمد النص', en: 'The text is adopted' };
	await says(forum, alice, issue, 'decision.close', { decision, result: 'passed', outcome, reasons: 'أغلبية الثلثين', review });
	const register = registerSeenBy(alice, forum, issue);
	expect(register.refused).toEqual([]);
	expect(adoptionOf(register, { stream: document, hash: frozen.hash, pairs: frozen.text.pairs })).not.toBeNull();
	expect(adoptionOf(register, { stream: document, hash: 'A'.repeat(43) as Hash, pairs: frozen.text.pairs })).toBeNull();
});

test('those who stand by it sign it, and the world reads the text, the names and the reservation, and can prove them', async () => {
	const { alice, space } = forum;
	const { client } = alice;
	const stream = client.newStream();
	const as = (person: { readonly client: typeof client }) => new Signatory(person.client, space.id, stream);
	const closes = seconds() + 15;
	const [title] = frozen.text.pairs;
	await client.append(space.id, space.index, 'statement.open', { stream, title: { ar: title!.ar, en: title!.en } });
	const terms = {
		text: canonicalBytes(frozen.text),
		document: { stream: document, number: frozen.number },
		order: 'arabic',
		sealed: null,
		closes,
	};
	await as(alice).says('round.open', terms);
	await sent(alice);
	for (const [person, ar, en] of [
		[alice, 'المنظمة المضيفة', 'The Host'],
		[women, 'شبكة المرأة', "Women's Network"],
		[families, 'رابطة العائلات', 'Families'],
	] as const) {
		await as(person).signs({ ar, en });
		await sent(person);
	}
	await passes(closes);
	await as(alice).says('round.end', {});
	await sent(alice);
	const { statement, round } = await as(alice).read();
	expect(round.hash).toBe(frozen.hash);
	const register = registerSeenBy(alice, forum, issue);
	const reservations = keptReservations(register, register.versions.at(-1)!, signatoriesOf(statement, round, stream), seconds());
	expect(reservations).toMatchObject([{ organisation: { ar: 'شبكة المرأة' }, paragraph: 3, type: 'wording' }]);
	const edition = await as(alice).proposes(ADDRESS, { ar: 'المنظمة المضيفة', en: 'The Host' }, reservations);
	await sent(alice);
	expect((await fetch(`${forum.server.url}/statements/${ADDRESS}`)).status).toBe(404);
	await as(women).confirms(ADDRESS, edition);
	const page = await (await fetch(`${forum.server.url}/statements/${ADDRESS}`)).text();
	for (const shown of ['بيان بشأن المفقودين', 'الفقرة 3', 'Paragraph 3', 'شبكة المرأة', 'نفضّل «الكشف عن مصير المفقودين».'])
		expect(page).toContain(shown);
	for (const secret of ['المحامون', 'سلمى', 'فادي', 'أليس']) expect(page).not.toContain(secret);
	expect(page.length).toBeLessThan(60_000);
	const proof = readProofArchive(await (await fetch(`${forum.server.url}/statements/${ADDRESS}/proof.zip`)).bytes());
	const { list, faults } = await examine(proof);
	expect(faults).toEqual([]);
	expect(list).toMatchObject({ document: frozen.hash, withheld: 0 });
	expect(listText.read(proof.list.file).signatories.map(({ name }) => name.en)).toEqual(['Families', "Women's Network", 'The Host']);
});
