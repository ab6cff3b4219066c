import { letters as api } from '../api/index.ts';
import { decodeCbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId, type DeviceId, type SpaceId } from '../bytes/ids.ts';
import { unpad } from '../bytes/padding.ts';
import { asArray, asBytes, asCount, asId, decodeCite } from '../chain/link.ts';
import { deviceStands } from '../chain/user-log.ts';
import { verify } from '../crypto/sign.ts';
import { unwrap } from '../crypto/wrap.ts';
import { Problem } from '../problem.ts';
import type { LetterActions } from './actions.ts';
import { LETTER_LIMITS, LETTER_VERSION, letterContext, LettersOut, type Letter, type LettersOutForum } from './letters-out.ts';
import type { LettersSent, LetterView } from './letter-types.ts';
import { serialQueue } from './queue.ts';

/** As they came from the server. */
const CAME = 'letter/';
const padded = (place: number): string => String(place).padStart(12, '0');

/** As it came, and when: seconds since 1970. */
interface Came {
	readonly bytes: Uint8Array;
	readonly time: number;
}

/**
 * Letters between two people, sealed to the reader's newest encryption key and signed inside: the server learns that
 * somebody got one, and the others of a space nothing.
 */
export class Letters implements LetterActions {
	readonly #forum: LettersOutForum;
	readonly #inTurn = serialQueue();
	readonly #out: LettersOut;
	#list: readonly LetterView[] = [];

	constructor(forum: LettersOutForum) {
		this.#forum = forum;
		this.#out = new LettersOut(forum);
	}

	get list(): readonly LetterView[] {
		return this.#list;
	}

	get waiting(): number {
		return this.#out.waiting;
	}

	/** Opens what this device kept. */
	async load(): Promise<void> {
		const { store } = this.#forum.ports;
		const kept = await store.list<Came>('notes', CAME);
		for (const { key, value } of kept) await this.#open(Number(key.slice(CAME.length)), value);
		await this.#out.count();
	}

	async send(to: readonly AccountId[], letter: Letter): Promise<LettersSent> {
		const kept = await this.#out.keep(to, letter);
		return this.#inTurn(() => this.#out.send(kept));
	}

	/** Sends what waits, and fetches what came. @throws Problem `offline` */
	synchronise(): Promise<void> {
		return this.#inTurn(async () => {
			await this.#out.carry();
			await this.#fetch();
		});
	}

	stop(): void {
		this.#out.stop();
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
		const { keys, chains } = this.#forum;
		for (const seed of keys.content.userKeys.toReversed()) {
			const opened = await unwrap(seed, 'letter', bytes, letterContext(chains.world, keys.account)).catch(() => null);
			if (opened) return await this.#checked(number, unpad(opened));
		}
		throw new Problem('wrong-key');
	}

	async #checked(number: number, bytes: Uint8Array): Promise<LetterView> {
		const { chains, keys } = this.#forum;
		const [inner, signature] = asArray(decodeCbor(bytes, LETTER_LIMITS), 2);
		const signed = asBytes(inner);
		const [version, to, sender, device, log, space, kind, time, content] = asArray(decodeCbor(signed, LETTER_LIMITS), 9);
		const [from, by, cite] = [asId<AccountId>(sender), asId<DeviceId>(device), decodeCite(log)];
		const known = chains.world.users.get(from);
		if (version !== LETTER_VERSION || asId<AccountId>(to) !== keys.account || !cite || !known) throw new Problem('unknown-sender');
		const holds = deviceStands(known, by, cite) && (await verify(idBytes(by), 'letter', signed, asBytes(signature, 64)));
		if (!holds || typeof kind !== 'string') throw new Problem('tampered');
		return { number, holds: true, from, space: asId<SpaceId>(space), kind, time: asCount(time), content: content ?? null };
	}
}
