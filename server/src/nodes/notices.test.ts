import { startPostgres } from '@multaqa/db/testing/postgres-server';
import { spaces } from '@multaqa/shared/api/log';
import { notifications } from '@multaqa/shared/api/notifications';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { openBrowser, type Browser } from '../testing/http.ts';
import { newEnvelope, random, type Person } from '../testing/person.ts';
import { openPostOffice, readMail, type PostOffice } from '../testing/post-office.ts';
import { openPushService, TEST_PUSH, type PushService } from '../testing/push-service.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

const MINUTE = 60_000;
const postgres = await startPostgres();
afterAll(() => postgres?.close());

describe.skipIf(!postgres)('notices of a forum with two nodes', { timeout: 60_000 }, () => {
	let service: PushService;
	let office: PostOffice;
	let one: TestServer;
	let other: TestServer;
	let home: TestForum;
	let reader: Person;

	beforeEach(async () => {
		service = await openPushService();
		office = await openPostOffice();
		const options = {
			databaseUrl: await postgres!.newDatabase(),
			push: TEST_PUSH,
			mail: { url: office.url, from: 'post@neutral.example' },
		};
		one = await openTestServer(options);
		other = await openTestServer({ ...options, publicUrl: one.url });
		home = await openForum(one);
		reader = await home.join(await home.invite());
		await reader.browser.call(notifications.turnOn, { request: { endpoint: `${service.url}/reader`, without: null }, prove: reader.prove });
	}, 60_000);
	afterEach(async () => {
		await one.close();
		await other.close();
		await service.close();
		await office.close();
	});

	const there = ({ cookie }: Browser) => Object.assign(openBrowser(`http://localhost:${other.port}`), { cookie });
	const write = (browser: Browser) =>
		browser.call(spaces.append, {
			params: { space: home.space, stream: Buffer.from(random(16)).toString('base64url') as StreamId },
			request: { envelopes: [newEnvelope()] },
		});
	async function pass(time: number, ...servers: readonly TestServer[]): Promise<void> {
		for (const server of servers) await server.context.notifier.tick();
		for (const server of servers) server.advance(time);
		for (const server of servers) await server.context.notifier.tick();
	}

	test('whoever is to be woken is woken once, whichever node heard of it', async () => {
		expect(await one.context.nodes.leads()).toBe(true);
		await write(there(home.founder.browser));
		// Nodes tell each other every few seconds.
		await expect
			.poll(
				async () => {
					await pass(7 * MINUTE, one, other);
					return service.knocks.length;
				},
				{ timeout: 20_000, interval: 500 },
			)
			.toBe(1);
		await pass(30 * MINUTE, one, other);
		expect(service.knocks).toHaveLength(1);
	});

	test('a node that takes over knows what was written before, and whom the other had woken already', async () => {
		expect(await one.context.nodes.leads()).toBe(true);
		await write(home.founder.browser);
		await pass(7 * MINUTE, one);
		expect(service.knocks).toHaveLength(1);
		await one.close();
		await expect.poll(() => other.context.nodes.leads()).toBe(true);
		await write(there(home.founder.browser));
		await pass(10 * MINUTE, other);
		expect(service.knocks).toHaveLength(1);
		// After the reader was here, what is written later is news again.
		await there(reader.browser).call(spaces.list);
		other.advance(21 * MINUTE);
		await write(there(home.founder.browser));
		await pass(30 * MINUTE, other);
		expect(service.knocks).toHaveLength(2);
		one = await openTestServer({ databaseUrl: await postgres!.newDatabase() });
	});

	test('a code that one node has sent is confirmed at the other', async () => {
		const address = 'reader@example.org';
		await reader.browser.call(notifications.askMail, { request: { address, language: 'ar' }, prove: reader.prove });
		const code = readMail(await office.next()).text.replaceAll(/\D/g, '');
		const browser = there(reader.browser);
		await expect
			.poll(async () => (await browser.call(notifications.confirmMail, { request: { code }, prove: reader.prove })).confirmed)
			.toBe(true);
	});
});
