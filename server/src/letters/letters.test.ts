import { letters } from '@multaqa/shared/api/letters';
import { idOf, type AccountId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('a letter reaches whom it is for and nobody else', async () => {
	const [writer, reader] = [await home.join(await home.invite()), await home.join(await home.invite())];
	const bytes = random(300);
	await writer.browser.call(letters.write, { request: { to: reader.account, bytes } });
	const box = { request: { after: 0 } };
	expect(await reader.browser.call(letters.read, box)).toEqual({ letters: [{ number: 1, bytes }], more: false });
	expect(await home.founder.browser.call(letters.read, box)).toEqual({ letters: [], more: false });
});

test('a letter to nobody is answered as one to somebody, and is not kept', async () => {
	const to = idOf<AccountId>(random(32));
	expect(await home.founder.browser.call(letters.write, { request: { to, bytes: random(10) } })).toEqual({});
	const { letters: kept } = await home.founder.browser.call(letters.read, { request: { after: 0 } });
	expect(kept).toEqual([]);
});

test('whoever writes without end is stopped, and others are not', async () => {
	const [flooder, reader] = [await home.join(await home.invite()), await home.join(await home.invite())];
	const write = (by: typeof flooder) => by.browser.send(letters.write, { request: { to: reader.account, bytes: random(10) } });
	const answers: number[] = [];
	for (let count = 0; count < 62; count++) answers.push((await write(flooder)).status);
	expect(answers.filter((status) => status === 200)).toHaveLength(60);
	expect(answers.at(-1)).toBe(429);
	expect((await write(home.founder)).status).toBe(200);
});
