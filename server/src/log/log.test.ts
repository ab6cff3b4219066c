import { limitGrowth, liftLimit } from '@multaqa/db/testing/dialects';
import { forum } from '@multaqa/shared/api/accounts';
import { spaces } from '@multaqa/shared/api/log';
import { envelopeId } from '@multaqa/shared/log/envelope';
import { complete, headsOf } from '@multaqa/shared/chain/abridged';
import { idBytes, type SpaceId, type StreamId } from '@multaqa/shared/bytes/ids';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, rotation, type TestForum } from '../testing/forum.ts';
import { newEnvelope, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

let server: TestServer;
let home: TestForum;
let member: Person;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
	member = await home.join(await home.invite());
});
afterAll(() => server.close());

const newStream = () => randomBytes(16).toString('base64url') as StreamId;
/** Sealed under the key in force. */
const current = () => newEnvelope(home.world.rosters.get(home.space)!.generations.length);
const post = (person: Person, stream: StreamId, envelopes = [current()], space = home.space) =>
	person.browser.call(spaces.append, { params: { space, stream }, request: { envelopes } });
const refusedPost = (person: Person, stream: StreamId, envelopes = [current()], space = home.space) =>
	person.browser.refused(spaces.append, { params: { space, stream }, request: { envelopes } });
const sync = (person: Person, request: { roster: number; after: number; generation: number }, space = home.space) =>
	person.browser.call(spaces.sync, { params: { space }, request: { ...request, whole: null } });

test('what one member posts the other hears at once and finds in order', async () => {
	const line = await openLine(server.url, { cookie: member.browser.cookie });
	const stream = newStream();
	const envelope = newEnvelope();
	const { acknowledgements } = await post(home.founder, stream, [envelope]);
	const { position } = acknowledgements[0]!;
	expect(await line.next('event')).toEqual({ space: home.space, event: { position, stream, seq: 1, envelope } });
	const { events, more } = await sync(member, { roster: 0, after: position - 1, generation: 0 });
	expect(events).toEqual([{ position, stream, seq: 1, envelope }]);
	expect(more).toBe(false);
	line.close();
});

test('after a long absence the envelopes of the wanted stream come, and of the others what they are called; those come when they are asked for', async () => {
	const [long, wanted] = [newStream(), newStream()];
	const { acknowledgements } = await post(home.founder, wanted);
	const after = acknowledgements[0]!.position - 1;
	const envelopes = Array.from({ length: 40 }, () => newEnvelope(home.world.rosters.get(home.space)!.generations.length, 2_000));
	for (const envelope of envelopes) await post(home.founder, long, [envelope]);
	const request = { roster: 0, after, generation: 0, whole: [wanted] };
	const { events, announced, more } = await member.browser.call(spaces.sync, { params: { space: home.space }, request });
	expect(events.map(({ stream }) => stream)).toEqual([wanted]);
	expect(more).toBe(false);
	const told = envelopes.map((envelope, place) => [after + 2 + place, idBytes(envelopeId(envelope))]);
	expect(announced).toMatchObject([{ stream: long, seq: 1, events: told }]);
	const read = (from: number) =>
		member.browser.call(spaces.read, { params: { space: home.space }, request: { gaps: [{ stream: long, after: from, until: 40 }] } });
	const first = await read(0);
	expect(first.more).toBe(true);
	const rest = await read(first.events.length);
	expect(rest.more).toBe(false);
	expect([...first.events, ...rest.events].map(({ envelope }) => envelope)).toEqual(envelopes);
});

test('an event that is sent again is acknowledged again and announced once', async () => {
	const line = await openLine(server.url, { cookie: member.browser.cookie });
	const stream = newStream();
	const envelopes = [newEnvelope()];
	const first = await post(home.founder, stream, envelopes);
	const again = await post(home.founder, stream, envelopes);
	await post(home.founder, stream);
	expect(again).toEqual(first);
	await line.next('event');
	expect(await line.next('event')).toMatchObject({ event: { seq: 2 } });
	expect(line.heard).toEqual([]);
	line.close();
});

test('an event does not appear in a second stream', async () => {
	const envelopes = [newEnvelope()];
	await post(home.founder, newStream(), envelopes);
	expect(await refusedPost(home.founder, newStream(), envelopes)).toMatchObject({
		code: 'rejected-link',
		rule: 'envelope-stays-in-its-stream',
	});
});

test('a space one is not in looks like one that does not exist, to read and to write', async () => {
	const outsider = await home.join({ ...(await home.invite({ spaces: [] })), spaces: [] });
	const nowhere = randomBytes(32).toString('base64url') as SpaceId;
	const request = { roster: 0, after: 0, generation: 0, whole: [] };
	for (const space of [home.space, nowhere]) {
		const gaps = [{ stream: newStream(), after: 0, until: 1 }];
		expect(await outsider.browser.refused(spaces.read, { params: { space }, request: { gaps } })).toMatchObject({ code: 'not-found' });
		expect(await outsider.browser.refused(spaces.sync, { params: { space }, request })).toEqual({
			type: 'about:blank',
			title: 'not-found',
			status: 404,
			code: 'not-found',
		});
		expect(await refusedPost(outsider, newStream(), [newEnvelope()], space)).toMatchObject({ code: 'not-found' });
	}
	expect(await outsider.browser.call(spaces.list)).toEqual({ spaces: [] });
	expect(await member.browser.call(spaces.list)).toEqual({ spaces: [home.space] });
});

test('an observer reads and does not write', async () => {
	const observer = await home.join(await home.invite({ role: 'observer' }));
	expect((await sync(observer, { roster: 0, after: 0, generation: 0 })).events.length).toBeGreaterThan(0);
	expect(await refusedPost(observer, newStream())).toMatchObject({ code: 'rejected-link', rule: 'observers-read' });
});

test('an event under another key than the one in force, or of an unknown version, is refused', async () => {
	expect(await refusedPost(member, newStream(), [newEnvelope(7)])).toMatchObject({ code: 'stale', rule: 'generation-is-the-last' });
	expect(await refusedPost(member, newStream(), [Uint8Array.from([1, 2, 3])])).toMatchObject({ code: 'malformed' });
	expect(await refusedPost(member, newStream(), [Uint8Array.from([0x83, 0x09, 0x01, 0x41, 0x00])])).toMatchObject({
		code: 'unknown-version',
	});
});

test('each member is served their own wraps and nobody else’s', async () => {
	const [founders, members] = await Promise.all(
		[home.founder, member].map((person) => sync(person, { roster: 0, after: 0, generation: 0 })),
	);
	expect(founders!.wraps).toHaveLength(1);
	expect(members!.wraps).toHaveLength(1);
	expect(founders!.wraps[0]!.bytes).not.toEqual(members!.wraps[0]!.bytes);
	expect((await sync(member, { roster: 0, after: 0, generation: 2 })).wraps).toEqual([]);
});

test('a long space arrives in several answers without gap or double', async () => {
	const stream = newStream();
	for (let batch = 0; batch < 8; batch++)
		await post(
			home.founder,
			stream,
			Array.from({ length: 3 }, () => newEnvelope(1, 60_000)),
		);
	const positions: number[] = [];
	for (let after = 0, more = true; more;) {
		const answer = await sync(member, { roster: 0, after, generation: 9 });
		positions.push(...answer.events.map(({ position }) => position));
		after = positions.at(-1) ?? 0;
		more = answer.more;
	}
	expect(positions).toEqual(Array.from({ length: positions.length }, (_, index) => index + 1));
	expect(positions.length).toBeGreaterThan(24);
});

test('a removed member is shown the removal, and hears and reads nothing from then on', async () => {
	const leaver = await home.join(await home.invite());
	const line = await openLine(server.url, { cookie: leaver.browser.cookie });
	await home.append(home.founder, [
		{ kind: 'roster', chain: home.space, type: 'member.remove', body: { account: idBytes(leaver.account) } },
	]);
	expect(await line.next('links')).toMatchObject({ links: [{ position: 0 }] });
	const generation = home.world.rosters.get(home.space)!.generations.at(-1)!.generation + 1;
	await home.append(home.founder, [rotation(home.world, home.space, generation)]);
	await post(home.founder, newStream());
	const answer = await sync(leaver, { roster: 0, after: 0, generation: 0 });
	expect(complete(answer.links.at(-1)!, headsOf(home.world))).toMatchObject({ type: 'member.remove' });
	expect([answer.events, answer.wraps]).toEqual([[], []]);
	expect(await refusedPost(leaver, newStream())).toMatchObject({ code: 'not-found' });
	expect(line.heard).toEqual([]);
	line.close();
});

test('a full disk refuses the post with its own problem, and the server goes on', async () => {
	const stream = newStream();
	await limitGrowth(server.context.db, 10);
	const generation = home.world.rosters.get(home.space)!.generations.length;
	const answers = await Promise.all(Array.from({ length: 3 }, () => refusedPost(home.founder, stream, [newEnvelope(generation, 90_000)])));
	for (const answer of answers) expect(answer).toMatchObject({ code: 'storage-full', status: 507 });
	expect((await home.founder.browser.call(forum.read)).waiting).toBe(false);
	await liftLimit(server.context.db);
	expect((await post(home.founder, stream)).acknowledgements[0]).toMatchObject({ seq: 1 });
});
