import { createSubscriber } from 'svelte/reactivity';
import type { Client, Topic } from '@multaqa/shared/client/types';

/** An answer of the engine that a view may read as if it were state. */
export class Watched<Answer> {
	readonly #subscribe: () => void;
	readonly #read: () => Answer;

	constructor(client: Client, topic: Topic, read: () => Answer) {
		this.#subscribe = createSubscriber((update) => client.watch(topic, update));
		this.#read = read;
	}

	/** The answer as it is now; whoever reads it inside an effect or a template hears of changes. */
	get current(): Answer {
		this.#subscribe();
		return this.#read();
	}
}
