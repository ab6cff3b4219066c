import { hourOf } from '@multaqa/db/hour';
import { letters } from '@multaqa/shared/api/letters';
import { idOf, type AccountId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { random } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** As they lie in the database. */
const lettersTo = async ({ context }: TestServer, account: AccountId) =>
	(await context.db.selectFrom('letters').select('number').where('account', '=', account).execute()).length;

test('a letter reaches whom it is for and nobody else', async () => {
	const [writer, reader] = [await home.join(await home.invite()), await home.join(await home.invite())];
	const bytes = random(300);
	await writer.browser.call(letters.write, { request: { to: reader.account, bytes } });
	const box = { request: { after: 0 } };
	expect(await reader.browser.call(letters.read, box)).toEqual({ letters: [{ number: expect.any(Number), bytes }], more: false });
	expect(await home.founder.browser.call(letters.read, box)).toEqual({ letters: [], more: false });
});

test('a letter to nobody is answered as one to somebody, and is not kept', async () => {
	const to = idOf<AccountId>(random(32));
	expect(await home.founder.browser.call(letters.write, { request: { to, bytes: random(10) } })).toEqual({});
	expect(await lettersTo(server, to)).toBe(0);
});

test('whoever writes without end is stopped, and others are not', async () => {
	const [flooder, reader] = [await home.join(await home.invite()), await home.join(await home.invite())];
	const write = (by: typeof flooder) => by.browser.send(letters.write, { request: { to: reader.account, bytes: random(10) } });
	const answers: number[] = [];
	for (let count = 0; count < 62; count++) answers.push((await write(flooder)).status);
	expect(answers.filter((status) => status === 200)).toHaveLength(60);
	expect(answers.at(-1)).toBe(429);
	expect((await write(home.founder)).status).toBe(200);
	server.advance(HOUR);
	expect((await write(flooder)).status).toBe(200);
	server.advance(-HOUR);
});

/** So many letters of others. */
async function fill(account: AccountId, count: number): Promise<void> {
	const full = Array.from({ length: count }, (_, number) => ({ account, number: number + 1, hour: hourOf(Date.now()), bytes: random(10) }));
	for (let start = 0; start < count; start += 100)
		await server.context.db
			.insertInto('letters')
			.values(full.slice(start, start + 100))
			.execute();
}

test('nobody fills the box of another alone: whoever tries is told, and what others write still comes', async () => {
	const other = await openTestServer();
	try {
		const { join, invite } = await openForum(other);
		const [flooder, member, reader] = [await join(await invite()), await join(await invite()), await join(await invite())];
		const write = async (by: typeof flooder, to: AccountId) =>
			(await by.browser.send(letters.write, { request: { to, bytes: random(10) } })).status;
		const answers: number[] = [];
		for (let hour = 0; hour < 3; hour++) {
			for (let count = 0; count < 60; count++) answers.push(await write(flooder, reader.account));
			other.advance(HOUR);
		}
		// A tenth of what is left: with ninety-one that lie there, the next would be more.
		expect(answers.findIndex((status) => status !== 200)).toBe(91);
		expect(answers.slice(91).every((status) => status === 507)).toBe(true);
		expect(await lettersTo(other, reader.account)).toBe(91);
		const refusal = await flooder.browser.refused(letters.write, { request: { to: reader.account, bytes: random(10) } });
		expect(refusal).toMatchObject({ code: 'box-full' });
		expect([await write(member, reader.account), await write(flooder, member.account)]).toEqual([200, 200]);
		other.advance(7 * DAY);
		expect(await write(flooder, reader.account)).toBe(200);
	} finally {
		await other.close();
	}
});

test('many letters at once find no more room than one after another', async () => {
	const [flooder, reader] = [await home.join(await home.invite()), await home.join(await home.invite())];
	await fill(reader.account, 960);
	const write = () => flooder.browser.send(letters.write, { request: { to: reader.account, bytes: random(10) } });
	const answers = await Promise.all(Array.from({ length: 20 }, write));
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
	expect(await lettersTo(server, reader.account)).toBe(964);
});

test('the last place in a box is for somebody who has written nothing yet; then it is full, and whoever writes is told', async () => {
	const [first, second, third, reader] = [
		await home.join(await home.invite()),
		await home.join(await home.invite()),
		await home.join(await home.invite()),
		await home.join(await home.invite()),
	];
	await fill(reader.account, 998);
	const write = async (by: typeof first) =>
		(await by.browser.send(letters.write, { request: { to: reader.account, bytes: random(10) } })).status;
	expect(await write(first)).toBe(200);
	expect(await write(first)).toBe(507);
	expect(await write(second)).toBe(200);
	expect(await write(third)).toBe(507);
	expect(await lettersTo(server, reader.account)).toBe(1_000);
});

test('a letter that nobody fetched for two months is forgotten, and not before', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	const other = await openTestServer();
	try {
		const { founder } = await openForum(other);
		await founder.browser.call(letters.write, { request: { to: founder.account, bytes: random(10) } });
		const sweep = async () => void (await vi.advanceTimersByTimeAsync(60_000));
		other.advance(59 * DAY);
		await sweep();
		// The sweep goes on beside us: what it would have forgotten by then is asked for a moment later.
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await lettersTo(other, founder.account)).toBe(1);
		other.advance(2 * DAY);
		await sweep();
		await expect.poll(() => lettersTo(other, founder.account)).toBe(0);
	} finally {
		vi.useRealTimers();
		await other.close();
	}
});
