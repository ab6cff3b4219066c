import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linksInOrder } from '@multaqa/db/links';
import { startServer, type RunningServer } from '@multaqa/server/server';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { idOf, type DeviceId, type SpaceId, type StreamId } from '@multaqa/shared/bytes/ids';
import { readDevice } from '@multaqa/shared/client/device';
import type { Signer } from '@multaqa/shared/client/chains';
import type { Client } from '@multaqa/shared/client/types';
import { secretOf, until } from '../e2e/testing/forum.ts';
import { headless, openHeadless, type Headless } from '../e2e/testing/headless.ts';
import { fill, type Absent } from './crowd.ts';
import { atMost, told, type Figure } from './figure.ts';
import { measureInPage } from './in-page.ts';
import { startMeter, type Meter } from './live.ts';
import { startProcess } from './server-process.ts';

/** What a wrap may cost beside its bare encapsulation: reading the key, key schedule, sealing, putting together. */
const WRAP_SHARE = 1.5;
/** What reading and checking links may cost beside their bare signatures on one thread: decoding, hashes, rules; some of them run beside. */
const LINKS_SHARE = 3.5;
/** Figures of the prototype (protocol §8), held as limits. */
const OTHERS_KB = 2;
const OTHERS_MS = 11;
const NEWCOMER_KB = 350;

const MEMBERS = 500;
const MISSED_LINKS = 300;
const MINUTE = 60_000;

interface Prepared {
	readonly folder: string;
	readonly alice: Headless;
	readonly bob: Headless;
	readonly bobMeter: Meter;
	readonly space: SpaceId;
	readonly thread: StreamId;
	readonly crowd: readonly Absent[];
	readonly links: readonly Uint8Array[];
}

/** What removing, joining and catching up cost in a forum of five hundred. */
export async function people(port: number): Promise<readonly Figure[]> {
	const prepared = await prepare(port);
	const process = await startProcess(port, prepared.folder);
	try {
		const [alice, bob] = [await reopened(prepared.alice, 'alice'), await reopened(prepared.bob, 'bob')];
		const figures = [...(await newcomer(process.url, port, alice, prepared)), ...(await removal(alice, bob, prepared))];
		await Promise.all([alice.close(), bob.close()]);
		return [...figures, ...(await inChromium(prepared))];
	} finally {
		prepared.bobMeter.close();
		await process.stop();
	}
}

/** A forum that Alice has set up and Bob has joined, and then everybody else. */
async function prepare(port: number): Promise<Prepared> {
	const folder = mkdtempSync(join(tmpdir(), 'multaqa-bench-'));
	const server = await startServer({ port, dataDir: folder, logLevel: 'error' });
	const bobMeter = await startMeter(port);
	const [alice, bob] = [headless(server.url), headless(server.url, { through: bobMeter.port })];
	const founder = await openHeadless(alice);
	const token = server.setupLink?.split('#')[1] ?? '';
	await founder.setup({ token, forum: 'ملتقى', host: 'المضيفة', person: 'أليس', space: 'الأولى', secret: secretOf('alice') });
	const [space] = founder.spaces;
	if (!space) throw new Error('there is no space');
	const member = await openHeadless(bob);
	await member.join({ fragment: await invitation(founder, space.id), person: 'باسل', secret: secretOf('bob') });
	const thread = founder.newStream();
	await founder.append(space.id, space.index, 'thread.open', { stream: thread, title: 'جدول الأعمال' });
	await founder.append(space.id, thread, 'post.add', { text: 'سلام', reply: null });
	await until('everything sent', () => founder.status.waiting === 0);
	const signer = await signerOf(alice);
	await Promise.all([founder.close(), member.close()]);
	const crowd = await fill(server, signer, space.id, MEMBERS - 2);
	const links = await everyLink(server);
	await server.close();
	return { folder, alice, bob, bobMeter, space: space.id, thread, crowd, links };
}

const everyLink = async ({ context }: RunningServer): Promise<readonly Uint8Array[]> =>
	(await linksInOrder(context.db, 0, 10 * MEMBERS)).map(({ bytes }) => bytes);

/** Alice's own device, to sign invitations without her program. */
async function signerOf({ store }: Headless): Promise<Signer> {
	const device = await readDevice(store);
	if (!device) throw new Error('there is no device');
	return { account: device.account, identity: device.key, device: { id: idOf<DeviceId>(device.key.publicKey), key: device.key } };
}

async function invitation(client: Client, space: SpaceId): Promise<string> {
	const organisation = client.forum?.organisation;
	if (!organisation) throw new Error('there is no organisation');
	return (await client.invite({ organisation, role: 'member', spaces: [space], approval: false })).fragment;
}

async function reopened(device: Headless, name: string): Promise<Client> {
	const client = await openHeadless(device);
	await client.signIn(secretOf(name));
	await until(
		`${name} has caught up`,
		() => client.status.synchronising === null && (client.spaces[0]?.members.length ?? 0) >= MEMBERS,
		MINUTE,
	);
	return client;
}

async function newcomer(url: string, port: number, alice: Client, { space, thread }: Prepared): Promise<readonly Figure[]> {
	const fragment = await invitation(alice, space);
	const meter = await startMeter(port);
	const client = await openHeadless(headless(url, { through: meter.port }));
	const start = performance.now();
	await client.join({ fragment, person: 'دينا', secret: secretOf('dina') });
	await until('a thread can be read', () => client.events(space, thread).some(({ verified }) => verified), MINUTE);
	const took = performance.now() - start;
	const { down, up } = meter.counted;
	await client.close();
	meter.close();
	return [
		atMost(`newcomer to ${MEMBERS} accounts, received`, down / 1000, 'kB', NEWCOMER_KB, `${(up / 1000).toFixed(1)} kB sent`),
		told(`newcomer to ${MEMBERS} accounts, until a thread is read`, took, 'ms', 'Node; keys, joining, checking every link'),
	];
}

async function removal(alice: Client, bob: Client, { space, crowd, bobMeter }: Prepared): Promise<readonly Figure[]> {
	const [removed] = crowd;
	if (!removed) throw new Error('there is nobody to remove');
	const generation = () => bob.spaces.find(({ id }) => id === space)?.generation.number ?? 0;
	await until('nothing is under way', () => bob.status.synchronising === null);
	const before = { generation: generation(), down: bobMeter.counted.down };
	bobMeter.counted.first = null;
	const start = performance.now();
	await alice.people.removeMember(space, removed.signer.account);
	const took = performance.now() - start;
	await until(
		'Bob has the new key',
		() => generation() > before.generation && bob.spaces.some(({ id, writable }) => id === space && writable),
		MINUTE,
	);
	const after = performance.now() - (bobMeter.counted.first ?? performance.now());
	return [
		told(`removal from a space of ${MEMBERS}, for the remover`, took, 'ms', 'Node; every public key fetched for the first time'),
		atMost(
			'the same, for each other member, received',
			(bobMeter.counted.down - before.down) / 1000,
			'kB',
			OTHERS_KB,
			'headers and frames included',
		),
		told('the same, from the first byte to writing again', after, 'ms', 'Node, beside the remover; everything asked and stored included'),
	];
}

/** The part that a page computes, in a page. A catch-up is the last links of all. */
async function inChromium({ links }: Prepared): Promise<readonly Figure[]> {
	const encoded = links.map(toBase64url);
	const page = new URL('crowd.page.ts', import.meta.url);
	const {
		taking = 0,
		confirming = 0,
		wrapping = 0,
		opening = 0,
		encapsulating = 0,
		signatures = 0,
		people: known,
	} = await measureInPage(page, { links: encoded, missed: null });
	const { catchUp = 0, people: met } = await measureInPage(page, { links: encoded, missed: MISSED_LINKS });
	if (known !== MEMBERS || met !== MEMBERS) throw new Error('not everybody was met');
	const size = links.reduce((sum, { length }) => sum + length, 0);
	return [
		told(`all links of ${MEMBERS} accounts`, size / 1000, 'kB', `${links.length} links`),
		told('their bare signatures, one after another', signatures, 'ms', 'Chromium, one thread'),
		atMost(
			'reading and checking them, in Chromium',
			taking,
			'ms',
			LINKS_SHARE * signatures,
			`${(taking / signatures).toFixed(2)} × the signatures`,
		),
		told('looking whole at the keys, while the person reads', confirming, 'ms', 'Chromium, a few keys at a time'),
		told(`catch-up of ${MISSED_LINKS} links, in Chromium`, catchUp, 'ms', `${(catchUp / MISSED_LINKS).toFixed(2)} ms each`),
		atMost(
			`${MEMBERS - 1} wraps of a new key, in Chromium`,
			(MEMBERS - 1) * wrapping,
			'ms',
			(MEMBERS - 1) * encapsulating * WRAP_SHARE,
			`${wrapping.toFixed(2)} ms each, ${(wrapping / encapsulating).toFixed(2)} × bare X-Wing`,
		),
		atMost('opening one, in Chromium', opening, 'ms', OTHERS_MS),
	];
}
