import type { Client, Connection } from '@multaqa/shared/client/types';
import { online } from 'svelte/reactivity/window';
import { Watched } from '../client/watched.svelte.ts';

/** A line that is not there again after this long is told as lost. */
const PATIENCE_MS = 8_000;

/** Whether there is a line, as a person would say it: not at every hiccup. Used where effects may run. */
export class Line {
	readonly #watched: Watched<Connection>;
	#waitedLong = $state(false);

	constructor(client: Client) {
		this.#watched = new Watched(client, 'status', () => client.status.connection);
		$effect(() => {
			this.#waitedLong = false;
			if (this.#watched.current !== 'connecting') return;
			const timer = setTimeout(() => (this.#waitedLong = true), PATIENCE_MS);
			return () => clearTimeout(timer);
		});
	}

	get offline(): boolean {
		const connection = this.#watched.current;
		return online.current === false || connection === 'offline' || (connection === 'connecting' && this.#waitedLong);
	}
}
