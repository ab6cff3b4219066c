import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { idBytes, idOf, type Hash } from '../bytes/ids.ts';
import { open, seal } from '../crypto/seal.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { Ports } from './ports.ts';

const LIMITS = { bytes: 4 * 2 ** 20, items: 100_000, depth: 2 };
/** With more pieces than this they are written again as one. */
const MOST_PIECES = 64;

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
			const ids = await open(this.#keys.localKey, 'local', value, utf8(this.#prefix)).catch(() => null);
			const list = ids && decodeCbor(ids, LIMITS);
			if (Array.isArray(list)) for (const id of list) if (id instanceof Uint8Array) this.#known.add(idOf<Hash>(id));
		}
		this.#pieces = pieces.length;
		if (pieces.length > MOST_PIECES) await this.#rewrite(pieces.map(({ key }) => key));
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
		const pieces = await this.#ports.store.list('notes', this.#prefix);
		await this.#ports.store.write(pieces.map(({ key }) => ({ bucket: 'notes', key, value: undefined })));
	}

	async #rewrite(keys: readonly string[]): Promise<void> {
		const value = await this.#sealed([...this.#known]);
		this.#pieces = 0;
		const old = keys.map((key) => ({ bucket: 'notes' as const, key, value: undefined }));
		await this.#ports.store.write([...old, { bucket: 'notes', key: this.#nextKey(), value }]);
	}

	#sealed = (ids: readonly Hash[]) =>
		seal(this.#keys.localKey, 'local', encodeCbor(ids.map((id) => idBytes(id))), utf8(this.#prefix), this.#ports.random);

	/** Two tabs may write at once: the time keeps their pieces apart. */
	#nextKey = (): string => `${this.#prefix}${this.#ports.now().toString(36)}-${(this.#pieces++).toString(36)}`;
}
