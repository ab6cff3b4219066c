import { letters as api } from '../api/index.ts';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId, type SpaceId } from '../bytes/ids.ts';
import { pad } from '../bytes/padding.ts';
import { encodeCite } from '../chain/link.ts';
import { keyAt } from '../chain/user-log.ts';
import type { World } from '../chain/world.ts';
import { open, seal } from '../crypto/seal.ts';
import { sign } from '../crypto/sign.ts';
import { wrap } from '../crypto/wrap.ts';
import { isProblem, Problem } from '../problem.ts';
import type { LetterRefusal, LettersSent } from './letter-types.ts';
import type { Membership } from './membership.ts';
import { publicKeys } from './public-keys.ts';

export const LETTER_VERSION = 1;
export const LETTER_LIMITS = { bytes: 224 * 1024, items: 4_000, depth: 12 };
/** Own ones that the server does not have yet, under this device's own key. */
const LEAVES = 'letter-out/';
const OUT = utf8(LEAVES);
/** What the server has no room for is tried again after so long, and whenever there is something else to do there. */
const AGAIN_MS = 15 * 60 * 1000;
const padded = (place: number): string => String(place).padStart(12, '0');

/** What is written to one or several people. */
export interface Letter {
	readonly space: SpaceId;
	readonly kind: string;
	readonly content: Cbor;
}

interface Leaving {
	readonly to: AccountId;
	/** Signed, and sealed to the reader only when it is sent: their newest key may not be here now. */
	readonly sealed: Uint8Array;
}

export interface LettersOutForum extends Membership {
	readonly changed: () => void;
	/** There was no line: somebody looks when it is back. */
	readonly failed: (error: unknown) => void;
}

/** Letters on their way out: signed, kept sealed until the server has taken them, and sealed to the reader as they go. */
export class LettersOut {
	readonly #forum: LettersOutForum;
	#waiting = 0;
	#again: ReturnType<typeof setTimeout> | null = null;
	#stopped = false;

	constructor(forum: LettersOutForum) {
		this.#forum = forum;
	}

	get waiting(): number {
		return this.#waiting;
	}

	/** Looks how many wait. */
	async count(): Promise<void> {
		this.#waiting = (await this.#forum.ports.store.keys('notes', LEAVES)).length;
	}

	/** Signs a letter to each and keeps it until it has gone. Answers by which names. */
	async keep(to: readonly AccountId[], letter: Letter): Promise<ReadonlySet<string>> {
		const { ports } = this.#forum;
		const stamp = padded(ports.now());
		const signed: { key: string; value: Leaving }[] = [];
		for (const [place, reader] of to.entries()) {
			const sealed = await this.#keep(await this.#signed(reader, letter));
			signed.push({ key: `${LEAVES}${stamp}/${place}/${reader}`, value: { to: reader, sealed } });
		}
		await ports.store.write(signed.map((one) => ({ bucket: 'notes' as const, ...one })));
		await this.#changed();
		return new Set(signed.map(({ key }) => key));
	}

	/** Sends what waits. Answers what became of some of them; without a line somebody looks when it is back. */
	async send(own: ReadonlySet<string>): Promise<LettersSent> {
		try {
			const refusals = [...(await this.carry())].flatMap(([key, why]) => (own.has(key) ? [why] : []));
			return { arrived: own.size - refusals.length, waits: refusals[0] ?? null };
		} catch (error) {
			if (!isProblem(error, 'offline', 'unauthenticated')) throw error;
			this.#forum.failed(error);
			return { arrived: 0, waits: 'offline' };
		}
	}

	/** Sends what waits; what the server has no room for waits on. Answers that, and why. @throws Problem `offline` */
	async carry(): Promise<ReadonlyMap<string, LetterRefusal>> {
		// One tab at a time, or both would send the same.
		const waits = await this.#forum.ports.store.exclusively('letters', () => this.#carryAll());
		if (waits.size > 0) this.#tryLater();
		return waits;
	}

	stop(): void {
		this.#stopped = true;
		if (this.#again) clearTimeout(this.#again);
	}

	async #carryAll(): Promise<ReadonlyMap<string, LetterRefusal>> {
		const { store } = this.#forum.ports;
		const waits = new Map<string, LetterRefusal>();
		let [refusal, hourIsFull]: [LetterRefusal | null, boolean] = [null, false];
		for (const { key, value } of await store.list<Leaving>('notes', LEAVES)) {
			if (!hourIsFull) refusal = await this.#post(value);
			hourIsFull = refusal === 'too-many-attempts';
			if (refusal) waits.set(key, refusal);
			else await store.write([{ bucket: 'notes', key, value: undefined }]);
			if (!refusal) await this.#changed();
		}
		return waits;
	}

	/** Why the server does not take it now, or `null`. */
	async #post({ to, sealed }: Leaving): Promise<LetterRefusal | null> {
		const letter = await open(this.#forum.keys.localKey, 'local', sealed, OUT);
		const bytes = await this.#sealed(to, letter);
		try {
			await this.#forum.ports.transport.call(api.write, { params: {}, request: { to, bytes } });
			return null;
		} catch (error) {
			if (isProblem(error, 'box-full')) return 'box-full';
			if (isProblem(error, 'too-many-attempts')) return 'too-many-attempts';
			throw error;
		}
	}

	async #changed(): Promise<void> {
		await this.count();
		this.#forum.changed();
	}

	#tryLater(): void {
		if (this.#again || this.#stopped) return;
		this.#again = setTimeout(() => {
			this.#again = null;
			void this.carry().catch((error: unknown) => this.#forum.failed(error));
		}, AGAIN_MS);
	}

	async #signed(to: AccountId, { space, kind, content }: Letter): Promise<Bytes> {
		const { ports, chains, keys } = this.#forum;
		const own = chains.world.users.get(keys.account);
		if (!own) throw new Problem('unknown-sender');
		const cite = encodeCite({ seq: own.seq, head: own.head });
		const time = Math.floor(ports.now() / 1000);
		const device = idBytes(keys.device);
		const fields = [LETTER_VERSION, idBytes(to), idBytes(keys.account), device, cite, idBytes(space), kind, time, content];
		const signed = encodeCbor(fields);
		const letter = encodeCbor([signed, await sign(keys.deviceKey, 'letter', signed)]);
		const { bytes: limit } = LETTER_LIMITS;
		if (letter.length > limit - 16 * 1024) throw new Problem('too-large', { limit, actual: letter.length });
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
		return wrap(publicKey, 'letter', pad(letter), letterContext(chains.world, to));
	}
}

/** A letter opens for whom it is for, in this forum. */
export function letterContext({ directory }: World, to: AccountId): Bytes {
	if (!directory) throw new Problem('not-found');
	return concatBytes(idBytes(directory.id), idBytes(to));
}
