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

test('a box that is full takes no more, and whoever writes is not told', async () => {
	const reader = await home.join(await home.invite());
	const bytes = random(10);
	const full = Array.from({ length: 1_000 }, (_, number) => ({ account: reader.account, number: number + 1, hour: '', bytes }));
	for (let start = 0; start < full.length; start += 100)
		await server.context.db
			.insertInto('letters')
			.values(full.slice(start, start + 100))
			.execute();
	expect(await home.founder.browser.call(letters.write, { request: { to: reader.account, bytes } })).toEqual({});
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
