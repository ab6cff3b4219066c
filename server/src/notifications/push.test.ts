import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPushService, TEST_PUSH, type PushService } from '../testing/push-service.ts';
import { PUSH_SERVICES } from './options.ts';
import { createPush, type PushSender } from './push.ts';
import { createVapid, newVapidKey } from './vapid.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const key = newVapidKey();
const vapid = createVapid(key, TEST_PUSH.subject, () => NOW);

describe('which addresses are a push service', () => {
	const push = createPush({ services: PUSH_SERVICES }, vapid);
	test.each([
		'https://fcm.googleapis.com/fcm/send/abc:def',
		'https://updates.push.services.mozilla.com/wpush/v2/abc',
		'https://web.push.apple.com/abc',
		'https://wns2-par02p.notify.windows.com/w/?token=abc',
	])('%s is', (endpoint) => {
		expect(push.accepts(endpoint)).toBe(true);
	});
	test.each([
		'http://fcm.googleapis.com/fcm/send/abc',
		'https://fcm.googleapis.com:8443/fcm',
		'https://user:password@fcm.googleapis.com/',
		'https://fcm.googleapis.com.evil.example/',
		'https://evil.example/fcm.googleapis.com',
		'https://evilpush.apple.com/',
		'https://push.apple.com/',
		'https://.push.apple.com/',
		'https://127.0.0.1/',
		'https://2130706433/',
		'https://0x7f.1/',
		'https://[::1]/',
		'https://localhost/',
		'https://169.254.169.254/latest/meta-data',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'fcm.googleapis.com',
		'',
	])('%s is none', async (endpoint) => {
		expect(push.accepts(endpoint)).toBe(false);
		expect(await push.wake(endpoint)).toBe('gone');
	});

	test('an allowed name that leads to this machine is not spoken to', async () => {
		const service = await openPushService();
		const { port } = new URL(service.url);
		const sender = createPush({ services: ['localhost'] }, vapid);
		expect(sender.accepts(`https://localhost:${port}/`)).toBe(false);
		// Port 443 of this machine is never tried: the name is refused before.
		expect(await sender.wake('https://localhost/')).toBe('failed');
		expect(service.knocks).toEqual([]);
		await service.close();
	});
});

describe('a push service', () => {
	let service: PushService;
	let push: PushSender;
	beforeEach(async () => {
		service = await openPushService();
		push = createPush(TEST_PUSH, vapid);
	});
	afterEach(async () => {
		push.close();
		await service.close();
	});
	const wake = () => push.wake(`${service.url}/device`);

	test('is sent nothing but who sends it: no content, no name, no cookie', async () => {
		expect(await wake()).toBe('taken');
		const [{ path, headers, body }] = service.knocks as [PushService['knocks'][0]];
		expect({ path, body }).toEqual({ path: '/device', body: '' });
		const { authorization, host, connection, ...rest } = headers;
		expect(rest).toEqual({ ttl: '86400', urgency: 'normal', topic: 'new', 'content-length': '0' });
		expect({ host, connection }).toEqual({ host: new URL(service.url).host, connection: 'close' });
		const [, token = '', sentKey] = /^vapid t=(\S+), k=(\S+)$/.exec(authorization ?? '') ?? [];
		const [header = '', claims = '', signature = ''] = token.split('.');
		const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
		expect(read(header)).toEqual({ typ: 'JWT', alg: 'ES256' });
		expect(read(claims)).toEqual({ aud: service.url, sub: TEST_PUSH.subject, exp: NOW / 1000 + 43_200 });
		expect(Buffer.from(push.publicKey).toString('base64url')).toBe(sentKey);
		const publicKey = createPublicKey({ key: { ...(JSON.parse(key) as object), d: undefined } as never, format: 'jwk' });
		const signed = Buffer.from(`${header}.${claims}`);
		expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, fromBase64url(signature))).toBe(true);
		expect(push.publicKey[0]).toBe(4);
		expect(push.publicKey).toHaveLength(65);
	});

	test.each([
		[200, 'taken'],
		[202, 'taken'],
		[404, 'gone'],
		[410, 'gone'],
		[400, 'failed'],
		[403, 'failed'],
		[429, 'failed'],
		[500, 'failed'],
	])('that answers %i means %s', async (status, outcome) => {
		service.answer = (response) => void response.writeHead(status).end('details');
		expect(await wake()).toBe(outcome);
	});

	test('that sends elsewhere is not followed', async () => {
		service.answer = (response) => void response.writeHead(307, { location: `${service.url}/inside` }).end();
		expect(await wake()).toBe('failed');
		expect(service.knocks.map(({ path }) => path)).toEqual(['/device']);
	});

	test('that answers without end is not listened to', async () => {
		let closed = false;
		service.answer = (response) => {
			response.writeHead(201).on('close', () => (closed = true));
			const pour = () => void response.write(Buffer.alloc(1024 * 1024));
			response.on('drain', pour);
			pour();
		};
		expect(await wake()).toBe('taken');
		await expect.poll(() => closed).toBe(true);
	});

	test('that sends endless headers, or breaks off, has failed', async () => {
		service.answer = (response) => void response.writeHead(201, { long: 'x'.repeat(12_000) }).end();
		expect(await wake()).toBe('failed');
		service.answer = (response) => void response.destroy();
		expect(await wake()).toBe('failed');
	});

	test('that says nothing is given up when the server stops', async () => {
		let asked = () => undefined as void;
		const reached = new Promise<void>((resolve) => (asked = resolve));
		service.answer = () => asked();
		const waking = wake();
		await reached;
		push.close();
		expect(await waking).toBe('failed');
	});
});
