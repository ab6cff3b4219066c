const KEY = 'low-data';

/**
 * Low-data mode on this device: nothing is fetched ahead of need. Until somebody chooses, the browser's own
 * setting (Save-Data) holds. Kept in clear, since it has to hold before anything is unlocked.
 */
export class Saving {
	readonly #storage: Storage;
	readonly #wished: boolean;
	#chosen = $state.raw<boolean | null>(null);

	constructor(storage: Storage = localStorage, wished = browserSaves()) {
		this.#storage = storage;
		this.#wished = wished;
		this.#chosen = readChosen(storage);
	}

	get on(): boolean {
		return this.#chosen ?? this.#wished;
	}

	set on(on: boolean) {
		this.#chosen = on;
		try {
			this.#storage.setItem(KEY, on ? 'on' : 'off');
		} catch {
			// A full storage only means that the choice ends with this page.
		}
	}
}

/** Whether to fetch only what is asked for, as of now. */
export const savesData = (): boolean => readChosen(localStorage) ?? browserSaves();

function readChosen(storage: Storage): boolean | null {
	const kept = storage.getItem(KEY);
	return kept === 'on' ? true : kept === 'off' ? false : null;
}

function browserSaves(): boolean {
	return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
