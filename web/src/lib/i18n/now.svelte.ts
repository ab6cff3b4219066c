import { createSubscriber } from 'svelte/reactivity';

/** The present in seconds since 1970, moving on every `step` seconds for whoever watches. */
export class Now {
	readonly #subscribe: () => void;

	constructor(step = 30) {
		this.#subscribe = createSubscriber((update) => {
			const timer = setInterval(update, step * 1000);
			return () => clearInterval(timer);
		});
	}

	get seconds(): number {
		this.#subscribe();
		return Date.now() / 1000;
	}
}
