import { rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import type { Headless } from '../e2e/testing/headless.ts';
import { ask, posting } from './asking.ts';
import { atLeast, told, type Figure } from './figure.ts';
import { openRaw } from './raw.ts';
import type { ServerProcess } from './server-process.ts';

const SECONDS = 4;
const WRITERS = 64;
const BATCH = 16;
/** A post of 600 B as it lies on the server. */
const ENVELOPE_BYTES = 1_320;

/**
 * Appends that the server acknowledged as durable in a second. They share their syncs: on a slow disk several times what
 * raw inserts of the same durability reach. On a quick one what is left is the answering itself: half of the requests
 * that the same server answers when it writes nothing.
 */
export async function appends(server: ServerProcess, device: Headless, space: string): Promise<readonly Figure[]> {
	const raw = rawInserts(server.folder);
	const answered = await inSeconds(WRITERS, (agent) =>
		ask(agent, server.url, device.cookies(), posting('/api/letters/read', { after: 0 })),
	);
	const one = await acknowledged(server, device, space, { writers: 1, atOnce: 1 });
	const many = await acknowledged(server, device, space, { writers: WRITERS, atOnce: 1 });
	const batches = await acknowledged(server, device, space, { writers: WRITERS, atOnce: BATCH });
	return [
		told('raw inserts, one commit with fsync each', raw, '/s', 'better-sqlite3, WAL, synchronous=FULL, same disk'),
		told(`requests that write nothing, ${WRITERS} connections`, answered, '/s', 'of the same server, with the same session'),
		told('durable appends, one connection, one by one', one, '/s', `${(one / raw).toFixed(2)} × raw`),
		atLeast(
			`durable appends, ${WRITERS} writers, one by one`,
			many,
			'/s',
			Math.min(5 * raw, answered / 2),
			`${(many / raw).toFixed(2)} × raw, ${(many / one).toFixed(1)} × one connection; a sync takes ${(1000 / raw).toFixed(2)} ms here`,
		),
		told(
			`durable appends, ${WRITERS} writers, ${BATCH} in a request`,
			batches,
			'/s',
			`${(batches / raw).toFixed(2)} × raw: an outbox after hours offline`,
		),
	];
}

function rawInserts(folder: string): number {
	const file = join(folder, 'raw.db');
	const db = openRaw(file);
	db.pragma('journal_mode = WAL');
	db.pragma('synchronous = FULL');
	db.exec('create table events (position integer primary key, stream text, envelope blob)');
	const insert = db.prepare('insert into events (stream, envelope) values (?, ?)');
	const envelope = crypto.getRandomValues(new Uint8Array(ENVELOPE_BYTES));
	const end = performance.now() + SECONDS * 1000;
	let count = 0;
	for (; performance.now() < end; count++) insert.run('stream', envelope);
	db.close();
	for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
	return count / SECONDS;
}

/** Each writer sends its next event when the one before is acknowledged. The server checks form, not signatures. */
async function acknowledged(
	server: ServerProcess,
	device: Headless,
	space: string,
	{ writers, atOnce }: { writers: number; atOnce: number },
): Promise<number> {
	const batches = await inSeconds(writers, (agent, writer) => {
		const stream = Buffer.alloc(16, writer + 1).toString('base64url');
		const envelopes = Array.from({ length: atOnce }, () => encodeCbor([1, 1, crypto.getRandomValues(new Uint8Array(ENVELOPE_BYTES - 8))]));
		return ask(agent, server.url, device.cookies(), posting(`/api/spaces/${space}/streams/${stream}/events`, { envelopes }));
	});
	return batches * atOnce;
}

/** How often in a second so many at once are answered, each asking again when it was. */
async function inSeconds(many: number, once: (agent: Agent, place: number) => Promise<void>): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: many });
	const end = performance.now() + SECONDS * 1000;
	let count = 0;
	const go = async (place: number) => {
		for (; performance.now() < end; count++) await once(agent, place);
	};
	await Promise.all(Array.from({ length: many }, (_, place) => go(place)));
	agent.destroy();
	return count / SECONDS;
}
