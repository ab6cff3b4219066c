import { vaults } from '@multaqa/shared/api/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, signInElsewhere, type TestForum } from '../testing/forum.ts';
import { newPerson } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const blob = (value: number) => Uint8Array.from([value]);

test('of two devices that write at once one is told to read again', async () => {
	const { founder } = home;
	const write = (value: number) =>
		founder.browser.send(vaults.write, { request: { expected: 1, blob: blob(value) }, prove: founder.prove });
	const statuses = (await Promise.all([write(1), write(2)])).map(({ status }) => status);
	expect(statuses.sort()).toEqual([200, 409]);
	expect(await founder.browser.call(vaults.read, { prove: founder.prove })).toMatchObject({ version: 2 });
});

test('a stolen cookie alone reads no vault', async () => {
	const { founder } = home;
	const thief = await newPerson(server.url);
	thief.browser.cookie = founder.browser.cookie;
	thief.nonce = founder.nonce;
	expect(await thief.browser.refused(vaults.read)).toMatchObject({ code: 'device-proof-required', status: 401 });
	expect(await thief.browser.refused(vaults.read, { prove: thief.prove })).toMatchObject({ code: 'device-proof-required' });
	for (const proof of ['', '.', 'x.y', `${founder.device}.`, `${founder.device}.${'A'.repeat(86)}`]) {
		expect(await thief.browser.refused(vaults.read, { headers: { 'device-proof': proof } })).toMatchObject({
			code: 'device-proof-required',
		});
	}
});

test('a proof is good for its own session and body only', async () => {
	const { founder } = home;
	const elsewhere = await signInElsewhere(founder);
	expect(await elsewhere.browser.refused(vaults.read, { prove: founder.prove })).toMatchObject({ code: 'device-proof-required' });
	const forAnotherBody = (method: string, path: string) => founder.prove(method, path, Uint8Array.from([1]));
	const write = { request: { expected: 2, blob: blob(9) }, prove: forAnotherBody };
	expect(await founder.browser.refused(vaults.write, write)).toMatchObject({ code: 'device-proof-required' });
});

test('the other browsers of the person hear of a new version, the one that wrote it does not', async () => {
	const { founder } = home;
	const elsewhere = await signInElsewhere(founder);
	const mine = await openLine(server.url, { cookie: founder.browser.cookie });
	const other = await openLine(server.url, { cookie: elsewhere.browser.cookie });
	const { version } = await founder.browser.call(vaults.read, { prove: founder.prove });
	await founder.browser.call(vaults.write, { request: { expected: version, blob: blob(3) }, prove: founder.prove });
	expect(await other.next('vault')).toEqual({ version: version + 1 });
	expect(mine.heard).toEqual([]);
	mine.close();
	other.close();
});
