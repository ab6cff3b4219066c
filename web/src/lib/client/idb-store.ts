import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { BUCKETS, type Bucket, type Store, type StoreChange } from '@multaqa/shared/client/ports';
import { Problem } from '@multaqa/shared/problem';

type Schema = DBSchema & { [Name in Bucket]: { key: string; value: unknown } };
type Database = IDBPDatabase<Schema>;

/** The engine's store in this browser's IndexedDB. CryptoKeys go in and come out as they are, not extractable. */
export function createStore(name = 'multaqa'): Store {
	const database = reopening(name);
	return {
		get: <T>(bucket: Bucket, key: string) => database(async (db) => (await db.get(bucket, key)) as T | undefined),
		some: <T>(bucket: Bucket, keys: readonly string[]) => database((db) => someOf<T>(db, bucket, keys)),
		list: <T>(bucket: Bucket, prefix: string) => database((db) => listFrom<T>(db, bucket, prefix)),
		keys: (bucket, prefix) => database((db) => db.getAllKeys(bucket, startingWith(prefix))),
		write: (changes) => database((db) => writeAll(db, changes)),
		clear: (...buckets) => database((db) => clearAll(db, buckets.length > 0 ? buckets : BUCKETS)),
		exclusively: async (lock, work) => await navigator.locks.request(`${name}:${lock}`, work),
	};
}

/** Opens on first use, and again after the browser has closed the connection under us. */
function reopening(name: string) {
	let opened: Promise<Database> | undefined;
	const forget = () => (opened = undefined);
	const open = () =>
		openDB<Schema>(name, 2, {
			upgrade(db) {
				for (const bucket of BUCKETS) if (!db.objectStoreNames.contains(bucket)) db.createObjectStore(bucket);
			},
			blocking(_current, _blocked, event) {
				forget();
				(event.target as IDBDatabase).close();
			},
			terminated: forget,
		});
	return async <T>(use: (db: Database) => Promise<T>): Promise<T> => {
		try {
			return await use(await (opened ??= open()));
		} catch (error) {
			throw storageProblem(error);
		}
	};
}

const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

async function listFrom<T>(db: Database, bucket: Bucket, prefix: string): Promise<{ key: string; value: T }[]> {
	const range = startingWith(prefix);
	const store = db.transaction(bucket).store;
	const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
	return keys.map((key, index) => ({ key, value: values[index] as T }));
}

/** In one transaction: each of its own would cost more than what it reads. */
async function someOf<T>(db: Database, bucket: Bucket, keys: readonly string[]): Promise<readonly (T | undefined)[]> {
	const { store } = db.transaction(bucket);
	return (await Promise.all(keys.map((key) => store.get(key)))) as readonly (T | undefined)[];
}

async function writeAll(db: Database, changes: readonly StoreChange[]): Promise<void> {
	if (changes.length === 0) return;
	const touched = [...new Set(changes.map((change) => change.bucket))];
	const transaction = db.transaction(touched, 'readwrite', { durability: 'strict' });
	const finished = transaction.done;
	try {
		for (const { bucket, key, value } of changes) {
			const store = transaction.objectStore(bucket);
			// Requests run in order; the transaction's own end says whether all of them held.
			void (value === undefined ? store.delete(key) : store.put(value, key)).catch(() => {});
		}
	} catch (error) {
		// A value that cannot be cloned throws at once: what was written before it must go too.
		transaction.abort();
		await finished.catch(() => {});
		throw error;
	}
	await finished;
}

async function clearAll(db: Database, buckets: readonly Bucket[]): Promise<void> {
	const transaction = db.transaction(buckets, 'readwrite');
	await Promise.all([...buckets.map((bucket) => transaction.objectStore(bucket).clear()), transaction.done]);
}

function storageProblem(error: unknown): unknown {
	if (!(error instanceof DOMException)) return error;
	if (error.name === 'QuotaExceededError') return new Problem('storage-full');
	if (['InvalidStateError', 'UnknownError', 'SecurityError'].includes(error.name)) return new Problem('storage-unavailable');
	return error;
}
