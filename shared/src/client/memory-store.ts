import type { Bucket, Store, StoreChange } from './ports.ts';
import { serialQueue } from './queue.ts';

/** A {@link Store} in memory: for headless engines (tests, the demo, benchmarks). Values are cloned as IndexedDB does. */
export class MemoryStore implements Store {
	readonly #buckets = new Map<Bucket, Entries>();
	readonly #locks = new Map<string, ReturnType<typeof serialQueue>>();

	async get<T>(bucket: Bucket, key: string): Promise<T | undefined> {
		return structuredClone(this.#buckets.get(bucket)?.get(key)) as T | undefined;
	}

	async some<T>(bucket: Bucket, keys: readonly string[]): Promise<readonly (T | undefined)[]> {
		return keys.map((key) => structuredClone(this.#buckets.get(bucket)?.get(key)) as T | undefined);
	}

	async list<T>(bucket: Bucket, prefix: string): Promise<{ key: string; value: T }[]> {
		const entries = this.#buckets.get(bucket);
		const keys = entries?.startingWith(prefix) ?? [];
		return keys.map((key) => ({ key, value: structuredClone(entries?.get(key)) as T }));
	}

	async keys(bucket: Bucket, prefix: string): Promise<string[]> {
		return this.#buckets.get(bucket)?.startingWith(prefix) ?? [];
	}

	async write(changes: readonly StoreChange[]): Promise<void> {
		for (const { bucket, key, value } of changes.map((change) => ({ ...change, value: structuredClone(change.value) }))) {
			const entries = this.#buckets.get(bucket) ?? new Entries();
			this.#buckets.set(bucket, entries);
			entries.put(key, value);
		}
	}

	async clear(...buckets: Bucket[]): Promise<void> {
		if (buckets.length === 0) this.#buckets.clear();
		for (const bucket of buckets) this.#buckets.delete(bucket);
	}

	exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
		const queue = this.#locks.get(name) ?? serialQueue();
		this.#locks.set(name, queue);
		return queue(work);
	}
}

/** One bucket, in the order of its keys: what begins alike is found without looking at the rest, as in a database. */
class Entries {
	readonly #values = new Map<string, unknown>();
	readonly #keys: string[] = [];

	get(key: string): unknown {
		return this.#values.get(key);
	}

	/** @param value `undefined` removes */
	put(key: string, value: unknown): void {
		const isThere = this.#values.has(key);
		if (value !== undefined) this.#values.set(key, value);
		else this.#values.delete(key);
		if (isThere && value === undefined) this.#keys.splice(this.#placeOf(key), 1);
		if (!isThere && value !== undefined) this.#keys.splice(this.#placeOf(key), 0, key);
	}

	startingWith(prefix: string): string[] {
		return this.#keys.slice(this.#placeOf(prefix), this.#placeOf(`${prefix}\uffff`));
	}

	/** Of the first key that is not before this one. */
	#placeOf(key: string): number {
		let [low, high] = [0, this.#keys.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.#keys[middle] ?? '') < key) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
