import { allPushes, findMail } from '@multaqa/db/notifications';
import { session } from '@multaqa/shared/api/accounts';
import { spaces } from '@multaqa/shared/api/log';
import { notifications } from '@multaqa/shared/api/notifications';
import { idBytes, type StreamId } from '@multaqa/shared/bytes/ids';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openForum, signInElsewhere, type TestForum } from '../testing/forum.ts';
import { newEnvelope, newPerson, type Person } from '../testing/person.ts';
import { openPostOffice, readMail, type PostOffice } from '../testing/post-office.ts';
import { openPushService, TEST_PUSH, type PushService } from '../testing/push-service.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let service: PushService;
let office: PostOffice;
let server: TestServer;
let home: TestForum;
let reader: Person;
beforeAll(async () => {
	service = await openPushService();
	office = await openPostOffice();
});
afterAll(async () => {
	await service.close();
	await office.close();
});
beforeEach(async () => {
	service.knocks.length = 0;
	service.answer = (response) => void response.writeHead(201).end();
	server = await openTestServer({ push: TEST_PUSH, mail: { url: office.url, from: 'post@neutral.example' } });
	home = await openForum(server);
	reader = await home.join(await home.invite());
});
afterEach(() => server.close());

const endpointOf = (name: string) => `${service.url}/${name}`;
const turnOn = ({ browser, prove }: Person, name = 'reader', without: null | (typeof home.space)[] = null) =>
	browser.call(notifications.turnOn, { request: { endpoint: endpointOf(name), without }, prove });
const read = ({ browser, prove }: Person) => browser.call(notifications.read, { prove });
const woken = () => service.knocks.map(({ path }) => path.slice(1)).sort();
const endpoints = async () => (await allPushes(server.context.db)).map(({ endpoint }) => endpoint);

async function write(by: Person, stream = randomBytes(16).toString('base64url') as StreamId): Promise<void> {
	await by.browser.call(spaces.append, { params: { space: home.space, stream }, request: { envelopes: [newEnvelope()] } });
}
/** Lets so much time pass, and the server look as often as it does. */
async function pass(time: number): Promise<void> {
	await server.context.notifier.tick();
	server.advance(time);
	await server.context.notifier.tick();
}

describe('a browser that asked to be woken', () => {
	test('is woken minutes after others write, once, and its owner by nothing of their own', async () => {
		await turnOn(reader);
		await turnOn(home.founder, 'founder');
		await write(home.founder);
		await write(home.founder);
		await pass(MINUTE / 2);
		expect(woken()).toEqual([]);
		await pass(6 * MINUTE);
		expect(woken()).toEqual(['reader']);
		await write(home.founder);
		await pass(HOUR);
		expect(woken()).toEqual(['reader']);
	});

	test('is woken on each device, with other times, and not for what was read meanwhile', async () => {
		const laptop = await signInElsewhere(reader);
		await turnOn(reader, 'phone');
		await turnOn(laptop, 'laptop');
		await write(home.founder);
		await pass(7 * MINUTE);
		expect(woken()).toEqual(['laptop', 'phone']);
		await reader.browser.call(spaces.list);
		server.advance(HOUR);
		await write(home.founder);
		await pass(1000);
		await reader.browser.call(spaces.list);
		await pass(HOUR);
		expect(service.knocks).toHaveLength(2);
	});

	test('is not woken by names and attestations, which travel in the index', async () => {
		const { indexStreamOf } = await import('@multaqa/shared/log/derived-streams');
		await turnOn(reader);
		await write(home.founder, indexStreamOf(home.space));
		await pass(HOUR);
		expect(woken()).toEqual([]);
	});

	test('is not woken by a space that it excluded, and keeps that choice when its address changes', async () => {
		await turnOn(reader, 'reader', [home.space]);
		await turnOn(reader, 'moved');
		expect((await read(reader)).push).toMatchObject({ on: true, without: [home.space] });
		await write(home.founder);
		await pass(HOUR);
		expect(woken()).toEqual([]);
		await turnOn(reader, 'moved', []);
		await write(home.founder);
		await pass(HOUR);
		expect(woken()).toEqual(['moved']);
	});

	test('is forgotten when it is turned off, signed out, or no longer subscribed', async () => {
		await turnOn(reader);
		await reader.browser.call(notifications.turnOff, { request: { endpoint: null }, prove: reader.prove });
		expect(await endpoints()).toEqual([]);
		await turnOn(reader);
		const anew = await signInElsewhere(reader);
		await anew.browser.call(notifications.turnOff, { request: { endpoint: endpointOf('reader') }, prove: anew.prove });
		expect(await endpoints()).toEqual([]);
		await turnOn(reader);
		service.answer = (response) => void response.writeHead(410).end();
		await write(home.founder);
		await pass(HOUR);
		expect(woken()).toEqual(['reader']);
		expect(await endpoints()).toEqual([]);
		expect((await read(reader)).push).toMatchObject({ on: false });
		await turnOn(reader);
		await reader.browser.call(session.end);
		expect(await endpoints()).toEqual([]);
	});

	test('goes on being woken after signing in anew, and is forgotten when that session ends', async () => {
		await reader.browser.call(session.bind, { prove: reader.prove });
		await turnOn(reader);
		const anew = await signInElsewhere(reader);
		await anew.browser.call(session.bind, { prove: anew.prove });
		expect((await read(anew)).push).toMatchObject({ on: true });
		await anew.browser.call(session.end);
		expect(await endpoints()).toEqual([]);
	});

	test('is forgotten with its device, and with its account', async () => {
		const thief = await signInElsewhere(reader);
		await turnOn(thief, 'stolen');
		await thief.browser.call(session.bind, { prove: thief.prove });
		const chain = reader.account as string as never;
		await home.append(reader, [{ kind: 'user', chain, type: 'device.revoke', body: { device: reader.deviceKey.publicKey } }]);
		expect(await endpoints()).toEqual([]);
		const other = await home.join(await home.invite());
		await turnOn(other, 'other');
		await confirmMailbox(other, 'other@example.org');
		await home.append(home.founder, [
			{ kind: 'directory', chain: home.id, type: 'account.remove', body: { account: idBytes(other.account) } },
		]);
		expect(await endpoints()).toEqual([]);
		await server.context.notifier.tick();
		expect(await findMail(server.context.db, other.account)).toBeNull();
	});

	test('is told when its push service refuses, and that it works again', async () => {
		await turnOn(reader);
		const trial = () => reader.browser.call(notifications.trial, { prove: reader.prove });
		service.answer = (response) => void response.writeHead(500).end();
		expect(await trial()).toEqual({ taken: false });
		expect((await read(reader)).push).toMatchObject({ on: true, failing: true });
		service.answer = (response) => void response.writeHead(201).end();
		expect(await trial()).toEqual({ taken: true });
		expect((await read(reader)).push).toMatchObject({ failing: false });
	});

	test('cannot use the server to knock elsewhere, or without end', async () => {
		for (const endpoint of ['http://169.254.169.254/', 'https://example.org/', 'nonsense'])
			expect(
				await reader.browser.refused(notifications.turnOn, { request: { endpoint, without: null }, prove: reader.prove }),
			).toMatchObject({ code: 'rejected-link', rule: 'push-service-is-known' });
		expect(await reader.browser.refused(notifications.trial, { prove: reader.prove })).toMatchObject({ code: 'not-found' });
		await turnOn(reader);
		for (let count = 0; count < 5; count++) await reader.browser.call(notifications.trial, { prove: reader.prove });
		expect(await reader.browser.refused(notifications.trial, { prove: reader.prove })).toMatchObject({ code: 'too-many-attempts' });
	});

	test('leaves no trace in the log', async () => {
		await turnOn(reader, 'secret-of-this-browser');
		service.answer = (response) => void response.destroy();
		await reader.browser.call(notifications.trial, { prove: reader.prove });
		await confirmMailbox(reader, 'reader@example.org');
		const log = server.lines.join('\n');
		for (const secret of ['secret-of-this-browser', service.url, 'reader@example.org', reader.account]) expect(log).not.toContain(secret);
	});
});

async function askFor(person: Person, address: string, language: 'ar' | 'en' = 'ar'): Promise<string> {
	await person.browser.call(notifications.askMail, { request: { address, language }, prove: person.prove });
	const { text } = readMail(await office.next());
	return /^(\d{4}) (\d{4})/.exec(text)!.slice(1).join('');
}
const confirm = async ({ browser, prove }: Person, code: string) =>
	(await browser.call(notifications.confirmMail, { request: { code }, prove })).confirmed;
async function confirmMailbox(person: Person, address: string): Promise<void> {
	expect(await confirm(person, await askFor(person, address))).toBe(true);
}

describe('a mailbox', () => {
	test('is used only after the code that came to it, and not known to the database before', async () => {
		const code = await askFor(reader, 'reader@example.org');
		expect((await read(reader)).mail).toEqual({ address: null, waiting: 'reader@example.org', failing: false });
		expect(await findMail(server.context.db, reader.account)).toBeNull();
		const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0');
		expect(await confirm(reader, wrong)).toBe(false);
		expect(await confirm(home.founder, code)).toBe(false);
		expect(await confirm(reader, code)).toBe(true);
		expect(await confirm(reader, code)).toBe(false);
		expect((await read(reader)).mail).toEqual({ address: 'reader@example.org', waiting: null, failing: false });
	});

	test('cannot be confirmed by guessing, nor after half an hour', async () => {
		const code = await askFor(reader, 'reader@example.org');
		const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0');
		for (let tries = 0; tries < 5; tries++) expect(await confirm(reader, wrong)).toBe(false);
		expect(await confirm(reader, code)).toBe(false);
		const second = await askFor(reader, 'reader@example.org');
		server.advance(31 * MINUTE);
		expect(await confirm(reader, second)).toBe(false);
	});

	test('gets one mail, hours before another, and none until its owner has been here', async () => {
		await confirmMailbox(reader, 'reader@example.org');
		await write(home.founder);
		await pass(HOUR);
		expect(readMail(await office.next())).toEqual({ subject: 'لديك جديد', text: 'لديك جديد' });
		const all = office.mails.length;
		await write(home.founder);
		await pass(24 * HOUR);
		expect(office.mails).toHaveLength(all);
		await reader.browser.call(spaces.list);
		server.advance(1000);
		await write(home.founder);
		await pass(HOUR);
		expect(office.mails).toHaveLength(all + 1);
		await office.next();
	});

	test('is forgotten when its owner says so', async () => {
		await confirmMailbox(reader, 'reader@example.org');
		await reader.browser.call(notifications.removeMail, { prove: reader.prove });
		expect((await read(reader)).mail).toMatchObject({ address: null });
		await write(home.founder);
		const all = office.mails.length;
		await pass(HOUR);
		expect(office.mails).toHaveLength(all);
	});

	test('of a stranger is not flooded, and nobody learns that others asked for it', async () => {
		for (let count = 0; count < 3; count++) await askFor(reader, 'Victim@example.org');
		const all = office.mails.length;
		const ask = { request: { address: 'victim@EXAMPLE.org', language: 'ar' as const } };
		expect(await home.founder.browser.call(notifications.askMail, { ...ask, prove: home.founder.prove })).toEqual({});
		for (let count = 0; count < 3; count++) await askFor(reader, `other${count}@example.org`);
		expect(office.mails).toHaveLength(all + 3);
		expect(await reader.browser.refused(notifications.askMail, { ...ask, prove: reader.prove })).toMatchObject({
			code: 'too-many-attempts',
		});
	});

	test.each([
		'',
		'nobody',
		'a@b',
		'a b@example.org',
		'a@example.org\r\nBcc: all@example.org',
		'<a@example.org>',
		'a@example.org,b@example.org',
	])('%j is none', async (address) => {
		const refused = await reader.browser.refused(notifications.askMail, { request: { address, language: 'ar' }, prove: reader.prove });
		expect(refused).toMatchObject({ code: 'malformed' });
	});
});

describe('what a notice says', () => {
	const setText = ({ browser, prove }: Person, text: string | null) => browser.send(notifications.setText, { request: { text }, prove });

	test('can be changed by a coordinator, and goes to everybody as it is', async () => {
		expect((await setText(home.founder, ' تذكير ')).status).toBe(200);
		expect((await read(reader)).text).toBe('تذكير');
		await confirmMailbox(reader, 'reader@example.org');
		await write(home.founder);
		await pass(HOUR);
		expect(readMail(await office.next())).toEqual({ subject: 'تذكير', text: 'تذكير' });
		expect((await setText(home.founder, null)).status).toBe(200);
		expect((await read(reader)).text).toBeNull();
	});

	test('never holds a variable: it is refused when saving, with the reason, and the old one stays', async () => {
		await setText(home.founder, 'تذكير');
		const refused = await home.founder.browser.refused(notifications.setText, {
			request: { text: 'لديك جديد في {title}' },
			prove: home.founder.prove,
		});
		expect(refused).toMatchObject({ code: 'malformed', rule: 'notice-holds-no-variables' });
		expect((await read(reader)).text).toBe('تذكير');
	});

	test('is not for members to change, who cannot tell whether it could be', async () => {
		const refused = await reader.browser.refused(notifications.setText, { request: { text: 'تذكير' }, prove: reader.prove });
		expect(refused).toMatchObject({ code: 'not-found' });
	});
});

test('a stolen cookie alone learns and changes nothing', async () => {
	const thief = await newPerson(server.url);
	thief.browser.cookie = reader.browser.cookie;
	const refused = { code: 'device-proof-required' };
	expect(await thief.browser.refused(notifications.read, { prove: thief.prove })).toMatchObject(refused);
	const request = { endpoint: endpointOf('thief'), without: null };
	expect(await thief.browser.refused(notifications.turnOn, { request, prove: thief.prove })).toMatchObject(refused);
});

test('where the operator has switched it off, nothing is offered and nothing kept', async () => {
	const silent = await openTestServer();
	const { founder } = await openForum(silent);
	expect(await read(founder)).toEqual({ push: null, mail: null, text: null });
	const asked = { prove: founder.prove };
	expect(
		await founder.browser.refused(notifications.turnOn, { ...asked, request: { endpoint: endpointOf('x'), without: null } }),
	).toMatchObject({ code: 'not-found' });
	expect(
		await founder.browser.refused(notifications.askMail, { ...asked, request: { address: 'a@example.org', language: 'ar' } }),
	).toMatchObject({ code: 'not-found' });
	await silent.close();
});

test('the key that browsers subscribe with outlives a restart', async () => {
	const { key } = (await read(reader)).push!;
	server = await server.restart();
	expect([...server.context.notifier.push!.publicKey]).toEqual([...key]);
});
