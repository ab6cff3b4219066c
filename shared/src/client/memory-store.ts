import type { Bucket, Store, StoreChange } from './ports.ts';
import { serialQueue } from './queue.ts';

/** A {@link Store} in memory: for headless engines (tests, the demo, benchmarks). Values are cloned as IndexedDB does. */
export class MemoryStore implements Store {
	readonly #buckets = new Map<Bucket, Map<string, unknown>>();
	readonly #locks = new Map<string, ReturnType<typeof serialQueue>>();

	async get<T>(bucket: Bucket, key: string): Promise<T | undefined> {
		return structuredClone(this.#buckets.get(bucket)?.get(key)) as T | undefined;
	}

	async list<T>(bucket: Bucket, prefix: string): Promise<{ key: string; value: T }[]> {
		const entries = [...(this.#buckets.get(bucket) ?? [])].filter(([key]) => key.startsWith(prefix));
		return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value: structuredClone(value) as T }));
	}

	async write(changes: readonly StoreChange[]): Promise<void> {
		for (const { bucket, key, value } of changes.map((change) => ({ ...change, value: structuredClone(change.value) }))) {
			const entries = this.#buckets.get(bucket) ?? new Map<string, unknown>();
			this.#buckets.set(bucket, entries);
			if (value === undefined) entries.delete(key);
			else entries.set(key, value);
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
