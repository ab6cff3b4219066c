const KEY = 'last-space';

/** The space that was open last on this device: where signing in leads. An id, which names nothing. */
export class LastSpace {
	readonly #storage: Storage;

	constructor(storage: Storage = localStorage) {
		this.#storage = storage;
	}

	remember(space: string): void {
		this.#storage.setItem(KEY, space);
	}

	/** Whether it was this one. */
	is(space: string): boolean {
		return space !== '' && this.#storage.getItem(KEY) === space;
	}

	forget(): void {
		this.#storage.removeItem(KEY);
	}

	/** Address of that space when it is among `spaces`, otherwise of Today. */
	addressAmong(spaces: readonly { readonly id: string }[]): string {
		const last = this.#storage.getItem(KEY);
		return spaces.some(({ id }) => id === last) ? `/s/${last}` : '/';
	}
}
