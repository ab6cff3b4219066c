import * as api from '@multaqa/shared/api/index';
import type { Route } from '@multaqa/shared/api/route';
import { nothing } from '@multaqa/shared/api/route';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openForum, type TestForum } from './testing/forum.ts';
import { openBrowser } from './testing/http.ts';
import { newEnvelope } from './testing/person.ts';
import { openTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const { announcements: _, ...groups } = api;
const routes = Object.values(groups).flatMap((group) => Object.values(group) as Route[]);
const withBody = routes.filter(({ method }) => method !== 'GET');
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

/** Something for each name that stands in a path. */
const paramsOf = (space: SpaceId) => ({
	space,
	stream: randomBytes(16).toString('base64url'),
	blob: randomBytes(32).toString('base64url'),
	address: 'k7qf2m3xab',
});

/** As the person who may ask most: signed in, on an enrolled device, about a space that exists. */
function asFounder(route: Route, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
	const browser = openBrowser(server.url);
	browser.cookie = home.founder.browser.cookie;
	return browser.refused(route, {
		params: paramsOf(home.space),
		body,
		headers,
		...(route.access === 'device' ? { prove: home.founder.prove } : {}),
	});
}

describe('bad input on every route', () => {
	test.each(withBody.map((route) => [nameOf(route), route] as const))(
		'%s refuses a body that is too large before reading it',
		async (_name, route) => {
			const answer = await asFounder(route, new Uint8Array(route.limit + 1));
			expect(answer).toMatchObject({ code: 'too-large', status: 413, limit: route.limit });
		},
	);

	test.each(withBody.map((route) => [nameOf(route), route] as const))(
		'%s refuses a body that is no CBOR, or of another shape',
		async (_name, route) => {
			for (const body of [randomBytes(40), Buffer.from('{"a":1}'), Uint8Array.from([0xa1, 0x61, 0x78, 0x01]), Uint8Array.from([0xf6])]) {
				expect(await asFounder(route, new Uint8Array(body))).toMatchObject({ code: 'malformed', status: 400 });
			}
		},
	);

	test.each(withBody.filter(({ request }) => request !== nothing).map((route) => [nameOf(route), route] as const))(
		'%s refuses an empty body',
		async (_name, route) => {
			expect(await asFounder(route, new Uint8Array())).toMatchObject({ code: 'malformed' });
		},
	);

	test.each(withBody.map((route) => [nameOf(route), route] as const))(
		'%s refuses another content type, a foreign origin and a foreign site',
		async (_name, route) => {
			const body = Uint8Array.from([0xa0]);
			expect(await asFounder(route, body, { 'content-type': 'text/plain' })).toMatchObject({ code: 'malformed' });
			expect(await asFounder(route, body, { origin: 'https://evil.example' })).toMatchObject({ code: 'foreign-origin', status: 403 });
			expect(await asFounder(route, body, { origin: 'null' })).toMatchObject({ code: 'foreign-origin' });
			expect(await asFounder(route, body, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ code: 'foreign-origin' });
		},
	);

	test.each(routes.filter(({ access }) => access !== 'public').map((route) => [nameOf(route), route] as const))(
		'%s refuses who is not signed in',
		async (_name, route) => {
			const stranger = openBrowser(server.url);
			stranger.cookie = `session=${randomBytes(32).toString('base64url')}`;
			expect(await stranger.refused(route, { params: paramsOf(home.space), body: Uint8Array.from([0xa0]) })).toMatchObject({
				code: 'unauthenticated',
				status: 401,
			});
		},
	);
});

test('a body without an announced length is cut off at the limit', async () => {
	const path = '/api/forum/probe';
	const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(16_384)) });
	const response = await fetch(server.url + path, {
		method: 'POST',
		body: endless,
		headers: { 'content-type': 'application/cbor' },
		duplex: 'half',
	} as RequestInit).catch(() => null);
	// The server may close the line while the client is still sending; either way it does not read on.
	expect([413, undefined]).toContain(response?.status);
	expect((await openBrowser(server.url).call(api.forum.read)).waiting).toBe(false);
});

test('nonsense instead of HTTP, and paths that are not there, leave the server standing', async () => {
	await new Promise<void>((resolve) => {
		const { port } = new URL(server.url);
		const socket = connect(Number(port), '127.0.0.1', () => socket.end('\x00\x01\x02 nonsense\r\n\r\n'));
		socket
			.on('close', () => resolve())
			.on('error', () => undefined)
			.resume();
	});
	for (const path of ['/api', '/api/', '/api/nothing', '/api/spaces/x/sync', '/api/%', '/api/session/%2e%2e']) {
		const response = await fetch(server.url + path);
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ code: 'not-found' });
	}
});

const BARE = {
	'cross-origin-resource-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
};

test('every page carries the strict headers, the missing one too', async () => {
	for (const path of ['/', '/nothing', '/socket.io/']) {
		const { headers } = await fetch(server.url + path);
		expect(Object.fromEntries(headers)).toMatchObject({
			...BARE,
			'cross-origin-opener-policy': 'same-origin',
			'x-frame-options': 'DENY',
		});
		expect(headers.get('permissions-policy')).toContain('geolocation=()');
		expect(headers.get('access-control-allow-origin')).toBeNull();
	}
});

test('an answer of the API can never be a document, and carries what concerns answers, errors too', async () => {
	for (const path of ['/api/forum', '/api/nothing']) {
		const { headers } = await fetch(server.url + path);
		expect(Object.fromEntries(headers)).toMatchObject({
			...BARE,
			'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
		});
		expect(headers.get('permissions-policy')).toBeNull();
		expect(headers.get('access-control-allow-origin')).toBeNull();
	}
});

test('the log names patterns only: no id, token, address, agent or body', async () => {
	const { founder, space } = home;
	const agent = 'Agent-That-Must-Not-Be-Logged';
	const stream = randomBytes(16).toString('base64url') as never;
	const planted = newEnvelope();
	await founder.browser.send(api.spaces.append, {
		params: { space, stream },
		request: { envelopes: [planted] },
		headers: { 'user-agent': agent, 'x-forwarded-for': '203.0.113.9' },
	});
	await fetch(`${server.url}/private-path-of-somebody?with=query`);
	const token = founder.browser.cookie.split('=')[1]!;
	const sessionId = createHash('sha256').update(token).digest('base64url');
	const log = server.lines.join('\n');
	expect(log).toContain('/api/spaces/:space/streams/:stream/events');
	for (const secret of [
		agent,
		'203.0.113.9',
		'127.0.0.1',
		space,
		stream,
		founder.account,
		founder.device,
		token,
		sessionId,
		server.token,
		'private-path',
		'query',
	]) {
		expect(log).not.toContain(secret);
	}
});

test('an unexpected error tells the client nothing, and the log no values', async () => {
	const { realtime } = server.context;
	const announce = realtime.announce;
	const secret = 'the-title-of-a-secret-thread';
	Object.assign(realtime, {
		announce: () => {
			throw new Error(`cannot announce "${secret}" to ${home.founder.account}`);
		},
	});
	const stream = randomBytes(16).toString('base64url') as never;
	const answer = await home.founder.browser.refused(api.spaces.append, {
		params: { space: home.space, stream },
		request: { envelopes: [newEnvelope()] },
	});
	Object.assign(realtime, { announce });
	expect(answer).toEqual({ type: 'about:blank', title: 'internal', status: 500, code: 'internal' });
	const line = server.lines.findLast((logged) => logged.includes('"error":"Error"'))!;
	expect(line).toContain('cannot announce');
	expect(line).toContain('server/src/log/routes.ts');
	expect(line).not.toContain(secret);
	expect(line).not.toContain(home.founder.account);
});

test('long answers about the chains travel compressed, as the browser asks for it', async () => {
	const ask = async (encoding: string) => {
		const response = await fetch(`${server.url}/api/links/read`, {
			method: 'POST',
			headers: { cookie: home.founder.browser.cookie, origin: server.url, 'content-type': 'application/cbor', 'accept-encoding': encoding },
			body: encodeCbor({ after: 0 }),
		});
		// The answer also tells the time, which goes on.
		const { links } = decodeCbor(new Uint8Array(await response.arrayBuffer())) as { links: Cbor };
		return { encoding: response.headers.get('content-encoding'), links };
	};
	for (let count = 0; count < 5; count++) await home.invite();
	const plain = await ask('identity');
	expect(plain.encoding).toBeNull();
	for (const encoding of ['br', 'gzip']) expect(await ask(encoding)).toEqual({ encoding, links: plain.links });
});

test('events never travel compressed: the length of an answer would tell of what stands in it', async () => {
	const { founder, space } = home;
	const stream = randomBytes(16).toString('base64url') as never;
	await founder.browser.call(api.spaces.append, { params: { space, stream }, request: { envelopes: [newEnvelope(1, 4_000)] } });
	const response = await fetch(`${server.url}/api/spaces/${space}/sync`, {
		method: 'POST',
		headers: { cookie: founder.browser.cookie, origin: server.url, 'content-type': 'application/cbor', 'accept-encoding': 'br, gzip' },
		body: encodeCbor({ roster: 0, after: 0, generation: 0, whole: null }),
	});
	expect(response.headers.get('content-encoding')).toBeNull();
	expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(4_000);
});
