import { beforeEach, describe, expect, test } from 'vitest';
import { letters as api } from '../api/index.ts';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId, type SpaceId } from '../bytes/ids.ts';
import { pad, unpad } from '../bytes/padding.ts';
import { encodeCite } from '../chain/link.ts';
import { derive } from '../crypto/derive.ts';
import { importSealingKey } from '../crypto/seal.ts';
import { sign } from '../crypto/sign.ts';
import { kemKeyFromSeed, unwrap, wrap, type KemKey } from '../crypto/wrap.ts';
import { isProblem, Problem } from '../problem.ts';
import { keyHashBytes, onAnotherDevice, personNamed, type Person } from '../testing/person.ts';
import { unsafeTestingRandom } from '../testing/random.ts';
import { DAY, START, TestForum } from '../testing/test-forum.ts';
import type { LettersOutForum } from './letters-out.ts';
import { Letters } from './letters.ts';
import { MemoryStore } from './memory-store.ts';

const space = 'A'.repeat(43) as SpaceId;
const CONTENT = { note: 'هذا تحريض' };
let forum: TestForum;
let dana: Person, fatima: Person, karim: Person;
/** What lies in each box, and the public keys, as the server has them. */
let boxes: Map<AccountId, Bytes[]>;
let served: KemKey[];
let online: boolean;
/** Whose box has no room for another one of the writer's, and how many more the server takes in this hour. */
let full: AccountId | null;
let room: number;
/** The server hands out again what was fetched. */
let repeats: boolean;
let random: (length: number) => Bytes;
/** How often the line was said to be gone. */
let failures: number;

beforeEach(async () => {
	forum = new TestForum();
	[dana, fatima, karim] = (await Promise.all(['dana', 'fatima', 'karim'].map(personNamed))) as [Person, Person, Person];
	for (const person of [dana, fatima, karim]) await forum.introduce(person);
	await forum.found(dana);
	boxes = new Map();
	served = [dana.userKey, fatima.userKey, karim.userKey];
	online = true;
	full = null;
	room = 60;
	repeats = false;
	failures = 0;
	random = unsafeTestingRandom('letters');
});

const call = async (route: unknown, { request }: { request: { to: AccountId; bytes: Bytes; after: number } }) => {
	if (!online) throw new Problem('offline');
	if (route === api.write && room-- <= 0) throw new Problem('too-many-attempts');
	if (route === api.write && request.to === full) throw new Problem('box-full');
	if (route === api.write) return void boxes.set(request.to, [...(boxes.get(request.to) ?? []), request.bytes]);
	return { keys: served.map(({ publicKey }) => publicKey) };
};

/** A program of somebody, on a device of its own. */
async function programOf(person: Person, store = new MemoryStore(), seeds: readonly Bytes[] = [person.userKey.seed]) {
	const transport = {
		call: async (route: unknown, parts: { request: { to: AccountId; bytes: Bytes; after: number } }) => {
			if (route !== api.read) return call(route, parts);
			const all = (boxes.get(person.account) ?? []).map((bytes, place) => ({ number: place + 1, bytes }));
			return { letters: repeats ? all : all.filter(({ number }) => number > parts.request.after), more: false };
		},
	};
	const localKey = await importSealingKey(await derive(person.userKey.seed, 'local'));
	const keys = { account: person.account, device: person.deviceId, deviceKey: person.device, localKey, content: { userKeys: seeds } };
	const ports = { store, transport, random, now: () => forum.now * 1000 };
	const letters = new Letters({
		ports,
		keys,
		chains: { world: forum.world },
		changed: () => undefined,
		failed: () => void failures++,
	} as unknown as LettersOutForum);
	await letters.load();
	return letters;
}

async function read(person: Person, store?: MemoryStore, seeds?: readonly Bytes[]) {
	const program = await programOf(person, store, seeds);
	await program.synchronise();
	return program.list;
}

const context = (to: Person) => concatBytes(idBytes(forum.directory.id), idBytes(to.account));
const seal = async (letter: Uint8Array, to: Person) => wrap(to.userKey.publicKey, 'letter', pad(letter), context(to));
const opened = async (bytes: Uint8Array, by: Person) => unpad(await unwrap(by.userKey.seed, 'letter', bytes, context(by)));
const put = (to: Person, bytes: Bytes) => void boxes.set(to.account, [...(boxes.get(to.account) ?? []), bytes]);
const write = async (from: Person, to: Person, content: Cbor = CONTENT) =>
	(await programOf(from)).send([to.account], { space, kind: 'flag', content });

/** A letter as a program that keeps to no rule would make it. */
async function crafted(
	to: Person,
	{ version = 1, by = dana, as = dana }: { version?: number; by?: Person; as?: Person } = {},
): Promise<Bytes> {
	const log = forum.world.users.get(as.account)!;
	const cite = encodeCite({ seq: log.seq, head: log.head });
	const fields = [version, idBytes(to.account), idBytes(as.account), idBytes(by.deviceId), cite, idBytes(space), 'flag', START, CONTENT];
	const signed = encodeCbor(fields as Cbor);
	return encodeCbor([signed, await sign(by.device, 'letter', signed)]);
}
const held = [{ number: 1, holds: false }];

describe('a letter', () => {
	test('says who wrote it, where and what, and only once however often it is fetched', async () => {
		await write(dana, fatima);
		const store = new MemoryStore();
		const said = { number: 1, holds: true, from: dana.account, space, kind: 'flag', time: START, content: CONTENT };
		expect(await read(fatima, store)).toEqual([said]);
		expect(await read(fatima, store)).toEqual([said]);
	});

	test('that the server hands out again under its number is one', async () => {
		await write(dana, fatima);
		const store = new MemoryStore();
		await read(fatima, store);
		repeats = true;
		await write(dana, fatima);
		expect((await read(fatima, store)).map(({ number }) => number)).toEqual([1, 2]);
		expect((await read(fatima, store)).map(({ number }) => number)).toEqual([1, 2]);
	});

	test('that was sealed in another forum, for the same person, is none', async () => {
		const elsewhere = concatBytes(idBytes(dana.account), idBytes(fatima.account));
		put(fatima, await wrap(fatima.userKey.publicKey, 'letter', pad(await crafted(fatima)), elsewhere));
		expect(await read(fatima)).toEqual(held);
	});

	test('that its reader seals for somebody else as if it had been written to them is none', async () => {
		await write(dana, fatima);
		put(karim, await seal(await opened(boxes.get(fatima.account)![0]!, fatima), karim));
		expect(await read(karim)).toEqual(held);
	});

	test('of which a byte was changed after signing is none, nor one in the name of somebody else', async () => {
		const good = await crafted(fatima);
		put(fatima, await seal(good.with(good.length - 3, (good.at(-3) ?? 0) ^ 1), fatima));
		expect(await read(fatima)).toEqual(held);
		boxes.clear();
		put(fatima, await seal(await crafted(fatima, { by: karim, as: dana }), fatima));
		expect(await read(fatima)).toEqual(held);
		boxes.clear();
		put(fatima, await seal(await crafted(fatima), fatima));
		expect(await read(fatima)).toMatchObject([{ holds: true, from: dana.account }]);
	});

	test('from a device that was revoked before is none, nor one of a version that nobody knows', async () => {
		const stolen = await onAnotherDevice(dana);
		await forum.ofUser(dana, 'device.add', { device: stolen.device.publicKey });
		put(fatima, await seal(await crafted(fatima, { by: stolen }), fatima));
		await forum.ofUser(dana, 'device.revoke', { device: idBytes(stolen.deviceId) });
		put(fatima, await seal(await crafted(fatima, { by: stolen }), fatima));
		put(fatima, await seal(await crafted(fatima, { version: 2 }), fatima));
		expect((await read(fatima)).map(({ holds }) => holds)).toEqual([true, false, false]);
	});

	test('from somebody nobody knows is none', async () => {
		const stranger = await personNamed('stranger');
		const other = forum.fork();
		await other.introduce(stranger);
		const known = forum.world;
		forum.world = other.world;
		const bytes = await seal(await crafted(fatima, { by: stranger, as: stranger }), fatima);
		forum.world = known;
		put(fatima, bytes);
		expect(await read(fatima)).toEqual(held);
	});

	test('that crossed with a new encryption key opens with the one before', async () => {
		await write(dana, fatima);
		const seed = random(32);
		const renewed = await kemKeyFromSeed(seed);
		await forum.ofUser(fatima, 'key.new', { generation: 2, key: keyHashBytes(renewed) });
		served.push(renewed);
		await write(dana, fatima);
		const seeds = [fatima.userKey.seed, seed];
		expect((await read(fatima, undefined, seeds)).map(({ holds }) => holds)).toEqual([true, true]);
		expect((await read(fatima, undefined, [seed])).map(({ holds }) => holds)).toEqual([false, true]);
	});

	test('is as long as another, whatever it says, to whoever carries it', async () => {
		await write(dana, fatima, { note: 'نعم' });
		await write(dana, fatima, { note: 'لا'.repeat(20) });
		const [one, other] = boxes.get(fatima.account) as [Bytes, Bytes];
		expect(one.length).toBe(other.length);
	});

	test('that is too long to be carried is refused, and nothing of it is kept', async () => {
		const store = new MemoryStore();
		const program = await programOf(dana, store);
		const long = { note: 'س'.repeat(120 * 1024) };
		const refusal = await program.send([fatima.account], { space, kind: 'flag', content: long }).catch((error: unknown) => error);
		expect(isProblem(refusal, 'too-large')).toBe(true);
		expect([await store.list('notes', 'letter-out/'), boxes.size]).toEqual([[], 0]);
	});

	test('written without a line lies sealed on the device, and goes once, to the newest key', async () => {
		online = false;
		const store = new MemoryStore();
		await (await programOf(dana, store)).send([fatima.account], { space, kind: 'flag', content: CONTENT });
		// Told, so that somebody looks for the line: nothing else would send it while the realtime line stands.
		expect(failures).toBe(1);
		const kept = await store.list<{ sealed: Bytes }>('notes', 'letter-out/');
		expect(new TextDecoder().decode(kept[0]!.value.sealed).includes(CONTENT.note)).toBe(false);
		const seed = random(32);
		served.push(await kemKeyFromSeed(seed));
		await forum.ofUser(fatima, 'key.new', { generation: 2, key: keyHashBytes(served.at(-1)!) });
		online = true;
		const again = await programOf(dana, store);
		expect(again.waiting).toBe(1);
		for (let times = 0; times < 2; times++) await again.synchronise();
		expect([again.waiting, boxes.get(fatima.account)?.length]).toEqual([0, 1]);
		expect(await read(fatima, undefined, [seed])).toMatchObject([{ holds: true, from: dana.account }]);
	});

	test('from a clock that runs ahead is as new as its coming, also at the next visit', async () => {
		forum.now = START + 10 * DAY;
		await write(dana, fatima);
		forum.now = START + DAY;
		const store = new MemoryStore();
		expect(await read(fatima, store)).toMatchObject([{ time: START + DAY }]);
		forum.now = START + 20 * DAY;
		expect(await read(fatima, store)).toMatchObject([{ time: START + DAY }]);
	});

	test('for which there is no room waits on the device, keeps nobody else’s waiting, and goes when there is', async () => {
		full = fatima.account;
		const store = new MemoryStore();
		const program = await programOf(dana, store);
		const flag = { space, kind: 'flag', content: CONTENT };
		expect(await program.send([fatima.account, karim.account], flag)).toEqual({ arrived: 1, waits: 'box-full' });
		expect(await program.send([karim.account], flag)).toEqual({ arrived: 1, waits: null });
		// There is a line, and nothing else has to wait for one.
		expect([program.waiting, failures]).toEqual([1, 0]);
		await program.synchronise();
		full = null;
		const again = await programOf(dana, store);
		expect(again.waiting).toBe(1);
		await again.synchronise();
		expect([again.waiting, boxes.get(fatima.account)?.length, boxes.get(karim.account)?.length]).toEqual([0, 1, 2]);
		program.stop();
	});

	test('beyond what the server takes in an hour waits, and is not asked about one by one', async () => {
		room = 1;
		const program = await programOf(dana);
		const flag = { space, kind: 'flag', content: CONTENT };
		expect(await program.send([fatima.account, karim.account, dana.account], flag)).toEqual({ arrived: 1, waits: 'too-many-attempts' });
		expect([program.waiting, room]).toEqual([2, -1]);
		room = 60;
		await program.synchronise();
		expect([program.waiting, room]).toEqual([0, 58]);
		program.stop();
	});

	test('that two tabs find waiting goes once', async () => {
		online = false;
		const store = new MemoryStore();
		const [one, other] = [await programOf(dana, store), await programOf(dana, store)];
		expect(await one.send([fatima.account], { space, kind: 'flag', content: CONTENT })).toEqual({ arrived: 0, waits: 'offline' });
		online = true;
		await Promise.all([one.synchronise(), other.synchronise()]);
		expect(boxes.get(fatima.account)).toHaveLength(1);
	});
});
