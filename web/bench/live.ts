import { connect, createServer, type AddressInfo } from 'node:net';
import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { quantile, told, type Figure } from './figure.ts';

const POSTS = 300;
const TEXT = 'س'.repeat(300);

/**
 * Counts every byte that passes between clients and the server, headers and frames included. `first`: when the next
 * one came down, if it is set to `null` before.
 */
export interface Meter {
	readonly port: number;
	readonly counted: { up: number; down: number; first: number | null };
	close(): void;
}

export async function startMeter(target: number): Promise<Meter> {
	const counted: Meter['counted'] = { up: 0, down: 0, first: null };
	const server = createServer((near) => {
		const far = connect(target, '127.0.0.1');
		near.on('data', (bytes) => (counted.up += bytes.length));
		far.on('data', (bytes) => {
			counted.first ??= performance.now();
			counted.down += bytes.length;
		});
		near.pipe(far).pipe(near);
		for (const socket of [near, far]) socket.on('error', () => [near, far].forEach((each) => each.destroy()));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { port: (server.address() as AddressInfo).port, counted, close: () => void server.close() };
}

/** From the writer's call to the moment another client has verified and shows it; one post after another. */
export async function live(
	writer: Client,
	reader: Client,
	space: SpaceId,
	writerMeter: Meter,
	readerMeter: Meter,
): Promise<readonly Figure[]> {
	const stream = writer.newStream();
	await writePost(writer, reader, space, stream, 1);
	const before = { up: writerMeter.counted.up, down: readerMeter.counted.down };
	const delays: number[] = [];
	for (let post = 2; post <= POSTS + 1; post++) delays.push(await writePost(writer, reader, space, stream, post));
	return [
		told(
			'post of 600 B → verified at another client, p50',
			quantile(delays, 0.5),
			'ms',
			'sign, seal, send, commit with fsync, announce, open, verify',
		),
		told('post of 600 B → verified at another client, p99', quantile(delays, 0.99), 'ms'),
		told(
			'bytes sent by the writer per post',
			(writerMeter.counted.up - before.up) / POSTS,
			'B',
			'everything on the wire, HTTP headers included',
		),
		told('bytes received by each reader per post', (readerMeter.counted.down - before.down) / POSTS, 'B'),
	];
}

async function writePost(writer: Client, reader: Client, space: SpaceId, stream: StreamId, expected: number): Promise<number> {
	const start = performance.now();
	const seen = new Promise<void>((resolve) => {
		const stop = reader.watch(`space:${space}`, () => {
			if (reader.events(space, stream).filter(({ verified }) => verified).length < expected) return;
			stop();
			resolve();
		});
	});
	await writer.append(space, stream, 'post.add', { text: TEXT, reply: null });
	await seen;
	return performance.now() - start;
}
