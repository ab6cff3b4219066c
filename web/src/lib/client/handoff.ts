/**
 * Secrets come in the part of the address after `#`. They are taken out of it at once, so that no history,
 * screenshot or shared screen shows them, and kept for this tab only, so that a reload does not lose them.
 */
export class Handoff {
	readonly #key: string;
	readonly #storage: Storage;

	constructor(purpose: string, storage: Storage = sessionStorage) {
		this.#key = `handoff:${purpose}`;
		this.#storage = storage;
	}

	/** Moves the fragment out of the address. Answers it, or the one taken before a reload. */
	take(address: Location = location, past: History = history): string {
		const fragment = address.hash.slice(1);
		if (fragment === '') return this.read('fragment') ?? '';
		// Another link than before: what was typed for the first one does not belong to it.
		if (fragment !== this.read('fragment')) this.finish();
		this.write('fragment', fragment);
		past.replaceState(past.state, '', address.pathname + address.search);
		return fragment;
	}

	/** Something typed on the way, never a passphrase. */
	read(field: string): string | null {
		return this.#storage.getItem(`${this.#key}:${field}`);
	}

	write(field: string, value: string): void {
		this.#storage.setItem(`${this.#key}:${field}`, value);
	}

	/** Nothing is left in this tab. */
	finish(): void {
		const own = Object.keys(this.#storage).filter((key) => key.startsWith(`${this.#key}:`));
		for (const key of own) this.#storage.removeItem(key);
	}
}
