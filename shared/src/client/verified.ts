import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { idBytes, idOf, type Hash } from '../bytes/ids.ts';
import { open, seal } from '../crypto/seal.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { Ports, StoreChange } from './ports.ts';

const LIMITS = { bytes: 4 * 2 ** 20, items: 100_000, depth: 2 };
/** With more pieces than this they are written again as few. */
const MOST_PIECES = 64;
/** Well within what is read again. */
const MOST_IN_ONE = 50_000;

/** What the list needs of the keys: sealed, so that only whoever could open the account wrote it. */
interface Sealed {
	readonly localKey: CryptoKey;
}

/** Hashes of what was checked on this device before, so that a next visit need not check it again. */
export class Verified {
	readonly #ports: Ports;
	readonly #keys: Sealed;
	readonly #prefix: string;
	readonly #known = new Set<Hash>();
	#pieces = 0;

	/** @param of names the list among those of this device */
	constructor(ports: Ports, keys: Sealed, of: string) {
		this.#ports = ports;
		this.#keys = keys;
		this.#prefix = `verified/${of}/`;
	}

	has(id: Hash): boolean {
		return this.#known.has(id);
	}

	async load(): Promise<void> {
		const pieces = await this.#ports.store.list<Uint8Array>('notes', this.#prefix);
		for (const { value } of pieces) {
			// What cannot be read is checked again.
			const list = await this.#read(value).catch(() => null);
			if (Array.isArray(list)) for (const id of list) if (id instanceof Uint8Array) this.#known.add(idOf<Hash>(id));
		}
		this.#pieces = pieces.length;
		if (pieces.length > MOST_PIECES + this.#known.size / MOST_IN_ONE) await this.#rewrite(pieces.map(({ key }) => key));
	}

	async remember(ids: readonly Hash[]): Promise<void> {
		const fresh = ids.filter((id) => !this.#known.has(id));
		if (fresh.length === 0) return;
		for (const id of fresh) this.#known.add(id);
		await this.#ports.store.write([{ bucket: 'notes', key: this.#nextKey(), value: await this.#sealed(fresh) }]);
	}

	/** Nothing counts as checked any more. */
	async forget(): Promise<void> {
		this.#known.clear();
		const pieces = await this.#ports.store.keys('notes', this.#prefix);
		await this.#ports.store.write(pieces.map((key) => ({ bucket: 'notes', key, value: undefined })));
	}

	async #rewrite(keys: readonly string[]): Promise<void> {
		const ids = [...this.#known];
		const old = keys.map((key) => ({ bucket: 'notes' as const, key, value: undefined }));
		const anew: StoreChange[] = [];
		this.#pieces = 0;
		for (let start = 0; start < ids.length; start += MOST_IN_ONE) {
			const value = await this.#sealed(ids.slice(start, start + MOST_IN_ONE));
			anew.push({ bucket: 'notes', key: this.#nextKey(), value });
		}
		await this.#ports.store.write([...old, ...anew]);
	}

	#read = async (piece: Uint8Array): Promise<Cbor> =>
		decodeCbor(await open(this.#keys.localKey, 'local', piece, utf8(this.#prefix)), LIMITS);

	#sealed = (ids: readonly Hash[]) =>
		seal(this.#keys.localKey, 'local', encodeCbor(ids.map((id) => idBytes(id))), utf8(this.#prefix), this.#ports.random);

	/** Two tabs may write at once: the time keeps their pieces apart. */
	#nextKey = (): string => `${this.#prefix}${this.#ports.now().toString(36)}-${(this.#pieces++).toString(36)}`;
}
