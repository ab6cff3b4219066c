import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, RetentionView } from '@multaqa/shared/client/types';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';

/** How long what is written in one space stays, as it stands now. */
export class Keeping {
	readonly client: Client;
	readonly space: SpaceId;
	readonly #rules: Watched<RetentionView>;
	readonly #own: Watched<RetentionView>;

	constructor(client: Client, space: SpaceId) {
		this.client = client;
		this.space = space;
		const read = () => client.retention.of(space);
		this.#rules = new Watched(client, `space:${space}`, read);
		this.#own = new Watched(client, 'reading', read);
	}

	get view(): RetentionView {
		void this.#own.current;
		return this.#rules.current;
	}
}

/** Given to every page of a space. */
export const [useKeeping, provideKeeping, hasKeeping] = createContext<Keeping>();

/** Whether the rule somebody began to write under still holds: nobody sends under another one without having seen it. */
export class KeepingCheck {
	readonly #keeping: Keeping | null;
	#seen = $state.raw<RetentionView | null>(null);

	constructor(keeping: Keeping | null) {
		this.#keeping = keeping;
	}

	/** Another rule holds than the one that was shown while writing. */
	get changed(): boolean {
		const now = this.#keeping?.view;
		return now !== undefined && this.#seen !== null && (now.space !== this.#seen.space || now.own !== this.#seen.own);
	}

	/** The rule as it is now is the one that is shown. */
	see(): void {
		this.#seen = this.#keeping?.view ?? null;
	}

	/** Nothing is being written. */
	rest(): void {
		this.#seen = null;
	}

	/** Begins with the first letter. */
	begin(): void {
		if (this.#seen === null) this.see();
	}
}
