import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import * as Y from 'yjs';
import { openDocumentAs, Scribe } from '../e2e/testing/scribe.ts';
import { atMost, quantile, told, type Figure } from './figure.ts';
import { measureInPage } from './in-page.ts';
import type { Meter } from './live.ts';

const WORDS = 120;
/** Somebody who types 60 words a minute, a letter each fifth of a second: what the page puts into one change. */
const LETTERS = 3;
const LETTERS_TYPED = WORDS * LETTERS;
/** How long the page gathers what is typed (`sending.svelte.ts`). */
const GATHERED = 600;
const SECONDS_TO_SEE = 2_000;

/** A change of a document from one engine to the text of another, beside a plain Yjs relay; and opening a long one. */
export async function documents(writer: Client, reader: Client, space: SpaceId, up: Meter, down: Meter): Promise<readonly Figure[]> {
	const stream = await openDocumentAs(writer, space, 'بيان', 'open-letter');
	const [alice, bob] = [new Scribe(writer, space, stream), new Scribe(reader, space, stream)];
	await arrival(bob, space, () => bob.look().textOf(null) !== null);
	const before = { up: up.counted.up, down: down.counted.down };
	const delays: number[] = [];
	for (let word = 0; word < WORDS; word++) delays.push(await typed(alice, bob, space, 'نحن'));
	const bytes = { up: (up.counted.up - before.up) / LETTERS_TYPED, down: (down.counted.down - before.down) / LETTERS_TYPED };
	const plain = await plainRelay();
	const page = await measureInPage(new URL('documents.page.ts', import.meta.url));
	const shown = (share: number) => GATHERED + quantile(delays, share);
	return [
		told('plain Yjs, relay over TCP: keystroke → other’s text, p50', quantile(plain.delays, 0.5), 'ms', 'no cryptography, nothing kept'),
		told('plain Yjs, relay over TCP: keystroke → other’s text, p99', quantile(plain.delays, 0.99), 'ms'),
		told('change of a document → other’s text, p50', quantile(delays, 0.5), 'ms', 'sign, seal, commit, announce, open, verify, apply'),
		told('change of a document → other’s text, p99', quantile(delays, 0.99), 'ms'),
		told('keystroke → other’s screen, p50', shown(0.5), 'ms', `${GATHERED} ms of which the page gathers what is typed`),
		atMost('keystroke → other’s screen, p99', shown(0.99), 'ms', SECONDS_TO_SEE, 'two seconds were promised'),
		told('plain Yjs, relay over TCP: bytes per keystroke, up', plain.bytes, 'B'),
		told('bytes per keystroke, up', bytes.up, 'B', `${LETTERS} letters in a change; signature, padding, HTTP headers`),
		told('bytes per keystroke, down to each reader', bytes.down, 'B'),
		atMost('open 20 pages with 5,000 changes: the text is shown', page['shown'] ?? Number.NaN, 'ms', 300, 'from the newest snapshot'),
		told('… and every change has been checked', page['checked'] ?? Number.NaN, 'ms', 'in slices, while one reads'),
		atMost('… longest slice', page['slice'] ?? Number.NaN, 'ms', 100),
	];
}

/** One change, until it stands in the other's text. */
async function typed(alice: Scribe, bob: Scribe, space: SpaceId, letters: string): Promise<number> {
	let wanted = '';
	const start = performance.now();
	await alice.writes((editing, { pairs }) => {
		wanted = `${pairs[1]?.ar ?? ''} ${letters}`.slice(-2_000);
		editing.write(pairs[1]?.id ?? '', 'ar', wanted);
	});
	await arrival(bob, space, () => bob.text.pairs[1]?.ar === wanted);
	return performance.now() - start;
}

function arrival(scribe: Scribe, space: SpaceId, isHere: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			if (!isHere()) return;
			stop();
			resolve();
		};
		const stop = scribe.client.watch(`space:${space}`, look);
		queueMicrotask(look);
	});
}

/** What Yjs alone costs: two texts, and a relay that hands on each change as it is. */
async function plainRelay(): Promise<{ readonly delays: readonly number[]; readonly bytes: number }> {
	const sockets: Socket[] = [];
	const server = createServer((socket) => {
		sockets.push(socket.setNoDelay(true));
		socket.on('data', (bytes) => sockets.forEach((other) => other !== socket && other.write(bytes)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const [one, other] = [new Y.Doc(), new Y.Doc()];
	const [near, far] = await Promise.all([line(port), line(port)]);
	let bytes = 0;
	let heard: () => void = () => undefined;
	far.on('data', (update) => {
		Y.applyUpdate(other, new Uint8Array(update));
		heard();
	});
	one.on('update', (update) => {
		bytes += update.length;
		near.write(update);
	});
	const delays: number[] = [];
	for (let letter = 0; letter < LETTERS_TYPED; letter++) {
		const start = performance.now();
		const seen = new Promise<void>((resolve) => (heard = resolve));
		one.getText('text').insert(one.getText('text').length, 'ن');
		await seen;
		delays.push(performance.now() - start);
	}
	for (const socket of [near, far, ...sockets]) socket.destroy();
	server.close();
	return { delays, bytes: bytes / LETTERS_TYPED };
}

const line = (port: number): Promise<Socket> =>
	new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => resolve(socket.setNoDelay(true)));
	});
