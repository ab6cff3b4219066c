const KEY = 'single-keys';

/**
 * Whether one key alone does something on this device. Whoever speaks to the computer, or whose hand rests on keys,
 * turns that off; keys with Ctrl go on. Kept in clear: it tells nothing.
 */
export class SingleKeys {
	readonly #storage: Storage;
	#on = $state(true);

	constructor(storage: Storage = localStorage) {
		this.#storage = storage;
		this.#on = singleKeysOn(storage);
	}

	get on(): boolean {
		return this.#on;
	}

	set on(on: boolean) {
		this.#on = on;
		try {
			this.#storage.setItem(KEY, on ? 'on' : 'off');
		} catch {
			// A full storage only means that the choice ends with this page.
		}
	}
}

/** As of now. */
export const singleKeysOn = (storage: Storage = localStorage): boolean => storage.getItem(KEY) !== 'off';
