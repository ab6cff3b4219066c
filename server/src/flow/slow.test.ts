import { forum } from '@multaqa/shared/api/accounts';
import { spaces } from '@multaqa/shared/api/log';
import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { afterEach, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { newEnvelope } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';
import { MOST_WAITING } from './slow.ts';

let server: TestServer;
const open: Socket[] = [];
afterEach(async () => {
	for (const socket of open.splice(0)) socket.destroy();
	await server.close();
});

/** A connection on which somebody types bytes themselves. */
async function raw(said = ''): Promise<Socket> {
	const socket = connect(server.port, '127.0.0.1');
	open.push(socket);
	socket.on('error', () => undefined);
	await new Promise((resolve) => socket.once('connect', resolve));
	if (said) socket.write(said);
	return socket;
}
const ended = (socket: Socket) => new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));
const answers = async () => (await fetch(`${server.url}/api/forum`)).status;
const QUICK = { headers: 200, request: 400, silence: 400, look: 50 };

/** Sends one byte after another until the connection ends. */
function dribble(socket: Socket, byte: string): void {
	const timer = setInterval(() => socket.write(byte), 20);
	socket.once('close', () => clearInterval(timer));
}

test('whoever dribbles headers, or a body, byte by byte is cut off in the middle of it', async () => {
	server = await openTestServer({ connections: QUICK });
	const slowHeaders = await raw('GET /api/forum HTTP/1.1\r\nHost: x\r\nX-Slow: ');
	const slowBody = await raw(
		'POST /api/session/passkey HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\nContent-Length: 60000\r\n\r\n',
	);
	dribble(slowHeaders, 'a');
	dribble(slowBody, 'a');
	await Promise.all([ended(slowHeaders), ended(slowBody)]);
	expect(await answers()).toBe(200);
});

test('headers that are too long, or too many, are refused unread', async () => {
	server = await openTestServer();
	const heard = async (said: string) => {
		const socket = await raw(said);
		let answer = '';
		socket.on('data', (bytes) => void (answer += bytes.toString()));
		await ended(socket);
		return answer.split('\r\n')[0];
	};
	expect(await heard(`GET /api/forum HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`)).toContain('431');
});

test('a thousand connections that were opened and say nothing keep nobody out', async () => {
	server = await openTestServer({ connections: { unheard: 100, connections: 400 } });
	const silent = await Promise.all(Array.from({ length: 1_000 }, () => raw()));
	expect(await answers()).toBe(200);
	await expect.poll(() => silent.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(100);
	expect(await answers()).toBe(200);
});

test('a thousand connections that begin to ask and stop keep nobody out either', async () => {
	server = await openTestServer({ connections: { unheard: 100, connections: 400 } });
	await Promise.all(Array.from({ length: 1_000 }, () => raw('POST /api/session/passkey HTTP/1.1\r\nHost')));
	expect(await answers()).toBe(200);
});

const upgrade = (cookie: string) =>
	[
		'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
		'Host: x',
		'Connection: Upgrade',
		'Upgrade: websocket',
		'Sec-WebSocket-Version: 13',
		`Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
		`Cookie: ${cookie}`,
		'\r\n',
	].join('\r\n');

/** A text frame as browsers send it, masked with zeros. `announced`: what it says of its length. */
function frame(text: string, announced = text.length): Buffer {
	const head = announced < 126 ? Buffer.from([0x81, 0x80 | announced]) : Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
	if (announced >= 126) head.writeBigUInt64BE(BigInt(announced), 2);
	return Buffer.concat([head, Buffer.alloc(4), Buffer.from(text)]);
}

/** A line that is greeted as a browser's, by somebody who holds the other end in their hands. */
async function rawLine({ founder }: TestForum): Promise<Socket> {
	const socket = await raw(upgrade(founder.browser.cookie));
	await new Promise((resolve) => socket.once('data', resolve));
	socket.write(frame('40'));
	await expect.poll(() => server.context.realtime.load.sockets).toBe(1);
	return socket;
}

test('a frame that is larger than anything a client has to say ends its line before it has arrived', async () => {
	server = await openTestServer();
	const line = await rawLine(await openForum(server));
	line.write(frame('42["x"', 2 ** 30));
	await ended(line);
	expect(server.context.realtime.load.sockets).toBe(0);
});

test('who does not read what is announced is cut off and catches up by asking; those who read hear everything', async () => {
	server = await openTestServer({ writingPerHour: 2 ** 30 });
	const home = await openForum(server);
	const stuck = await rawLine(home);
	stuck.pause();
	const member = await home.join(await home.invite());
	const line = await openLine(server.url, { cookie: member.browser.cookie });
	const { realtime } = server.context;
	const stream = randomBytes(16).toString('base64url') as StreamId;
	let [sent, most] = [0, 0];
	// What the system itself takes for a socket comes first: some megabytes.
	for (; realtime.load.sockets === 2 && sent < 400; sent++) {
		await home.founder.browser.call(spaces.append, {
			params: { space: home.space, stream },
			request: { envelopes: [newEnvelope(1, 90_000)] },
		});
		most = Math.max(most, realtime.load.waiting);
	}
	expect(sent).toBeLessThan(400);
	expect(most).toBeGreaterThan(0);
	expect(most).toBeLessThanOrEqual(MOST_WAITING + 100_000);
	for (let heard = 0; heard < sent; heard++) await line.next('event');
	expect(realtime.openSessions).toHaveLength(1);
	line.close();
});

test('an answer that nobody reads is not kept for ever', async () => {
	server = await openTestServer({ connections: { silence: 400 }, writingPerHour: 2 ** 30 });
	const home = await openForum(server);
	const stream = randomBytes(16).toString('base64url') as StreamId;
	for (let sent = 0; sent < 6; sent++) {
		await home.founder.browser.call(spaces.append, {
			params: { space: home.space, stream },
			request: { envelopes: [newEnvelope(1, 90_000)] },
		});
	}
	const body = encodeCbor({ after: 0, generation: 0, roster: 0, whole: null });
	const ask = `POST /api/spaces/${home.space}/sync HTTP/1.1\r\nHost: x\r\nCookie: ${home.founder.browser.cookie}\r\nContent-Type: application/cbor\r\nContent-Length: ${body.length}\r\n\r\n`;
	const greedy = await raw();
	greedy.pause();
	for (let asked = 0; asked < 40; asked++) greedy.write(Buffer.concat([Buffer.from(ask), body]));
	// Only by writing does somebody who does not read notice that the other end is gone.
	const timer = setInterval(() => greedy.write('G'), 1_000);
	await ended(greedy);
	clearInterval(timer);
	expect((await home.founder.browser.call(forum.read)).waiting).toBe(false);
});
