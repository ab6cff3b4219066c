import { letters as api } from '../api/index.ts';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId, type DeviceId, type SpaceId } from '../bytes/ids.ts';
import { pad, unpad } from '../bytes/padding.ts';
import { asArray, asBytes, asCount, asId, decodeCite, encodeCite } from '../chain/link.ts';
import { deviceStands, keyAt } from '../chain/user-log.ts';
import { open, seal } from '../crypto/seal.ts';
import { sign, verify } from '../crypto/sign.ts';
import { unwrap, wrap } from '../crypto/wrap.ts';
import { isProblem, Problem } from '../problem.ts';
import type { LetterActions } from './actions.ts';
import type { LetterView } from './letter-types.ts';
import type { Membership } from './membership.ts';
import { publicKeys } from './public-keys.ts';
import { serialQueue } from './queue.ts';

const VERSION = 1;
const LIMITS = { bytes: 224 * 1024, items: 4_000, depth: 12 };
/** As they came from the server, and own ones that it does not have yet, under this device's own key. */
const [CAME, LEAVES] = ['letter/', 'letter-out/'];
const OUT = utf8(LEAVES);
const padded = (place: number): string => String(place).padStart(12, '0');

/** As it came, and when: seconds since 1970. */
interface Came {
	readonly bytes: Uint8Array;
	readonly time: number;
}

interface Leaving {
	readonly to: AccountId;
	/** Signed, and sealed to the reader only when it is sent: their newest key may not be here now. */
	readonly sealed: Uint8Array;
}

export interface LettersForum extends Membership {
	readonly changed: () => void;
	/** There was no line: somebody looks when it is back. */
	readonly failed: (error: unknown) => void;
}

/**
 * Letters between two people, sealed to the reader's newest encryption key and signed inside: the server learns that
 * somebody got one, and the others of a space nothing.
 */
export class Letters implements LetterActions {
	readonly #forum: LettersForum;
	readonly #inTurn = serialQueue();
	#list: readonly LetterView[] = [];
	#waiting = 0;

	constructor(forum: LettersForum) {
		this.#forum = forum;
	}

	get list(): readonly LetterView[] {
		return this.#list;
	}

	get waiting(): number {
		return this.#waiting;
	}

	/** Opens what this device kept. */
	async load(): Promise<void> {
		const { store } = this.#forum.ports;
		const kept = await store.list<Came>('notes', CAME);
		for (const { key, value } of kept) await this.#open(Number(key.slice(CAME.length)), value);
		this.#waiting = (await store.list('notes', LEAVES)).length;
	}

	async send(to: readonly AccountId[], letter: { space: SpaceId; kind: string; content: Cbor }): Promise<void> {
		const { ports } = this.#forum;
		const signed: Leaving[] = [];
		for (const reader of to) signed.push({ to: reader, sealed: await this.#keep(await this.#signed(reader, letter)) });
		const stamp = padded(ports.now());
		await ports.store.write(
			signed.map((value, place) => ({ bucket: 'notes' as const, key: `${LEAVES}${stamp}/${place}/${value.to}`, value })),
		);
		this.#waiting += signed.length;
		this.#forum.changed();
		await this.#inTurn(() => this.#carry()).catch((error: unknown) => {
			if (!isProblem(error, 'offline', 'unauthenticated')) throw error;
			this.#forum.failed(error);
		});
	}

	/** Sends what waits, and fetches what came. @throws Problem `offline` */
	synchronise(): Promise<void> {
		return this.#inTurn(async () => {
			await this.#carry();
			await this.#fetch();
		});
	}

	async #carry(): Promise<void> {
		const { store, transport } = this.#forum.ports;
		for (const { key, value } of await store.list<Leaving>('notes', LEAVES)) {
			const letter = await open(this.#forum.keys.localKey, 'local', value.sealed, OUT);
			await transport.call(api.write, { params: {}, request: { to: value.to, bytes: await this.#sealed(value.to, letter) } });
			await store.write([{ bucket: 'notes', key, value: undefined }]);
			this.#waiting = Math.max(0, this.#waiting - 1);
			this.#forum.changed();
		}
	}

	async #fetch(): Promise<void> {
		const { store, transport, now } = this.#forum.ports;
		for (;;) {
			const after = this.#list.at(-1)?.number ?? 0;
			const { letters, more } = await transport.call(api.read, { params: {}, request: { after } });
			const fresh = letters.filter(({ number }) => number > after);
			if (fresh.length === 0) return;
			const came = fresh.map(({ number, bytes }) => ({ number, value: { bytes, time: Math.floor(now() / 1000) } satisfies Came }));
			await store.write(came.map(({ number, value }) => ({ bucket: 'notes' as const, key: CAME + padded(number), value })));
			for (const { number, value } of came) await this.#open(number, value);
			this.#forum.changed();
			if (!more) return;
		}
	}

	/** A clock that runs ahead does not make a letter newer than its coming. */
	async #open(number: number, { bytes, time }: Came): Promise<void> {
		const opened = await this.#read(number, bytes).catch((): LetterView => ({ number, holds: false }));
		this.#list = [...this.#list, opened.holds ? { ...opened, time: Math.min(opened.time, time) } : opened];
	}

	/** Newest key first: a letter may have crossed with a new one. */
	async #read(number: number, bytes: Uint8Array): Promise<LetterView> {
		const { keys } = this.#forum;
		for (const seed of keys.content.userKeys.toReversed()) {
			const opened = await unwrap(seed, 'letter', bytes, this.#context(keys.account)).catch(() => null);
			if (opened) return await this.#checked(number, unpad(opened));
		}
		throw new Problem('wrong-key');
	}

	async #checked(number: number, bytes: Uint8Array): Promise<LetterView> {
		const { chains, keys } = this.#forum;
		const [inner, signature] = asArray(decodeCbor(bytes, LIMITS), 2);
		const signed = asBytes(inner);
		const [version, to, sender, device, log, space, kind, time, content] = asArray(decodeCbor(signed, LIMITS), 9);
		const [from, by, cite] = [asId<AccountId>(sender), asId<DeviceId>(device), decodeCite(log)];
		const known = chains.world.users.get(from);
		if (version !== VERSION || asId<AccountId>(to) !== keys.account || !cite || !known) throw new Problem('unknown-sender');
		const holds = deviceStands(known, by, cite) && (await verify(idBytes(by), 'letter', signed, asBytes(signature, 64)));
		if (!holds || typeof kind !== 'string') throw new Problem('tampered');
		return { number, holds: true, from, space: asId<SpaceId>(space), kind, time: asCount(time), content: content ?? null };
	}

	async #signed(to: AccountId, { space, kind, content }: { space: SpaceId; kind: string; content: Cbor }): Promise<Bytes> {
		const { ports, chains, keys } = this.#forum;
		const own = chains.world.users.get(keys.account);
		if (!own) throw new Problem('unknown-sender');
		const cite = encodeCite({ seq: own.seq, head: own.head });
		const time = Math.floor(ports.now() / 1000);
		const device = idBytes(keys.device);
		const signed = encodeCbor([VERSION, idBytes(to), idBytes(keys.account), device, cite, idBytes(space), kind, time, content]);
		const letter = encodeCbor([signed, await sign(keys.deviceKey, 'letter', signed)]);
		if (letter.length > LIMITS.bytes - 16 * 1024) throw new Problem('too-large', { limit: LIMITS.bytes, actual: letter.length });
		return letter;
	}

	#keep(letter: Uint8Array): Promise<Bytes> {
		return seal(this.#forum.keys.localKey, 'local', letter, OUT, this.#forum.ports.random);
	}

	async #sealed(to: AccountId, letter: Uint8Array): Promise<Bytes> {
		const { ports, chains } = this.#forum;
		const reader = chains.world.users.get(to);
		if (!reader) throw new Problem('unknown-sender');
		const name = keyAt(reader);
		const publicKey = (await publicKeys(ports, [name])).get(name) ?? new Uint8Array();
		return wrap(publicKey, 'letter', pad(letter), this.#context(to));
	}

	/** A letter opens for whom it is for, in this forum. */
	#context(to: AccountId): Bytes {
		const { directory } = this.#forum.chains.world;
		if (!directory) throw new Problem('not-found');
		return concatBytes(idBytes(directory.id), idBytes(to));
	}
}
