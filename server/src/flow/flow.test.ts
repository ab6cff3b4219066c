import { accounts, session } from '@multaqa/shared/api/accounts';
import { spaces } from '@multaqa/shared/api/log';
import { randomBytes } from 'node:crypto';
import type { AccountId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import { afterEach, expect, test } from 'vitest';
import { openForum } from '../testing/forum.ts';
import { openBrowser } from '../testing/http.ts';
import { newEnvelope, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { createAllowance } from './allowance.ts';
import { createGate } from './gate.ts';
import { createRoom } from './room.ts';

let server: TestServer | null = null;
afterEach(async () => {
	await server?.close();
	server = null;
});

const [alice, basil] = ['alice', 'basil'] as AccountId[] as [AccountId, AccountId];
const refusal = (code: string) => expect.objectContaining({ code });

test('one account cannot take all the places at the door, and strangers none of them', () => {
	const gate = createGate({ members: 3, strangers: 1, account: 2 });
	const leave = gate.enter(alice);
	gate.enter(alice);
	expect(() => gate.enter(alice)).toThrow(refusal('too-many-attempts'));
	gate.enter(null);
	expect(() => gate.enter(null)).toThrow(refusal('too-many-attempts'));
	gate.enter(basil);
	expect(() => gate.enter(basil)).toThrow(refusal('storage-unavailable'));
	leave();
	leave();
	expect(gate.load).toEqual({ members: 2, strangers: 1 });
	gate.enter(basil);
	expect(() => gate.enter(alice)).toThrow(refusal('storage-unavailable'));
});

test('what was used of an allowance comes back with time, for each key by itself', () => {
	let time = 0;
	const allowance = createAllowance(3_600, () => time);
	allowance.spend('alice', 3_000);
	expect(() => allowance.spend('alice', 1_000)).toThrow(
		expect.objectContaining({ code: 'too-many-attempts', detail: { retryAfter: 400 } }),
	);
	allowance.spend('basil', 1_000);
	time += 400_000;
	allowance.spend('alice', 1_000);
	expect(() => allowance.spend('alice', 1)).toThrow(refusal('too-many-attempts'));
	time += 3_600_000;
	allowance.spend('alice', 5_000);
});

test('a room is full for the next one, and free again when somebody leaves', () => {
	const room = createRoom(10);
	room.take(7);
	expect(() => room.take(4)).toThrow(refusal('storage-unavailable'));
	room.give(7);
	room.take(10);
});

const post = (person: Person, space: SpaceId, size: number) => {
	const stream = randomBytes(16).toString('base64url') as StreamId;
	return person.browser.send(spaces.append, { params: { space, stream }, request: { envelopes: [newEnvelope(1, size)] } });
};

test('an account that writes without end is asked to wait, reads on, and stands in nobody else’s way', async () => {
	server = await openTestServer({ writingPerHour: 200_000 });
	const home = await openForum(server);
	const member = await home.join(await home.invite());
	const answers: Response[] = [];
	for (let sent = 0; sent < 12; sent++) answers.push(await post(home.founder, home.space, 30_000));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 429, 429, 429, 429, 429, 429]);
	expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(60);
	const sync = { params: { space: home.space }, request: { roster: 0, after: 0, generation: 0, whole: null } };
	expect((await home.founder.browser.call(spaces.sync, sync)).events).toHaveLength(6);
	expect((await post(member, home.space, 30_000)).status).toBe(200);
	server.advance(1_800_000);
	expect((await post(home.founder, home.space, 30_000)).status).toBe(200);
});

test('many members together cannot fill a space without end either', async () => {
	server = await openTestServer({ writingPerHour: 20_000 });
	const home = await openForum(server);
	const statuses: number[] = [];
	for (let place = 0; place < 9; place++) {
		const member = await home.join(await home.invite());
		statuses.push((await post(member, home.space, 17_500)).status);
	}
	expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
	expect(statuses.slice(0, 8).every((status) => status === 200)).toBe(true);
});

test('whoever has used everything up learns no more about a space that is not theirs than anybody', async () => {
	server = await openTestServer({ writingPerHour: 20_000 });
	const home = await openForum(server);
	const outsider = await home.join({ ...(await home.invite({ spaces: [] })), spaces: [] });
	await post(home.founder, home.space, 100_000);
	const nowhere = randomBytes(32).toString('base64url') as SpaceId;
	const answers = await Promise.all([home.space, nowhere].map(async (space) => (await post(outsider, space, 19_000)).json()));
	expect(answers[0]).toEqual(answers[1]);
});

test('a crowd of strangers is told the same whoever it asks for, and members are served meanwhile', async () => {
	server = await openTestServer({ gate: { strangers: 2 } });
	const home = await openForum(server);
	const leave = [server.context.gate.enter(null), server.context.gate.enter(null)];
	const strangers = [openBrowser(server.url), openBrowser(server.url)];
	const asked = await Promise.all(
		strangers.map((stranger, place) =>
			stranger.refused(session.passphraseStart, {
				request: { handle: place === 0 ? home.founder.account : randomBytes(32).toString('base64url'), request: 'AAAA' },
			} as never),
		),
	);
	expect(asked[0]).toMatchObject({ code: 'too-many-attempts', status: 429 });
	expect(asked[0]).toEqual(asked[1]);
	expect((await post(home.founder, home.space, 300)).status).toBe(200);
	leave.forEach((each) => each());
	expect((await openBrowser(server.url).send(accounts.passkeyStart)).status).toBe(200);
	expect(server.context.gate.load).toEqual({ members: 0, strangers: 0 });
});
