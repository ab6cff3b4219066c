import type { Bytes } from '@multaqa/shared/bytes/bytes';
import {
	idBytes,
	idOf,
	type ChainId,
	type DeviceId,
	type Hash,
	type OrganisationId,
	type SpaceId,
	type StreamId,
} from '@multaqa/shared/bytes/ids';
import { recipientsHash } from '@multaqa/shared/chain/roster';
import { accountOf } from '@multaqa/shared/chain/user-log';
import { emptyWorld, type World } from '@multaqa/shared/chain/world';
import { keyAt } from '@multaqa/shared/chain/user-log';
import { Stage } from '@multaqa/shared/client/chains';
import { commitmentOf } from '@multaqa/shared/client/generations';
import { Stream, type Arrival, type Reader } from '@multaqa/shared/client/stream';
import { hash } from '@multaqa/shared/crypto/hash';
import { generateSigningKey, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { envelopeId, readEnvelope, sealEvent, streamKey } from '@multaqa/shared/log/envelope';
import { signEvent } from '@multaqa/shared/log/event';
import { StreamHistory } from '@multaqa/shared/log/history';
import { verifyElsewhere } from '@multaqa/shared/crypto/verify';
import { createVerifyPool, workerCount } from '../src/lib/client/verify-pool.ts';

const POSTS = 1_000;
const LETTERS = 600;
const ROUNDS = 7;

interface Thread {
	readonly world: World;
	readonly space: SpaceId;
	readonly stream: StreamId;
	readonly key: CryptoKey;
	readonly arrivals: readonly Arrival[];
	readonly ids: readonly Hash[];
	readonly device: SigningKey;
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** A thread of real, signed and sealed posts by one device of a real small forum. */
async function makeThread(): Promise<Thread> {
	const identity = await signingKeyFromSeed(random(32));
	const account = accountOf(identity.publicKey);
	const device = await generateSigningKey();
	const stage = new Stage(emptyWorld, { account, identity, device: { id: idOf<DeviceId>(device.publicKey), key: device } }, 1_800_000_000);
	const chain = account as string as ChainId;
	await stage.add({
		kind: 'user',
		chain,
		type: 'identity.create',
		body: { ik: identity.publicKey, key: hash('public-key', random(32)) },
		byIdentity: true,
	});
	await stage.add({ kind: 'user', chain, type: 'device.add', body: { device: device.publicKey }, byIdentity: true });
	const host = idOf<OrganisationId>(random(16));
	const forum = await stage.add({
		kind: 'directory',
		chain: null,
		type: 'forum.create',
		body: { host: idBytes(host, 16), salt: random(16) },
	});
	const created = await stage.add({
		kind: 'roster',
		chain: null,
		type: 'space.create',
		body: { forum: idBytes(forum.chain), salt: random(16) },
	});
	const space = created.chain;
	const generationKey = random(32);
	const rotation = {
		generation: 1,
		commitment: commitmentOf(space, 1, generationKey),
		recipients: idBytes(recipientsHash([{ id: account, key: keyAt(stage.world.users.get(account)!) }])),
		back: null,
	};
	await stage.add({ kind: 'roster', chain: space, type: 'key.rotate', body: rotation });
	const stream = idOf<StreamId>(random(16));
	const key = await streamKey(generationKey, space, stream);
	const roster = stage.world.rosters.get(space)!;
	const log = stage.world.users.get(account)!;
	const history = new StreamHistory();
	const arrivals: Arrival[] = [];
	const ids: Hash[] = [];
	for (let place = 1; place <= POSTS; place++) {
		const { event, bytes } = await signEvent(
			{
				space,
				stream,
				generation: 1,
				type: 'post.add',
				author: account,
				voice: 'person',
				device: idOf<DeviceId>(device.publicKey),
				...history.next(idOf<DeviceId>(device.publicKey)),
				chain: { seq: roster.seq, head: roster.head },
				directory: { seq: forum.seq, head: forum.hash },
				log: { seq: log.seq, head: log.head },
				time: 1_800_000_000,
				content: { text: 'س'.repeat(LETTERS / 2), reply: null },
			},
			device,
		);
		history.admit(event);
		const envelope = await sealEvent(key, bytes, { space, stream, generation: 1 }, random);
		arrivals.push({ id: envelopeId(envelope), envelope, position: place });
		ids.push(event.id);
	}
	return { world: stage.world, space, stream, key, arrivals, ids, device };
}

async function open(thread: Thread, arrivals: readonly Arrival[], verified: ReadonlySet<Hash>): Promise<number> {
	const reader: Reader = {
		world: thread.world,
		streamKey: async () => thread.key,
		wasVerified: (id) => verified.has(id),
		isClosed: () => false,
	};
	const start = performance.now();
	const stream = new Stream(thread.space, thread.stream);
	for (let place = 0; place < arrivals.length; place += 200) {
		const { refused } = await stream.take(arrivals.slice(place, place + 200), reader);
		if (refused.length > 0) throw refused[0]!.problem;
	}
	if (stream.view.length !== arrivals.length) throw new Error('not all were opened');
	return performance.now() - start;
}

interface Bare {
	verify(): Promise<boolean>;
	decrypt(): Promise<ArrayBuffer>;
}

/** The two operations every post needs, with nothing around them. */
async function bareCrypto(thread: Thread): Promise<Bare> {
	const publicKey = await crypto.subtle.importKey('raw', thread.device.publicKey, 'Ed25519', false, ['verify']);
	const size = readEnvelope(thread.arrivals[0]!.envelope).sealed.length;
	const message = random(size - 28);
	const signature = await crypto.subtle.sign('Ed25519', thread.device.privateKey, message);
	const iv = random(12);
	const aes = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, aes, message);
	return {
		verify: () => crypto.subtle.verify('Ed25519', publicKey, signature, message),
		decrypt: () => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, aes, ciphertext),
	};
}

async function oneCore({ verify, decrypt }: Bare): Promise<number> {
	const start = performance.now();
	for (let post = 0; post < POSTS; post++) {
		await decrypt();
		await verify();
	}
	return performance.now() - start;
}

async function parallel({ verify, decrypt }: Bare): Promise<number> {
	const start = performance.now();
	await Promise.all(Array.from({ length: POSTS }, decrypt));
	await Promise.all(Array.from({ length: POSTS }, verify));
	return performance.now() - start;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

/** Medians over rounds in which each figure is taken once, so that a slow moment touches all of them. */
export async function measure(): Promise<Record<string, number>> {
	const thread = await makeThread();
	const bare = await bareCrypto(thread);
	const verified = new Set(thread.ids);
	const none = new Set<Hash>();
	const measures: Record<string, () => Promise<number>> = {
		oneCore: () => oneCore(bare),
		parallel: () => parallel(bare),
		open: () => open(thread, thread.arrivals, none),
		cached: () => open(thread, thread.arrivals, verified),
		first: () => open(thread, thread.arrivals.slice(0, 20), none),
	};
	const taken: Record<string, number[]> = {};
	for (let round = 0; round < ROUNDS; round++) {
		for (const [name, take] of Object.entries(measures)) (taken[name] ??= []).push(await take());
	}
	return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]));
}

const worker = () => new Worker(new URL('../src/lib/client/verify.worker.ts', import.meta.url), { type: 'module' });
verifyElsewhere(createVerifyPool(worker, workerCount(navigator.hardwareConcurrency)));
Object.assign(globalThis, { measure });
