import type { Topic } from './types.ts';

/** Who wants to know about what. Listeners are told after the change, never inside it. */
export class Topics {
	readonly #listeners = new Map<Topic, Set<() => void>>();

	watch(topic: Topic, listener: () => void): () => void {
		const listeners = this.#listeners.get(topic) ?? new Set();
		this.#listeners.set(topic, listeners.add(listener));
		return () => listeners.delete(listener);
	}

	changed(...topics: readonly Topic[]): void {
		for (const topic of topics) for (const listener of this.#listeners.get(topic) ?? []) listener();
	}
}
