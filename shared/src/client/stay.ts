import { Findings } from './findings.ts';
import { OwnDevice } from './own-device.ts';
import type { Ports, Store } from './ports.ts';
import type { Topics } from './topics.ts';
import type { Status } from './types.ts';

/**
 * An account's time on this device, from the first thing that is kept of it until everything is erased. Whatever still
 * runs for it after that (an answer on its way, a key being made) keeps nothing any more.
 */
export interface Stay {
	readonly ports: Ports;
	readonly device: OwnDevice;
	readonly findings: Findings;
	readonly isOver: boolean;
	end(): void;
}

/**
 * Begins on a device on which nothing is kept, or goes on with what is.
 * @param ended why the stay before this one came to its end
 */
export function beginStay(ports: Ports, topics: Topics, ended: Status['ended'] = null): Stay {
	let isOver = false;
	const store = writableUntil(ports.store, () => isOver);
	const own: Ports = { ...ports, store };
	return {
		ports: own,
		device: new OwnDevice(store, ended),
		findings: new Findings(own, topics),
		get isOver() {
			return isOver;
		},
		end() {
			isOver = true;
		},
	};
}

/** What is written too late is dropped, without a word: there is nobody left to tell. */
function writableUntil(store: Store, isOver: () => boolean): Store {
	return {
		get: (bucket, key) => store.get(bucket, key),
		some: (bucket, keys) => store.some(bucket, keys),
		list: (bucket, prefix) => store.list(bucket, prefix),
		keys: (bucket, prefix) => store.keys(bucket, prefix),
		exclusively: (name, work) => store.exclusively(name, work),
		async write(changes) {
			if (!isOver()) await store.write(changes);
		},
		async clear(...buckets) {
			if (!isOver()) await store.clear(...buckets);
		},
	};
}
