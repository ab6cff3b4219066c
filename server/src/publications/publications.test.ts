import { publications } from '@multaqa/shared/api/publications';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { idBytes } from '@multaqa/shared/bytes/ids';
import { encodePublication, type Publication } from '@multaqa/shared/publication/publication';
import { digestOf, isoOf, type ListText } from '@multaqa/shared/publication/signed-text';
import {
	ADDRESS,
	published,
	signatoryOf,
	signedBy,
	signingOrganisation,
	STATEMENT,
	withdrawn,
	type SigningOrganisation,
} from '@multaqa/shared/testing/published';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { random, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

const YEAR = 366 * 86_400;
let server: TestServer;
let home: TestForum;
let second: Person;
let member: Person;
let host: SigningOrganisation;
let families: SigningOrganisation;
let stranger: SigningOrganisation;

/** Its representative makes the key; `place` is in the directory from then on. */
async function withKey(by: Person, place: number, ar: string, en: string): Promise<SigningOrganisation> {
	const organisation = await signingOrganisation(place, ar, en);
	await home.append(by, [{ kind: 'directory', chain: home.id, type: 'organisation.key', body: { key: organisation.key.publicKey } }]);
	return organisation;
}

beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
	second = await home.join(await home.invite({ role: 'coordinator' }));
	const organisation = random(16);
	await home.append(home.founder, [{ kind: 'directory', chain: home.id, type: 'organisation.add', body: { organisation } }]);
	member = await home.join(await home.invite({ organisation }));
	await home.append(home.founder, [
		{ kind: 'directory', chain: home.id, type: 'representative.add', body: { account: idBytes(member.account) } },
	]);
	host = await withKey(home.founder, 1, 'المضيف', 'The Host');
	families = await withKey(member, 2, 'رابطة العائلات', 'Families');
	stranger = await signingOrganisation(3, 'غريبة', 'Stranger');
});
afterAll(() => server.close());

const now = (): string => isoOf(Math.floor(server.context.now() / 1000));
const made = async (changes: Partial<ListText> = {}, organisations = [host, families]) =>
	published(organisations, { changes: { published: now(), edited: now(), ...changes } });
const sent = (publication: Publication, address = ADDRESS) => ({
	params: { space: home.space, address },
	request: { bytes: encodePublication(publication) },
});
const inRound = async (round: string, changes: Partial<ListText>) =>
	published([host], { signatories: [await signatoryOf(host, STATEMENT, { round })], changes: { ...changes, round } });
const propose = (by: Person, publication: Publication, address = ADDRESS) =>
	by.browser.call(publications.propose, { ...sent(publication, address), prove: by.prove });
const refusedProposal = (by: Person, publication: Publication, address = ADDRESS) =>
	by.browser.refused(publications.propose, { ...sent(publication, address), prove: by.prove });
const confirmation = (by: Person, digest: string, address = ADDRESS) => ({
	params: { space: home.space, address },
	request: { digest },
	prove: by.prove,
});
const waiting = async (by: Person, address = ADDRESS): Promise<Bytes> =>
	(await by.browser.call(publications.waiting, { params: { space: home.space, address } })).bytes as Bytes;
const publish = async (publication: Publication, address = ADDRESS) => {
	await propose(home.founder, publication, address);
	await second.browser.call(publications.confirm, confirmation(second, digestOf(encodePublication(publication)), address));
};
let last = 0;
const freshAddress = (): string => `address${String.fromCharCode(97 + last++)}22`;

test('a statement is public once a second coordinator has confirmed the same bytes, from its hour on', async () => {
	const hour = Math.floor(server.context.now() / 1000) + 60;
	const publication = await made({ published: isoOf(hour) });
	await propose(home.founder, publication);
	expect(await server.context.published.read(ADDRESS)).toBeNull();
	const bytes = await waiting(second);
	expect(bytes).toEqual(encodePublication(publication));
	expect(await second.browser.refused(publications.confirm, confirmation(second, digestOf(random(3))))).toMatchObject({ code: 'stale' });
	await second.browser.call(publications.confirm, confirmation(second, digestOf(bytes)));
	expect(await server.context.published.read(ADDRESS)).toBeNull();
	server.advance(60_000);
	expect(await server.context.published.read(ADDRESS)).toEqual(publication);
	expect(await server.context.published.all()).toMatchObject([
		{ list: { address: ADDRESS }, title: { en: 'Statement on the missing in Syria' } },
	]);
});

test('nobody confirms an own proposal, and nobody but coordinators of the space has a part in it', async () => {
	const address = freshAddress();
	const publication = await made({ address });
	expect(await refusedProposal(member, publication, address)).toMatchObject({ rule: 'coordinators-publish' });
	const other = await home.join({ ...(await home.invite({ spaces: [] })), spaces: [] });
	expect(await refusedProposal(other, publication, address)).toMatchObject({ code: 'not-found' });
	await propose(home.founder, publication, address);
	const digest = digestOf(encodePublication(publication));
	expect(await home.founder.browser.refused(publications.confirm, confirmation(home.founder, digest, address))).toMatchObject({
		rule: 'another-coordinator-confirms',
	});
	expect(await member.browser.refused(publications.confirm, confirmation(member, digest, address))).toMatchObject({
		rule: 'coordinators-publish',
	});
	expect(await member.browser.refused(publications.waiting, { params: { space: home.space, address } })).toMatchObject({
		rule: 'coordinators-publish',
	});
	const unsigned = { ...confirmation(second, digest, address), prove: async () => 'no.proof' };
	expect(await second.browser.refused(publications.confirm, unsigned)).toMatchObject({ code: 'device-proof-required' });
	expect(await server.context.published.read(address)).toBeNull();
});

test('what does not prove itself, or is signed by keys of nobody here, is not taken', async () => {
	const address = freshAddress();
	const whole = await made({ address });
	const cases: [string, Publication][] = [
		['publication-proves-itself', { ...whole, signatories: whole.signatories.slice(1) }],
		['publication-proves-itself', { ...whole, files: [{ name: 'statement-ar.pdf', bytes: random(8) }] }],
		['organisations-of-this-forum-sign', await made({ address }, [host, stranger])],
		['organisations-of-this-forum-sign', await made({ address }, [stranger])],
		['address-is-its-own', await made()],
		['embargo-is-bounded', await made({ address, published: isoOf(Math.floor(server.context.now() / 1000) + 2 * YEAR) })],
	];
	for (const [rule, publication] of cases) expect(await refusedProposal(home.founder, publication, address), rule).toMatchObject({ rule });
	const nothing = { ...sent(whole, address), request: { bytes: random(40) }, prove: home.founder.prove };
	expect(await home.founder.browser.refused(publications.propose, nothing)).toMatchObject({ code: 'malformed' });
});

test('an organisation stands in a list once, whichever of its keys it signed with', async () => {
	const address = freshAddress();
	const renewed = await withKey(member, 8, 'رابطة العائلات', 'Families');
	const twice = [await signatoryOf(families, STATEMENT), await signatoryOf(renewed, STATEMENT, { time: 1_795_000_001 })];
	const doubled = await published([host], { signatories: twice, changes: { address, published: now(), edited: now() } });
	expect(await refusedProposal(home.founder, doubled, address)).toMatchObject({ rule: 'organisation-signs-once' });
	const one = await signatoryOf(families, STATEMENT);
	const withdrawals = [await withdrawn(renewed, one), await withdrawn({ ...host, name: families.name }, one)];
	const editions = await Promise.all(
		withdrawals.map((back) => published([host], { signatories: [back], changes: { address, published: now(), edited: now() } })),
	);
	expect(await refusedProposal(home.founder, editions[1]!, address)).toMatchObject({ rule: 'organisation-withdraws-itself' });
	await propose(home.founder, editions[0]!, address);
});

test('an edition follows the one before, and is about the same statement', async () => {
	const address = freshAddress();
	const first = await made({ address });
	await publish(first, address);
	const times = { address, published: JSON.parse(new TextDecoder().decode(first.list.file)).published as string };
	const follows = { ...times, edition: 2, previous: digestOf(first.list.file) };
	expect(await refusedProposal(home.founder, await made(times), address)).toMatchObject({ code: 'stale' });
	expect(await refusedProposal(home.founder, await made({ ...follows, edition: 3 }), address)).toMatchObject({ code: 'stale' });
	const wrong: [string, Publication][] = [
		['edition-follows', await made({ ...follows, previous: null })],
		['edition-follows', await made({ ...follows, previous: digestOf(random(3)) })],
		['statement-stays', await made({ ...follows, published: isoOf(1_700_000_000) })],
		['statement-stays', await inRound('BBBBBBBBBBBBBBBBBBBBBA', follows)],
		['statement-stays', await published([host], { text: { ...STATEMENT, pairs: STATEMENT.pairs.slice(0, 2) }, changes: follows })],
	];
	for (const [rule, publication] of wrong) expect(await refusedProposal(home.founder, publication, address)).toMatchObject({ rule });
	const back = await withdrawn(families, first.signatories[1]!);
	const corrections = [{ at: now(), text: { ar: 'انسحبت رابطة العائلات.', en: 'Families has withdrawn.' } }];
	const next = await published([host], { signatories: [first.signatories[0]!, back], changes: { ...follows, edited: now(), corrections } });
	await propose(second, next, address);
	expect(await server.context.published.read(address)).toEqual(first);
	await home.founder.browser.call(publications.confirm, confirmation(home.founder, digestOf(encodePublication(next)), address));
	expect(await server.context.published.read(address)).toEqual(next);
});

test('who laid it down is not kept once it is confirmed, and no line of the log names it', async () => {
	const address = freshAddress();
	await publish(await made({ address }), address);
	const rows = await server.context.db.selectFrom('publications').selectAll().where('address', '=', address).execute();
	expect(JSON.stringify(rows.map(({ bytes, ...row }) => [bytes.length, row]))).not.toContain(home.founder.account);
	expect(server.lines.join('\n')).not.toContain(address);
});

test('another list, signed by the same key, does not take the place of what the second coordinator saw', async () => {
	const address = freshAddress();
	const seen = await made({ address });
	await propose(home.founder, seen, address);
	const digest = digestOf(encodePublication(seen));
	const replaced = await published([host], { changes: { address, published: now(), edited: now() } });
	await propose(home.founder, { ...replaced, list: await signedBy(host.key, replaced.list.file) }, address);
	expect(await second.browser.refused(publications.confirm, confirmation(second, digest, address))).toMatchObject({ code: 'stale' });
	expect(await server.context.published.read(address)).toBeNull();
});

test('coordinators of another space find nothing of it, and lay down nothing after it', async () => {
	const body = { forum: idBytes(home.id), salt: random(16) };
	const spaces = new Set(home.world.rosters.keys());
	await home.append(home.founder, [{ kind: 'roster', type: 'space.create', body }]);
	const elsewhere = [...home.world.rosters.keys()].find((space) => !spaces.has(space))!;
	const address = freshAddress();
	const first = await made({ address });
	await propose(home.founder, first, address);
	const there = { params: { space: elsewhere, address }, prove: second.prove };
	const own = { ...there, prove: home.founder.prove };
	const { browser } = home.founder;
	expect(await browser.refused(publications.waiting, { params: own.params })).toMatchObject({ code: 'not-found' });
	const digest = digestOf(encodePublication(first));
	expect(await browser.refused(publications.confirm, { ...own, request: { digest } })).toMatchObject({ code: 'not-found' });
	await second.browser.call(publications.confirm, confirmation(second, digest, address));
	const { published: hour } = JSON.parse(new TextDecoder().decode(first.list.file)) as ListText;
	const next = await made({ address, published: hour, edition: 2, previous: digestOf(first.list.file) });
	expect(await browser.refused(publications.propose, { ...own, request: { bytes: encodePublication(next) } })).toMatchObject({
		code: 'not-found',
	});
	await propose(home.founder, next, address);
});

test('two who confirm at the same moment confirm once', async () => {
	const third = await home.join(await home.invite({ role: 'coordinator' }));
	const address = freshAddress();
	const publication = await made({ address });
	await propose(home.founder, publication, address);
	const digest = digestOf(encodePublication(publication));
	const both = [second, third].map((by) => by.browser.call(publications.confirm, confirmation(by, digest, address)));
	const outcomes = await Promise.allSettled(both);
	expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the list of all statements tells of none before its hour', async () => {
	const address = freshAddress();
	await publish(await made({ address, published: isoOf(Math.floor(server.context.now() / 1000) + 60) }), address);
	const addresses = async () => (await server.context.published.all()).map(({ list }) => list.address);
	expect(await addresses()).not.toContain(address);
	server.advance(60_000);
	expect(await addresses()).toContain(address);
});
