import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertAccount } from '@multaqa/db/accounts';
import { inTransaction } from '@multaqa/db/database';
import type { EventAppend } from '@multaqa/db/events';
import type { EventTable } from '@multaqa/db/schema';
import { bindSession } from '@multaqa/db/sessions';
import { startServer, type RunningServer } from '@multaqa/server/server';
import { notebooks } from '@multaqa/shared/api/index';
import { proofMessage } from '@multaqa/shared/api/proof';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import { idOf, type DeviceId, type SpaceId, type StreamId } from '@multaqa/shared/bytes/ids';
import { readDevice } from '@multaqa/shared/client/device';
import { sign } from '@multaqa/shared/crypto/sign';
import { envelopeId } from '@multaqa/shared/log/envelope';
import type { Insertable } from 'kysely';
import { secretOf } from '../e2e/testing/forum.ts';
import { headless, openHeadless, type Headless } from '../e2e/testing/headless.ts';
import { fill, type Absent } from './crowd.ts';
import { openRaw, type RawDatabase } from './raw.ts';

/** A short post as it lies on the server. */
export const ENVELOPE_BYTES = 600;
export const STREAMS = 100;
/** Each account is signed in on a phone and on a computer. */
const BROWSERS = 2;
export const NOTEBOOK = notebooks.read.path;
/** In one transaction: each writes most pages of the index of names anew. */
const ROWS = 50_000;

/** A forum of many, on a disk: real links of everybody, and sessions of all their browsers. */
export interface LargeForum {
	readonly folder: string;
	readonly space: SpaceId;
	/** The founder's device, and all other browsers. */
	readonly founder: Headless;
	readonly browsers: readonly SignedIn[];
}

/** A browser of one of the many. */
export interface SignedIn {
	readonly cookie: string;
	/** With which its device asks for its notebook. */
	readonly proof: string;
}

/** Founds it on a port, at which it has to be served afterwards: sessions belong to an address. */
export async function foundLarge(port: number, accounts: number): Promise<LargeForum> {
	const folder = mkdtempSync(join(tmpdir(), 'multaqa-large-'));
	const server = await startServer({ port, dataDir: folder, logLevel: 'error' });
	const founder = headless(server.url);
	const client = await openHeadless(founder);
	const token = server.setupLink?.split('#')[1] ?? '';
	await client.setup({ token, forum: 'ملتقى', host: 'المضيفة', person: 'أليس', space: 'الأولى', secret: secretOf('alice') });
	const [space] = client.spaces;
	const device = await readDevice(founder.store);
	if (!space || !device) throw new Error('there is no space');
	await client.close();
	const signer = { account: device.account, identity: device.key, device: { id: idOf<DeviceId>(device.key.publicKey), key: device.key } };
	const people = await fill(server, signer, space.id, accounts - 1);
	const browsers = await signedIn(server, people);
	await server.close();
	return { folder, space: space.id, founder, browsers };
}

function signedIn({ context }: RunningServer, people: readonly Absent[]): Promise<readonly SignedIn[]> {
	return inTransaction(context.db, async (transaction) => {
		const browsers: SignedIn[] = [];
		for (const { signer, device } of people) {
			const id = idOf<DeviceId>(device.publicKey);
			await insertAccount(transaction, signer.account);
			for (let browser = 0; browser < BROWSERS; browser++) {
				const { session, cookie } = await context.sessions.begin(transaction, signer.account);
				await bindSession(transaction, session.id, id);
				const proof = await sign(device, 'device-proof', proofMessage('GET', NOTEBOOK, session.nonce, new Uint8Array()));
				browsers.push({ cookie: cookie.split(';')[0] ?? '', proof: `${id}.${toBase64url(proof)}` });
			}
		}
		return browsers;
	});
}

export const streamOf = (place: number): StreamId => Buffer.alloc(16, place + 1).toString('base64url') as StreamId;

/** What somebody's device would send: the server looks at its form, its name and its key's number. */
export function newEvent(): EventAppend['envelopes'][number] {
	const envelope = encodeCbor([1, 1, new Uint8Array(randomBytes(ENVELOPE_BYTES - 6))]);
	return { id: envelopeId(envelope), generation: 1, envelope };
}

/**
 * So many events in one space, row by row as the product writes them: people write in turns, so that events of one
 * stream lie far apart. Nothing of it is acknowledged to anybody, so that nothing need be synced before the end.
 */
export function fillEvents(folder: string, space: SpaceId, count: number): void {
	const db = openRaw(join(folder, 'forum.db'));
	for (const pragma of ['synchronous = off', 'cache_size = -400000', 'secure_delete = on']) db.pragma(pragma);
	const names = ['space', 'position', 'stream', 'seq', 'id', 'generation', 'envelope', 'hour'] satisfies (keyof EventTable)[];
	const there = lastPosition(db, space);
	const insert = db.prepare(`insert into events (${names.join()}) values (${names.map((name) => `@${name}`).join()})`);
	for (let done = 0; done < count; done += ROWS) {
		db.exec('begin');
		for (let place = done; place < Math.min(done + ROWS, count); place++)
			insert.run({ ...rowAt(space, place), position: there + place + 1 });
		db.exec('commit');
	}
	db.close();
}

/** How many events a space has. */
export const lastPosition = (db: RawDatabase, space: SpaceId): number =>
	(db.prepare('select max(position) as last from events where space = ?').all(space)[0] as { last: number }).last;

const rowAt = (space: SpaceId, place: number): Omit<Insertable<EventTable>, 'position'> => ({
	...newEvent(),
	space,
	stream: streamOf(place % STREAMS),
	seq: Math.floor(place / STREAMS) + 1,
	hour: '2026-11-23T09:00:00.000Z',
});

export const removeForum = ({ folder }: LargeForum): void => rmSync(folder, { recursive: true, force: true });
