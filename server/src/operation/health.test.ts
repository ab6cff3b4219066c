import { spaces } from '@multaqa/shared/api/log';
import { problems } from '@multaqa/shared/problem';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { newEnvelope, random, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

let server: TestServer;
let home: TestForum;
let member: Person;
const stream = Buffer.from(random(16)).toString('base64url') as StreamId;
beforeAll(async () => {
	server = await openTestServer({ metricsPort: 0 });
	home = await openForum(server);
	member = await home.join(await home.invite());
	for (let place = 0; place < 3; place++) await post();
});
afterAll(() => server.close());

const post = () => member.browser.call(spaces.append, { params: { space: home.space, stream }, request: { envelopes: [newEnvelope()] } });
const ask = async (path: string, port = server.port) => {
	const answer = await fetch(`http://127.0.0.1:${port}${path}`);
	return [answer.status, await answer.text()] as const;
};
const figures = async () => (await ask('/metrics', server.metricsPort!))[1];
const figure = async (name: string) => Number(new RegExp(`^multaqa_${name} (.*)$`, 'm').exec(await figures())?.[1]);

/** As a program on this machine asks, with whatever headers it likes: its status. */
const statusWith = (headers: Record<string, string>) =>
	new Promise((resolve, reject) => {
		const asking = request({ port: server.metricsPort!, path: '/metrics', headers }, (answer) => resolve(answer.resume().statusCode));
		asking.once('error', reject).end();
	});

test('a supervisor is told in one word that it lives and that its database answers; a stranger learns nothing else', async () => {
	expect(await ask('/healthz')).toEqual([200, 'ok\n']);
	expect(await ask('/readyz')).toEqual([200, 'ready\n']);
	expect((await fetch(`${server.url}/healthz`)).headers.get('cache-control')).toBe('no-store');
});

test('when the database answers no more it lives and is not ready', async () => {
	const other = await openTestServer();
	await other.context.db.destroy();
	expect(await ask('/healthz', other.port)).toEqual([200, 'ok\n']);
	expect(await ask('/readyz', other.port)).toEqual([503, 'not ready\n']);
	await other.close().catch(() => undefined);
});

test('figures follow what happens: events, lines, failures by kind', async () => {
	const before = await figure('events_total');
	const line = await openLine(server.url, { cookie: member.browser.cookie });
	await post();
	expect(await figure('events_total')).toBe(before + 1);
	expect(await figure('append_seconds_count')).toBe(before + 1);
	expect(await figure('sockets')).toBe(1);
	expect(await figure('appends_waiting')).toBe(0);
	line.close();
	const refused = (await figure('failures_total{kind="not-found"}'.replace(/[{}]/g, '\\$&'))) || 0;
	await fetch(`${server.url}/api/nothing-of-the-kind/${member.account}`);
	const outsider = { params: { space: Buffer.from(random(32)).toString('base64url') as typeof home.space, stream } };
	await member.browser.refused(spaces.append, { ...outsider, request: { envelopes: [newEnvelope()] } });
	expect(await figure(String.raw`failures_total\{kind="not-found"\}`)).toBe(refused + 1);
	for (const name of ['database_bytes', 'disk_free_bytes', 'resident_bytes', 'heap_bytes', 'start_time_seconds'])
		expect(await figure(name), name).toBeGreaterThan(0);
});

test('nothing that names anybody or anything can stand in the figures: every word in them is known beforehand', async () => {
	await fetch(`${server.url}/api/spaces/${home.space}?who=${member.account}`, {
		headers: { 'user-agent': 'telltale', 'x-forwarded-for': '203.0.113.7' },
	});
	const text = await figures();
	const kinds = Object.keys(problems).join('|');
	const label = String.raw`\{(status="[1-5]xx"|kind="(${kinds})"|le="([\d.]+|\+Inf)"|quantile="[\d.]+")\}`;
	const sample = new RegExp(String.raw`^multaqa_[a-z_]+(${label})? -?[\d.]+(e[+-]?\d+)?$`);
	const comment = /^# (HELP multaqa_[a-z_]+ [A-Za-z ,]+\.|TYPE multaqa_[a-z_]+ (counter|gauge|histogram))$/;
	const strange = text.split('\n').filter((line) => line !== '' && !sample.test(line) && !(line.startsWith('#') && comment.test(line)));
	expect(strange).toEqual([]);
	const secrets = [member.account, home.founder.account, member.device, home.space, home.id, stream, member.browser.cookie.split('=')[1]!];
	for (const secret of [...secrets, '203.0.113.7', 'telltale', '127.0.0.1', 'localhost']) expect(text).not.toContain(secret);
	const minutes = /start_time_seconds (\d+)/.exec(text)![1]!;
	expect(Number(minutes) % 3600).toBe(0);
});

test('figures are served to this machine alone: not where the forum is, and to no page of a browser here', async () => {
	expect((await ask('/metrics'))[1]).not.toContain('multaqa_');
	expect(await ask('/', server.metricsPort!)).toEqual([404, '']);
	expect(await statusWith({ host: `127.0.0.1:${server.metricsPort}` })).toBe(200);
	expect(await statusWith({ host: 'attacker.example' })).toBe(404);
	expect(await statusWith({ origin: 'https://attacker.example' })).toBe(404);
	expect(await statusWith({ 'sec-fetch-site': 'cross-site' })).toBe(404);
	const plain = await openTestServer();
	expect(plain.metricsPort).toBeNull();
	await plain.close();
});
